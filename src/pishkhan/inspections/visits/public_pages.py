"""The checklists of visits, for everybody: what is looked at, and since when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.inspections.checklists.checklist import (
    EDITIONS,
    Edition,
    Object,
    Purpose,
    Severity,
    edition,
    edition_in_force,
)
from pishkhan.inspections.words import EVIDENCE, OBJECTS, PURPOSES, SEVERITIES
from pishkhan.journal.clock import today
from pishkhan.offices.models import OfficeKind
from pishkhan.people.access import everybody
from pishkhan.people.web.paging import chosen


@everybody
def checklists(request: HttpRequest) -> HttpResponse:
    """The checklist by edition: what is looked at, why, with which evidence; of a kind of office and a day."""
    found = _edition(request)
    kind = chosen(request, "kind", OfficeKind.values)
    purpose = chosen(request, "purpose", Purpose.values)
    rows = [
        {
            "item": each,
            "severity": SEVERITIES[Severity(each.severity)],
            "evidence": EVIDENCE[each.evidence],
            "objects": [OBJECTS[Object(one)] for one in each.objects],
            "kinds": [OfficeKind(one).text for one in each.kinds],
            "module": next((one for one in found.modules if one.code == each.module), None),
        }
        for each in found.items
        if (not kind or not each.kinds or kind in each.kinds)
        and (not purpose or not each.purposes or purpose in each.purposes)
    ]
    return render(
        request,
        "inspections/checklists.html",
        {
            "edition": found,
            "editions": EDITIONS,
            "rows": rows,
            "kind": kind,
            "purpose": purpose,
            "on": today(),
            "kinds": [(each.value, each.text) for each in OfficeKind],
            "purposes": list(PURPOSES.items()),
        },
    )


def _edition(request: HttpRequest) -> Edition:
    code = chosen(request, "edition", [each.code for each in EDITIONS])
    return edition(code) if code else edition_in_force(today())
