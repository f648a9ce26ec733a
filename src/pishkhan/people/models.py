"""Persons, organisations, and the roles assigned to them: the only permission system."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from pishkhan.files.models import StoredFile
from pishkhan.journal import clock
from pishkhan.journal.acts import Capacity
from pishkhan.journal.models import Journalled
from pishkhan.journal.read_once import once
from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.language.text import Text

from .roles import BY_NATURE, COUNTRY, DECIDING, Role

NATIONAL_ID, PHONE, EMAIL = "national-id", "phone", "email"  # the purposes under which they are encrypted


class Organisation(Journalled):
    """A company, a public body, a guild: whatever acts through people."""

    sealed = Sealed("organisation")

    class Kind(models.TextChoices):
        COMPANY = "company"
        PUBLIC = "public"
        GUILD = "guild"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    legal_id = models.CharField(max_length=11, null=True, blank=True)  # شناسهٔ ملی, for companies
    registered_on = models.DateField(null=True, blank=True)
    division = models.ForeignKey("geography.Division", models.PROTECT, to_field="code", related_name="+")
    sort_key = models.CharField(max_length=200, db_index=True)
    search = models.CharField(max_length=820)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(legal_id=None) | Q(legal_id__regex=r"^[0-9]{11}$"), name="legal_id_is_eleven_digits"
            ),
            models.UniqueConstraint(fields=["legal_id"], name="one_organisation_per_legal_id"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"organisation:{self.pk}"


class Person(Journalled):
    """A natural person. What identifies them is encrypted, found again by a keyed hash, and shown masked."""

    sealed = Sealed(
        "person",
        personal=(
            "given_name",
            "family_name",
            "father_name",
            "national_id",
            "national_id_hash",
            "phone",
            "email",
            "born_on",
            "sort_key",
            "search",
        ),
    )

    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    father_name = models.CharField(max_length=80, blank=True)
    national_id = models.BinaryField(null=True, blank=True)  # encrypted
    national_id_hash = models.CharField(max_length=64, null=True, blank=True)
    phone = models.BinaryField(null=True, blank=True)  # encrypted
    email = models.BinaryField(null=True, blank=True)  # encrypted
    language = models.CharField(max_length=2, choices=[("fa", "fa"), ("en", "en")], default="fa")  # of notices
    born_on = models.DateField(null=True, blank=True)
    division = models.ForeignKey("geography.Division", models.PROTECT, to_field="code", related_name="+")
    sort_key = models.CharField(max_length=200, db_index=True)
    search = models.CharField(max_length=500)
    erased_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["national_id_hash"], name="one_person_per_national_id"),
            models.CheckConstraint(
                condition=Q(erased_on=None)
                | Q(
                    given_name="",
                    family_name="",
                    father_name="",
                    search="",
                    sort_key="",
                    national_id=None,
                    national_id_hash=None,
                    phone=None,
                    email=None,
                    born_on=None,
                ),
                name="who_is_erased_is_erased_wholly",
            ),
        ]

    def __str__(self) -> str:
        return self.ref  # never a name: this goes into logs

    @property
    def ref(self) -> str:
        return f"person:{self.pk}"

    @property
    def name(self) -> str:
        """What a party is called."""
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def capacity_of(self, role: str, person: "Person") -> Capacity | None:
        """What a person is to another by nature: themselves, or nothing."""
        return Capacity() if role == Role.APPLICANT and person.pk == self.pk else None

    def capacity(self, role: str, *, over: Any) -> Capacity | None:
        """The capacity in which this person holds a role over a row today.

        What one is by nature (an applicant, a member) the row itself tells; a representative acts for an
        organisation, wherever it is; the rest are assignments in the row's place.
        `people.selectors.within` is the same as a filter.
        """
        return self.capacities([role], over=over).get(role)

    def capacities(self, roles: Iterable[str], *, over: Any) -> dict[str, Capacity]:
        """Of some roles those that this person holds over a row today, each with its capacity. One query for all."""
        assigned = None
        held = {}
        for role in roles:
            if role in BY_NATURE:
                by_nature = getattr(over, "capacity_of", None)
                capacity = by_nature(role, self) if by_nature else None
            else:
                assigned = self.assignments_today if assigned is None else assigned
                capacity = next(
                    (
                        assignment.capacity
                        for assignment in assigned
                        if assignment.role == role and assignment.reaches(over)
                    ),
                    None,
                )
            if capacity is not None:
                held[role] = capacity
        return held

    def holds(self, role: str, *, over: Any) -> bool:
        return self.capacity(role, over=over) is not None

    @property
    def assignments_today(self) -> list["Assignment"]:
        """The assignments that hold today, as an acting head last. Some may have ended since: an act asks anew."""
        today = clock.today()
        every = Assignment.objects.filter(person_id=self.pk).order_by("acting", "pk")  # few: sifted here
        return once(
            ("assignments", self.pk, today), lambda: [assignment for assignment in every if assignment.holds_on(today)]
        )

    def speaks_for(self, organisation: int) -> Capacity | None:
        """The capacity in which this person acts for the organisation of a key: its representative, today."""
        matches = (
            assignment
            for assignment in self.assignments_today
            if assignment.role == Role.REPRESENTATIVE and assignment.organisation_id == organisation
        )
        return next((assignment.capacity for assignment in matches), None)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self) -> "AssignmentQuerySet":
        today = clock.today()
        return self.filter(Q(until_on=None) | Q(until_on__gte=today), from_on__lte=today)

    def overlapping(self, other: "Assignment") -> "AssignmentQuerySet":
        """Assignments of the same role to the same person, in the same place and for the same organisation, of which
        some day is also a day of the other's."""
        same = self.filter(person=other.person, role=other.role, place=other.place, organisation=other.organisation)
        if other.until_on:
            same = same.filter(from_on__lte=other.until_on)
        return same.filter(Q(until_on=None) | Q(until_on__gte=other.from_on)).exclude(pk=other.pk)


class Assignment(models.Model):
    """A role, in a place and all that lies in it, for a time, by a letter; perhaps as an acting head.

    Written by acts on its person.
    """

    sealed = Sealed("assignment", of="person")

    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role.choices)
    # The beginning of an SCI code: "15", "1503"; empty for an administrator of the country.
    place = models.CharField(max_length=16, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="assignments")
    acting = models.BooleanField(default=False)  # سرپرست
    letter = models.CharField(max_length=60, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # its last day

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(role__in=BY_NATURE), name="assignable_role"),
            models.CheckConstraint(
                condition=Q(place__regex=r"^[0-9]+$") | Q(place=COUNTRY, role=Role.ADMINISTRATOR),
                name="place_is_a_code",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.REPRESENTATIVE) | Q(organisation__isnull=False),
                name="a_representative_represents",
            ),
            models.CheckConstraint(condition=Q(acting=False) | ~Q(letter=""), name="an_acting_head_has_a_letter"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="an_assignment_ends_after_it_begins"
            ),
        ]

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def reaches(self, row: Any) -> bool:
        """Whether the role reaches a row: one in its place; a representative's reaches the organisation alone."""
        if self.role == Role.REPRESENTATIVE:
            return isinstance(row, Organisation) and row.pk == self.organisation_id
        return str(row.division_id).startswith(self.place)

    @property
    def capacity(self) -> Capacity:
        return Capacity(f"organisation:{self.organisation_id}" if self.organisation_id else "", self.acting)


class Appointment(Journalled):
    """A deciding role for somebody, with its letter: proposed by one and confirmed by another, or made at the machine.

    Once it is confirmed it makes an assignment.
    """

    sealed = Sealed("appointment")

    class State(models.TextChoices):
        PROPOSED = "proposed"
        CONFIRMED = "confirmed"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"
        LAPSED = "lapsed"

        @property
        def text(self) -> Text:
            return APPOINTED[self]

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=Role.choices)
    place = models.CharField(max_length=16, blank=True)  # as of an assignment
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    acting = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    letter = models.CharField(max_length=60)
    letter_on = models.DateField()
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # nobody: at the machine
    proposed_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    assignment = models.OneToOneField(Assignment, models.PROTECT, null=True, related_name="appointment")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=DECIDING), name="appointed_to_a_deciding_role"),
            models.CheckConstraint(condition=~Q(letter=""), name="an_appointment_has_a_letter"),
            models.CheckConstraint(
                condition=Q(proposed_by=None) | ~Q(proposed_by=F("person")), name="nobody_proposes_oneself"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | ~Q(state="confirmed")
                | ~Q(decided_by=F("person")) & ~Q(decided_by=F("proposed_by")),
                name="two_persons_appoint",
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed") ^ Q(assignment=None), name="what_is_confirmed_is_assigned"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") ^ Q(decided_on__isnull=False), name="what_is_decided_has_its_day"
            ),
            models.UniqueConstraint(
                fields=["person", "role", "place"], condition=Q(state="proposed"), name="proposed_once_at_a_time"
            ),
        ]

    @property
    def division_id(self) -> str:
        """The place over which one must rule to propose or confirm it."""
        return self.place

    @property
    def at_machine(self) -> bool:
        return self.proposed_by_id is None


APPOINTED = {
    Appointment.State.PROPOSED: Text("در انتظار تأیید", "waits to be confirmed"),
    Appointment.State.CONFIRMED: Text("تأییدشده", "confirmed"),
    Appointment.State.REFUSED: Text("ردشده", "refused"),
    Appointment.State.WITHDRAWN: Text("پس‌گرفته", "withdrawn"),
    Appointment.State.LAPSED: Text("بی‌اثر به گذشت مهلت", "lapsed with its term"),
}


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=username)


class Account(AbstractBaseUser):
    """How a person signs in. It permits nothing: assignments do."""

    sealed = Sealed("account", of="person", personal=("username", "email"))

    username = models.CharField(max_length=60, unique=True)  # in small letters
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    signed_out = models.PositiveIntegerField(default=0)  # how often it was signed out everywhere

    objects = AccountManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    def forget(self) -> None:
        """Let nobody sign in by it any more, and keep nothing in it that tells who did."""
        self.end_sessions()
        self.username, self.email, self.is_active = f"erased-{self.pk}", "", False
        self.set_unusable_password()

    def end_sessions(self) -> None:
        """Let every session and known device of it be over once it is saved."""
        self.signed_out += 1

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What each session must hold: another one after the password changed or it was signed out everywhere."""
        return salted_hmac(
            "pishkhan.people.session", f"{self.password}:{self.signed_out}", secret=secret, algorithm="sha256"
        ).hexdigest()
