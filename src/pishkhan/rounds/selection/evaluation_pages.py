"""What visits found, by how they were chosen: for who plans rounds."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.geography.models import Division
from pishkhan.journal.clock import today
from pishkhan.language.text import Text
from pishkhan.offices.models import OfficeKind
from pishkhan.people.access import open_to
from pishkhan.people.web.exports import csv_of
from pishkhan.people.web.paging import chosen_day
from pishkhan.people.web.request_context import asker, language
from pishkhan.rounds.models import Stop
from pishkhan.rounds.selectors import PLANNERS
from pishkhan.rounds.wording import WHYS

from .evaluation import Row, half_year_of, results_by

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
def risk_results(request: HttpRequest) -> HttpResponse:
    """What visits found that risk chose beside those that were drawn, in a half-year; as a table or exported."""
    person = asker(request)
    first_on, last_on = half_year_of(chosen_day(request, "day"))
    places = [assignment.place for assignment in person.assignments_today if assignment.role in PLANNERS]
    rows = results_by(places, first_on, last_on)
    names = dict(
        Division.objects.filter(code__in={row.county for row in rows}).values_list(
            "code", "name_en" if language().startswith("en") else "name"
        )
    )
    if request.GET.get("export") == "csv":
        return csv_of(
            "rounds-found",
            [heading.to(language()) for heading in HEADINGS],
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
