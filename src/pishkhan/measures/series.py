"""What was done month by month, for a chart and the table beside it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from pishkhan.geography.selectors import lying_in
from pishkhan.inspections.visits.selectors import visits_made
from pishkhan.language.jalali import parts
from pishkhan.language.text import Text
from pishkhan.offices.models import Licence

from .figures import Period, requests

MONTHS = (
    Text("فروردین", "Farvardin"),
    Text("اردیبهشت", "Ordibehesht"),
    Text("خرداد", "Khordad"),
    Text("تیر", "Tir"),
    Text("مرداد", "Mordad"),
    Text("شهریور", "Shahrivar"),
    Text("مهر", "Mehr"),
    Text("آبان", "Aban"),
    Text("آذر", "Azar"),
    Text("دی", "Dey"),
    Text("بهمن", "Bahman"),
    Text("اسفند", "Esfand"),
)
MOST = 24  # months that are drawn
Month = tuple[int, int]


@dataclass(frozen=True)
class Done:
    """What was done in a Jalali month of a period, as far as the period reaches."""

    year: int
    month: int
    requests: int
    visits: int
    licences: int

    @property
    def name(self) -> Text:
        return MONTHS[self.month - 1]


def by_month(period: Period) -> list[Done]:
    """Requests submitted, visits made and licences issued in each month of a period, the last ones. Three queries."""
    place, days = lying_in(period.region), (period.from_on, period.to_on)
    submitted = _counted(requests(period.region).filter(submitted_on__range=days), "submitted_on")
    visits = _counted(visits_made(period.region, *days), "visited_on")
    licences = _counted(Licence.objects.filter(place, origin=Licence.Origin.NEW, issued_on__range=days), "issued_on")
    return [Done(*month, submitted[month], visits[month], licences[month]) for month in list(_months(*days))[-MOST:]]


def _counted(rows: QuerySet[Any], column: str) -> Counter[Month]:
    """How many rows there are in each Jalali month."""
    counted: Counter[Month] = Counter()
    for day, count in rows.order_by().values_list(column).annotate(Count("pk")):
        counted[parts(day)[:2]] += count
    return counted


def _months(first: date, last: date) -> Iterator[Month]:
    (year, month, _), end = parts(first), parts(last)[:2]
    while (year, month) <= end:
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
