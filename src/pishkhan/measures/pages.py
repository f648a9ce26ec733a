"""The public page of figures: counts alone; their records are for who works in the region."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.geography.selectors import place_name
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Refusal
from pishkhan.language.jalali import NotADay, jalali, jalali_date, jalali_year, parse_day
from pishkhan.language.text import Text
from pishkhan.people.asking import language

from .bulletin import asked_for
from .figures import FIGURES, Figure, Period
from .goals import measured
from .words import GROUPS, UNITS


def figures(request: HttpRequest, region: str) -> HttpResponse:
    """The figures of a region: of this Jalali year until today, or of the period asked for."""
    usual = Period(region, jalali_date(jalali_year(today()), 1, 1), today())
    period, refusal, status = usual, "", 200
    try:
        from_on, to_on = _day(request, "from", usual.from_on), _day(request, "to", usual.to_on)
        period = asked_for(Period(region, from_on, to_on))
    except (NotADay, Refusal) as wrong:
        refusal, status = wrong.text.to(language()), 422
    return render(request, "measures/figures.html", {
        "region": place_name(region, language()), "period": period, "refusal": refusal,
        "from_told": request.GET.get("from", jalali(period.from_on))[:10],
        "to_told": request.GET.get("to", jalali(period.to_on))[:10],
        "figures": [_told(figure, period) for figure in FIGURES.values()],
        "goals": list(_goals(period))}, status=status)


def _day(request: HttpRequest, name: str, usual: date) -> date:
    return parse_day(request.GET[name]) if request.GET.get(name) else usual


def _told(figure: Figure, period: Period) -> dict[str, object]:
    counts = [(_what(count.by) or UNITS[figure.unit].to(language()), count.value)
              for count in figure.counts(period) if count.value or not count.by]
    return {"sentence": figure.sentence.to(language()), "counts": counts, "unit": UNITS[figure.unit].to(language())}


def _what(by: dict[str, str]) -> str:
    named = [GROUPS[name](value).to(language()) for name, value in by.items()]
    return (", " if language().startswith("en") else "، ").join(named)


def _goals(period: Period) -> Iterator[tuple[str, list[tuple[float, str]], str]]:
    for goal, found in measured(period):
        if isinstance(found, Text):
            yield goal.sentence.to(language()), [], found.to(language())
        else:
            yield goal.sentence.to(language()), [(round(each.value, 1), UNITS[each.code].to(language()))
                                                 for each in found], ""
