"""The addresses of pages, and the two that belong to no app: the law's numbers, and that there is nothing here."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing, Refusal
from pishkhan.journal.storage import refusal_of
from pishkhan.language.jalali import spoken
from pishkhan.language.text import Text
from pishkhan.measures import pages as measures
from pishkhan.offices.models import OfficeKind
from pishkhan.people.access import PROGRAMS, everybody
from pishkhan.people.web.request_context import language, shown_province
from pishkhan.regulation.keys import KEYS, unit_of
from pishkhan.regulation.models import Confidence, Number
from pishkhan.regulation.selectors import citation_of, in_force
from pishkhan.site import api

from .navigation import refused
from .public_lists import SanctionList


class TooMany(Refusal):
    """More than is good for everybody else."""

    status = 429

    def __init__(self) -> None:
        super().__init__(api.TOO_MANY)


class NotOurForm(Refusal):
    """A form that no page of ours led to in this browser."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            Text(
                "این فرم از صفحه‌ای از این سامانه در همین مرورگر نیامده یا کهنه است. بازگردید، صفحه را تازه کنید و "
                "دوباره بفرستید؛ کوکی‌ها باید روشن باشند.",
                "This form came from no page of ours in this browser, or is out of date. Go back, load the page again, "
                "and send it once more; cookies must be allowed.",
            )
        )


@everybody
def law(request: HttpRequest) -> HttpResponse:
    """Every number of the law that holds today, with its source."""
    rows = in_force(today(), shown_province()).order_by("key", "place", "kind")
    return render(
        request, "site/law.html", {"on": spoken(today(), language()), "rows": [_number_context(row) for row in rows]}
    )


@everybody
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of the province that is shown."""
    province = shown_province()
    return measures.figures(request, province) if province else refused(request, Missing())


@everybody
def sanctions(request: HttpRequest) -> HttpResponse:
    """The final sanctions that are public in the province that is shown."""
    return SanctionList.answer(request) if shown_province() else refused(request, Missing())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """That there is nothing here: as a page, or to a program as a refusal."""
    return api.not_found(request, exception) if request.path.startswith("/api/") else refused(request, Missing())


def broken(request: HttpRequest) -> HttpResponse:
    """What failed where no page was being made: that the disk or database refused, else that it is our defect."""
    error = sys.exception()
    refusal = error if isinstance(error, Refusal) else refusal_of(error) if error else None
    if request.path.startswith(PROGRAMS) or refusal is None:
        return api.broken(request, refusal)
    return refused(request, refusal)


def not_our_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """That a form lacks its token: it is another site's, or the browser keeps no cookies."""
    return refused(request, NotOurForm())


def too_many(request: HttpRequest) -> HttpResponse:
    """That somebody asks too often."""
    return refused(request, TooMany())


def _number_context(row: Number) -> dict[str, object]:
    key = KEYS.get(row.key)
    return {
        "meaning": key.meaning.to(language()) if key else row.key,
        "citation": citation_of(row).to(language()),
        "value": value_of(row, key.unit if key else ""),
        "unit": unit_of(key.unit, row.value).to(language()) if key else "",
        "kind": OfficeKind(row.kind).text.to(language()) if row.kind else "",
        "binds": row.confidence != Confidence.DEFAULT or bool(getattr(row, "decision", None)),
    }


def value_of(row: Number, unit: str) -> int | str:
    """The value of a number as people read it."""
    if unit != "yes_no":
        return row.value
    return (Text("آری", "yes") if row.value else Text("نه", "no")).to(language())
