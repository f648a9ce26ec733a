"""Whom a person may see."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from pishkhan.geography.selectors import lying_in

from .models import Organisation, Person
from .roles import Role

M = TypeVar("M", bound=Model)


def in_places(person: Person, roles: Iterable[str] | None = None) -> Q:
    """The rows whose division lies where the person holds an assigned role (any, or one of some) today."""
    seen = Q(pk__in=())
    for each in person.assignments_today:
        if each.role != Role.REPRESENTATIVE and (roles is None or each.role in roles):
            seen |= lying_in(each.place)
    return seen


def within(rows: QuerySet[M], person: Person) -> QuerySet[M]:
    """The rows over which a person holds some assigned role: the filter that agrees with `Person.holds`."""
    return rows.filter(in_places(person))


def organisations_of(person: Person) -> list[Organisation]:
    """The organisations the person acts for today."""
    return [each.organisation for each in person.assignments_today
            if each.role == Role.REPRESENTATIVE and each.organisation]


