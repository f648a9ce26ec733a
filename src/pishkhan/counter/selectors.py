"""What is served where: services of a day with what they cost, who offers them, and which offices are open now."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import lying_in, searched
from pishkhan.journal.clock import TEHRAN
from pishkhan.offices.models import Office
from pishkhan.regulation.calendar import Calendar
from pishkhan.regulation.models import Holiday

from .models import Hours, Offering, Profile, Service, Tariff

SOON = 14  # days within which an office tells when it opens next


def services_on(on: date, *, q: str = "") -> QuerySet[Any]:
    """The services of a day, by agency, each with what it costs (`.amount`, rial)."""
    tariff = Tariff.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), service=OuterRef("pk"), valid_from__lte=on)
    services = (
        Service.objects.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))
        .select_related("agency")
        .annotate(amount=Subquery(tariff.values("amount")[:1]))
    )
    if q:
        services = services.filter(searched(q))
    return services.order_by("agency__pk", "pk")


def offices_by_service() -> dict[int, int]:
    """How many offices offer each service, by key. One query."""
    return dict(Offering.objects.values_list("service").annotate(Count("pk")).order_by())


def offering(offices: QuerySet[Office], service: str) -> QuerySet[Office]:
    """Of some offices those that offer the service of a code."""
    return offices.filter(pk__in=Offering.objects.filter(service__code=service).values("profile__office"))


def profiles_of(offices: Iterable[Office]) -> dict[int, Profile]:
    """What offices say of themselves, by key of office, each with its hours. Two queries."""
    rows = Profile.objects.filter(office__in=[office.pk for office in offices]).prefetch_related("hours")
    return {row.office_id: row for row in rows}


def is_open(profile: Profile, at: datetime, calendar: Calendar) -> bool:
    """Whether an office is open at a moment, by its hours; on a day off of service centres it is not."""
    there = at.astimezone(TEHRAN)
    if calendar.is_holiday(there.date(), place=profile.division_id, whom=Holiday.Whom.SERVICE_CENTRES):
        return False
    return any(
        hour.weekday == weekday_of(there.date()) and hour.opens <= there.time() < hour.closes
        for hour in profile.hours.all()
    )


def closes_at(profile: Profile, at: datetime) -> time | None:
    """When an office that is open at a moment closes that day."""
    there = at.astimezone(TEHRAN)
    hours = [hour for hour in profile.hours.all() if hour.weekday == weekday_of(there.date())]
    return next((hour.closes for hour in hours if hour.opens <= there.time() < hour.closes), None)


def opens_next(profile: Profile, at: datetime, calendar: Calendar) -> datetime | None:
    """When an office opens next after a moment, by its hours and the days off; None if not within two weeks.

    The calendar has to know the days until then."""
    there = at.astimezone(TEHRAN)
    for number in range(SOON + 1):
        day = there.date() + timedelta(days=number)
        if calendar.is_holiday(day, place=profile.division_id, whom=Holiday.Whom.SERVICE_CENTRES):
            continue
        hours = [hour.opens for hour in profile.hours.all() if hour.weekday == weekday_of(day)]
        if openings := [opens for opens in hours if number or opens > there.time()]:
            return datetime.combine(day, min(openings), TEHRAN)
    return None


def open_at(offices: QuerySet[Office], at: datetime, calendar: Calendar) -> QuerySet[Office]:
    """Of some offices those whose hours say they are open at a moment; none where service centres have a day off."""
    there = at.astimezone(TEHRAN)
    provinces = Division.objects.filter(kind=Division.Kind.PROVINCE).values_list("code", flat=True)
    for place in calendar.places_off(there.date(), whom=Holiday.Whom.SERVICE_CENTRES, among=provinces):
        offices = offices.exclude(lying_in(place)) if place else offices.none()
    hours = Hours.objects.filter(weekday=weekday_of(there.date()), opens__lte=there.time(), closes__gt=there.time())
    return offices.filter(pk__in=hours.values("profile__office"))


def weekday_of(day: date) -> int:
    """The day of the Iranian week: 0 is Saturday."""
    return (day.weekday() + 2) % 7
