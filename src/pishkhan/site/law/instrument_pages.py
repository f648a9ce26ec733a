"""Instruments of the law for who works with it: which there are, what they say; entering and correcting them."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Invalid, Missing
from pishkhan.language.text import Text
from pishkhan.people.access import STAFF, open_to, roles_held
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.request_context import asker, language
from pishkhan.regulation.instruments.importing import LARGEST, NotTaken, read_instruments
from pishkhan.regulation.instruments.selectors import end_of_instrument, holds_on, instruments_with_ends
from pishkhan.regulation.instruments.services import (
    InstrumentFacts,
    correct_instrument,
    enter_instrument,
    enter_instruments,
    write_article,
)

from .calendar_pages import place_of
from .instrument_forms import ArticleForm, InstrumentFile, InstrumentForm, NewInstrument
from .pages import WEIGHTS

ENTERED = Text("سند ثبت شد؛ عددهای تازه می‌توانند به آن استناد کنند.", "It is entered; new numbers can cite it.")
TAKEN = Text("{count} سند وارد شد.", "{count} {count:instrument|instruments} entered.")
CAN_BE_TAKEN = Text(
    "{count} سند بی‌ایراد است و می‌تواند وارد شود؛ چیزی ثبت نشد.",
    "{count} {count:instrument|instruments} can be entered; nothing was.",
)
STATED = ("title_fa", "title_en", "issuer", "number", "adopted_on", "valid_from", "valid_to", "confidence", "link")


@open_to(*STAFF)
def instruments(request: HttpRequest) -> HttpResponse:
    """Every instrument, with the days for which it holds."""
    rows = [_context(row) for row in instruments_with_ends()]
    may_enter = Role.ADMINISTRATOR in roles_held(request)
    return render(request, "site/instruments.html", {"rows": rows, "may_enter": may_enter})


@open_to(*STAFF)
def instrument(request: HttpRequest, code: str) -> HttpResponse:
    """One of them: what it says, what it replaces, and which numbers rest on it."""
    row = _instrument(code)
    return render(
        request,
        "site/instrument.html",
        _context(row)
        | {
            "articles": row.articles.all(),
            "replaced_by": row.replaced_by.order_by("pk"),
            "numbers": row.numbers.count(),
            "may_enter": asker(request).capacity(Role.ADMINISTRATOR, over=row) is not None,
        },
    )


@open_to(Role.ADMINISTRATOR)
def new_instrument(request: HttpRequest) -> HttpResponse:
    """Enter an instrument."""
    person = asker(request)
    form = NewInstrument(request.POST or None)

    def enter(code: str, article: str, text: str, **facts: Any) -> None:
        articles = [(article, text)] if article or text else []
        enter_instrument(code, InstrumentFacts(**facts), by=person, place=place_of(person), articles=articles)

    if request.method == "POST" and done(form, enter):
        messages.success(request, ENTERED.to(language()))
        return redirect("instrument", code=form.cleaned_data["code"])
    return form_page(request, form, Text("سند تازه", "New instrument"), back=reverse("instruments"))


@open_to(Role.ADMINISTRATOR)
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Correct what was typed of an instrument."""
    row = _instrument(code)
    initial = {name: getattr(row, name) for name in (*STATED, "replaces")}
    form = InstrumentForm(request.POST or None, initial=initial)
    act = partial(correct_instrument, by=asker(request))
    if request.method == "POST" and done(form, lambda **facts: act(row, InstrumentFacts(**facts))):
        return redirect("instrument", code=code)
    return form_page(request, form, Text("اصلاح سند", "Correct it"), back=reverse("instrument", args=[code]))


@open_to(Role.ADMINISTRATOR)
def article(request: HttpRequest, code: str) -> HttpResponse:
    """Write what an instrument says in a place."""
    row = _instrument(code)
    number = request.GET.get("number", "")[:40]
    there = row.articles.filter(number=number).first()
    form = ArticleForm(request.POST or None, initial={"number": number, "text": there.text if there else ""})
    if request.method == "POST" and done(form, partial(write_article, row, by=asker(request))):
        return redirect("instrument", code=code)
    return form_page(request, form, Text("ماده", "Article"), back=reverse("instrument", args=[code]))


@open_to(Role.ADMINISTRATOR)
def import_page(request: HttpRequest) -> HttpResponse:
    """Enter a table of instruments, wholly or not at all; or only look at it."""
    person = asker(request)
    form = InstrumentFile(request.POST or None, request.FILES or None)
    said: list[Text] = []

    def take(file: Any, *, rehearsal: bool) -> None:
        try:
            rows = read_instruments(file.read(LARGEST + 1))
        except NotTaken as refused:
            raise Invalid(refused.text, {"file": refused.text}) from None
        if not rehearsal:
            enter_instruments(rows, by=person, place=place_of(person), role=Role.ADMINISTRATOR)
        said.append((CAN_BE_TAKEN if rehearsal else TAKEN).filled(count=len(rows)))

    if request.method == "POST" and done(form, take):
        messages.success(request, said[0].to(language()))
        return redirect("import_instruments" if form.cleaned_data["rehearsal"] else "instruments")
    title = Text("ورود جدول اسناد قانونی", "Import instruments")
    return form_page(request, form, title, Text("ورود", "Import"), back=reverse("instruments"))


def _context(row: Any) -> dict[str, Any]:
    return {
        "instrument": row,
        "title": row.title,
        "ends": end_of_instrument(row),
        "holds": holds_on(row, today()),
        "weight": WEIGHTS[row.confidence],
    }


def _instrument(code: str) -> Any:
    row = instruments_with_ends().filter(code=code).first()
    if row is None:
        raise Missing()
    return row
