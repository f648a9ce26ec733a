"""Pages of the law for who works with it: what held when, what is a default without a source, adopting."""

from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.search import folded
from pishkhan.language.text import Text
from pishkhan.people.access import STAFF, open_to, roles_held
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.request_context import asker, language
from pishkhan.regulation.keys import KEYS, is_contested, unit_of
from pishkhan.regulation.models import Adoption, Confidence, Number
from pishkhan.regulation.selectors import citation_of, contested_defaults, unsourced_defaults
from pishkhan.regulation.services import adopt, adopt_all, enter_number
from pishkhan.site.operations.deployment import deployment
from pishkhan.site.pages.urls import value_of

from .forms import Adopted, AdoptedTogether, NumberForm, NumberQuery

SAVED = Text("ثبت شد.", "Saved.")
ADOPTED = Text("{count} پیش‌فرض با یک تصمیم تصویب شد.", "{count} {count:default|defaults} adopted by one decision.")
WEIGHTS = {
    Confidence.OFFICIAL: Text("رسمی", "official"),
    Confidence.SECONDARY: Text("منبع دوم", "secondary"),
    Confidence.DEFAULT: Text("پیش‌فرض", "default"),
}


@open_to(*STAFF)
def regulation(request: HttpRequest) -> HttpResponse:
    """The numbers of the law, whenever they held; the defaults nobody adopted first, to be adopted together."""
    return _listed(request, AdoptedTogether())


@open_to(Role.DIRECTOR)
def adopt_numbers(request: HttpRequest) -> HttpResponse:
    """Let several defaults bind in the province by one decision: those chosen, or all that are listed and wait."""
    if request.method != "POST":
        return redirect(f"{reverse('regulation')}?state=waiting")
    form = AdoptedTogether(request.POST)
    count: list[int] = []

    def adopt_chosen(numbers: Any, everything: bool, decision: str) -> None:
        listed = [row["number"] for row in _rows(request) if row["waits"]] if everything else list(numbers)
        count.append(len(adopt_all(listed, decision=decision, province=_province(asker(request)), by=asker(request))))

    if done(form, adopt_chosen):
        messages.success(request, ADOPTED.filled(count=count[0]).to(language()))
        return redirect("regulation")
    return _listed(request, form, status=422)


@open_to(Role.DIRECTOR)
def adopt_number(request: HttpRequest, key: int) -> HttpResponse:
    """Let a default bind in the province, by a numbered decision."""
    row: Any = Number.objects.select_related("instrument").filter(pk=key).first()
    if row is None:
        raise Missing()
    form = Adopted(request.POST or None, contested=is_contested(row.key))
    if request.method == "POST" and done(
        form, lambda **data: adopt(row, **data, province=_province(asker(request)), by=asker(request))
    ):
        return _saved(request)
    row.decision, row.rests_on = None, None
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


def _listed(request: HttpRequest, form: AdoptedTogether, *, status: int = 200) -> HttpResponse:
    rows = _rows(request)
    chosen = set(request.POST.getlist("numbers"))
    return render(
        request,
        "site/regulation.html",
        {
            "rows": rows,
            "query": NumberQuery(request.GET),
            "waiting": unsourced_defaults(today(), _province(asker(request))).count(),
            "adoptable": sum(row["waits"] for row in rows),
            "chosen": chosen,
            "form": form,
            "may_adopt": Role.DIRECTOR in roles_held(request),
            "may_enter": Role.ADMINISTRATOR in roles_held(request),
            "asked": request.GET.urlencode(),
        },
        status=status,
    )


def _rows(request: HttpRequest) -> list[dict[str, Any]]:
    """The numbers that the address asks for, those that wait for a decision first."""
    province, query = _province(asker(request)), NumberQuery(request.GET)
    data = query.cleaned_data if query.is_valid() else {"q": "", "state": "", "keys": ""}
    adopted = Adoption.objects.filter(number=OuterRef("pk"), division_id=province)
    rows = (
        Number.objects.select_related("instrument")
        .annotate(decision=Subquery(adopted.values("decision")[:1]), rests_on=Subquery(adopted.values("source")[:1]))
        .order_by("key", "kind", "place", "valid_from")
    )
    if data["keys"]:
        rows = rows.filter(key__in=data["keys"].split(","))
    waiting = {default.pk for default in unsourced_defaults(today(), province)}
    contested = {row.pk for row in contested_defaults(today(), province)}
    shown = [_number_context(row, row.pk in waiting, contested=row.pk in contested) for row in rows]
    words = folded(data["q"]).split()
    matches = [
        row
        for row in shown
        if all(word in folded(f"{row['meaning'].fa} {row['meaning'].en} {row['number'].key}") for word in words)
        and data["state"] in ("", row["state"])
    ]
    return sorted(matches, key=lambda row: (not row["waits"], not row["contested"]))


def _state_of(row: Any, waits: bool, holds: bool) -> str:
    if not holds:
        return "past"
    return "waiting" if waits else "adopted" if row.decision else "sourced"


def _number_context(row: Any, waits: bool, *, contested: bool = False) -> dict[str, Any]:
    key, on = KEYS.get(row.key), today()
    holds = row.valid_from <= on and (row.valid_to is None or on < row.valid_to)
    return {
        "number": row,
        "meaning": key.meaning if key else Text(row.key, row.key),
        "waits": waits,
        "contested": contested,
        "value": value_of(row, key.unit if key else ""),
        "unit": unit_of(key.unit, row.value).to(language()) if key else "",
        "citation": citation_of(row),
        "weight": WEIGHTS[Confidence(row.confidence)],
        "holds": holds,
        "state": _state_of(row, waits, holds),
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
