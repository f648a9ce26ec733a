"""A list of days off that somebody brings, as CSV or iCalendar: read, compared with what is known, then entered."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from icalendar import Calendar

from pishkhan.journal.acts import Actor
from pishkhan.journal.clock import TEHRAN
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Refusal
from pishkhan.language.jalali import NotADay, jalali, parse_day
from pishkhan.language.search import folded
from pishkhan.language.tables import NotATable, Row, read_table
from pishkhan.language.text import Text
from pishkhan.regulation.models import Holiday

from .days_off import NEAR, DaysOff
from .rules import Occurrence, Rule, occurrences
from .services import Following, confirm_holiday, declare_holiday

COLUMNS, NEEDED = ("day", "name", "name_en", "for_whom"), ("day", "name")
LARGEST, MOST_DAYS, MOST_FAULTS = 2**20, 500, 20
BEGINS = b"BEGIN:VCALENDAR"
NO_ROWS = Text("در این فهرست روزی نیست.", "There is no day in this list.")
TOO_LARGE = Text("این فهرست بزرگ‌تر از اندازه است.", "The list is too large.")
UNREADABLE = Text("این پرونده نه CSV خواناست و نه iCalendar.", "The file is neither a readable CSV nor iCalendar.")
NO_NAME = Text("ردیف {row}: نام خالی است یا بیش از ۱۰۰ نویسه دارد.", "Row {row}: the name is empty, or too long.")
NO_WHOM = Text(
    "ردیف {row}: «{value}» هیچ‌یک از all، administrations و service_centres نیست.",
    "Row {row}: '{value}' is none of all, administrations and service_centres.",
)
RETURNS = Text(
    "ردیف {row}: رویداد تکرارشونده پذیرفته نیست؛ هر روز را جدا بنویسید.",
    "Row {row}: an event that recurs is not taken; write item day.",
)
IN_ROW = Text("ردیف {row}: {why}", "Row {row}: {why}")


class NotAList(Refusal):
    """The list cannot be taken; `.faults` says why, row by row."""

    def __init__(self, faults: Sequence[Text]) -> None:
        self.faults = list(faults[:MOST_FAULTS])
        super().__init__(Text(" ".join(fault.fa for fault in self.faults), " ".join(fault.en for fault in self.faults)))


class Becomes(StrEnum):
    """What becomes of a day of the list."""

    NEW = "new"
    CONFIRMED = "confirmed"  # a lunar day, as it was reckoned
    MOVED = "moved"  # a lunar day, on another day than it stands on now
    KNOWN = "known"


@dataclass(frozen=True)
class Listed:
    """A day as the list has it."""

    day: date
    name: str
    name_en: str = ""
    for_whom: str = Holiday.Whom.ALL


@dataclass(frozen=True)
class Planned:
    """What would become of a day of the list; of a lunar one, by which rule, and where it was reckoned."""

    listed: Listed
    becomes: Becomes
    name: Text
    rule: Rule | None = None
    reckoned: date | None = None


def read_list(content: bytes) -> list[Listed]:
    """The days of a list, each once; NotAList with every fault if any is wrong."""
    if len(content) > LARGEST:
        raise NotAList([TOO_LARGE])
    rows = _events(content) if content.lstrip(b"\xef\xbb\xbf\r\n \t").startswith(BEGINS) else _rows(content)
    faults: list[Text] = []
    listed = dict.fromkeys(day for row in rows for day in _read(row, faults))
    if faults:
        raise NotAList(faults)
    if not listed or len(listed) > MOST_DAYS:
        raise NotAList([TOO_LARGE if listed else NO_ROWS])
    return sorted(listed, key=lambda item: (item.day, item.name))


def written(listed: Iterable[Listed]) -> str:
    """The same list as CSV, which `read_list` reads."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows((jalali(item.day), item.name, item.name_en, item.for_whom) for item in listed)
    return file.getvalue()


def planned(listed: Sequence[Listed], place: str) -> list[Planned]:
    """What would become of each day, were the list taken in a place. Nothing is written."""
    first, last = listed[0].day, listed[-1].day
    known = {
        (item.day, item.name.en, item.for_whom) for item in DaysOff(first, last).listed(place) if not item.tentative
    }
    near = list(occurrences(first - NEAR, last + NEAR))
    return [_planned(item, near, known) for item in listed]


@retried
def import_days(
    listed: Sequence[Listed], *, place: str, source: str, by: Actor, role: str, following: Following | None = None
) -> int:
    """Enter whatever of a list is not known yet, wholly or not at all; return how many days or runs of days."""
    with one_transaction():
        todo = [item for item in planned(listed, place) if item.becomes != Becomes.KNOWN]
        runs: dict[Any, Planned] = {}
        for item in todo:
            runs.setdefault((item.rule, item.reckoned) if item.rule else item.listed, item)
        for number, item in enumerate(runs.values(), start=1):
            ends = following if following and number == len(runs) else _nothing
            _enter(item, place, source, by, role, ends)
        return len(runs)


def _enter(item: Planned, place: str, source: str, by: Actor, role: str, following: Following) -> None:
    if item.rule:
        confirm_holiday(item.rule, item.listed.day, by=by, place=place, source=source, role=role, following=following)
        return
    declare_holiday(
        item.listed.day,
        name=item.name,
        by=by,
        place=place,
        role=role,
        for_whom=item.listed.for_whom,
        source=source,
        following=following,
    )


def _planned(item: Listed, near: list[Occurrence], known: set[tuple[date, str, str]]) -> Planned:
    match = _match(item, near)
    name = match.rule.name if match else Text(item.name, item.name_en or item.name)
    if (item.day, name.en, item.for_whom) in known:
        return Planned(item, Becomes.KNOWN, name)
    if match is None or not match.rule.is_lunar:
        return Planned(item, Becomes.NEW, name)
    becomes = Becomes.CONFIRMED if item.day == match.day else Becomes.MOVED
    return Planned(item, becomes, name, match.rule, match.first)


def _match(item: Listed, near: list[Occurrence]) -> Occurrence | None:
    """The day of a rule that a day of the list is: a solar one of the very day, a lunar one near it, by its words."""
    if item.for_whom != Holiday.Whom.ALL:
        return None
    name = folded(item.name)
    matches = [
        one
        for one in near
        if (abs(one.day - item.day) <= NEAR if one.rule.is_lunar else one.day == item.day)
        and (
            folded(one.rule.name.fa) in name
            or item.name_en == one.rule.name.en
            or any(folded(word) in name for word in one.rule.words)
        )
    ]
    return min(matches, key=lambda one: abs(one.day - item.day), default=None)


def _read(row: Row, faults: list[Text]) -> list[Listed]:
    name, name_en = str(row.get("name") or "").strip(), str(row.get("name_en") or "").strip()
    for_whom = str(row.get("for_whom") or Holiday.Whom.ALL).strip()
    if not 0 < len(name) <= 100 or len(name_en) > 100:
        faults.append(NO_NAME.filled(row=row.number))
    if for_whom not in Holiday.Whom.values:
        faults.append(NO_WHOM.filled(row=row.number, value=for_whom[:20]))
    if row.get("returns"):
        faults.append(RETURNS.filled(row=row.number))
    try:
        days = row.get("days") or [parse_day(str(row.get("day") or ""))]
    except NotADay as wrong:
        faults.append(IN_ROW.filled(row=row.number, why=wrong.text))
        return []
    return [Listed(day, name, name_en, for_whom) for day in days]


def _rows(content: bytes) -> list[Row]:
    try:
        return read_table(content, {}, known=COLUMNS, needed=NEEDED)
    except NotATable as wrong:
        raise NotAList(wrong.faults) from None


def _events(content: bytes) -> list[Row]:
    try:
        events = Calendar.from_ical(content).walk("VEVENT")
        return [
            Row(number, _event(event))
            for number, event in enumerate(events, start=1)
            if str(event.get("STATUS", "")).upper() != "CANCELLED"
        ]
    except (ValueError, KeyError, AttributeError, IndexError, TypeError):
        raise NotAList([UNREADABLE]) from None


def _event(event: Any) -> dict[str, Any]:
    """An event as a row: an event of whole days ends before the day that it names as its end."""
    first = _day(event.decoded("DTSTART"))
    end = _day(event.decoded("DTEND")) if "DTEND" in event else first
    count = min(max((end - first).days, 1), MOST_DAYS + 1)
    days = [first + timedelta(days=number) for number in range(count)]
    return {"days": days, "name": str(event.get("SUMMARY", "")), "returns": "RRULE" in event}


def _day(value: date | datetime) -> date:
    if not isinstance(value, datetime):
        return value
    return (value.astimezone(TEHRAN) if value.tzinfo else value).date()


def _nothing(entry: Entry) -> None:
    """Nothing follows."""
