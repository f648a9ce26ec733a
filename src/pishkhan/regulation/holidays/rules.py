"""The country's days off by rule: solar ones on their Jalali day of every year, lunar ones as arithmetic has them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pishkhan.language.jalali import EARLIEST, LATEST, days_in_month, jalali_date, jalali_year
from pishkhan.language.text import Text
from pishkhan.regulation.edition import shipped
from pishkhan.regulation.models import Holiday

LAST_OF_MONTH = 30
EPOCH = 227014  # the ordinal of the day before 1 Muharram 1
MEAN_YEAR = 354.36667  # days of a lunar year


@dataclass(frozen=True)
class Rule:
    """A day off that returns: its day and month in the solar or the lunar year, and how many days it lasts."""

    name: Text
    kind: str
    month: int
    day: int
    length: int = 1
    words: tuple[str, ...] = ()  # by which the lists of others call it

    @property
    def is_lunar(self) -> bool:
        return self.kind == Holiday.Kind.LUNAR

    def first_days(self, year: int) -> Iterator[date]:
        """The days of a Jalali year, and of what lies beside it, on which it begins."""
        if not self.is_lunar:
            if self.day <= days_in_month(year, self.month):  # 30 Esfand exists in leap years alone
                yield jalali_date(year, self.month, self.day)
            return
        about = int(((jalali_date(year, 1, 1)).toordinal() - EPOCH) / MEAN_YEAR)
        for lunar in range(about, about + 4):
            yield _lunar_day(lunar, self.month, self.day)


@dataclass(frozen=True)
class Occurrence:
    """A day on which a rule falls, and the first day of those on which it falls then."""

    day: date
    first: date
    rule: Rule


def occurrences(first: date, last: date) -> Iterator[Occurrence]:
    """Those from one day to another, both included, in their order."""
    first, last = max(first, EARLIEST), min(last, LATEST)
    if first > last:
        return
    for year in range(jalali_year(first), jalali_year(last) + 1):
        yield from (occurrence for occurrence in _of_year(year) if first <= occurrence.day <= last)


@cache
def rules() -> tuple[Rule, ...]:
    """The rules as they are shipped."""
    return tuple(
        Rule(
            Text(row["fa"], row["en"]),
            row["kind"],
            row["month"],
            row["day"],
            row.get("length", 1),
            tuple(row.get("words", ())),
        )
        for row in shipped("holidays")["holiday"]
    )


@cache
def _of_year(year: int) -> tuple[Occurrence, ...]:
    every = (
        Occurrence(start + timedelta(days=number), start, rule)
        for rule in rules()
        for start in rule.first_days(year)
        for number in range(rule.length)
    )
    return tuple(
        sorted(
            (occurrence for occurrence in every if jalali_year(occurrence.day) == year),
            key=lambda occurrence: occurrence.day,
        )
    )


def _lunar_day(year: int, month: int, day: int) -> date:
    """A day of the tabular Islamic calendar: months of 30 and 29 days in turn, eleven leap days in thirty years."""
    if day == LAST_OF_MONTH:
        return _lunar_day(year, month + 1, 1) - timedelta(days=1)
    return date.fromordinal(EPOCH + day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30)
