"""Questions about plans: which one may see, who sees scores, what the public is told of a draw."""

from datetime import date

from django.db.models import QuerySet

from pishkhan.geography.selectors import lying_in
from pishkhan.meetings.models import Membership
from pishkhan.offices.models import Office
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places

from .choosing.risk import Score, scores_of
from .models import Correction, Plan, Stop

PLANNERS = (Role.EXPERT, Role.DIRECTOR)


def plans_seen_by(person: Person) -> QuerySet[Plan]:
    """The plans of one's region: for who plans or answers for it."""
    return Plan.objects.filter(in_places(person, PLANNERS))


def sees_scores(person: Person, division_code: str) -> bool:
    """Whether scores are told to somebody: to an expert of the place who sits in no body that decides on offices."""
    over = Office(division_id=division_code)
    return person.holds(Role.EXPERT, over=over) and not Membership.objects.filter(person=person).exists()


def sheet_of(person: Person, day: date) -> list[Stop]:
    """The round of an inspector on a day, in its order, once its plan is published."""
    return list(
        Stop.objects.filter(shift__inspector=person, shift__day=day, plan__state=Plan.State.PUBLISHED)
        .select_related("office", "visit__case", "shift")
        .order_by("position")
    )


def corrections_seen_by(person: Person) -> QuerySet[Correction]:
    return Correction.objects.filter(in_places(person, [Role.EXPERT])).select_related("office", "person")


def told_draws(on: date) -> QuerySet[Plan]:
    """The published plans of which the public is told the seal, and once the last day is over the seed."""
    return Plan.objects.filter(state=Plan.State.PUBLISHED).select_related("division").order_by("-first_on", "-pk")


def ranked(place: str, on: date, offices: QuerySet[Office]) -> list[tuple[Office, Score]]:
    """Some offices of a place with their scores of a day, the highest first."""
    found = list(offices.filter(lying_in(place)).select_related("division").order_by("code"))
    scores = scores_of(found, on)
    return sorted(((office, scores[office.pk]) for office in found), key=lambda pair: (-pair[1].points, pair[0].code))
