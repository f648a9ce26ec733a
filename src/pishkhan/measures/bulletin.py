"""The bulletin of a region and a period: every figure with the records it counts, every goal with its measure."""

from collections.abc import Iterator
from typing import Any

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import place_name
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Invalid
from pishkhan.language.digits import persian
from pishkhan.language.jalali import jalali, spoken
from pishkhan.language.text import Text

from . import complaint_figures, violation_figures  # noqa: F401  on the register of figures
from .figures import FIGURES, Count, Figure, Period
from .goals import Measured, measured
from .words import GROUPS, unit_of

NO_REGION = Text("محدوده‌ای با کد «{code}» در نقشه نیست.", "There is no region of code '{code}' on the map.")
ORDER = Text("روز پایان دوره پیش از روز آغاز آن است.", "The period ends before it begins.")
HEADING = Text("کارنامهٔ {region}، {from_on} تا {to_on}", "Bulletin of {region}, {from_on} to {to_on}")
KNOWN = Text("آن‌گونه که در پایان {day} دانسته بود", "as known at the end of {day}")
GOALS = Text("هدف‌ها", "Goals")
NOT_MEASURED = Text("سنجیده نشده، زیرا {because}", "not measured, because {because}")


def valid_period(period: Period) -> Period:
    """The period, if it can be asked for; Invalid if not."""
    if not Division.objects.filter(code=period.region).exists():
        wrong = NO_REGION.filled(code=period.region[:16])
        raise Invalid(wrong, {"region": wrong})
    if period.to_on < period.from_on:
        raise Invalid(ORDER, {"to": ORDER})
    return period


def as_json(period: Period) -> dict[str, Any]:
    """The bulletin as other programs read it: days are Jalali; `value` is the number of `records`."""
    figures = [
        {"code": figure.code, "by": count.by, "value": count.value, "unit": figure.unit, "records": list(count.records)}
        for figure in FIGURES.values()
        for count in figure.counts(period)
    ]
    return {
        "region": period.region,
        "from": jalali(period.from_on),
        "to": jalali(period.to_on),
        "as_known_on": jalali(period.known_on or today()),
        "figures": figures,
        "goals": [row for goal, result in measured(period) for row in _goal_rows(goal.code, result)],
    }


def as_text(period: Period, language: str) -> str:
    """The bulletin as people read it."""
    lines = [
        HEADING.filled(
            region=place_name(period.region, language),
            from_on=spoken(period.from_on, language),
            to_on=spoken(period.to_on, language),
        ).to(language),
        KNOWN.filled(day=spoken(period.known_on or today(), language)).to(language),
        "",
    ]
    for figure in FIGURES.values():
        lines += _figure_lines(figure, list(figure.counts(period)), language)
    lines += ["", GOALS.to(language)]
    for goal, figures in measured(period):
        lines += _goal_lines(goal.sentence.to(language), figures, language)
    text = "\n".join(lines) + "\n"
    return text if language.startswith("en") else persian(text.replace(",", "٬"))


def _goal_rows(code: str, figures: list[Measured] | Text) -> Iterator[dict[str, Any]]:
    if isinstance(figures, Text):
        yield {"goal": code, "measured": False, "because": figures._asdict()}
        return
    for measured_figure in figures:
        yield {
            "goal": code,
            "measured": True,
            "code": measured_figure.code,
            "value": measured_figure.value,
            "unit": measured_figure.unit,
            "note": measured_figure.note._asdict() if measured_figure.note else None,
        }


def _figure_lines(figure: Figure, counts: list[Count], language: str) -> Iterator[str]:
    yield figure.sentence.to(language)
    for count in counts:
        if count.value or not count.by:
            what = (", " if language.startswith("en") else "، ").join(
                GROUPS[name](value).to(language) for name, value in count.by.items()
            )
            yield f"  {count.value:>6}  {what or unit_of(figure.unit, count.value).to(language)}"
    if not any(count.value for count in counts):
        yield f"  {0:>6}  {unit_of(figure.unit, 0).to(language)}"


def _goal_lines(sentence: str, figures: list[Measured] | Text, language: str) -> Iterator[str]:
    if isinstance(figures, Text):
        yield f"  {sentence}: {NOT_MEASURED.filled(because=figures).to(language)}"
        return
    yield f"  {sentence}:"
    for measured_figure in figures:
        name = unit_of(measured_figure.code, round(measured_figure.value)).to(language)
        value = f"{measured_figure.value:,.1f}" if measured_figure.unit == "km" else f"{measured_figure.value:,.0f}"
        if not language.startswith("en"):
            value = value.replace(".", "٫")
        yield f"    {value:>10}  {name}"
    if figures[0].note:
        yield f"    {figures[0].note.to(language)}"
