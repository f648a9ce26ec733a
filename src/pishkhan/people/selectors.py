"""Whom a person may see."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import lying_in
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import keyed, reveal
from pishkhan.journal.read_once import once

from .models import EMAIL, NATIONAL_ID, PHONE, Assignment, Organisation, Person
from .need_to_know.kinds import Datum
from .need_to_know.table import readers_of
from .roles import COUNTRY, Role

M = TypeVar("M", bound=Model)
PlacesOf = Callable[[Person], Iterable[str]]
_places_by_nature: list[PlacesOf] = []


def declare_places(places: PlacesOf) -> PlacesOf:
    """Say where else people hold something by nature, such as a seat in a body."""
    _places_by_nature.append(places)
    return places


def places_held(person: Person) -> set[str]:
    """The places over which a person decides, signs or rules, today or from a coming day on."""
    assigned = person.assignments.filter(Q(until_on=None) | Q(until_on__gte=today()))
    held = set(assigned.exclude(role=Role.REPRESENTATIVE).values_list("place", flat=True))
    return held.union(*(places(person) for places in _places_by_nature))


def in_places(person: Person, roles: Iterable[str] | None = None, *, in_order: bool = False) -> Q:
    """The rows whose division lies where the person holds an assigned role (any, or one of some) today.

    `in_order` asks it row by row, for lists that end after a page.
    """
    seen = Q(pk__in=())
    for assignment in person.assignments_today:
        if assignment.role != Role.REPRESENTATIVE and (roles is None or assignment.role in roles):
            seen |= Q(division__code__startswith=assignment.place) if in_order else lying_in(assignment.place)
    return seen


def within(rows: QuerySet[M], person: Person, roles: Iterable[str] | None = None) -> QuerySet[M]:
    """The rows over which a person holds some role (any, or one of some) in their place: the filter that agrees with
    `Person.holds`."""
    return rows.filter(in_places(person, roles))


def people_findable_by(person: Person) -> QuerySet[Person]:
    """Whom a person may find by name: where they read of persons everybody, elsewhere those who are at work there."""
    at_work = Assignment.objects.current().exclude(role=Role.REPRESENTATIVE).values("person")
    reads_of_persons = in_places(person, readers_of(Datum.CONTACT))
    return Person.objects.filter(reads_of_persons | in_places(person) & Q(pk__in=at_work), erased_on=None)


def staff_over(place: str) -> list[Person]:
    """Whoever is at work today in a place, in a part of it, or over all in which it lies."""
    above = [place[:length] for length in range(len(place) + 1)]
    current = Assignment.objects.current().filter(Q(place__startswith=place) | Q(place__in=above))
    at_work = current.exclude(role=Role.REPRESENTATIVE).values("person")
    return list(Person.objects.filter(pk__in=at_work).order_by("pk"))


def organisations_of(person: Person) -> list[Organisation]:
    """The organisations the person acts for today."""
    spoken_for = [
        assignment.organisation_id
        for assignment in person.assignments_today
        if assignment.role == Role.REPRESENTATIVE and assignment.organisation_id
    ]
    if not spoken_for:
        return []
    rows = Organisation.objects.filter(pk__in=spoken_for).order_by("pk")
    return once(("organisations", *spoken_for), lambda: list(rows))


def representatives_of(party: Person | Organisation) -> list[Person]:
    """Who is told what concerns a party: the person, or the persons who act for the organisation today."""
    if isinstance(party, Person):
        return [party]
    current = Assignment.objects.current().filter(organisation=party, role=Role.REPRESENTATIVE)
    return list(Person.objects.filter(pk__in=current.values("person")).order_by("pk"))


def person_of(national_id: str | None) -> Person | None:
    """The person of a national id, if one was entered."""
    if not national_id:
        return None
    return Person.objects.filter(national_id_hash=keyed(NATIONAL_ID, national_id)).first()


def rules_the_country(person: Person) -> bool:
    """Whether a person is a national administrator today."""
    return any(
        assignment.role == Role.ADMINISTRATOR and assignment.place == COUNTRY for assignment in person.assignments_today
    )


def opened_provinces() -> QuerySet[Division]:
    """The provinces in which somebody rules or ruled: a code alone, of a neighbour on the map, is none."""
    ruled = Assignment.objects.filter(role=Role.ADMINISTRATOR).values("place")
    return Division.objects.filter(kind=Division.Kind.PROVINCE, code__in=ruled).order_by("code")


def administrators_beside(assignment: Assignment, on: date) -> list[Person]:
    """The others who rule on a day over all of the place of an assignment, and can sign in."""
    wider = [assignment.place[:length] for length in range(len(assignment.place) + 1)]
    others = Assignment.objects.filter(role=Role.ADMINISTRATOR, place__in=wider, person__account__is_active=True)
    holding = {other.person_id for other in others if other.holds_on(on)} - {assignment.person_id}
    return list(Person.objects.filter(pk__in=holding).order_by("pk"))


def national_id_of(person: Person) -> str:
    """A person's national id in the clear; empty if it is unknown or erased. Whoever shows it notes the access."""
    return reveal(bytes(person.national_id), purpose=NATIONAL_ID) if person.national_id else ""


def phone_of(person: Person) -> str:
    """A person's mobile number in the clear; empty if it is unknown or erased."""
    return reveal(bytes(person.phone), purpose=PHONE) if person.phone else ""


def email_of(person: Person) -> str:
    """A person's e-mail address in the clear; empty if it is unknown or erased."""
    return reveal(bytes(person.email), purpose=EMAIL) if person.email else ""


def masked(national_id: str) -> str:
    """A national id of which only the last four digits are told."""
    return "*" * (len(national_id) - 4) + national_id[-4:]
