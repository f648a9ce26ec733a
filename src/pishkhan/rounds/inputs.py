"""What a plan is made of, read from the register: offices with their points and hours, visits that wait, shifts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from pishkhan.counter.selectors import profiles_of, weekday_of
from pishkhan.geography.models import Division
from pishkhan.geography.selectors import lying_in
from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.models import MachinePlace, Visit, Waiver
from pishkhan.inspections.visits.selectors import MADE
from pishkhan.offices.models import Office
from pishkhan.offices.selectors import active_offices, premises_of
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.stated import Within
from pishkhan.regulation.calendar import Calendar
from pishkhan.regulation.keys import Key

from . import numbers, refusals
from .models import Absence, Duty, Shift

MINUTE = 60
LENGTHS: dict[str, Key] = {
    checklist.Kind.INITIAL: numbers.MINUTES_PLACE,
    checklist.Kind.FINAL: numbers.MINUTES_PLACE,
    checklist.Kind.ROUTINE: numbers.MINUTES_ROUTINE,
    checklist.Kind.COMPLAINT: numbers.MINUTES_COMPLAINT,
    checklist.Kind.FOLLOW_UP: numbers.MINUTES_FOLLOW_UP,
    checklist.Kind.CLOSURE_CHECK: numbers.MINUTES_FOLLOW_UP,
}
MACHINES = (checklist.Object.ATM, checklist.Object.BANK_BOOTH)
OBJECT = ("case", "office", "machine", "seen")  # what tells one object of visits from another
Window = tuple[date, int, int]
Point = tuple[float, float]


@dataclass(frozen=True)
class Where:
    """The active offices of a region that have a point, and where each is."""

    offices: list[Office]
    points: dict[int, Point]


def frame_of(division: Division, on: date) -> Where:
    """The offices that can be chosen: active on a day, with a point. Two queries."""
    offices = list(active_offices(on, place=division.code).order_by("code"))
    points = {
        key: (row.lat, row.lon)
        for key, row in premises_of(offices, on).items()
        if row.lat is not None and row.lon is not None
    }
    return Where([office for office in offices if office.pk in points], points)


def waiting_visits(division: Division, kinds: Collection[str]) -> list[Visit]:
    """The visits of some kinds in a region that nobody was sent to make yet."""
    visits = Visit.objects.filter(lying_in(division.code), state=Visit.State.PLANNED, kind__in=kinds)
    return list(visits.select_related("office", "case", "machine").order_by("pk"))


def points_of_visits(visits: Sequence[Visit], on: date) -> dict[Any, Point]:
    """Where visits are to be made, by key; one without a point is absent. Two queries."""
    premises = premises_of([visit.office for visit in visits if visit.office], on)
    machines = {
        row.machine_id: row
        for row in MachinePlace.objects.on(on).filter(
            machine__in=[visit.machine_id for visit in visits if visit.machine_id]
        )
    }
    points: dict[Any, Point] = {}
    for planned in visits:
        place: Any = planned.case
        if planned.office_id or planned.machine_id:
            place = premises.get(planned.office_id) if planned.office_id else machines.get(planned.machine_id)
        if place is not None and place.lat is not None and place.lon is not None:
            points[planned.pk] = (place.lat, place.lon)
    return points


def length_of(kind: str, seen: str) -> Key:
    """The number that says how many minutes a visit takes."""
    return numbers.MINUTES_MACHINE if seen in MACHINES else LENGTHS[kind]


def windows_of(offices: Iterable[Office], days: Sequence[date], begins: int, ends: int) -> dict[int, list[Window]]:
    """When offices are open on some days, by key; who tells no hours is as the directorate is. Two queries."""
    offices = list(offices)
    profiles = profiles_of(offices)
    windows: dict[int, list[Window]] = {}
    for office in offices:
        hours = list(profiles[office.pk].hours.all()) if office.pk in profiles else []
        if not hours:
            windows[office.pk] = [(day, begins, ends) for day in days]
        else:
            windows[office.pk] = [
                (day, _seconds(hour.opens), _seconds(hour.closes))
                for day in days
                for hour in hours
                if hour.weekday == weekday_of(day)
            ]
    return windows


def last_inspectors(visits: Sequence[Visit]) -> dict[Any, set[int]]:
    """Who made the last visit at the object of each visit and has no waiver for it, by key of visit. Two queries."""
    made = Visit.objects.filter(state__in=MADE).order_by("visited_on", "pk")
    there = (
        Q(case__in=[visit.case_id for visit in visits])
        | Q(office__in=[visit.office_id for visit in visits])
        | Q(machine__in=[visit.machine_id for visit in visits])
    )
    last = {tuple(row): inspector for *row, inspector in made.filter(there).values_list(*OBJECT, "inspector")}
    waived = set(
        Waiver.objects.filter(
            visit__in=[visit.pk for visit in visits], rule=Waiver.Rule.OTHER_INSPECTOR, used=""
        ).values_list("visit", "person")
    )
    inspectors: dict[Any, set[int]] = {}
    for planned in visits:
        who = last.get((planned.case_id, planned.office_id, planned.machine_id, planned.seen))
        inspectors[planned.pk] = {who} if who and (planned.pk, who) not in waived else set()
    return inspectors


def last_at_offices(offices: Iterable[Office]) -> dict[int, int]:
    """Who made the last visit to each office itself, by key: who may not make the next. One query."""
    made = Visit.objects.filter(
        state__in=MADE, office__in=[office.pk for office in offices], seen=checklist.Object.OFFICE
    )
    return dict(made.order_by("visited_on", "pk").values_list("office", "inspector"))


def working_days_of(division: Division, first_on: date, last_on: date) -> list[date]:
    """The days of a plan on which the directorate works."""
    calendar = Calendar(first_on - timedelta(days=1), last_on)
    days = (first_on + timedelta(days=number) for number in range((last_on - first_on).days + 1))
    return [day for day in days if calendar.is_working(day, place=division.code)]


def shifts_for(
    division: Division, inspectors: Sequence[Person], days: Sequence[date], begins: int, ends: int
) -> list[Shift]:
    """The shifts of inspectors on some days: where each sets out from, and without the days on which they are away."""
    for person in inspectors:
        if not person.holds(Role.INSPECTOR, over=Within(division.code)):
            raise refusals.NotAnInspectorThere()
    duties = {row.person_id: row for row in Duty.objects.filter(person__in=inspectors).select_related("division")}
    homes = {home.code: home for home in Division.objects.filter(code__in=[item.division_id for item in inspectors])}
    away = list(
        Absence.objects.filter(person__in=inspectors, withdrawn=False).values_list("person", "from_on", "until_on")
    )
    shifts = []
    for inspector in inspectors:
        duty = duties.get(inspector.pk)
        home = duty.division if duty else homes[inspector.division_id]
        if home.lat is None or home.lon is None:
            raise refusals.NoStart()
        shifts += [
            Shift(
                inspector=inspector,
                day=day,
                lat=home.lat,
                lon=home.lon,
                begins=begins if duty is None or duty.begins is None else duty.begins,
                ends=ends if duty is None or duty.ends is None else duty.ends,
            )
            for day in days
            if not any(who == inspector.pk and start <= day <= end for who, start, end in away)
        ]
    return shifts


def _seconds(moment: Any) -> int:
    return int(moment.hour * 3600 + moment.minute * MINUTE + moment.second)
