"""The provinces of this database, and opening another one: by a national administrator, with whom the letters name."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.geography.services import provinces as all_provinces
from pishkhan.journal.refusals import NotPermitted
from pishkhan.language.text import Text
from pishkhan.people.access import open_to
from pishkhan.people.models import Assignment
from pishkhan.people.roles import Role
from pishkhan.people.selectors import opened_provinces, rules_the_country
from pishkhan.people.web.form_fields import Day, done, form_page, ltr, said
from pishkhan.people.web.quotas import ask_upload
from pishkhan.people.web.request_context import asker, language
from pishkhan.site.operations.appointing import Appointee, Letter, open_a_province

OPEN = Text("گشودن استان", "Open a province")
OPENED = Text(
    "استان گشوده شد. برای راهبر و مدیرکل آن حساب باز کنید.",
    "The province is open. Open accounts for its administrator and director.",
)
NOT_NATIONAL = Text("این کار راهبر کشوری است.", "A national administrator does this.")
INTRO = Text(
    "راهبر و مدیرکل نخست هر یک با ابلاغ خود گماشته می‌شوند؛ پس از آن هر سمتی را دو تن می‌دهند. همه باخبر می‌شوند.",
    "The first administrator and the first director are each appointed by their letter; after that two persons grant "
    "every role. Everybody at work is told.",
)
FIRST = (
    ("administrator", Text("راهبر نخست", "First administrator")),
    ("director", Text("مدیرکل نخست", "First director")),
)


class ProvinceForm(forms.Form):
    """Which province, and for each of the first two who they are and by which letter."""

    code = forms.ChoiceField(label=said("استان", "Province"))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        opened = {division.code for division in opened_provinces()}
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            (code, said(row["name"], row["name_en"])) for code, row in all_provinces().items() if code not in opened
        ]
        for who, called in FIRST:
            self.fields |= {f"{who}_{name}": field for name, field in _fields_of(called).items()}

    def appointee(self, who: str) -> Appointee:
        """Who is appointed, as the form names them."""
        names = ("given_name", "family_name", "national_id", "phone")
        return Appointee(*(self.cleaned_data[f"{who}_{name}"] for name in names))

    def letter(self, who: str) -> Letter:
        """By which letter."""
        return Letter(*(self.cleaned_data[f"{who}_{name}"] for name in ("letter", "letter_on", "scan")))


@open_to(Role.ADMINISTRATOR)
def provinces(request: HttpRequest) -> HttpResponse:
    """The provinces of this database, with who rules and directs each."""
    _ask_the_country(request)
    rows = list(opened_provinces())
    held = Assignment.objects.current().filter(
        role__in=(Role.ADMINISTRATOR, Role.DIRECTOR), place__in=[row.code for row in rows]
    )
    by_place: dict[str, list[Assignment]] = {}
    for assignment in held.select_related("person").order_by("role", "pk"):
        by_place.setdefault(assignment.place, []).append(assignment)
    return render(request, "site/provinces.html", {"rows": [(row, by_place.get(row.code, [])) for row in rows]})


@open_to(Role.ADMINISTRATOR)
def open_another(request: HttpRequest) -> HttpResponse:
    """Open another province of the country in this database."""
    _ask_the_country(request)
    form = ProvinceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and done(form, lambda code, **_: _open(request, form, code)):
        messages.success(request, OPENED.to(language()))
        return redirect("provinces")
    return form_page(request, form, OPEN, OPEN, intro=INTRO.to(language()), back="/provinces/")


def _open(request: HttpRequest, form: ProvinceForm, code: str) -> None:
    letters = {who: form.letter(who) for who, _ in FIRST}
    for letter in letters.values():
        ask_upload(request, letter.scan)
    open_a_province(
        code,
        administrator=form.appointee("administrator"),
        director=form.appointee("director"),
        letters=(letters["administrator"], letters["director"]),
        by=asker(request),
    )


def _ask_the_country(request: HttpRequest) -> None:
    if not rules_the_country(asker(request)):
        raise NotPermitted(NOT_NATIONAL)


def _fields_of(called: Text) -> dict[str, forms.Field]:
    def label(fa: str, en: str) -> Any:
        return said(f"{called.fa}: {fa}", f"{called.en}: {en}")

    return {
        "given_name": forms.CharField(max_length=80, label=label("نام", "given name")),
        "family_name": forms.CharField(max_length=80, label=label("نام خانوادگی", "family name")),
        "national_id": forms.CharField(
            max_length=20, label=label("کد ملی", "national id"), widget=ltr(inputmode="numeric")
        ),
        "phone": forms.CharField(max_length=20, label=label("شمارهٔ همراه", "mobile number"), widget=ltr()),
        "letter": forms.CharField(max_length=60, label=label("شمارهٔ ابلاغ", "number of the letter")),
        "letter_on": Day(label=label("روز ابلاغ", "day of the letter")),
        "scan": forms.FileField(label=label("تصویر ابلاغ", "scan of the letter")),
    }
