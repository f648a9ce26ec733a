"""The risk score of an office: declared parts, each a weight of the law times a measure. It only orders visits.

Weights and measures are whole numbers, so that parts add up to the score exactly. What is not known is no risk: an
outage of the network, or days without transactions, are not among the parts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from pishkhan.complaints.models import FOUNDED
from pishkhan.complaints.selectors import told_to_offices
from pishkhan.inspections.checklists.checklist import Severity
from pishkhan.inspections.visits.selectors import faults_that_stand
from pishkhan.language.text import Text
from pishkhan.offices.models import LicenceStatus, Management, Office
from pishkhan.offices.selectors import standing_of
from pishkhan.offices.status import Status
from pishkhan.offices.undertakings.services import overdue
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import Terms
from pishkhan.rounds import numbers
from pishkhan.rounds.models import Correction

from .history import History, history_of

FULL = 100  # the highest measure of a part


@dataclass(frozen=True)
class Measured:
    """How much of a part an office fills (0 to 100), and the number that its sentence tells."""

    measure: int
    fact: int


@dataclass(frozen=True)
class RiskInputs:
    """What the parts are asked of: some offices on a day, what their visits told, and the numbers of that day."""

    offices: Sequence[Office]
    on: date
    history: History
    terms: Terms

    def term(self, key: Key, office: Office) -> int:
        return self.terms.value(key, on=self.on, kind=office.kind, place=office.division_id)


@dataclass(frozen=True)
class Part:
    """A part of the score: what it is called, how it is said of an office, what it weighs, and how it is measured.

    `measures` answers for all offices at once, in queries whose number no rows move; who is absent fills nothing.
    """

    code: str
    name: Text
    sentence: Text
    weight: Key
    measures: Callable[[RiskInputs], dict[int, Measured]]


@dataclass(frozen=True)
class Points:
    """A part of one office's score."""

    part: Part
    weight: int
    measure: int
    fact: int
    set_aside: bool = False  # by a correction that was upheld

    @property
    def points(self) -> int:
        return self.weight * self.measure

    @property
    def said(self) -> Text:
        return self.part.sentence.filled(fact=self.fact)

    def as_list(self) -> list[object]:
        """As it is stored with a plan."""
        return [self.part.code, self.weight, self.measure, self.fact]


@dataclass(frozen=True)
class Score:
    """All parts of one office's score, those that fill nothing too."""

    parts: tuple[Points, ...]

    @property
    def points(self) -> int:
        return sum(each.points for each in self.parts)

    @property
    def reasons(self) -> list[Points]:
        """The parts that count, the most important first."""
        return sorted((each for each in self.parts if each.points), key=lambda each: -each.points)


def _never_visited(asked: RiskInputs) -> dict[int, Measured]:
    return {office.pk: Measured(FULL, 0) for office in asked.offices if office.pk not in asked.history.last}


def _since(asked: RiskInputs) -> dict[int, Measured]:
    found = {}
    for office in asked.offices:
        if seen := asked.history.last.get(office.pk):
            days = (asked.on - seen.visited_on).days
            found[office.pk] = Measured(_of(days, asked.term(numbers.SINCE_DAYS, office)), days)
    return found


def _findings(asked: RiskInputs) -> dict[int, Measured]:
    """What was not in order in the last visit and still holds, if it lies within the days that count."""
    filled = {Severity.CRITICAL: numbers.CRITICAL, Severity.MAJOR: numbers.MAJOR, Severity.MINOR: numbers.MINOR}
    visits = {seen.visit: office for office, seen in asked.history.last.items()}
    faults: dict[int, list[str]] = {}
    for visit, severity in faults_that_stand().filter(visit__in=visits).values_list("visit", "severity"):
        faults.setdefault(visits[visit], []).append(severity)
    found = {}
    for office in asked.offices:
        told = faults.get(office.pk)
        if told and _within(asked.history.last[office.pk].visited_on, asked, numbers.LOOK_BACK, office):
            measure = sum(asked.term(filled[Severity(each)], office) for each in told)
            found[office.pk] = Measured(min(measure, FULL), len(told))
    return found


def _owed(asked: RiskInputs) -> dict[int, Measured]:
    late: dict[int, int] = {}
    for (office,) in overdue(asked.on).filter(office__in=asked.offices).values_list("office"):
        late[office] = late.get(office, 0) + 1
    return {
        office.pk: Measured(min(late[office.pk] * asked.term(numbers.OWED_PERCENT, office), FULL), late[office.pk])
        for office in asked.offices
        if office.pk in late
    }


def _expiry(asked: RiskInputs) -> dict[int, Measured]:
    found, standing = {}, standing_of(asked.offices, asked.on)
    for office in asked.offices:
        if office.pk in standing:
            left, counts = (
                (standing[office.pk].licence.valid_until - asked.on).days,
                asked.term(numbers.EXPIRY_DAYS, office),
            )
            if 0 <= left < counts:
                found[office.pk] = Measured(_of(counts - left, counts), left)
    return found


def _manager(asked: RiskInputs) -> dict[int, Measured]:
    """Whoever manages it today and did not before, for some days."""
    managers: dict[int, list[Management]] = {}
    rows = Management.objects.known().filter(office__in=asked.offices, valid_from__lte=asked.on)
    for row in rows.order_by("valid_from", "pk"):
        managers.setdefault(row.office_id, []).append(row)
    found = {}
    for office in asked.offices:
        told = managers.get(office.pk, [])
        others = [each for each in told if each.manager_id != told[-1].manager_id]
        if others:
            began = next(each.valid_from for each in told[told.index(others[-1]) + 1 :])
            if _within(began, asked, numbers.MANAGER_DAYS, office):
                found[office.pk] = Measured(FULL, (asked.on - began).days)
    return found


def _closure(asked: RiskInputs) -> dict[int, Measured]:
    """Days on which it was closed with permission or suspended, of those that count."""
    closed: dict[int, list[tuple[date, date]]] = {}
    rows = LicenceStatus.objects.known().filter(
        Q(status=Status.CLOSED) | Q(status=Status.SUSPENDED), office__in=asked.offices, valid_from__lte=asked.on
    )
    for office, start, end in rows.values_list("office", "valid_from", "valid_to"):
        closed.setdefault(office, []).append((start, min(end or asked.on, asked.on)))
    found = {}
    for office in asked.offices:
        since = asked.on - timedelta(days=asked.term(numbers.LOOK_BACK, office))
        days = sum(max((end - max(start, since)).days, 0) for start, end in closed.get(office.pk, ()))
        if days:
            found[office.pk] = Measured(_of(days, asked.term(numbers.CLOSURE_DAYS, office)), days)
    return found


def _complaints(asked: RiskInputs) -> dict[int, Measured]:
    """Those that were founded, and those the office was asked about and has not answered, for some days."""
    told: dict[int, list[tuple[str, date]]] = {}
    rows = told_to_offices(asked.on).filter(office__in=asked.offices)
    for key, outcome, received_on in rows.values_list("office", "outcome", "received_on"):
        told.setdefault(key, []).append((outcome, received_on))
    found = {}
    for office in asked.offices:
        fills = [
            numbers.FOUNDED_PERCENT if outcome in FOUNDED else numbers.UNANSWERED_PERCENT
            for outcome, day in told.get(office.pk, ())
            if _within(day, asked, numbers.COMPLAINT_DAYS, office)
        ]
        if fills:
            found[office.pk] = Measured(min(sum(asked.term(each, office) for each in fills), FULL), len(fills))
    return found


PARTS = (
    Part(
        "never_visited",
        Text("هرگز بازدید نشده", "Never visited"),
        Text("در این سامانه هیچ بازدیدی از دفتر ثبت نشده است.", "No visit to the office is on record."),
        numbers.NEVER_VISITED,
        _never_visited,
    ),
    Part(
        "since",
        Text("زمان گذشته از بازدید پیش", "Time since the last visit"),
        Text("از بازدید پیش {fact} روز گذشته است.", "The last visit was {fact} {fact:day|days} ago."),
        numbers.SINCE,
        _since,
    ),
    Part(
        "findings",
        Text("یافته‌های بازدید پیش", "Findings of the last visit"),
        Text(
            "در بازدید پیش {fact} بند درست نبود.",
            "{fact} {fact:item|items} {fact:was|were} not in order in the last visit.",
        ),
        numbers.FINDINGS,
        _findings,
    ),
    Part(
        "undertakings",
        Text("تعهدهای از موعد گذشته", "Overdue undertakings"),
        Text("موعد {fact} تعهد گذشته است.", "{fact} {fact:undertaking|undertakings} {fact:is|are} overdue."),
        numbers.UNDERTAKINGS,
        _owed,
    ),
    Part(
        "expiry",
        Text("نزدیکی پایان پروانه", "Licence ends soon"),
        Text("{fact} روز به پایان پروانه مانده است.", "The licence ends in {fact} {fact:day|days}."),
        numbers.EXPIRY,
        _expiry,
    ),
    Part(
        "manager",
        Text("مدیر تازه", "New manager"),
        Text("مدیر دفتر {fact} روز پیش عوض شده است.", "The manager changed {fact} {fact:day|days} ago."),
        numbers.MANAGER,
        _manager,
    ),
    Part(
        "closure",
        Text("تعطیلی دراز", "Long closure"),
        Text(
            "دفتر {fact} روز تعطیل یا معلق بوده است.", "The office was closed or suspended for {fact} {fact:day|days}."
        ),
        numbers.CLOSURE,
        _closure,
    ),
    Part(
        "complaints",
        Text("شکایت‌های وارد یا بی‌پاسخ", "Complaints founded or not answered"),
        Text(
            "{fact} شکایت از دفتر وارد بوده یا هنوز پاسخ نگرفته است.",
            "{fact} {fact:complaint|complaints} {fact:was|were} founded, or "
            "{fact:waits|wait} for the office to answer.",
        ),
        numbers.COMPLAINTS,
        _complaints,
    ),
)
BY_CODE = {part.code: part for part in PARTS}
USED = (
    *(part.weight for part in PARTS),
    numbers.SINCE_DAYS,
    numbers.LOOK_BACK,
    numbers.CRITICAL,
    numbers.MAJOR,
    numbers.MINOR,
    numbers.OWED_PERCENT,
    numbers.EXPIRY_DAYS,
    numbers.MANAGER_DAYS,
    numbers.CLOSURE_DAYS,
    numbers.COMPLAINT_DAYS,
    numbers.FOUNDED_PERCENT,
    numbers.UNANSWERED_PERCENT,
)


def scores_of(offices: Sequence[Office], on: date, *, history: History | None = None) -> dict[int, Score]:
    """The scores of offices on a day, by key. The number of queries does not depend on how many there are."""
    asked = RiskInputs(offices, on, history or history_of(offices, on), Terms(USED))
    measured = [(part, part.measures(asked)) for part in PARTS]
    aside = {
        (row.office_id, row.part)
        for row in Correction.objects.filter(
            office__in=offices, state=Correction.State.UPHELD, until_on__gte=on, answered_on__lte=on
        )
    }
    return {
        office.pk: Score(
            tuple(
                _points(part, found.get(office.pk), office, asked, (office.pk, part.code) in aside)
                for part, found in measured
            )
        )
        for office in offices
    }


def read_back(parts: list[Any]) -> Score:
    """A score as it was stored with a plan. A part that is declared no more is left out."""
    return Score(
        tuple(Points(BY_CODE[code], weight, measure, fact) for code, weight, measure, fact in parts if code in BY_CODE)
    )


def highest(terms: Terms, *, on: date, place: str) -> int:
    """The score of an office that fills every part."""
    return FULL * sum(terms.value(part.weight, on=on, kind="", place=place) for part in PARTS)


def _points(part: Part, found: Measured | None, office: Office, asked: RiskInputs, aside: bool) -> Points:
    measure = 0 if found is None or aside else found.measure
    return Points(part, asked.term(part.weight, office), measure, found.fact if found else 0, aside)


def _of(number: int, whole: int) -> int:
    """How much of a whole a number fills, in percent, rounded down."""
    return min(FULL, FULL * number // whole) if whole > 0 else FULL


def _within(day: date, asked: RiskInputs, days: Key, office: Office) -> bool:
    return day >= asked.on - timedelta(days=asked.term(days, office))
