"""The register for who works with it: every office with its standing, of any day, and its whole history."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import place_name
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.letters.selectors import letters_about
from pishkhan.people.access import STAFF, open_to, roles_held
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.web.request_context import asker, language

from .models import Holding, Office, OfficeKind, Undertaking
from .office_list import OfficeList
from .selectors import names_of
from .status import OPEN, Status
from .undertakings.lists import state_of

QUALITIES = {
    Division.Quality.SURVEYED: Text("نقشه‌برداری‌شده", "surveyed"),
    Division.Quality.GEOCODED: Text("از روی نشانی", "geocoded"),
    Division.Quality.CENTROID: Text("مرکز محدوده", "centroid"),
    Division.Quality.SYNTHETIC: Text("ساختگی", "made up"),
    Division.Quality.NONE: Text("نامعلوم", "unknown"),
}


@open_to(*OfficeList.roles)
def register(request: HttpRequest) -> HttpResponse:
    """The offices of one's region, as a table or exported exactly as shown."""
    return OfficeList.answer(request)


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


def _holder(row: Holding) -> str:
    if row.organisation is not None:
        return row.organisation.name
    return row.person.full_name if row.person else ""
