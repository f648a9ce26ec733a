"""A case: one request under one procedure, and where it stands."""

from datetime import date
from functools import cache
from typing import Any

from django.db import models
from django.db.models import F, Q

from pishkhan.geography.models import Division
from pishkhan.journal import clock
from pishkhan.journal.acts import Capacity
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.people.models import Organisation, Person
from pishkhan.people.parties import HasParty, Party, capacity_as, one_party
from pishkhan.people.roles import Role
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import DatedValue, number

from .procedures.procedure import Procedure, Stage


class Case(HasParty, Journalled):
    """Parties and place stand here; its dossier holds what it is about."""

    sealed = Sealed("case")

    procedure_code = models.CharField(max_length=40)
    edition = models.CharField(max_length=40, blank=True)  # fixed by submitting; a draft follows today's
    kind = models.CharField(max_length=20)  # of office
    number = models.CharField(max_length=30, unique=True)  # "NL-15-1401-0098", for those who may see the case
    tracking_code = models.CharField(max_length=11, unique=True)  # for whoever is told it
    stage = models.CharField(max_length=40)
    # The other side: who buys, for instance. The party itself is who applied.
    other_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    other_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    about = models.CharField(max_length=80, blank=True)  # what of the register it is about, "office:7"
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    lat = models.FloatField(null=True, blank=True)  # of the place it is about, WGS84 degrees
    lon = models.FloatField(null=True, blank=True)
    opened_on = models.DateField()
    submitted_on = models.DateField(null=True, blank=True)
    # Never later than the true due day, whatever holidays are declared: the clock looks no earlier, and then counts.
    not_due_before = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            one_party("a_case_has_one_applicant"),
            one_party("a_case_has_one_other_side", side="other_", or_none=True),
        ]
        indexes = [
            models.Index(fields=["about"], name="cases_about", condition=~Q(about="")),
            models.Index(fields=["stage", "division"], name="cases_at_a_stage"),
            models.Index(fields=["division", "-id"], name="cases_of_a_place"),
            models.Index(fields=["submitted_on", "division"], name="cases_by_day"),
            models.Index(F("not_due_before"), name="cases_perhaps_due", condition=Q(not_due_before__isnull=False)),
        ]

    @property
    def procedure(self) -> type[Procedure]:
        if self.edition:
            return Procedure.register[self.procedure_code, self.edition]
        return Procedure.in_force(self.procedure_code, clock.today())

    @property
    def where(self) -> Stage:
        return self.procedure.stages[self.stage]

    @property
    def dossier(self) -> Any:
        """What the case is about: its row in the table that its procedure names."""
        return getattr(self, relation_to(self.procedure.dossier))

    @property
    def turn(self) -> str | None:
        """Whose turn it is where it stands; nobody's at an end."""
        return self.procedure.turn_at(self.where)

    @property
    def applicant(self) -> Party:
        return self.party

    @property
    def other_side(self) -> Party | None:
        return self.other_person or self.other_organisation

    def side_ref(self, role: str) -> str:
        """How the journal names the side that a role speaks for: what the buyer wrote is the buyer's."""
        return (self.other_side or self.applicant).ref if role == Role.OTHER_SIDE else self.party_ref

    @property
    def judged_on(self) -> date:
        """The day whose law the case is judged by: that of its submission, of a draft today."""
        return self.submitted_on or clock.today()

    def reckoned(self, key: Key) -> DatedValue:
        """A dated number as it applies to this case."""
        return number(key, on=self.judged_on, kind=self.kind, place=self.division_id)

    def capacity_of(self, role: str, person: Person) -> Capacity | None:
        """What a person is to the case by nature: its applicant, its other side, or somebody who acts for either."""
        if role == Role.OTHER_SIDE:
            return capacity_as(self.other_person_id, self.other_organisation_id, person)
        return super().capacity_of(role, person)


@cache
def relation_to(dossier: type[models.Model]) -> str:
    """The name by which a case knows its dossier; TypeError if rows of that model are no dossiers of cases."""
    for field in dossier._meta.get_fields():
        if isinstance(field, models.OneToOneField) and field.name == "case" and field.related_model is Case:
            return str(field.remote_field.get_accessor_name())
    raise TypeError(f"{dossier.__name__} is no dossier: it is not one to one with a case.")


class Inquiry(models.Model):
    """A question put to another body about a case. Written by the steps of the case."""

    sealed = Sealed("inquiry", of="case")

    case = models.ForeignKey(Case, models.PROTECT, related_name="inquiries")
    code = models.CharField(max_length=30)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    cleared = models.BooleanField(null=True, blank=True)  # the outcome alone: never an offence, a test or a creed
    letter = models.CharField(max_length=60, blank=True)
    letter_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    void = models.BooleanField(default=False)  # it was about a place that was given up

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code"], condition=Q(answered_on=None), name="one_open_inquiry_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, cleared=None, letter="")
                | Q(answered_on__isnull=False, cleared__isnull=False) & ~Q(letter=""),
                name="an_answer_is_whole",
            ),
        ]


class Document(models.Model):
    """A paper put with a case. Written by the steps of the case; a later one of its kind replaces it."""

    sealed = Sealed("case-document", of="case")

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=30)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # of the entry that put it there
    replaced = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(replaced=False), name="one_current_document_of_a_kind"
            )
        ]


class OneTimeWaiver(Journalled):
    """The director's leave to a person, for once and with a reason, to do what a rule forbids them (waivers.py)."""

    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    used = models.CharField(max_length=100, blank=True)  # the entry that used it, or took it back

    class Meta:
        abstract = True


class Waiver(OneTimeWaiver):
    """Leave to take a step of a case without a second pair of eyes."""

    sealed = Sealed("waiver")

    case = models.ForeignKey(Case, models.PROTECT, related_name="waivers")
    step = models.CharField(max_length=80)  # "new-licence.approve"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "step", "person"], condition=Q(used=""), name="one_unused_waiver")
        ]
