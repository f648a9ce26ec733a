"""Who is to be appointed, who may confirm it, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.db.models import Q, QuerySet

from pishkhan.journal.clock import today
from pishkhan.people.models import Appointment, Assignment, Person
from pishkhan.people.roles import COUNTRY, Role
from pishkhan.regulation.selectors import NoNumber, number

from .numbers import TERM

SEERS = (Role.ADMINISTRATOR, Role.DIRECTOR)
SHOWN_FOR = timedelta(days=30)  # how long everybody at work sees who was appointed without a second person


@dataclass(frozen=True)
class Term:
    """Until when a proposal can be confirmed, and whether that binds or only warns."""

    last_day: date
    binds: bool

    @property
    def is_over(self) -> bool:
        return today() > self.last_day


class Proposal(Protocol):
    """What was proposed on a day in a place: a role, a seat."""

    @property
    def proposed_on(self) -> date: ...

    @property
    def place(self) -> str: ...


def term_of(appointment: Proposal) -> Term | None:
    """The term of a proposal as of the day on which it was made; None where no number says one."""
    try:
        days = number(TERM, on=appointment.proposed_on, place=appointment.place)
    except NoNumber:  # a deployment older than the number, into which nobody entered it yet
        return None
    return Term(appointment.proposed_on + timedelta(days=days.value), days.binds)


def appointments_seen_by(person: Person) -> QuerySet[Appointment]:
    """The appointments in the places of an administrator or director."""
    return Appointment.objects.filter(_in_places(person, SEERS))


def to_confirm(person: Person) -> QuerySet[Appointment]:
    """The proposals that wait for a person: those of others for others, where they may confirm."""
    there = Q(pk__in=())
    for assignment in person.assignments_today:
        if _confirms(assignment):
            there |= Q(place__startswith=assignment.place)
    waiting = Appointment.objects.filter(there, state=Appointment.State.PROPOSED)
    return waiting.exclude(person=person).exclude(proposed_by=person)


def confirming_role(person: Person, appointment: Appointment) -> str | None:
    """The role in which a person may confirm an appointment of others by others; None if in none."""
    return next(
        (
            assignment.role
            for assignment in person.assignments_today
            if _confirms(assignment) and assignment.reaches(appointment)
        ),
        None,
    )


def confirmers_of(appointment: Appointment) -> list[Person]:
    """Who may confirm a proposal today and can sign in."""
    current = Assignment.objects.current().filter(
        Q(role=Role.DIRECTOR) | Q(role=Role.ADMINISTRATOR, place=COUNTRY), person__account__is_active=True
    )
    there = [assignment.person_id for assignment in current if assignment.reaches(appointment)]
    others = set(there) - {appointment.person_id, appointment.proposed_by_id}
    return list(Person.objects.filter(pk__in=others).order_by("sort_key", "pk"))


def appointed_by_one(person: Person) -> QuerySet[Appointment]:
    """Who was lately appointed where a person is at work, without a second person: everybody there is told."""
    every_role = [role for role in Role if role != Role.REPRESENTATIVE]
    above = Q(pk__in=())  # an appointment over a wider place than one's own concerns one as well
    for assignment in person.assignments_today:
        if assignment.role != Role.REPRESENTATIVE:
            above |= Q(place__in=[assignment.place[:length] for length in range(len(assignment.place) + 1)])
    return Appointment.objects.filter(
        _in_places(person, every_role) | above,
        state=Appointment.State.CONFIRMED,
        decided_by=None,
        decided_on__gt=today() - SHOWN_FOR,
    ).order_by("-pk")


def _confirms(assignment: Assignment) -> bool:
    return assignment.role == Role.DIRECTOR or (assignment.role == Role.ADMINISTRATOR and assignment.place == COUNTRY)


def _in_places(person: Person, roles: Iterable[str]) -> Q:
    there = Q(pk__in=())
    for assignment in person.assignments_today:
        if assignment.role in roles:
            there |= Q(place__startswith=assignment.place)
    return there
