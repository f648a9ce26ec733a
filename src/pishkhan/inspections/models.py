"""Visits, and what was found."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from uuid6 import uuid7

from pishkhan.casework.models import Case
from pishkhan.geography.models import Division
from pishkhan.journal.models import Journalled
from pishkhan.offices.models import Office
from pishkhan.people.models import Person

from . import checklist
from .evidence import Fix, Flag, Photo, Signature, Submission

__all__ = ["Finding", "Fix", "Flag", "FurtherPurpose", "Photo", "Signature", "Submission", "Visit"]


def fresh_id() -> UUID:
    """An identifier that a phone could make too."""
    return uuid7()


class Visit(Journalled):
    """A look at an office, a proposed place, an ATM or a bank booth. What it means for a case, the case's rules ask."""

    Kind = checklist.Kind
    Object = checklist.Object

    class Purpose(models.TextChoices):
        PERFORMANCE = "performance"
        HEALTH = "health"
        ESTABLISHMENT = "establishment"
        ADDRESS_CORRECTION = "address_correction"
        ATM_BOOTH = "atm_booth"

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
    superseded = models.BooleanField(default=False)  # its place was given up

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(seen="proposed_place", case__isnull=False)
                                   | ~Q(seen="proposed_place") & Q(office__isnull=False),
                                   name="a_visit_has_its_object"),
            models.CheckConstraint(
                condition=Q(state__in=["submitted", "accepted"], visited_on__isnull=False, passed__isnull=False,
                            submitted_at__isnull=False, inspector__isnull=False)
                | ~Q(state__in=["submitted", "accepted"]) & Q(visited_on=None, passed=None, submitted_at=None),
                name="a_visit_that_was_made_is_told_wholly"),
            models.CheckConstraint(condition=~Q(kind__in=["initial", "final"]) | Q(purpose="establishment"),
                                   name="initial_and_final_visits_are_for_establishment"),
        ]
        indexes = [
            models.Index(fields=["visited_on", "division"], name="visits_by_day"),
            models.Index(fields=["state", "division"], name="visits_at_a_state"),
        ]


class FurtherPurpose(models.Model):
    """Another purpose that a visit served besides its main one. Written by acts on the visit."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="further")
    purpose = models.CharField(max_length=20, choices=Visit.Purpose)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "purpose"], name="each_further_purpose_once")]


class Finding(models.Model):
    """What was found of one item of the checklist. Written by acts on the visit."""

    class Answer(models.TextChoices):
        OK = "ok"
        NOT_OK = "not_ok"
        NOT_APPLICABLE = "not_applicable"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="findings")
    item = models.CharField(max_length=30)
    answer = models.CharField(max_length=20, choices=Answer)
    severity = models.CharField(max_length=10, choices=checklist.Severity)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "item"], name="one_finding_per_item")]
