"""Reports of enforcement: sanctions by what and where, how long cases take, objections, how alike decisions are."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import QuerySet

from pishkhan.casework.models import Case
from pishkhan.enforcement.catalogue import EDITIONS, LADDER
from pishkhan.enforcement.models import Objection, Sanction
from pishkhan.enforcement.selectors import CODE
from pishkhan.geography.selectors import lying_in
from pishkhan.language.text import Text

FIRST, REPEATED = Text("نخستین بار", "first time"), Text("تکرار", "repeated")


@dataclass(frozen=True)
class Period:
    """A region, from one day to another, both included."""

    place: str
    from_on: date
    to_on: date


@dataclass(frozen=True)
class Table:
    """Sanctions by some sort: for each how many of each rung, and how many in all; `standing` are not annulled."""

    code: str
    rows: tuple[tuple[str, tuple[int, ...], int], ...]  # code of the sort, by rung, in all

    @property
    def sums(self) -> tuple[int, ...]:
        return tuple(sum(each[1][place] for each in self.rows) for place in range(len(LADDER)))

    @property
    def total(self) -> int:
        return sum(each[2] for each in self.rows)


def decided(period: Period) -> QuerySet[Sanction]:
    """The sanctions imposed in a period, those that were annulled since left out."""
    return Sanction.objects.filter(
        lying_in(period.place), annulled_on=None, decided_on__range=(period.from_on, period.to_on)
    )


def tables(period: Period) -> list[Table]:
    """By violation, county, kind of office and whether it was repeated; each sums up to the same. One query."""
    rows = list(decided(period).values_list("violation", "division", "kind", "earlier", "imposed"))
    sorts = {
        "violation": [row[0] for row in rows],
        "county": [str(row[1])[:4] for row in rows],
        "kind": [row[2] for row in rows],
        "repeated": ["repeated" if row[3] else "first" for row in rows],
    }
    return [_table(code, list(zip(each, (row[4] for row in rows), strict=True))) for code, each in sorts.items()]


def _table(code: str, rows: list[tuple[str, str]]) -> Table:
    counted = Counter(rows)
    sorts = sorted({sort for sort, _ in rows})
    return Table(
        code,
        tuple((sort, by_rung := tuple(counted[sort, rung.code] for rung in LADDER), sum(by_rung)) for sort in sorts),
    )


@dataclass(frozen=True)
class Course:
    """How cases went: reported, decided, how long that took, how objections ended, how alike decisions are."""

    reported: int
    decided: int
    median_days: float | None  # from the report to the decision
    longest_days: int | None
    objections: int
    outcomes: tuple[tuple[str, int], ...]  # of objections: "" while they are open
    comparable: int  # decisions beside which similar cases stood
    alike: int  # of them, those that imposed what similar cases had


def course(period: Period) -> Course:
    """How the cases of a period went. Three queries."""
    place, days = lying_in(period.place), (period.from_on, period.to_on)
    reported = Case.objects.filter(place, procedure_code=CODE, opened_on__range=days).count()
    rows = list(
        Sanction.objects.filter(place, decided_on__range=days).values_list(
            "case__opened_on", "decided_on", "usual", "imposed"
        )
    )
    took = [(end - start).days for start, end, _, _ in rows]
    objections = Counter(
        Objection.objects.filter(lying_in(period.place, "case__division"), lodged_on__range=days).values_list(
            "outcome", flat=True
        )
    )
    compared = [(usual, imposed) for _, _, usual, imposed in rows if usual]
    return Course(
        reported,
        len(rows),
        median(took) if took else None,
        max(took, default=None),
        sum(objections.values()),
        tuple(sorted(objections.items())),
        len(compared),
        sum(usual == imposed for usual, imposed in compared),
    )


def violation_names() -> Iterator[tuple[str, Text]]:
    """What violations are called, by code: of whichever edition, the latest last."""
    for each in EDITIONS:
        yield from ((violation.code, violation.text) for violation in each.violations)
