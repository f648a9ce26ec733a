"""The public page of figures: counts alone; their records are for who works in the region."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.geography.selectors import place_name
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Refusal
from pishkhan.language.jalali import NotADay, jalali_date, jalali_year, parse_day, written
from pishkhan.language.text import Text
from pishkhan.people.roles import Role
from pishkhan.people.web.request_context import asker_if_any, language

from .bulletin import valid_period
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
        period = valid_period(Period(region, from_on, to_on))
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
            "from_told": request.GET.get("from", written(period.from_on, language()))[:40],
            "to_told": request.GET.get("to", written(period.to_on, language()))[:40],
            "figures": [_figure_context(figure, period) for figure in FIGURES.values()],
            "goals": list(_goals(period)),
        },
        status=status,
    )


def _works_in(request: HttpRequest, region: str) -> bool:
    """Whether whoever asks works in the whole region: to them figures open to their records."""
    person = asker_if_any(request)
    return person is not None and any(
        region.startswith(assignment.place)
        for assignment in person.assignments_today
        if assignment.role != Role.REPRESENTATIVE
    )


def _drawn(months: list[Done]) -> dict[str, Any]:
    """Bars as the chart draws them: for each month three, as high as their share of the most there is."""
    most = max((max(month.requests, month.visits, month.licences) for month in months), default=0) or 1
    wide = CHART / max(len(months), 1)
    ordered = months if language().startswith("en") else months[::-1]  # time goes as the eye reads
    return {
        "width": CHART,
        "height": HIGH,
        "table": months,
        "months": [
            {
                "done": month,
                "middle": round((place + 0.5) * wide, 1),
                "bars": [
                    _bar(kind, getattr(month, kind) / most, place * wide + wide * (0.14 + 0.24 * number), wide * 0.2)
                    for number, kind in enumerate(("requests", "visits", "licences"))
                ],
            }
            for place, month in enumerate(ordered)
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


def _figure_context(figure: Figure, period: Period) -> dict[str, object]:
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
    for goal, figures in measured(period):
        if isinstance(figures, Text):
            yield goal.sentence.to(language()), [], figures.to(language())
        else:
            yield (
                goal.sentence.to(language()),
                [
                    (
                        round(measured_figure.value, 1),
                        unit_of(measured_figure.code, round(measured_figure.value, 1)).to(language()),
                    )
                    for measured_figure in figures
                ],
                "",
            )
