"""Whom a person may see."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from pishkhan.geography.selectors import lying_in
from pishkhan.journal.erasure.erasable_text import keyed, reveal
from pishkhan.journal.read_once import once

from .models import EMAIL, NATIONAL_ID, PHONE, Assignment, Organisation, Person
from .roles import Role

M = TypeVar("M", bound=Model)


def in_places(person: Person, roles: Iterable[str] | None = None, *, in_order: bool = False) -> Q:
    """The rows whose division lies where the person holds an assigned role (any, or one of some) today.

    `in_order` asks it row by row, for lists that end after a page.
    """
    seen = Q(pk__in=())
    for each in person.assignments_today:
        if each.role != Role.REPRESENTATIVE and (roles is None or each.role in roles):
            seen |= Q(division__code__startswith=each.place) if in_order else lying_in(each.place)
    return seen


def within(rows: QuerySet[M], person: Person) -> QuerySet[M]:
    """The rows over which a person holds some role in their place: the filter that agrees with `Person.holds`."""
    return rows.filter(in_places(person))


def organisations_of(person: Person) -> list[Organisation]:
    """The organisations the person acts for today."""
    spoken_for = [
        each.organisation_id
        for each in person.assignments_today
        if each.role == Role.REPRESENTATIVE and each.organisation_id
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
