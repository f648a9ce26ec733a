"""An inspector's rounds as a calendar (RFC 5545), for whoever has its secret address. It names no person."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from pishkhan.geography.selectors import place_name
from pishkhan.inspections.models import Visit
from pishkhan.inspections.wording import code_of
from pishkhan.journal.clock import TEHRAN, now, today
from pishkhan.language.text import Text
from pishkhan.rounds.models import Duty, Stop

PAST = timedelta(days=30)
WHOLE = timedelta(minutes=45)  # of a visit whose length nobody told
VISIT = Text("بازدید {code}", "Visit {code}")
NAME = Text("بازدیدهای پیشخوان", "Visits of Pishkhan")


def calendar_of(duty: Duty) -> bytes:
    """The visits that an inspector was given from a month ago on: when, and of what by its code, in which place."""
    language = duty.person.language
    calendar = Calendar()
    calendar.add("prodid", "-//Pishkhan//Rounds//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", NAME.to(language))
    visits = (
        Visit.objects.filter(inspector=duty.person, planned_on__gte=today() - PAST)
        .exclude(state=Visit.State.CANCELLED)
        .select_related("office", "case", "machine")
        .order_by("planned_on", "position", "pk")
    )
    ends = {stop.visit_id: stop.ends for stop in Stop.objects.filter(visit__in=visits, shift__isnull=False)}
    names: dict[str, str] = {}
    for visit in visits:
        if visit.division_id not in names:
            names[visit.division_id] = place_name(visit.division_id, language)
        calendar.add_component(_event(visit, ends.get(visit.pk), names[visit.division_id], language))
    return bytes(calendar.to_ical())


def _event(visit: Visit, ends: int | None, place: str, language: str) -> Event:
    event = Event()
    event.add("uid", f"{visit.pk}@pishkhan")
    event.add("dtstamp", now())
    event.add("summary", VISIT.filled(code=code_of(visit)).to(language))
    event.add("location", place)
    if visit.planned_at is None or visit.planned_on is None:
        event.add("dtstart", visit.planned_on)
        return event
    begins = datetime.combine(visit.planned_on, visit.planned_at, TEHRAN)
    midnight = datetime.combine(visit.planned_on, datetime.min.time(), TEHRAN)
    event.add("dtstart", begins.astimezone(UTC))
    event.add("dtend", (midnight + timedelta(seconds=ends) if ends else begins + WHOLE).astimezone(UTC))
    return event
