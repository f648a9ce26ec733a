"""Visits, and what was found."""

from typing import TypeAlias
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from uuid6 import uuid7

from pishkhan.casework.models import Case, OneTimeWaiver
from pishkhan.files.models import StoredFile
from pishkhan.geography.models import Division
from pishkhan.journal.acts import Capacity
from pishkhan.journal.clock import today
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.language.text import Text
from pishkhan.notices.models import Notice
from pishkhan.offices.bitemporal import TwoTimes
from pishkhan.offices.models import Office, Undertaking
from pishkhan.offices.selectors import holder_on
from pishkhan.people.models import Organisation, Person
from pishkhan.people.parties import Party, acts_as
from pishkhan.people.roles import Role

from .checklists import checklist
from .entered_checklists import ChecklistEdition, ChecklistItem
from .evidence import Fix, Flag, Photo, Signature, Submission

__all__ = [
    "ChecklistEdition",
    "ChecklistItem",
    "Finding",
    "Fix",
    "Flag",
    "FurtherPurpose",
    "Machine",
    "MachinePlace",
    "Objection",
    "ObjectionFile",
    "Photo",
    "Signature",
    "Submission",
    "Visit",
    "Waiver",
]


def fresh_id() -> UUID:
    """An identifier that a phone could make too."""
    return uuid7()


class Machine(Journalled):
    """An ATM or a booth of a bank, on the register of such: whose it is, and since when."""

    sealed = Sealed("machine")

    class Kind(models.TextChoices):
        ATM = "atm"
        BANK_BOOTH = "bank_booth"

        @property
        def text(self) -> Text:
            return MACHINE_NAMES[self]

    class State(models.TextChoices):
        IN_PLACE = "in_place"
        RETIRED = "retired"

    code = models.CharField(max_length=12, unique=True)  # "15-M-0007": gap-free by province
    kind = models.CharField(max_length=10, choices=Kind)
    bank = models.ForeignKey(Organisation, models.PROTECT, related_name="machines")
    number = models.CharField(max_length=30, blank=True)  # that the bank itself gave it
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")  # where it is now
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # its last day

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_machine_is_there_for_a_day"
            ),
            models.UniqueConstraint(
                fields=["bank", "number"], condition=~Q(number=""), name="one_machine_per_banks_number"
            ),
        ]
        indexes = [models.Index(fields=["division", "kind"], name="machines_by_place")]

    @property
    def state(self) -> State:
        return Machine.State.IN_PLACE if self.until_on is None else Machine.State.RETIRED

    def capacity_of(self, role: str, person: Person) -> Capacity | None:
        """What a person is to it by nature: somebody who acts for its bank."""
        return person.speaks_for(self.bank_id) if role == Role.APPLICANT else None


MACHINE_NAMES = {Machine.Kind.ATM: Text("خودپرداز", "ATM"), Machine.Kind.BANK_BOOTH: Text("باجهٔ بانکی", "bank booth")}


class MachinePlace(TwoTimes):
    """Where a bank's ATM or booth stands, and in which office, if in one. Written by acts on it."""

    sealed = Sealed("machine-place", of="machine")

    machine = models.ForeignKey(Machine, models.PROTECT, related_name="places")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    address = models.CharField(max_length=200)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    host = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="machines")

    class Meta(TwoTimes.Meta):
        pass


class Visit(Journalled):
    """A look at an office, a proposed place, an ATM or a bank booth. What it means for a case, the case's rules ask."""

    sealed = Sealed("visit", version=2)

    Kind = checklist.Kind
    Object = checklist.Object
    Purpose: TypeAlias = checklist.Purpose

    class State(models.TextChoices):
        PLANNED = "planned"
        ASSIGNED = "assigned"
        SUBMITTED = "submitted"
        ACCEPTED = "accepted"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=fresh_id, editable=False)
    kind = models.CharField(max_length=20, choices=checklist.Kind)
    seen = models.CharField(max_length=20, choices=checklist.Object)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="visits")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="visits")
    machine = models.ForeignKey(Machine, models.PROTECT, null=True, blank=True, related_name="visits")
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose)  # the main one
    edition = models.CharField(max_length=20)  # of the checklist
    inspector = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="visits")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    planned_on = models.DateField(null=True, blank=True)
    planned_at = models.TimeField(null=True, blank=True)  # the time of day, in Iran
    position = models.PositiveSmallIntegerField(null=True, blank=True)  # in the inspector's round of that day
    visited_on = models.DateField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)
    hindrance = models.CharField(max_length=15, blank=True)  # what kept the inspector from looking, if something did
    superseded = models.BooleanField(default=False)  # its place was given up
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="+")  # of its report

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(seen="proposed_place", case__isnull=False, machine=None)
                | Q(seen="office", office__isnull=False, machine=None)
                | Q(seen__in=["atm", "bank_booth"])
                & (Q(office=None, machine__isnull=False) | Q(office__isnull=False, machine=None)),
                name="a_visit_has_its_object",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["submitted", "accepted"],
                    visited_on__isnull=False,
                    passed__isnull=False,
                    submitted_at__isnull=False,
                    inspector__isnull=False,
                )
                | ~Q(state__in=["submitted", "accepted"]) & Q(visited_on=None, passed=None, submitted_at=None),
                name="a_visit_that_was_made_is_told_wholly",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["initial", "final"]) | Q(purpose="establishment"),
                name="initial_and_final_visits_are_for_establishment",
            ),
        ]
        indexes = [
            models.Index(fields=["visited_on", "division"], name="visits_by_day"),
            models.Index(fields=["state", "division"], name="visits_at_a_state"),
            models.Index(fields=["state", "planned_on", "division"], name="visits_planned"),
            models.Index(fields=["office", "seen", "-visited_on"], name="visits_to_an_office"),
        ]

    @property
    def about(self) -> Case | Office | Machine:
        """What is looked at: an office, a bank's machine, or the place of a case."""
        subject = self.machine or self.case or self.office
        assert subject is not None, "the database holds every visit to its object"  # noqa: S101
        return subject

    @property
    def party(self) -> Party | None:
        """Whose office, machine or request was looked at, on the day of the visit (today, before it was made)."""
        if self.machine is not None:
            return self.machine.bank
        if self.case is not None:
            return self.case.applicant
        return holder_on(self.office, self.visited_on or today()) if self.office else None

    def capacity_of(self, role: str, person: Person) -> Capacity | None:
        """What a person is to a visit that was made: its party, or somebody who acts for them."""
        if role != Role.APPLICANT or self.visited_on is None:
            return None
        return acts_as(self.party, person)


class FurtherPurpose(models.Model):
    """Another purpose that a visit served besides its main one. Written by acts on the visit."""

    sealed = Sealed("visit-purpose", of="visit")

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="further")
    purpose = models.CharField(max_length=20, choices=Visit.Purpose)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "purpose"], name="each_further_purpose_once")]


class Finding(models.Model):
    """What was found of one item of the checklist. Written by acts on the visit."""

    sealed = Sealed("finding", of="visit")

    class Answer(models.TextChoices):
        OK = "ok"
        NOT_OK = "not_ok"
        NOT_APPLICABLE = "not_applicable"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="findings")
    item = models.CharField(max_length=30)
    answer = models.CharField(max_length=20, choices=Answer)
    severity = models.CharField(max_length=10, choices=checklist.Severity)
    disputed = models.BooleanField(default=False)  # an objection is against it
    revised = models.CharField(max_length=20, choices=Answer, blank=True)  # what holds since the objection was decided
    undertaking = models.OneToOneField(Undertaking, models.PROTECT, null=True, blank=True, related_name="finding")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "item"], name="one_finding_per_item"),
            models.CheckConstraint(condition=Q(revised="") | Q(disputed=True), name="only_what_is_disputed_is_revised"),
        ]
        indexes = [models.Index(fields=["visit"], name="faults_of_visits", condition=Q(answer="not_ok"))]

    @property
    def holds(self) -> str:
        """What holds of it now; what was found first remains beside."""
        return self.revised or self.answer

    @property
    def is_fault(self) -> bool:
        return self.holds == Finding.Answer.NOT_OK


class Objection(Journalled):
    """What the one who was visited says against findings, and what an expert who did not accept them decided."""

    sealed = Sealed("visit-objection")

    class Outcome(models.TextChoices):
        UPHELD = "upheld"  # every finding stands
        CHANGED = "changed"  # some stand otherwise
        ANNULLED = "annulled"  # none of those it was against stands
        TAKEN_BACK = "taken_back"  # nobody decided: who lodged it would not go on with it

        @property
        def text(self) -> Text:
            return OUTCOMES[self]

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="objection")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")  # who lodged it
    lodged_on = models.DateField()
    late = models.BooleanField(default=False)  # after a term that no director has adopted, and that refuses nobody
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    passed_before = models.BooleanField()  # the result as it was reported

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_on=None) | ~Q(outcome="") & Q(decided_on__isnull=False),
                name="an_objection_is_decided_wholly",
            )
        ]
        indexes = [models.Index(fields=["division", "lodged_on"], name="objections_to_decide", condition=Q(outcome=""))]

    def capacity_of(self, role: str, person: Person) -> Capacity | None:
        return self.visit.capacity_of(role, person)


OUTCOMES = {
    Objection.Outcome.UPHELD: Text("یافته‌ها بر جای ماند", "The findings stand"),
    Objection.Outcome.CHANGED: Text("برخی یافته‌ها تغییر کرد", "Some findings were changed"),
    Objection.Outcome.TAKEN_BACK: Text("اعتراض پس گرفته شد", "The objection was taken back"),
    Objection.Outcome.ANNULLED: Text("یافته‌های مورد اعتراض برداشته شد", "The disputed findings were annulled"),
}


class ObjectionFile(models.Model):
    """A file that was laid beside an objection. Written by the act that lodges it."""

    sealed = Sealed("visit-objection-file", of="objection")

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")


class Waiver(OneTimeWaiver):
    """Leave to do without a rule about who does what, for one visit."""

    sealed = Sealed("visit-waiver")

    class Rule(models.TextChoices):
        OTHER_INSPECTOR = "other_inspector"  # not the one who was there last
        SECOND_PAIR = "second_pair"  # another than its maker accepts a report, and a third decides on the objection

        @property
        def text(self) -> Text:
            return WAIVED[self]

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="waivers")
    rule = models.CharField(max_length=20, choices=Rule)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "rule", "person"], condition=Q(used=""), name="one_unused_waiver_per_visit"
            )
        ]


WAIVED = {
    Waiver.Rule.OTHER_INSPECTOR: Text("بازرسی جز بازرس بازدید پیشین", "another inspector than last time"),
    Waiver.Rule.SECOND_PAIR: Text(
        "کارشناسی جز نویسنده و پذیرندهٔ گزارش", "another expert than who made or accepted the report"
    ),
}
