"""The register for who works with it: every office with its standing, of any day, and its whole history."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import counties_of, lying_in, place_name, searched
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.digits import ascii_digits
from pishkhan.language.jalali import jalali
from pishkhan.language.search import folded
from pishkhan.language.text import Text
from pishkhan.letters.selectors import letters_about
from pishkhan.people.access import STAFF, open_to, roles_held
from pishkhan.people.exports import csv_of
from pishkhan.people.models import Organisation, Person
from pishkhan.people.paging import chosen, chosen_day, chosen_place, paged
from pishkhan.people.request_context import asker, language
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places, within

from .models import Holding, Licence, LicenceStatus, Management, Name, Office, OfficeKind, Premises, Undertaking
from .selectors import Standing, names_of, premises_of, standing_of
from .status import OPEN, Status
from .undertaking_lists import state_of

QUALITIES = {
    Division.Quality.SURVEYED: Text("نقشه‌برداری‌شده", "surveyed"),
    Division.Quality.GEOCODED: Text("از روی نشانی", "geocoded"),
    Division.Quality.CENTROID: Text("مرکز محدوده", "centroid"),
    Division.Quality.SYNTHETIC: Text("ساختگی", "made up"),
    Division.Quality.NONE: Text("نامعلوم", "unknown"),
}
SOON = 90  # days
MOST_EXPORTED = 30_000
HEADINGS = (
    Text("کد", "Code"),
    Text("نام", "Name"),
    Text("نوع", "Kind"),
    Text("جا", "Place"),
    Text("نشانی", "Address"),
    Text("وضعیت", "Status"),
    Text("پایان پروانه", "Licence until"),
)


def expiring_soon(person: Person) -> QuerySet[Licence]:
    """The licences of one's region that serve now and end within three months."""
    on = today()
    serving = LicenceStatus.objects.on(on).filter(status__in=OPEN).values("licence")
    return Licence.objects.filter(
        in_places(person), pk__in=serving, valid_until__gte=on, valid_until__lte=on + timedelta(days=SOON)
    )


@open_to(*STAFF)
def register(request: HttpRequest) -> HttpResponse:
    """The offices of one's region, as a table or exported exactly as shown."""
    person, on = asker(request), chosen_day(request, "on")
    offices = _sought(request, person, on).select_related("division").order_by("code")
    if request.GET.get("export") == "csv":
        access.note(person.ref, "register", "export")
        return csv_of(
            "register",
            [each.to(language()) for each in HEADINGS],
            [_cells(row) for row in _rows(list(offices[:MOST_EXPORTED]), on)],
        )
    page = paged(request, offices)
    return render(
        request,
        "offices/register.html",
        {
            "page": page.with_rows(_rows(page.rows, on)),
            "on": on,
            "q": request.GET.get("q", "")[:100],
            "kind": request.GET.get("kind", ""),
            "place": chosen_place(request),
            "status": request.GET.get("status", ""),
            "expiring": request.GET.get("expiring", ""),
            "on_told": jalali(on),
            "kinds": [(each.value, each.text.to(language())) for each in OfficeKind],
            "statuses": [(each.value, each.text.to(language())) for each in Status],
            "counties": counties_of([each.place for each in person.assignments_today]),
        },
    )


@open_to(*STAFF)
def history(request: HttpRequest, code: str) -> HttpResponse:
    """All that the register ever held of an office: what holds, from when until when, and since when that is known."""
    office = within(Office.objects.select_related("division"), asker(request)).filter(code=code).first()
    if office is None:
        raise Missing()
    access.note(asker(request).ref, office.subject, "office")
    on = today()
    licences = list(office.licences.select_related("origin_case", "successor").order_by("-valid_from"))
    holders = office.holdings.select_related("person", "organisation").order_by("-valid_from", "-pk")
    return render(
        request,
        "offices/history.html",
        {
            "office": office,
            "label": OfficeKind(office.kind).text,
            "place": place_name(office.division_id, language()),
            "letters": letters_about(asker(request), [each.subject for each in licences]),
            "may_extract": Role.EXPERT in roles_held(request),
            "name": names_of([office], on).get(office.pk, ""),
            "names": office.names.order_by("-valid_from", "-pk"),
            "licences": licences,
            "on": on,
            "booths": office.booths.select_related("division").order_by("-valid_from", "-pk"),
            "undertakings": [
                {"row": each, "kind": Undertaking.Kind(each.kind).text, "state": state_of(each)}
                for each in office.undertakings.order_by("-due_on", "-pk")
            ],
            "may_correct": Role.EXPERT in roles_held(request),
            "statuses": [
                {"row": each, "label": Status(each.status).text, "open": each.status in OPEN}
                for each in office.statuses.select_related("licence").order_by("-valid_from", "-pk")
            ],
            "premises": [
                {"row": each, "quality": QUALITIES[Division.Quality(each.quality)]}
                for each in office.premises.order_by("-valid_from", "-pk")
            ],
            "holders": [{"row": each, "name": _holder(each)} for each in holders],
            "managements": office.managements.select_related("manager", "deputy").order_by("-valid_from", "-pk"),
        },
    )


def _sought(request: HttpRequest, person: Person, on: date) -> QuerySet[Office]:
    offices = within(Office.objects.all(), person)
    if kind := chosen(request, "kind", OfficeKind.values):
        offices = offices.filter(kind=kind)
    if place := chosen_place(request):
        offices = offices.filter(lying_in(place))
    if status := chosen(request, "status", Status.values):
        offices = offices.filter(pk__in=LicenceStatus.objects.on(on).filter(status=status).values("office"))
    if request.GET.get("expiring"):
        offices = offices.filter(pk__in=expiring_soon(person).values("office"))
    if q := request.GET.get("q", "").strip()[:100]:
        offices = offices.filter(_named(q, on))
    return offices


def _named(q: str, on: date) -> Q:
    holds = searched(q)
    found = Q(code__iexact=ascii_digits(q)) | Q(pk__in=Licence.objects.filter(number=ascii_digits(q)).values("office"))
    for code in Division.objects.filter(holds).order_by("code").values_list("code", flat=True)[:40]:
        found |= lying_in(code)
    held = Holding.objects.on(on).filter(
        Q(organisation__in=Organisation.objects.filter(holds)) | Q(person__in=Person.objects.filter(holds))
    )
    managed = Management.objects.on(on).filter(manager__in=Person.objects.filter(holds))
    called = Name.objects.on(on).filter(Q(name__contains=q) | Q(name__contains=folded(q)))
    return (
        found | Q(pk__in=held.values("office")) | Q(pk__in=managed.values("office")) | Q(pk__in=called.values("office"))
    )


def _rows(offices: list[Office], on: date) -> list[dict[str, Any]]:
    premises, names, standing = premises_of(offices, on), names_of(offices, on), standing_of(offices, on)
    return [_row(each, premises.get(each.pk), names.get(each.pk, ""), standing.get(each.pk)) for each in offices]


def _row(office: Office, premises: Premises | None, name: str, standing: Standing | None) -> dict[str, Any]:
    status = standing.status if standing else None
    return {
        "office": office,
        "label": OfficeKind(office.kind).text,
        "name": name,
        "address": premises.address if premises else "",
        "status": status.text if status else None,
        "open": status in OPEN,
        "until": standing.licence.valid_until if standing and status else None,
    }


def _cells(row: dict[str, Any]) -> list[str]:
    office = row["office"]
    return [
        office.code,
        row["name"],
        row["label"].to(language()),
        office.division.name,
        row["address"],
        row["status"].to(language()) if row["status"] else "",
        jalali(row["until"]) if row["until"] else "",
    ]


def _holder(row: Holding) -> str:
    if row.organisation is not None:
        return row.organisation.name
    return row.person.full_name if row.person else ""
