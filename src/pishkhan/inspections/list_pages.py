"""Pages that say where to go: who was never visited or longest ago, what is planned, which findings to follow up."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.geography.selectors import counties_of
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.language.jalali import jalali
from pishkhan.language.text import Text
from pishkhan.notices.selectors import SERVERS
from pishkhan.offices.models import OfficeKind
from pishkhan.offices.selectors import names_of
from pishkhan.offices.undertaking_lists import state_of
from pishkhan.people.access import STAFF, everybody, open_to, roles_held
from pishkhan.people.exports import csv_of
from pishkhan.people.paging import chosen, chosen_day, chosen_place, paged
from pishkhan.people.request_context import asker, language
from pishkhan.people.roles import Role

from .checklist import EDITIONS, Edition, Kind, Object, Purpose, Severity, edition, edition_in_force
from .lists import (
    AHEAD,
    LONG,
    NEVER,
    Unvisited,
    faults_to_follow_by,
    offices_by_last_visit,
    visits_overdue,
    visits_planned,
)
from .models import Finding
from .pages import RELATED, TOLD, visit_of
from .services import follow_up
from .unserved_reports import READERS, may_be_served, untold_reports
from .wording import code_of
from .words import EVIDENCE, KINDS, OBJECTS, PURPOSES, SEVERITIES

MOST_EXPORTED, MOST_PLANNED = 30_000, 500
SINCE = {NEVER: Text("هرگز بازدید نشده", "Never visited"), LONG: Text("بیش از شش ماه پیش", "More than six months ago")}
HEADINGS = (
    Text("کد", "Code"),
    Text("نوع", "Kind"),
    Text("جا", "Place"),
    Text("آخرین بازدید", "Last visit"),
    Text("روز گذشته", "Days since"),
)


@open_to(*STAFF)
def unvisited(request: HttpRequest) -> HttpResponse:
    """The active offices of one's region by their last visit, the never visited first; or exported exactly as shown."""
    person = asker(request)
    sought = Unvisited(
        since=chosen(request, "since", list(SINCE)),
        kind=chosen(request, "kind", OfficeKind.values),
        place=chosen_place(request),
    )
    found = offices_by_last_visit(person, sought)
    if request.GET.get("export") == "csv":
        access.note(person.ref, "last visits", "export")
        return csv_of(
            "last-visits", [each.to(language()) for each in HEADINGS], [_cells(each) for each in found[:MOST_EXPORTED]]
        )
    page = paged(request, found)
    names = names_of([each.pk for each in page.rows], today())
    return render(
        request,
        "inspections/unvisited.html",
        {
            "sought": sought,
            "page": page.with_rows(
                [
                    {
                        "office": each,
                        "label": OfficeKind(each.kind).text,
                        "name": names.get(each.pk, ""),
                        "days": _days_since(each),
                    }
                    for each in page.rows
                ]
            ),
            "sinces": list(SINCE.items()),
            "kinds": [(each.value, each.text) for each in OfficeKind],
            "counties": counties_of([each.place for each in person.assignments_today]),
            "may_ask": Role.EXPERT in roles_held(request),
        },
    )


@open_to(*STAFF)
def plan(request: HttpRequest) -> HttpResponse:
    """The visits that are to be made from a day on, day by day: of one's region, or one's own; today's first."""
    person, mine = asker(request), bool(request.GET.get("mine"))
    first = chosen_day(request, "from")
    rows = list(visits_planned(person, first, first + AHEAD, mine=mine).select_related(*RELATED)[:MOST_PLANNED])
    days: dict[date, list[dict[str, Any]]] = {first: []}
    for each in rows:
        assert each.planned_on is not None, "it was given for a day"  # noqa: S101
        days.setdefault(each.planned_on, []).append(
            {"visit": each, "kind": KINDS[Kind(each.kind)], "code": code_of(each)}
        )
    return render(
        request,
        "inspections/plan.html",
        {
            "days": list(days.items()),
            "first": first,
            "last": first + AHEAD,
            "mine": mine,
            "count": len(rows),
            "today": today(),
            "before": jalali(first - AHEAD),
            "after": jalali(first + AHEAD + timedelta(days=1)),
            "overdue": visits_overdue(person).count(),
            "inspects": Role.INSPECTOR in roles_held(request),
        },
    )


@open_to(Role.EXPERT, Role.DIRECTOR, Role.SECRETARY)
def findings(request: HttpRequest) -> HttpResponse:
    """The faults that want somebody to go and look, each with a follow-up visit in one press."""
    person = asker(request)
    page = paged(
        request,
        faults_to_follow_by(person).select_related(
            "visit__office", "visit__machine__bank", "visit__case", "visit__division", "undertaking"
        ),
    )
    return render(
        request,
        "inspections/findings.html",
        {"page": page.with_rows([_fault(each) for each in page.rows]), "may_ask": Role.EXPERT in roles_held(request)},
    )


@open_to(*READERS)
def untold(request: HttpRequest) -> HttpResponse:
    """The reports of which whoever was visited could not be told, each with the way to serve it on paper."""
    person = asker(request)
    page = paged(request, untold_reports(person).select_related(*RELATED))
    return render(
        request,
        "inspections/untold.html",
        {
            "page": page.with_rows(
                [
                    {
                        "visit": each,
                        "code": code_of(each),
                        "kind": KINDS[Kind(each.kind)],
                        "may_serve": may_be_served(each),
                    }
                    for each in page.rows
                ]
            ),
            "may_ask": Role.EXPERT in roles_held(request),
            "may_prove": bool(roles_held(request) & set(SERVERS)),
        },
    )


@open_to(Role.EXPERT)
def follow(request: HttpRequest, key: Any) -> HttpResponse:
    """Ask for a follow-up visit, in one press."""
    found, person = visit_of(request, key), asker(request)
    if request.method != "POST":
        return redirect("visit", key=key)
    follow_up(found, by=person)
    messages.success(request, TOLD["follow"].to(language()))
    return redirect("findings")


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


def _fault(finding: Finding) -> dict[str, Any]:
    owed = finding.undertaking
    return {
        "row": finding,
        "item": edition(finding.visit.edition).item(finding.item),
        "severity": SEVERITIES[Severity(finding.severity)],
        "code": code_of(finding.visit),
        "owed": owed,
        "state": state_of(owed) if owed else None,
    }


def _edition(request: HttpRequest) -> Edition:
    code = chosen(request, "edition", [each.code for each in EDITIONS])
    return edition(code) if code else edition_in_force(today())


def _days_since(office: Any) -> int | None:
    return (today() - office.last_on).days if office.last_on else None


def _cells(office: Any) -> list[Any]:
    return [
        office.code,
        OfficeKind(office.kind).text.to(language()),
        office.division.name,
        jalali(office.last_on) if office.last_on else "",
        _days_since(office) if office.last_on else "",
    ]
