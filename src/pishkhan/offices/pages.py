"""Public pages of the register: finding an office, and whether one is real."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import lying_in, place_name
from pishkhan.journal.clock import today
from pishkhan.language.digits import ascii_digits
from pishkhan.language.search import folded, gapless
from pishkhan.language.text import Text
from pishkhan.people.asking import language

from .models import Licence, Office, OfficeKind
from .selectors import active_offices, premises_of, status_of
from .status import OPEN, Status

PAGE = 20
MOST_PLACES = 60  # places whose name is meant at once: more are a matter of a longer word
QUALITIES = {
    Division.Quality.SURVEYED: Text("نقشه‌برداری‌شده", "surveyed"),
    Division.Quality.GEOCODED: Text("از روی نشانی", "geocoded"),
    Division.Quality.CENTROID: Text("مرکز محدوده", "centroid"), Division.Quality.SYNTHETIC: Text("ساختگی", "made up"),
    Division.Quality.NONE: Text("نامعلوم", "unknown"),
}


def find(request: HttpRequest) -> HttpResponse:
    """The active offices of a place that is written in words, or of a code."""
    q, kind = request.GET.get("q", "").strip()[:100], request.GET.get("kind", "")
    offices = active_offices(today(), kind=kind if kind in OfficeKind.values else "").order_by("code")
    offices = offices.select_related("division")
    page = Paginator(_meant(offices, q) if q else offices, PAGE).get_page(ascii_digits(request.GET.get("page", "1")))
    return render(request, "site/home.html", {
        "q": q, "kind": kind, "count": page.paginator.count, "page": page.number, "pages": page.paginator.num_pages,
        "kinds": [(each.value, each.text.to(language())) for each in OfficeKind],
        "offices": _told(list(page.object_list))})


def office(request: HttpRequest, code: str) -> HttpResponse:
    """One office: whether it may serve today, where it is, and its licences."""
    found = Office.objects.select_related("division").filter(code=code).first()
    if found is None:
        raise Http404
    on = today()
    licences = [_licence_told(licence, status_of(licence, on))
                for licence in found.licences.order_by("-valid_from")]
    premises = premises_of([found], on).get(found.pk)
    return render(request, "offices/office.html", {
        "office": found, "label": OfficeKind(found.kind).text.to(language()), "licences": licences,
        "premises": premises, "place": place_name(found.division_id, language()),
        "serves": any(licence["open"] for licence in licences), "status": licences[0]["status"] if licences else "",
        "quality": QUALITIES[Division.Quality(premises.quality)].to(language()) if premises else ""})


def _meant(offices: QuerySet[Office], q: str) -> QuerySet[Office]:
    """The offices of a code, or of the places whose name begins with what was written, or holds it."""
    named = Q(search__contains=folded(q)) | Q(search__contains=gapless(q))
    codes = list(Division.objects.filter(named).exclude(kind=Division.Kind.PROVINCE)
                 .order_by("code").values_list("code", flat=True)[:MOST_PLACES])
    places = Q(code__iexact=ascii_digits(q))
    for code in codes:
        places |= lying_in(code)
    return offices.filter(places)


def _told(offices: list[Office]) -> list[dict[str, Any]]:
    premises = premises_of(offices, today())
    return [{"code": each.code, "label": OfficeKind(each.kind).text.to(language()), "place": each.division.name,
             "address": premises[each.pk].address if each.pk in premises else ""} for each in offices]


def _licence_told(licence: Licence, status: str | None) -> dict[str, Any]:
    return {"number": licence.number, "issued_on": licence.issued_on, "valid_until": licence.valid_until,
            "open": status in OPEN, "status": Status(status).text.to(language()) if status else ""}
