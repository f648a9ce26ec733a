"""The page of reports of enforcement, and the same as a table."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.enforcement.catalogue import LADDER
from pishkhan.enforcement.models import OBJECTION_OUTCOMES, Objection
from pishkhan.enforcement.pages import CONCERNED
from pishkhan.geography.models import Division
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.language.jalali import NotADay, jalali_date, jalali_year, parse_day, written
from pishkhan.language.text import Text
from pishkhan.offices.models import OfficeKind
from pishkhan.people.access import open_to
from pishkhan.people.models import Person
from pishkhan.people.web.exports import csv_of
from pishkhan.people.web.request_context import asker, language

from .figures import FIRST, REPEATED, Period, Table, course, tables, violation_names

HEADINGS = {
    "violation": Text("تخلف", "Violation"),
    "county": Text("شهرستان", "County"),
    "kind": Text("نوع دفتر", "Kind of office"),
    "repeated": Text("پیشینه", "Recidivism"),
}
ALL, BY = Text("همه", "All"), Text("به", "By")
OPEN = Text("در رسیدگی", "open")


@open_to(*CONCERNED)
def enforcement_report(request: HttpRequest) -> HttpResponse:
    """Sanctions and the course of cases in one's region: of this Jalali year, or of the period asked for."""
    person, usual = asker(request), (jalali_date(jalali_year(today()), 1, 1), today())
    refusal, days = "", usual
    try:
        days = tuple(
            parse_day(request.GET[name]) if request.GET.get(name) else day
            for name, day in zip(("from", "to"), usual, strict=True)
        )  # type: ignore[assignment]
    except NotADay as wrong:
        refusal = wrong.text.to(language())
    period = Period(_region(person), *days)
    report = tables(period)
    names = _names(report)
    if request.GET.get("export") == "csv":
        access.note(person.ref, f"enforcement {period.place} {period.from_on} {period.to_on}"[:80], "export")
        return csv_of(
            "enforcement",
            [_said(BY), _said(HEADINGS["violation"]), *(_said(rung.text) for rung in LADDER), _said(ALL)],
            list(_cells(report, names)),
        )
    return render(
        request,
        "enforcement/report.html",
        {
            "period": period,
            "refusal": refusal,
            "course": course(period),
            "ladder": [rung.text for rung in LADDER],
            "outcomes": [
                (OBJECTION_OUTCOMES[Objection.Outcome(code)] if code else OPEN, count)
                for code, count in course(period).outcomes
            ],
            "tables": [
                {
                    "heading": HEADINGS[table.code],
                    "table": table,
                    "sums": [*table.sums, table.total],
                    "rows": [(names[table.code, sort], [*by_rung, total]) for sort, by_rung, total in table.rows],
                }
                for table in report
            ],
            "from_told": request.GET.get("from", written(period.from_on, language()))[:40],
            "to_told": request.GET.get("to", written(period.to_on, language()))[:40],
        },
        status=422 if refusal else 200,
    )


def _region(person: Person) -> str:
    """The widest place in which a person works on violations."""
    places = [assignment.place for assignment in person.assignments_today if assignment.role in CONCERNED]
    return min(places, key=lambda place: (len(place), place))


def _names(tables: list[Table]) -> dict[tuple[str, str], str]:
    """What the sorts of the tables are called. One query."""
    counties = {sort for table in tables if table.code == "county" for sort, _, _ in table.rows}
    named = {("county", row.code): _said(row.text) for row in Division.objects.filter(code__in=counties)}
    named |= {("county", code): named.get(("county", code), code) for code in counties}
    named |= {("violation", code): _said(text) for code, text in violation_names()}
    named |= {("kind", kind.value): _said(kind.text) for kind in OfficeKind}
    return named | {("repeated", "first"): _said(FIRST), ("repeated", "repeated"): _said(REPEATED)}


def _cells(tables: list[Table], names: dict[tuple[str, str], str]) -> Iterator[list[Any]]:
    for table in tables:
        for sort, by_rung, total in table.rows:
            yield [_said(HEADINGS[table.code]), names[table.code, sort], *by_rung, total]


def _said(text: Text) -> str:
    return text.to(language())
