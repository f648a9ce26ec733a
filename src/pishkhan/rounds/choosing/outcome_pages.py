"""What is told of choosing: to the house what was found by how it was chosen, to everybody how a draw came out."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.geography.models import Division
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.offices.models import OfficeKind
from pishkhan.people.access import everybody, open_to
from pishkhan.people.web.exports import csv_of
from pishkhan.people.web.paging import chosen_day, paged
from pishkhan.people.web.request_context import asker, language
from pishkhan.rounds.models import Plan, Stop
from pishkhan.rounds.selectors import PLANNERS, told_draws
from pishkhan.rounds.services import frame_digest
from pishkhan.rounds.wording import WHYS

from .evaluation import Row, found_by, half_year_of
from .selection import drawn

ONE_DAY = timedelta(days=1)
HEADINGS = (
    Text("شهرستان", "County"),
    Text("نوع دفتر", "Kind of office"),
    Text("برگزیده از راه", "Chosen by"),
    Text("بازدید", "Visits"),
    Text("دارای ایراد", "With faults"),
    Text("درصد", "Percent"),
    Text("کران پایین ۹۵٪", "95 % from"),
    Text("کران بالا ۹۵٪", "95 % to"),
)


@open_to(*PLANNERS)
def found(request: HttpRequest) -> HttpResponse:
    """What visits found that risk chose beside those that were drawn, in a half-year; as a table or exported."""
    person = asker(request)
    first_on, last_on = half_year_of(chosen_day(request, "day"))
    places = [each.place for each in person.assignments_today if each.role in PLANNERS]
    rows = found_by(places, first_on, last_on)
    names = dict(
        Division.objects.filter(code__in={row.county for row in rows}).values_list(
            "code", "name_en" if language().startswith("en") else "name"
        )
    )
    if request.GET.get("export") == "csv":
        return csv_of(
            "rounds-found",
            [each.to(language()) for each in HEADINGS],
            [cells for row in rows for cells in _cells(row, names)],
        )
    before, after = half_year_of(first_on - ONE_DAY)[0], half_year_of(last_on + ONE_DAY)[0]
    return render(
        request,
        "rounds/found.html",
        {
            "rows": [
                {
                    "row": row,
                    "county": names.get(row.county) or row.county,
                    "kind": _kind(row),
                    "rates": [(WHYS[Stop.Why(why)], rate) for why, rate in row.rates.items() if rate.visits],
                }
                for row in rows
            ],
            "first_on": first_on,
            "last_on": last_on,
            "before": before,
            "after": after if after <= today() else None,
        },
    )


@everybody
def draws(request: HttpRequest) -> HttpResponse:
    """The draws of published plans: sealed at once, opened once the last day of the plan is over."""
    on = today()
    page = paged(request, told_draws(on))
    return render(
        request,
        "rounds/draws.html",
        {"page": page, "rows": [_draw(each, over=each.last_on < on) for each in page.rows]},
    )


@everybody
def draw(request: HttpRequest, number: str) -> HttpResponse:
    """The offices that a draw was from, in the order in which its seed draws them, once the plan is over."""
    found = told_draws(today()).filter(number=number, last_on__lt=today()).first()
    if found is None:
        raise Missing()
    by_lot = set(drawn(found.seed, found.frame, wanted=found.wanted, percent=found.share))
    return csv_of(f"draw-{found.number}", ["code", "drawn"], [[code, int(code in by_lot)] for code in found.frame])


def _draw(plan: Plan, *, over: bool) -> dict[str, Any]:
    return {
        "plan": plan,
        "over": over,
        "count": len(plan.frame),
        "digest": frame_digest(plan),
        "drawn": drawn(plan.seed, plan.frame, wanted=plan.wanted, percent=plan.share) if over else [],
    }


def _kind(row: Row) -> Text | None:
    return OfficeKind(row.kind).text if row.kind else None


def _cells(row: Row, names: dict[str, str]) -> list[list[Any]]:
    kind = _kind(row)
    return [
        [
            names.get(row.county, ""),
            kind.to(language()) if kind else "",
            WHYS[Stop.Why(why)].to(language()),
            rate.visits,
            rate.hits,
            rate.percent,
            *(rate.interval or ("", "")),
        ]
        for why, rate in row.rates.items()
        if rate.visits
    ]
