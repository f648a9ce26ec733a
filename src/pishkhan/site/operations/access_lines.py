"""Which lines of the access log somebody may read: those about what lies in their place."""

from typing import Any

from django.apps import apps
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from pishkhan.geography.selectors import lying_in
from pishkhan.journal.models import Access, Journalled, label_of
from pishkhan.people.models import Assignment, Person
from pishkhan.people.roles import COUNTRY, Role
from pishkhan.people.selectors import in_places, rules_the_country

PLACED_BY = ("division", "division_id", "place")  # the columns that say where a row lies


def lines_read_by(person: Person) -> "QuerySet[Access]":
    """The lines about what lies where somebody is an administrator; of what lies nowhere (a list, a number that is
    nobody's) those of who belongs there. Who rules the country reads all."""
    if rules_the_country(person):
        return Access.objects.all()
    here = [held.place for held in person.assignments_today if held.role == Role.ADMINISTRATOR]
    about_here, about_elsewhere = Q(pk__in=()), Q(pk__in=())
    for model, column in _placed():
        lies_here = Q(pk__in=())
        for place in here:
            lies_here |= lying_in(place, field=column)
        about_here |= Q(subject__in=_subjects(model, lies_here))
        about_elsewhere |= Q(subject__in=_subjects(model, ~lies_here))
    return Access.objects.filter(about_here | Q(actor__in=_belonging(person, here)) & ~about_elsewhere)


def _placed() -> list[tuple[type[Journalled], str]]:
    """The tables of subjects whose rows lie somewhere, each with the column that says where."""
    models = [model for model in apps.get_models() if issubclass(model, Journalled)]
    columns = {model: {field.name for field in model._meta.concrete_fields} for model in models}
    return [
        (model, next(name for name in PLACED_BY if name in columns[model]))
        for model in models
        if columns[model] & set(PLACED_BY)
    ]


def _subjects(model: type[Journalled], where: Q) -> Any:
    key = Cast(F("pk"), CharField())
    named = model._base_manager.filter(where).annotate(named=Concat(Value(f"{label_of(model)}:"), key))
    return named.values("named")


def _belonging(person: Person, here: list[str]) -> Any:
    """References of who lives in some places or is at work there."""
    at_work = Q(pk__in=())
    for place in here:
        if place != COUNTRY:
            at_work |= Q(place__startswith=place)
    working = Assignment.objects.current().filter(at_work).exclude(role=Role.REPRESENTATIVE).values("person")
    there = Person.objects.filter(in_places(person, [Role.ADMINISTRATOR]) | Q(pk__in=working))
    return there.annotate(named=Concat(Value("person:"), Cast(F("pk"), CharField()))).values("named")
