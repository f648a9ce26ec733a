"""Pages of plans of rounds: the list, a new one, its acts, changes by hand, and the offices by their risk."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from pishkhan.casework.actions.forms import ActionForm
from pishkhan.geography.models import Division
from pishkhan.geography.selectors import counties_of
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing, NotPermitted, Refusal, Unavailable
from pishkhan.language.digits import ascii_digits
from pishkhan.language.text import Text
from pishkhan.offices.models import OfficeKind
from pishkhan.offices.selectors import active_offices
from pishkhan.people.access import CLOSED, open_to
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places
from pishkhan.people.web.form_fields import done, message_of_refusal
from pishkhan.people.web.paging import chosen, paged
from pishkhan.people.web.request_context import asker, language
from pishkhan.regulation.calendar import working_day_after

from .actions import PLAN_ACTIONS
from .forms import MoveForm, SwapForm, Wanted, inspectors_of
from .models import Plan, Stop
from .plan_lists import PlanList
from .routing.manual_edits import Move, Outcome, Swap, outcome_of
from .selection.history import history_of
from .selection.risk import read_back, scores_of
from .selectors import plans_seen_by, sees_scores
from .services import open_plan
from .wording import WHYS, code_of

OPENED = Text(
    "بازدیدها برگزیده شد؛ مسیرها تا چند لحظهٔ دیگر آماده می‌شود.",
    "The visits are chosen; the routes will be ready in a moment.",
)


@open_to(*PlanList.roles)
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of one's region, the latest first."""
    return PlanList.answer(request)


@open_to(Role.EXPERT)
def new_plan(request: HttpRequest) -> HttpResponse:
    """Choose whom to visit in some days, and let the worker route it."""
    person, made = asker(request), list[Plan]()
    form = Wanted(request.POST or None, person=person, initial=_usual(person))
    if request.method == "POST" and done(form, lambda **data: made.append(open_plan(**data, by=person))):
        messages.success(request, OPENED.to(language()))
        return redirect("round", number=made[0].number)
    return render(request, "rounds/new.html", {"form": form}, status=422 if form.errors else 200)


@open_to(Role.EXPERT)
@require_POST
def plan_act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Publish a plan or drop it, and back to it; a refusal is told there in words."""
    plan, action = plan_of(request, number), PLAN_ACTIONS.get(name)
    if action is None or not action.at_once:
        raise Missing()
    try:
        action.does(plan, by=asker(request))
    except Unavailable:
        raise
    except Refusal as refusal:
        message_of_refusal(request, refusal)
    else:
        messages.success(request, action.done.to(language()))
    return redirect("round", number=number)


@open_to(Role.EXPERT)
def change_plan(request: HttpRequest, number: str) -> HttpResponse:
    """Change a plan by hand: first what it costs is told, then it is done with one more press."""
    plan, person, taken = plan_of(request, number), asker(request), PLAN_ACTIONS["change"]
    if PLAN_ACTIONS.why_not(taken, plan, person):
        return redirect("round", number=number)
    stop = (
        plan.stops.select_related("office", "visit__case", "visit__machine")
        .filter(pk=_whole(request.POST.get("stop") or request.GET.get("stop", "")) or 0)
        .first()
    )
    asks: type[ActionForm] = MoveForm if stop else SwapForm
    form = asks(request.POST or None, row=plan, by=person, initial={"stop": stop.pk} if stop else {})
    context: dict[str, Any] = {"plan": plan, "form": form, "code": code_of(stop) if stop else "", "stop": stop}

    def tried(what: Move | Swap, seen: int | None) -> None:
        if "confirmed" in request.POST:
            taken.does(plan, what=what, seen=seen, by=person)
        else:
            context["outcome"] = _costs(outcome_of(plan, what))

    if request.method == "POST" and done(form, tried) and "confirmed" in request.POST:
        messages.success(request, taken.done.to(language()))
        return redirect("round", number=number)
    del form.fields["confirmed"]  # the button of the second press states it
    return render(request, "rounds/change.html", context, status=422 if form.errors else 200)


@open_to(Role.EXPERT)
def risks(request: HttpRequest) -> HttpResponse:
    """The active offices of one's region by their risk, or by when they were visited last; with the reasons."""
    person, on = asker(request), today()
    places = [assignment.place for assignment in person.assignments_today if assignment.role == Role.EXPERT]
    if not all(sees_scores(person, place) for place in places):
        raise NotPermitted(CLOSED)
    counties = counties_of(places)
    place = chosen(request, "place", [code for code, _ in counties])
    kind = chosen(request, "kind", OfficeKind.values)
    order = chosen(request, "order", ["last"])
    active = active_offices(on, place=place, kind=kind).filter(in_places(person, [Role.EXPERT]))
    offices = list(active.select_related("division").order_by("code"))
    history = history_of(offices, on)
    scores = scores_of(offices, on, history=history)
    last = {key: seen.visited_on for key, seen in history.last.items()}
    if order == "last":
        offices.sort(key=lambda office: (office.pk in last, last.get(office.pk, on), office.code))
    else:
        offices.sort(key=lambda office: (-scores[office.pk].points, office.code))
    page = paged(request, offices)
    access.note(person.ref, "rounds.risks", "risk")
    return render(
        request,
        "rounds/risks.html",
        {
            "page": page,
            "rows": [{"office": row, "score": scores[row.pk], "last": last.get(row.pk)} for row in page.rows],
            "never": sum(office.pk not in last for office in offices),
            "counties": counties,
            "place": place,
            "kinds": [(office_kind.value, office_kind.text) for office_kind in OfficeKind],
            "kind": kind,
            "order": order,
        },
    )


def plan_of(request: HttpRequest, number: str) -> Plan:
    """A plan of one's region by its number."""
    plan = plans_seen_by(asker(request)).select_related("division", "roads").filter(number=number).first()
    if plan is None:
        raise Missing()
    return plan


def stops_context(plan: Plan, person: Person) -> list[dict[str, Any]]:
    """The stops of a plan in the order in which they are made, with their reasons for whoever may know them."""
    knows = sees_scores(person, plan.division_id)
    rows = plan.stops.select_related(
        "office__division", "visit__case", "visit__machine", "visit__division", "shift__inspector"
    ).order_by("shift__day", "shift__inspector__sort_key", "shift", "position", "rank")
    return [
        {
            "stop": row,
            "code": code_of(row),
            "why": WHYS[Stop.Why(row.why)] if knows or row.why == Stop.Why.ASKED else None,
            "reasons": _reasons(row) if knows else [],
            "place": row.office.division if row.office else row.visit.division if row.visit else None,
        }
        for row in rows
    ]


def _usual(person: Person) -> dict[str, Any]:
    """What a new plan would usually be: of the expert's own region, the next working week, by every inspector."""
    places = [assignment.place for assignment in person.assignments_today if assignment.role == Role.EXPERT]
    first_on = working_day_after(today(), 1, place=places[0])
    return {
        "division": Division.objects.get(code=places[0]),
        "first_on": first_on,
        "last_on": working_day_after(today(), 5, place=places[0]),
        "wanted": 20,
        "inspectors": [inspector.pk for inspector in inspectors_of(places)],
    }


def _reasons(stop: Stop) -> list[Text]:
    return [reason.said for reason in read_back(stop.parts).reasons]


def _costs(outcome: Outcome) -> dict[str, Any]:
    """What a change costs, as it is told: kilometres and minutes, more or less."""
    return {
        "km": abs(outcome.metres) / 1000,
        "less_km": outcome.metres < 0,
        "minutes": abs(outcome.seconds) // 60,
        "less_minutes": outcome.seconds < 0,
        "served": outcome.served,
    }


def _whole(text: str) -> int | None:
    digits = ascii_digits(text)
    return int(digits) if digits.isdecimal() and len(digits) < 19 else None
