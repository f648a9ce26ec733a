"""Pages that say where to go: who was never visited or longest ago, what is planned, which findings to follow up."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.inspections.checklists.checklist import (
    Kind,
)
from pishkhan.inspections.wording import code_of
from pishkhan.inspections.words import KINDS
from pishkhan.journal.clock import today
from pishkhan.language.jalali import jalali
from pishkhan.people.access import STAFF, open_to, roles_held
from pishkhan.people.roles import Role
from pishkhan.people.web.paging import chosen_day
from pishkhan.people.web.request_context import asker, language

from .list_filters import AHEAD, visits_overdue, visits_planned
from .pages import TOLD, visit_of
from .services import follow_up
from .visit_lists import RELATED, UnservedList
from .where_lists import FaultList, UnvisitedList

MOST_PLANNED = 500


@open_to(*UnvisitedList.roles)
def unvisited(request: HttpRequest) -> HttpResponse:
    """The active offices of one's region by their last visit, the never visited first; or exported exactly as shown."""
    return UnvisitedList.answer(request)


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


@open_to(*FaultList.roles)
def findings(request: HttpRequest) -> HttpResponse:
    """The faults that want somebody to go and look, each with a follow-up visit in one press."""
    return FaultList.answer(request)


@open_to(*UnservedList.roles)
def untold(request: HttpRequest) -> HttpResponse:
    """The reports of which whoever was visited could not be told, each with the way to serve it on paper."""
    return UnservedList.answer(request)


@open_to(Role.EXPERT)
def follow(request: HttpRequest, key: Any) -> HttpResponse:
    """Ask for a follow-up visit, in one press."""
    found, person = visit_of(request, key), asker(request)
    if request.method != "POST":
        return redirect("visit", key=key)
    follow_up(found, by=person)
    messages.success(request, TOLD["follow"].to(language()))
    return redirect("findings")
