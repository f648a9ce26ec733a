"""Checklists that come in without a version: an edition of a province with its items, as it is drafted and adopted."""

from django.db import models
from django.db.models import F, Q

from pishkhan.files.models import StoredFile
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.regulation.models import Instrument

from .checklists.checklist import Evidence, Severity


class ChecklistEdition(Journalled):
    """An edition of the checklist for a province: drafted by one, adopted by another, in force from its day."""

    sealed = Sealed("checklist-edition")

    class State(models.TextChoices):
        DRAFT = "draft"
        PROPOSED = "proposed"
        ADOPTED = "adopted"
        WITHDRAWN = "withdrawn"

        @property
        def text(self) -> Text:
            return EDITION_STATES[self]

    code = models.CharField(max_length=20, unique=True)  # "15-1405-2"
    place = models.CharField(max_length=16)  # the province, as an SCI code
    valid_from = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_on = models.DateField()
    adopted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    adopted_on = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=60, blank=True)
    decision_on = models.DateField(null=True, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    adopted_by__isnull=False,
                    adopted_on__isnull=False,
                    decision_on__isnull=False,
                    scan__isnull=False,
                    state__in=["adopted", "withdrawn"],
                )
                & ~Q(decision="")
                | Q(adopted_by=None, adopted_on=None, decision="", decision_on=None, scan=None) & ~Q(state="adopted"),
                name="a_checklist_is_adopted_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(adopted_by=None) | ~Q(adopted_by=F("drafted_by")), name="another_adopts_a_checklist"
            ),
            models.CheckConstraint(
                condition=~Q(state="adopted") | Q(valid_from__gt=F("adopted_on")),
                name="a_checklist_is_adopted_before_its_day",
            ),
            models.UniqueConstraint(
                fields=["place", "valid_from"], condition=Q(state="adopted"), name="one_checklist_from_a_day"
            ),
        ]

    @property
    def division_id(self) -> str:
        return self.place


EDITION_STATES = {
    ChecklistEdition.State.DRAFT: Text("پیش‌نویس", "draft"),
    ChecklistEdition.State.PROPOSED: Text("در انتظار تصویب", "waits to be adopted"),
    ChecklistEdition.State.ADOPTED: Text("تصویب‌شده", "adopted"),
    ChecklistEdition.State.WITHDRAWN: Text("پس‌گرفته", "withdrawn"),
}


class ChecklistItem(models.Model):
    """An item of such an edition. Lists of codes are written with commas; an empty one means all. Written by acts on
    the edition."""

    sealed = Sealed("checklist-item", of="edition")

    edition = models.ForeignKey(ChecklistEdition, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    text_fa = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    severity = models.CharField(max_length=10, choices=Severity)
    evidence = models.CharField(max_length=15, choices=Evidence, default=Evidence.NONE)
    objects_seen = models.CharField(max_length=60)
    kinds = models.CharField(max_length=60, blank=True)  # of office
    visits = models.CharField(max_length=80, blank=True)
    purposes = models.CharField(max_length=80, blank=True)
    at_places = models.CharField(max_length=20, blank=True)  # in which visits to a proposed place
    can_be_absent = models.BooleanField(default=True)
    instrument = models.ForeignKey(Instrument, models.PROTECT, null=True, blank=True, related_name="+")
    article = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="one_item_of_a_code"),
            models.CheckConstraint(
                condition=Q(severity__in=["minor", "major", "critical"]), name="an_item_has_a_severity"
            ),
        ]
