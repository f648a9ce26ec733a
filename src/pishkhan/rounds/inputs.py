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
    found = Visit.objects.filter(lying_in(division.code), state=Visit.State.PLANNED, kind__in=kinds)
    return list(found.select_related("office", "case", "machine").order_by("pk"))


def points_of_visits(visits: Sequence[Visit], on: date) -> dict[Any, Point]:
    """Where visits are to be made, by key; one without a point is absent. Two queries."""
    premises = premises_of([each.office for each in visits if each.office], on)
    machines = {
        row.machine_id: row
        for row in MachinePlace.objects.on(on).filter(
            machine__in=[each.machine_id for each in visits if each.machine_id]
        )
    }
    found: dict[Any, Point] = {}
    for each in visits:
        place: Any = each.case
        if each.office_id or each.machine_id:
            place = premises.get(each.office_id) if each.office_id else machines.get(each.machine_id)
        if place is not None and place.lat is not None and place.lon is not None:
            found[each.pk] = (place.lat, place.lon)
    return found


def length_of(kind: str, seen: str) -> Key:
    """The number that says how many minutes a visit takes."""
    return numbers.MINUTES_MACHINE if seen in MACHINES else LENGTHS[kind]


def windows_of(offices: Iterable[Office], days: Sequence[date], begins: int, ends: int) -> dict[int, list[Window]]:
    """When offices are open on some days, by key; who tells no hours is as the directorate is. Two queries."""
    offices = list(offices)
    profiles = profiles_of(offices)
    found: dict[int, list[Window]] = {}
    for office in offices:
        hours = list(profiles[office.pk].hours.all()) if office.pk in profiles else []
        if not hours:
            found[office.pk] = [(day, begins, ends) for day in days]
        else:
            found[office.pk] = [
                (day, _seconds(each.opens), _seconds(each.closes))
                for day in days
                for each in hours
                if each.weekday == weekday_of(day)
            ]
    return found


def last_inspectors(visits: Sequence[Visit]) -> dict[Any, set[int]]:
    """Who made the last visit at the object of each visit and has no waiver for it, by key of visit. Two queries."""
    made = Visit.objects.filter(state__in=MADE).order_by("visited_on", "pk")
    there = (
        Q(case__in=[each.case_id for each in visits])
        | Q(office__in=[each.office_id for each in visits])
        | Q(machine__in=[each.machine_id for each in visits])
    )
    last = {tuple(row): inspector for *row, inspector in made.filter(there).values_list(*OBJECT, "inspector")}
    waived = set(
        Waiver.objects.filter(
            visit__in=[each.pk for each in visits], rule=Waiver.Rule.OTHER_INSPECTOR, used=""
        ).values_list("visit", "person")
    )
    found: dict[Any, set[int]] = {}
    for each in visits:
        who = last.get((each.case_id, each.office_id, each.machine_id, each.seen))
        found[each.pk] = {who} if who and (each.pk, who) not in waived else set()
    return found


def last_at_offices(offices: Iterable[Office]) -> dict[int, int]:
    """Who made the last visit to each office itself, by key: who may not make the next. One query."""
    made = Visit.objects.filter(state__in=MADE, office__in=[each.pk for each in offices], seen=checklist.Object.OFFICE)
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
    for each in inspectors:
        if not each.holds(Role.INSPECTOR, over=Within(division.code)):
            raise refusals.NotAnInspectorThere()
    duties = {row.person_id: row for row in Duty.objects.filter(person__in=inspectors).select_related("division")}
    homes = {home.code: home for home in Division.objects.filter(code__in=[each.division_id for each in inspectors])}
    away = list(
        Absence.objects.filter(person__in=inspectors, withdrawn=False).values_list("person", "from_on", "until_on")
    )
    shifts = []
    for each in inspectors:
        duty = duties.get(each.pk)
        home = duty.division if duty else homes[each.division_id]
        if home.lat is None or home.lon is None:
            raise refusals.NoStart()
        shifts += [
            Shift(
                inspector=each,
                day=day,
                lat=home.lat,
                lon=home.lon,
                begins=begins if duty is None or duty.begins is None else duty.begins,
                ends=ends if duty is None or duty.ends is None else duty.ends,
            )
            for day in days
            if not any(who == each.pk and start <= day <= end for who, start, end in away)
        ]
    return shifts


def _seconds(moment: Any) -> int:
    return int(moment.hour * 3600 + moment.minute * MINUTE + moment.second)
