"""Which days are off: those that were declared, and those of a rule that nobody declared otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pishkhan.language.text import Text
from pishkhan.regulation.models import Holiday

from .rules import Occurrence, occurrences

NEAR = timedelta(days=3)  # a lunar day that was declared so near to the reckoned one is that day, as the moon was seen


@dataclass(frozen=True)
class DayOff:
    """A day off as people read it; by which row it is declared, if by one."""

    day: date
    name: Text
    kind: str
    for_whom: str
    place: str = ""
    source: str = ""
    tentative: bool = False
    row: Holiday | None = None
    first: date | None = None  # of the days of its rule


class DaysOff:
    """The days off from one day to another, both included, read once for many questions. One query."""

    def __init__(self, first: date, last: date) -> None:
        self._rows: dict[date, list[Holiday]] = {}
        self._named: dict[str, list[Holiday]] = {}
        for row in Holiday.objects.filter(day__gte=first - NEAR, day__lte=last + NEAR).order_by("day", "pk"):
            self._named.setdefault(row.name_en, []).append(row)
            if not row.withdrawn:
                self._rows.setdefault(row.day, []).append(row)
        self._ruled: dict[date, list[Occurrence]] = {}
        for occurrence in occurrences(first, last):
            self._ruled.setdefault(occurrence.day, []).append(occurrence)

    def is_off(self, day: date, *, place: str, whom: str) -> bool:
        """Whether a day is off in a place for some."""
        return any(_concerns(row, place, whom) for row in self._rows.get(day, ())) or any(
            self._holds(occurrence, place, whom) for occurrence in self._ruled.get(day, ())
        )

    def places_off(self, day: date, whom: str, among: Iterable[str]) -> set[str]:
        """The places that are off on a day for some: those that were declared, and of some those where a rule holds."""
        declared = {row.division_id for row in self._rows.get(day, ()) if row.for_whom in (Holiday.Whom.ALL, whom)}
        ruled = self._ruled.get(day, ())
        return declared | {
            place for place in among if any(self._holds(occurrence, place, whom) for occurrence in ruled)
        }

    def listed(self, place: str) -> Iterator[DayOff]:
        """All of them in a place, and in parts of it."""
        for row in (row for rows in self._rows.values() for row in rows):
            if _is_seen_from(row, place):
                yield as_day_off(row)
        for one in (one for of_day in self._ruled.values() for one in of_day):
            if self._holds(one, place, Holiday.Whom.ADMINISTRATIONS):
                rule = one.rule
                yield DayOff(one.day, rule.name, rule.kind, Holiday.Whom.ALL, tentative=rule.is_lunar, first=one.first)

    def _holds(self, occurrence: Occurrence, place: str, whom: str) -> bool:
        """Whether a rule's day stands as it was reckoned: nobody declared it on another day, or withdrew it."""
        day, is_lunar = occurrence.day, occurrence.rule.is_lunar
        return not any(
            row.day == day or (is_lunar and not row.withdrawn and abs(row.day - day) <= NEAR)
            for row in self._named.get(occurrence.rule.name.en, ())
            if _concerns(row, place, whom)
        )


def as_day_off(row: Holiday) -> DayOff:
    """A day off as it was declared."""
    name = Text(row.name_fa, row.name_en)
    return DayOff(row.day, name, row.kind, row.for_whom, row.division_id, row.source, row=row)


def days_off(first: date, last: date, *, place: str) -> list[DayOff]:
    """The days off in a place from one day to another, both included, in their order."""
    listed = (occurrence for occurrence in DaysOff(first, last).listed(place) if first <= occurrence.day <= last)
    return sorted(listed, key=lambda occurrence: (occurrence.day, occurrence.name.en))


def tentative_days(first: date, last: date, *, place: str) -> list[DayOff]:
    """The lunar days in those days that are reckoned, and confirmed by nobody in a place."""
    return [occurrence for occurrence in days_off(first, last, place=place) if occurrence.tentative]


def withdrawn_days(first: date, last: date, *, place: str) -> list[Holiday]:
    """What was declared, and is not off after all."""
    rows = Holiday.objects.filter(day__range=(first, last), withdrawn=True).order_by("day", "pk")
    return [row for row in rows if _is_seen_from(row, place)]


def _is_seen_from(row: Holiday, place: str) -> bool:
    """Whether a row is of a place, of a part of it, or of what it lies in."""
    return place.startswith(row.division_id) or row.division_id.startswith(place)


def _concerns(row: Holiday, place: str, whom: str) -> bool:
    return place.startswith(row.division_id) and row.for_whom in (Holiday.Whom.ALL, whom)
