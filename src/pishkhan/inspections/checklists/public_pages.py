"""The checklists of visits, for everybody: what is looked at, and since when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.inspections.checklists.checklist import (
    Edition,
    Object,
    Purpose,
    Severity,
)
from pishkhan.inspections.checklists.selectors import edition_in_force, editions_of
from pishkhan.inspections.words import EVIDENCE, OBJECTS, PURPOSES, SEVERITIES
from pishkhan.journal.clock import today
from pishkhan.offices.models import OfficeKind
from pishkhan.people.access import everybody
from pishkhan.people.web.paging import chosen
from pishkhan.people.web.request_context import shown_province
from pishkhan.regulation.selectors import number

from .terms import MAJOR_FAULTS


@everybody
def checklists(request: HttpRequest) -> HttpResponse:
    """The checklist by edition: what is looked at, why, with which evidence; of a kind of office and a day."""
    known = editions_of(shown_province())
    edition = _edition(request, known)
    kind = chosen(request, "kind", OfficeKind.values)
    purpose = chosen(request, "purpose", Purpose.values)
    rows = [
        {
            "item": item,
            "severity": SEVERITIES[Severity(item.severity)],
            "evidence": EVIDENCE[item.evidence],
            "objects": [OBJECTS[Object(one)] for one in item.objects],
            "kinds": [OfficeKind(one).text for one in item.kinds],
            "module": next((one for one in edition.modules if one.code == item.module), None),
        }
        for item in edition.items
        if (not kind or not item.kinds or kind in item.kinds)
        and (not purpose or not item.purposes or purpose in item.purposes)
    ]
    return render(
        request,
        "inspections/checklists.html",
        {
            "edition": edition,
            "editions": known,
            "rows": rows,
            "kind": kind,
            "purpose": purpose,
            "on": today(),
            "major": number(MAJOR_FAULTS, on=today(), place=shown_province()),
            "kinds": [(office_kind.value, office_kind.text) for office_kind in OfficeKind],
            "purposes": list(PURPOSES.items()),
        },
    )


def _edition(request: HttpRequest, known: list[Edition]) -> Edition:
    code = chosen(request, "edition", [edition.code for edition in known])
    return next((edition for edition in known if edition.code == code), None) or edition_in_force(
        today(), shown_province()
    )
