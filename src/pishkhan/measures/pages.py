"""The public page of figures: counts alone; their records are for who works in the region."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.geography.selectors import place_name
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Refusal
from pishkhan.language.jalali import NotADay, jalali, jalali_date, jalali_year, parse_day
from pishkhan.language.text import Text
from pishkhan.people.roles import Role
from pishkhan.people.web.request_context import asker_if_any, language

from .bulletin import asked_for
from .figures import FIGURES, Figure, Period
from .goals import measured
from .series import Done, by_month
from .words import GROUPS, unit_of

CHART, HIGH, MOST_RECORDS = 900, 200, 300


def figures(request: HttpRequest, region: str) -> HttpResponse:
    """The figures of a region: of this Jalali year until today, or of the period asked for."""
    usual = Period(region, jalali_date(jalali_year(today()), 1, 1), today())
    period, refusal, status = usual, "", 200
    try:
        from_on, to_on = _day(request, "from", usual.from_on), _day(request, "to", usual.to_on)
        period = asked_for(Period(region, from_on, to_on))
    except (NotADay, Refusal) as wrong:
        refusal, status = wrong.text.to(language()), 422
    return render(
        request,
        "measures/figures.html",
        {
            "months": _drawn(by_month(period)),
            "open_to_me": _works_in(request, region),
            "region": place_name(region, language()),
            "period": period,
            "refusal": refusal,
            "from_told": request.GET.get("from", jalali(period.from_on))[:10],
            "to_told": request.GET.get("to", jalali(period.to_on))[:10],
            "figures": [_told(figure, period) for figure in FIGURES.values()],
            "goals": list(_goals(period)),
        },
        status=status,
    )


def _works_in(request: HttpRequest, region: str) -> bool:
    """Whether whoever asks works in the whole region: to them figures open to their records."""
    person = asker_if_any(request)
    return person is not None and any(
        region.startswith(each.place) for each in person.assignments_today if each.role != Role.REPRESENTATIVE
    )


def _drawn(months: list[Done]) -> dict[str, Any]:
    """Bars as the chart draws them: for each month three, as high as their share of the most there is."""
    most = max((max(each.requests, each.visits, each.licences) for each in months), default=0) or 1
    wide = CHART / max(len(months), 1)
    ordered = months if language().startswith("en") else months[::-1]  # time goes as the eye reads
    return {
        "width": CHART,
        "height": HIGH,
        "table": months,
        "months": [
            {
                "done": each,
                "middle": round((place + 0.5) * wide, 1),
                "bars": [
                    _bar(kind, getattr(each, kind) / most, place * wide + wide * (0.14 + 0.24 * number), wide * 0.2)
                    for number, kind in enumerate(("requests", "visits", "licences"))
                ],
            }
            for place, each in enumerate(ordered)
        ],
    }


def _bar(kind: str, share: float, x: float, wide: float) -> dict[str, Any]:
    return {
        "kind": kind,
        "x": round(x, 1),
        "wide": round(wide, 1),
        "y": round(HIGH * (1 - share), 1),
        "high": round(HIGH * share, 1),
    }


def _day(request: HttpRequest, name: str, usual: date) -> date:
    return parse_day(request.GET[name]) if request.GET.get(name) else usual


def _told(figure: Figure, period: Period) -> dict[str, object]:
    counts = [
        (
            _what(count.by) or unit_of(figure.unit, count.value).to(language()),
            count.value,
            list(count.records)[:MOST_RECORDS],
        )
        for count in figure.counts(period)
        if count.value or not count.by
    ]
    return {
        "sentence": figure.sentence.to(language()),
        "counts": counts,
        "unit": unit_of(figure.unit, 0).to(language()),
    }


def _what(by: dict[str, str]) -> str:
    named = [GROUPS[name](value).to(language()) for name, value in by.items()]
    return (", " if language().startswith("en") else "، ").join(named)


def _goals(period: Period) -> Iterator[tuple[str, list[tuple[float, str]], str]]:
    for goal, found in measured(period):
        if isinstance(found, Text):
            yield goal.sentence.to(language()), [], found.to(language())
        else:
            yield (
                goal.sentence.to(language()),
                [(round(each.value, 1), unit_of(each.code, round(each.value, 1)).to(language())) for each in found],
                "",
            )
