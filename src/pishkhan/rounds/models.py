"""Plans of rounds: who is chosen and why, which inspector goes where on which day, and what holders say of it."""

from datetime import date, time

from django.db import models
from django.db.models import F, Q

from pishkhan.geography.models import Division
from pishkhan.inspections.checklists.checklist import Kind
from pishkhan.inspections.models import Visit
from pishkhan.journal.acts import Capacity
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.offices.models import Office
from pishkhan.people.models import Organisation, Person
from pishkhan.people.roles import Role


def time_of(seconds: int | None) -> time | None:
    """The time of day, to the minute, so many seconds after midnight."""
    return None if seconds is None else time(seconds // 3600 % 24, seconds // 60 % 60)


class Plan(Journalled):
    """Rounds of some days in a region. It keeps whatever it was reckoned from, so that it can be checked later."""

    sealed = Sealed("round-plan")

    class State(models.TextChoices):
        WAITING = "waiting"  # for the worker that routes it
        ROUTED = "routed"
        IMPOSSIBLE = "impossible"  # what the solver returned did not pass the check
        PUBLISHED = "published"
        DROPPED = "dropped"

    number = models.CharField(max_length=20, unique=True)  # "R-15-1401-0003"
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    chosen_on = models.DateField()
    first_on = models.DateField()
    last_on = models.DateField()
    purpose = models.CharField(max_length=20, choices=Visit.Purpose)  # of the visits it chooses
    wanted = models.PositiveSmallIntegerField()  # visits that were to be chosen
    share = models.PositiveSmallIntegerField()  # percent of them that was drawn at random
    seed = models.CharField(max_length=64)  # of that draw: told once the last day is over
    seal = models.CharField(max_length=64)  # SHA-256 of the seed: told as soon as the plan is published
    frame = models.JSONField(default=list)  # the codes of the offices that the draw was from
    terms = models.JSONField(default=dict)  # the dated numbers it was reckoned with, by key
    roads = models.ForeignKey("Roads", models.PROTECT, null=True, blank=True, related_name="plans")
    iterations = models.PositiveIntegerField()
    inputs = models.CharField(max_length=64, blank=True)  # digest of what was routed
    solver = models.CharField(max_length=60, blank=True)  # and its version
    metres = models.PositiveIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)  # away, of all inspectors
    trouble = models.JSONField(default=list)  # why it is impossible: codes of what the check found

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="a_plan_lasts_for_a_day"),
            models.CheckConstraint(condition=Q(share__lte=100), name="a_share_is_a_part_of_a_hundred"),
        ]
        indexes = [
            models.Index(fields=["division", "-first_on"], name="plans_of_a_place"),
            models.Index(fields=["state"], name="plans_at_a_state"),
        ]

    @property
    def km(self) -> int:
        return (self.metres or 0) // 1000


class Shift(models.Model):
    """A day of an inspector in a plan: from when until when, from where, and how it came out. Written by acts on it."""

    sealed = Sealed("round-shift", of="plan")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="shifts")
    inspector = models.ForeignKey(Person, models.PROTECT, related_name="shifts")
    day = models.DateField()
    begins = models.PositiveIntegerField()  # seconds after midnight, in Iran
    ends = models.PositiveIntegerField()
    lat = models.FloatField()  # where it starts and ends, WGS84 degrees
    lon = models.FloatField()
    leaves = models.PositiveIntegerField(null=True, blank=True)  # seconds after midnight
    back = models.PositiveIntegerField(null=True, blank=True)
    metres = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "inspector", "day"], name="one_shift_per_day_of_an_inspector"),
            models.CheckConstraint(condition=Q(ends__gt=F("begins"), ends__lte=86400), name="a_shift_ends_in_its_day"),
        ]

    @property
    def km(self) -> int:
        return self.metres // 1000

    @property
    def leaves_at(self) -> time | None:
        return time_of(self.leaves)

    @property
    def back_at(self) -> time | None:
        return time_of(self.back)


class Stop(models.Model):
    """A visit of a plan: to whom, why, when it can be made, by whom and when. Written by acts on the plan."""

    sealed = Sealed("round-stop", of="plan")

    class Why(models.TextChoices):
        ASKED = "asked"  # the visit was asked for already
        DUE = "due"  # by the least frequency
        RISK = "risk"
        DRAWN = "drawn"

    class Unserved(models.TextChoices):
        NO_ROOM = "no_room"  # the days are full with what counts more
        NO_INSPECTOR = "no_inspector"  # whoever works made the visit before
        CLOSED = "closed"  # never open while somebody works
        TOO_FAR = "too_far"  # cannot be reached and left within a day
        DROPPED = "dropped"  # by hand
        GIVEN = "given"  # an inspector has it already, or it was cancelled

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="stops")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="stops")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="stops")
    why = models.CharField(max_length=5, choices=Why)
    kind = models.CharField(max_length=20, choices=Kind)
    score = models.PositiveIntegerField(default=0)  # the sum of its parts
    parts = models.JSONField(default=list)  # [code, weight, measure, fact], of an office
    rank = models.PositiveSmallIntegerField()  # among all of the plan, from 1
    minutes = models.PositiveSmallIntegerField()
    prize = models.PositiveBigIntegerField()  # metres of driving that it is worth
    windows = models.JSONField(default=list)  # [day, opens, closes], seconds after midnight
    barred = models.JSONField(default=list)  # keys of inspectors who may not go
    lat = models.FloatField()
    lon = models.FloatField()
    shift = models.ForeignKey(Shift, models.PROTECT, null=True, blank=True, related_name="stops")
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    begins = models.PositiveIntegerField(null=True, blank=True)  # seconds after midnight
    ends = models.PositiveIntegerField(null=True, blank=True)
    unserved = models.CharField(max_length=12, choices=Unserved, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(office__isnull=False) | Q(visit__isnull=False), name="a_stop_has_its_object"
            ),
            models.CheckConstraint(
                condition=Q(shift=None, position=None, begins=None, ends=None)
                | Q(shift__isnull=False, position__isnull=False, begins__isnull=False, ends__isnull=False, unserved=""),
                name="a_stop_that_is_served_is_told_wholly",
            ),
            models.UniqueConstraint(
                fields=["plan", "office"],
                condition=Q(why__in=["due", "risk", "drawn"]),
                name="an_office_is_chosen_once_in_a_plan",
            ),
        ]

    @property
    def begins_at(self) -> time | None:
        return time_of(self.begins)


class Duty(Journalled):
    """Where an inspector sets out from and in which hours; and by which secret address their calendar is fed."""

    sealed = Sealed("duty")

    person = models.OneToOneField(Person, models.PROTECT, related_name="duty")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    begins = models.PositiveIntegerField(null=True, blank=True)  # seconds after midnight; as everybody's, if none
    ends = models.PositiveIntegerField(null=True, blank=True)
    feed = models.CharField(max_length=64, blank=True, db_index=True)  # SHA-256 of the secret in the address

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(begins=None) | Q(ends=None) | Q(ends__gt=F("begins")),
                name="a_day_of_duty_ends_after_it_begins",
            )
        ]


class Absence(Journalled):
    """Days on which an inspector does not work. Why is nobody's business."""

    sealed = Sealed("absence")

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()  # its last day
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="an_absence_lasts_for_a_day")
        ]
        indexes = [models.Index(fields=["person", "until_on"], name="absences_of_a_person")]


class Correction(Journalled):
    """What who holds or manages an office says is wrong in why it would be visited, and what an expert made of it."""

    sealed = Sealed("risk-correction")

    class State(models.TextChoices):
        OPEN = "open"
        UPHELD = "upheld"  # the part counts nothing for a time
        DISMISSED = "dismissed"

    office = models.ForeignKey(Office, models.PROTECT, related_name="corrections")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="corrections")  # who says so
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    part = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    said_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)  # the last day on which the part counts nothing

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_on=None) | ~Q(state="open") & Q(answered_on__isnull=False),
                name="a_correction_is_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="upheld", until_on__isnull=False) | ~Q(state="upheld") & Q(until_on=None),
                name="what_is_upheld_holds_until_a_day",
            ),
            models.UniqueConstraint(
                fields=["office", "part"], condition=Q(state="open"), name="one_open_correction_of_a_part"
            ),
        ]
        indexes = [models.Index(fields=["state", "division"], name="corrections_at_a_state")]

    def standing(self, role: str, person: Person) -> Capacity | None:
        """What a person is to it by nature: who said it."""
        return Capacity() if role == Role.APPLICANT and person.pk == self.person_id else None

    def holds_on(self, day: date) -> bool:
        return self.state == self.State.UPHELD and self.until_on is not None and day <= self.until_on


class Roads(Journalled):
    """How far it is by road in a region: a network to find shortest paths in, or a matrix of told distances."""

    sealed = Sealed("road-network")

    class Kind(models.TextChoices):
        NETWORK = "network"
        MATRIX = "matrix"

    kind = models.CharField(max_length=10, choices=Kind)
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # SHA-256 of what was read
    content = models.BinaryField()  # arrays, compressed
    read_on = models.DateField()
