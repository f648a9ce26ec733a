"""Pages of the law for who works with it: what held when, what is a default without a source, adopting, days off."""

from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.people.access import STAFF, open_to, roles_held
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.request_context import asker, language
from pishkhan.regulation.keys import KEYS, unit_of
from pishkhan.regulation.models import Adoption, Confidence, Holiday, Number
from pishkhan.regulation.selectors import citation_of, unsourced_defaults
from pishkhan.regulation.services import adopt, declare_holiday, enter_number, withdraw_holiday
from pishkhan.site.operations.deployment import deployment
from pishkhan.site.pages.urls import value_of

from .forms import Adopted, HolidayForm, NumberForm

SAVED = Text("ثبت شد.", "Saved.")
WEIGHTS = {
    Confidence.OFFICIAL: Text("رسمی", "official"),
    Confidence.SECONDARY: Text("منبع دوم", "secondary"),
    Confidence.DEFAULT: Text("پیش‌فرض", "default"),
}


@open_to(*STAFF)
def regulation(request: HttpRequest) -> HttpResponse:
    """Every number of the law, whenever it held; the defaults nobody adopted first."""
    province = _province(asker(request))
    decision = Adoption.objects.filter(number=OuterRef("pk"), division_id=province).values("decision")[:1]
    rows = (
        Number.objects.select_related("instrument")
        .annotate(decision=Subquery(decision))
        .order_by("key", "kind", "place", "valid_from")
    )
    waiting = {default.pk for default in unsourced_defaults(today(), province)}
    shown = [_number_context(row, row.pk in waiting) for row in rows]
    return render(
        request,
        "site/regulation.html",
        {
            "rows": sorted(shown, key=lambda row: not row["waits"]),
            "waiting": len(waiting),
            "may_adopt": Role.DIRECTOR in roles_held(request),
            "may_enter": Role.ADMINISTRATOR in roles_held(request),
            "holidays": Holiday.objects.filter(day__year__gte=today().year - 1).order_by("-day")[:60],
        },
    )


@open_to(Role.DIRECTOR)
def adopt_number(request: HttpRequest, key: int) -> HttpResponse:
    """Let a default bind in the province, by a numbered decision."""
    row = Number.objects.select_related("instrument").filter(pk=key).first()
    if row is None:
        raise Missing()
    form = Adopted(request.POST or None)
    if request.method == "POST" and done(
        form, lambda decision: adopt(row, decision=decision, province=_province(asker(request)), by=asker(request))
    ):
        return _saved(request)
    shown = _number_context(row, waits=True)
    intro = f"{shown['meaning'].to(language())}: {shown['value']} {shown['unit']}"
    return form_page(request, form, Text("تصویب پیش‌فرض", "Adopt a default"), intro=intro)


@open_to(Role.ADMINISTRATOR)
def new_number(request: HttpRequest) -> HttpResponse:
    """Enter a dated number."""
    form = NumberForm(request.POST or None, initial={"valid_from": today()})
    if request.method == "POST" and done(
        form,
        lambda **data: enter_number(
            **data,
            place=_province(asker(request)),
            by=asker(request),
            confidence=Confidence.SECONDARY if data["instrument"] else Confidence.DEFAULT,
        ),
    ):
        return _saved(request)
    return form_page(request, form, Text("عدد تازه", "New number"))


@open_to(Role.ADMINISTRATOR)
def new_holiday(request: HttpRequest) -> HttpResponse:
    """Declare a day off."""
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and done(
        form,
        lambda day, name_fa, name_en: declare_holiday(
            day, name=Text(name_fa, name_en), by=asker(request), place=_province(asker(request))
        ),
    ):
        return _saved(request)
    return form_page(request, form, Text("اعلام تعطیلی", "Declare a day off"))


@open_to(Role.ADMINISTRATOR)
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Let a day that was declared off be a working day after all."""
    row = Holiday.objects.filter(pk=key, withdrawn=False).first()
    if row is None or request.method != "POST":
        raise Missing()
    withdraw_holiday(row, by=asker(request))
    return _saved(request)


def _number_context(row: Any, waits: bool) -> dict[str, Any]:
    key, on = KEYS.get(row.key), today()
    return {
        "number": row,
        "meaning": key.meaning if key else Text(row.key, row.key),
        "waits": waits,
        "value": value_of(row, key.unit if key else ""),
        "unit": unit_of(key.unit, row.value).to(language()) if key else "",
        "citation": citation_of(row),
        "weight": WEIGHTS[Confidence(row.confidence)],
        "holds": row.valid_from <= on and (row.valid_to is None or on < row.valid_to),
    }


def _province(person: Person) -> str:
    """The province in which a person works; that of the deployment for who rules the country."""
    if place := next((assignment.place for assignment in person.assignments_today if assignment.place), ""):
        return place[:2]
    current_deployment = deployment()
    if current_deployment is None:
        raise Missing()
    return current_deployment.division_id


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, SAVED.to(language()))
    return redirect("regulation")
