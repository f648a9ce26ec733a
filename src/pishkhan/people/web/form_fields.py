"""Fields in which people write days, numbers and places as they say them; and what becomes of a form."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import date, time
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import override

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import place_name
from pishkhan.journal.refusals import Invalid, Refusal, Unavailable
from pishkhan.language.digits import ascii_digits, persian
from pishkhan.language.hours import NotAnHour, hour_text, parse_hour
from pishkhan.language.jalali import NotADay, parse_day, written
from pishkhan.language.search import folded, gapless, sort_key
from pishkhan.language.text import LANGUAGES, Text
from pishkhan.language.typed import NotANumber, typed_code, whole_number
from pishkhan.people.models import Organisation
from pishkhan.people.selectors import person_of

from .request_context import language

NO_PLACE = Text("جایی با این نام یا کد نیافتیم.", "We found no place of that name or code.")
TOO_MANY = 429
SAVE = Text("ثبت", "Save")
NOT_DONE = "not-done"  # of a message: what it tells of was refused
FROM_CALENDAR = Text("انتخاب روز از تقویم", "Choose from a calendar")
NO_PERSON = Text("کسی با این کد ملی ثبت نشده است.", "Nobody of that national id was entered.")
NO_ORGANISATION = Text("شخص حقوقی با این نام یا شناسه نیافتیم.", "We found no organisation of that name or id.")
MANY_OF_A_NAME = Text(
    "چند شخص حقوقی این نام را دارند؛ شناسهٔ ملی را بنویسید.", "Several organisations have that name: write the legal id."
)
MANY_PLACES = Text(
    "چند جا این نام را دارند: {names}. یکی را با کد بنویسید.",
    "Several places have that name: {names}. Write the code of one.",
)
unavailable: ContextVar[int | None] = ContextVar("unavailable", default=None)  # the status of what a form told


def _said(fa: str, en: str) -> str:
    return Text(fa, en).to(language())


said = lazy(_said, str)  # a label, help or error of a field, in the language of whoever reads it


def invalid(text: Text) -> ValidationError:
    """What is wrong with a field: found once, said in the language of whoever reads it."""
    return ValidationError(said(*text))


def errors_of(form: forms.Form) -> dict[str, Text]:
    """What is wrong with each field of a form that was validated, in both languages."""
    return {
        name: Text(*(_said_in(language, validation_errors) for language in LANGUAGES))
        for name, validation_errors in form.errors.as_data().items()
    }


def _said_in(language: str, errors: list[ValidationError]) -> str:
    with override(language):
        return " ".join(message for error in errors for message in error.messages)


def done(form: forms.Form, act: Callable[..., Any]) -> bool:
    """Whether an act was done with what a form states (by name); if it was refused, the form tells why."""
    if not form.is_valid():
        return False
    try:
        act(**form.cleaned_data)
    except Refusal as refusal:
        if refusal.status == TOO_MANY:  # it is about whoever asks, not about what the form states
            raise
        show_refusal(form, refusal)
        return False
    return True


def show_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Let a form say why an act was refused: beside the fields it is about, or above them all."""
    note_unavailable(refusal)
    form.see_to_it = refusal.page  # type: ignore[attr-defined]  # `site/fields.html` leads there
    beside = refusal.fields if isinstance(refusal, Invalid) else {}
    beside_fields = {name: text for name, text in beside.items() if name in form.fields or name == NON_FIELD_ERRORS}
    for name, text in beside_fields.items():
        form.errors.pop(name, None)  # the act knew better than the field, or says the same
        form.add_error(None if name == NON_FIELD_ERRORS else name, invalid(text))
    if not beside_fields:
        form.add_error(None, invalid(refusal.text))


def message_of_refusal(request: HttpRequest, refusal: Refusal) -> None:
    """Let the next page say first that it was not done, and then why."""
    messages.error(request, refusal.text.to(language()), extra_tags=NOT_DONE)


def validated_by_the_act(form: forms.Form) -> None:
    """Let a form that an act validates say what that finds, and not validate once more to be shown."""
    form._errors = ErrorDict()  # type: ignore[attr-defined]  # what Django takes for validated
    form.cleaned_data = {}


def note_unavailable(refusal: Refusal) -> None:
    """Let the page that tells a refusal have its status, if it is the house and not the form that is at fault."""
    if isinstance(refusal, Unavailable):
        unavailable.set(refusal.status)


def form_page(
    request: HttpRequest, form: forms.Form, title: Text, button: Text = SAVE, *, intro: str = "", back: str = ""
) -> HttpResponse:
    """A page of one form, told as it was filled in; 422 if something is wrong with it."""
    return render(
        request,
        "site/form_page.html",
        {"form": form, "title": title.to(language()), "button": button.to(language()), "intro": intro, "back": back},
        status=422 if form.errors else 200,
    )


def ltr(**attrs: str) -> forms.TextInput:
    """An input for what is written from left to right."""
    return forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"} | attrs)


class DayInput(forms.TextInput):
    """An input for a day; where scripts run a calendar opens beside it (`day.js`)."""

    script = "site/day.js"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        box = super().render(name, value, attrs, renderer)
        return format_html('<day-picker data-open="{}">{}</day-picker>', FROM_CALENDAR.to(language()), box)


class Day(forms.Field):
    """A day, Jalali or Gregorian, however people write it."""

    widget = DayInput(
        attrs={"dir": "ltr", "placeholder": said("۱۴۰۱/۰۶/۲۵", "1401/06/25"), "size": 18, "autocomplete": "off"}
    )

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return parse_day(str(value))
        except NotADay as wrong:
            raise invalid(wrong.text) from None

    def prepare_value(self, value: Any) -> Any:
        return written(value, language()) if isinstance(value, date) else value


class Hour(forms.CharField):
    """An hour of the day, in any digits; its cleaned value is a time of day."""

    widget = forms.TextInput(
        attrs={"dir": "ltr", "inputmode": "numeric", "placeholder": "9:30", "size": 6, "autocomplete": "off"}
    )

    def clean(self, value: Any) -> Any:
        written = super().clean(value if not isinstance(value, time) else hour_text(value))
        if not written:
            return None
        try:
            return parse_hour(written)
        except NotAnHour as wrong:
            raise invalid(wrong.text) from None

    def prepare_value(self, value: Any) -> Any:
        return hour_text(value) if isinstance(value, time) else value


class Number(forms.IntegerField):
    """A whole number in any digits, its thousands grouped or not."""

    widget = forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        if not isinstance(value, str) or not typed_code(value):
            return super().to_python(None if isinstance(value, str) else value)
        try:
            return whole_number(value)
        except NotANumber as wrong:
            raise invalid(wrong.text) from None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # a text input knows no least and most


class TableFile(forms.FileField):
    """A table that somebody brings: whatever `language.tables` reads."""

    widget = forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.html,.htm,.xls"})

    def __init__(self, **options: Any) -> None:
        super().__init__(label=said("پروندهٔ جدول (CSV، XLSX یا HTML)", "Table (CSV, XLSX or HTML)"), **options)


class Place(forms.CharField):
    """A division, by its name or code; its cleaned value is the division."""

    widget = forms.TextInput(attrs={"list": "places", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Division):
            return value
        named = f"{value.text.to(language())} {value.code}"
        return named if language().startswith("en") else persian(named)

    def clean(self, value: Any) -> Any:
        written = ascii_digits(str(super().clean(value) or "").strip())
        if not written:
            return None
        code = written.rpartition(" ")[2] if written.rpartition(" ")[2].isdigit() else written
        divisions = list(Division.objects.filter(code=code)) or _named(written)
        if not divisions:
            raise invalid(NO_PLACE)
        if len(divisions) > 1:
            names = "؛ ".join(
                f"{place_name(division.code, language())} ({division.code})" for division in divisions[:5]
            )
            raise invalid(MANY_PLACES.filled(names=names))
        return divisions[0]


class LegalPerson(forms.CharField):
    """An organisation, by its legal id or its whole name; its cleaned value is the organisation, or None."""

    def clean(self, value: Any) -> Any:
        written = str(super().clean(value) or "").strip()
        if not written:
            return None
        organisations = list(
            Organisation.objects.filter(legal_id=ascii_digits(written))
            or Organisation.objects.filter(sort_key=sort_key(written))[:2]
        )
        if len(organisations) != 1:
            raise invalid(MANY_OF_A_NAME if organisations else NO_ORGANISATION)
        return organisations[0]


class KnownPerson(forms.CharField):
    """A person who was entered, by their national id; its cleaned value is the person, or None."""

    widget = ltr(inputmode="numeric")

    def clean(self, value: Any) -> Any:
        written = ascii_digits(str(super().clean(value) or "")).strip()
        if not written:
            return None
        person = person_of(written)
        if person is None:
            raise invalid(NO_PERSON)
        return person


def _named(written: str) -> list[Division]:
    """The divisions of a name; of several the cities, of several the widest kinds."""
    begins = [
        division
        for division in Division.objects.filter(search__startswith=folded(written)).order_by("code")[:50]
        if gapless(written) in (gapless(division.name), gapless(division.name_en))
    ]
    cities = [division for division in begins if division.kind == Division.Kind.CITY]
    return cities if len(cities) == 1 else begins
