"""What visits found that risk chose, beside those that were drawn: whether the score leads to what is wrong."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from math import sqrt
from operator import or_

from django.db.models import Q

from pishkhan.geography.selectors import lying_in
from pishkhan.inspections.visits.selectors import MADE
from pishkhan.language.jalali import jalali_date, parts
from pishkhan.rounds.models import Stop

Z = 1.959964  # of a 95 % interval


@dataclass(frozen=True)
class Rate:
    """Of so many visits so many found something wrong; with Wilson's 95 % interval, in percent."""

    visits: int
    hits: int

    @property
    def percent(self) -> float | None:
        return round(100 * self.hits / self.visits, 1) if self.visits else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's score interval: it keeps within 0 and 100, and is honest where there are few visits."""
        if not self.visits:
            return None
        n, share = self.visits, self.hits / self.visits
        middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return round(100 * max(middle - half, 0), 1), round(100 * min(middle + half, 1), 1)


@dataclass(frozen=True)
class Row:
    """A county and kind of office, or all of them: what was found by each way of choosing."""

    county: str  # empty for all
    kind: str
    rates: dict[str, Rate]  # by why it was chosen


def half_year_of(day: date) -> tuple[date, date]:
    """The Jalali half-year in which a day lies: its first and last day."""
    year, month, _ = parts(day)
    if month <= 6:
        return jalali_date(year, 1, 1), jalali_date(year, 6, 31)
    return jalali_date(year, 7, 1), date.fromordinal(jalali_date(year + 1, 1, 1).toordinal() - 1)


def found_by(places: list[str], first_on: date, last_on: date) -> list[Row]:
    """What visits of published plans found in some regions and days, by county and kind, all of them last. One query.

    A visit hits if it was not passed. Who was chosen as due counts apart from risk.
    """
    visits: Counter[tuple[str, str, str]] = Counter()
    hits: Counter[tuple[str, str, str]] = Counter()
    there = reduce(or_, (lying_in(place, "visit__division") for place in places), Q(pk__in=()))
    rows = Stop.objects.filter(
        there,
        visit__state__in=MADE,
        shift__isnull=False,
        office__isnull=False,
        visit__visited_on__range=(first_on, last_on),
        plan__state="published",
    )
    for why, division, kind, passed in rows.values_list("why", "visit__division", "office__kind", "visit__passed"):
        county = str(division)[:4]
        visits[county, kind, why] += 1
        hits[county, kind, why] += not passed
    return [*_rows(visits, hits), _all(visits, hits)]


def _rows(visits: Counter[tuple[str, str, str]], hits: Counter[tuple[str, str, str]]) -> Iterator[Row]:
    for county, kind in sorted({(county, kind) for county, kind, _ in visits}):
        yield Row(
            county, kind, {why: Rate(visits[county, kind, why], hits[county, kind, why]) for why in Stop.Why.values}
        )


def _all(visits: Counter[tuple[str, str, str]], hits: Counter[tuple[str, str, str]]) -> Row:
    made, wrong = Counter[str](), Counter[str]()
    for key, count in visits.items():
        made[key[2]] += count
        wrong[key[2]] += hits[key]
    return Row("", "", {why: Rate(made[why], wrong[why]) for why in Stop.Why.values})
