"""Pages of plans of rounds: the list, a new one, its acts, changes by hand, and the offices by their risk."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import counties_of
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing, NotPermitted, Refusal, Unavailable
from pishkhan.language.digits import ascii_digits
from pishkhan.language.jalali import spoken
from pishkhan.language.text import Text
from pishkhan.offices.models import OfficeKind
from pishkhan.offices.selectors import active_offices
from pishkhan.people.access import CLOSED, open_to
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.paging import chosen, paged
from pishkhan.people.web.request_context import asker, language
from pishkhan.regulation.calendar import working_day_after

from .choosing.history import history_of
from .choosing.risk import read_back, scores_of
from .forms import Moved, Swapped, Wanted, inspectors_of, shift_choices
from .models import Plan, Shift, Stop
from .plan_lists import PlanList
from .routing.manual_edits import Move, Outcome, Swap, change, outcome_of
from .selectors import plans_seen_by, sees_scores
from .services import drop, open_plan, publish
from .wording import WHYS, code_of

OPENED = Text(
    "بازدیدها برگزیده شد؛ مسیرها تا چند لحظهٔ دیگر آماده می‌شود.",
    "The visits are chosen; the routes will be ready in a moment.",
)
TOLD = {
    "publish": Text(
        "برنامه منتشر و بازدیدها به بازرسان سپرده شد.",
        "The plan is published, and its visits are given to the inspectors.",
    ),
    "drop": Text("برنامه کنار گذاشته شد.", "The plan is dropped."),
}
CHANGED = Text("تغییر انجام شد.", "The change is made.")
ACTS = {"publish": publish, "drop": drop}


@open_to(*PlanList.roles)
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of one's region, the latest first."""
    return PlanList.answer(request)


@open_to(Role.EXPERT)
def new_plan(request: HttpRequest) -> HttpResponse:
    """Choose whom to visit in some days, and let the worker route it."""
    person, made = asker(request), list[Plan]()
    form = Wanted(request.POST or None, person=person, initial=_usual(person))
    if request.method == "POST" and done(form, lambda **told: made.append(open_plan(**told, by=person))):
        messages.success(request, OPENED.to(language()))
        return redirect("round", number=made[0].number)
    return render(request, "rounds/new.html", {"form": form}, status=422 if form.errors else 200)


@open_to(Role.EXPERT)
@require_POST
def plan_act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Publish a plan or drop it, and back to it; a refusal is told there in words."""
    plan = plan_of(request, number)
    if name not in ACTS:
        raise Missing()
    try:
        ACTS[name](plan, by=asker(request))
    except Unavailable:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.text.to(language()))
    else:
        messages.success(request, TOLD[name].to(language()))
    return redirect("round", number=number)


@open_to(Role.EXPERT)
def change_plan(request: HttpRequest, number: str) -> HttpResponse:
    """Change a plan by hand: first what it costs is told, then it is done with one more press."""
    plan, person = plan_of(request, number), asker(request)
    if plan.state != Plan.State.ROUTED:
        return redirect("round", number=number)
    shifts = shift_choices(plan, _called)
    stop = (
        plan.stops.select_related("office", "visit__case", "visit__machine")
        .filter(pk=_whole(request.POST.get("stop") or request.GET.get("stop", "")) or 0)
        .first()
    )
    data = request.POST or None
    form: Any = Moved(data, shifts=shifts, initial={"stop": stop.pk}) if stop else Swapped(data, shifts=shifts)
    told: dict[str, Any] = {"plan": plan, "form": form, "code": code_of(stop) if stop else "", "stop": stop}

    def tried(**stated: Any) -> None:
        what = _asked(stated)
        if "confirmed" in request.POST:
            change(plan, what, seen=_whole(request.POST["confirmed"]) or 0, by=person)
        else:
            told["outcome"] = _costs(outcome_of(plan, what))

    if request.method == "POST" and done(form, tried) and "confirmed" in request.POST:
        messages.success(request, CHANGED.to(language()))
        return redirect("round", number=number)
    return render(request, "rounds/change.html", told, status=422 if form.errors else 200)


@open_to(Role.EXPERT)
def risks(request: HttpRequest) -> HttpResponse:
    """The active offices of one's region by their risk, or by when they were visited last; with the reasons."""
    person, on = asker(request), today()
    places = [each.place for each in person.assignments_today if each.role == Role.EXPERT]
    if not all(sees_scores(person, place) for place in places):
        raise NotPermitted(CLOSED)
    counties = counties_of(places)
    place = chosen(request, "place", [code for code, _ in counties])
    kind = chosen(request, "kind", OfficeKind.values)
    order = chosen(request, "order", ["last"])
    found = active_offices(on, place=place, kind=kind).filter(in_places(person, [Role.EXPERT]))
    offices = list(found.select_related("division").order_by("code"))
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
            "rows": [{"office": each, "score": scores[each.pk], "last": last.get(each.pk)} for each in page.rows],
            "never": sum(office.pk not in last for office in offices),
            "counties": counties,
            "place": place,
            "kinds": [(each.value, each.text) for each in OfficeKind],
            "kind": kind,
            "order": order,
        },
    )


def plan_of(request: HttpRequest, number: str) -> Plan:
    """A plan of one's region by its number."""
    found = plans_seen_by(asker(request)).select_related("division", "roads").filter(number=number).first()
    if found is None:
        raise Missing()
    return found


def told_stops(plan: Plan, person: Person) -> list[dict[str, Any]]:
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
    places = [each.place for each in person.assignments_today if each.role == Role.EXPERT]
    first_on = working_day_after(today(), 1, place=places[0])
    return {
        "division": Division.objects.get(code=places[0]),
        "first_on": first_on,
        "last_on": working_day_after(today(), 5, place=places[0]),
        "wanted": 20,
        "inspectors": [each.pk for each in inspectors_of(places)],
    }


def _reasons(stop: Stop) -> list[Text]:
    return [each.said for each in read_back(stop.parts).reasons]


def _asked(stated: dict[str, Any]) -> Move | Swap:
    if "one" in stated:
        return Swap(int(stated["one"]), int(stated["other"]))
    shift = int(stated["shift"]) if stated["shift"] else None
    return Move(stated["stop"], shift, stated["position"])


def _costs(outcome: Outcome) -> dict[str, Any]:
    """What a change costs, as it is told: kilometres and minutes, more or less."""
    return {
        "km": abs(outcome.metres) / 1000,
        "less_km": outcome.metres < 0,
        "minutes": abs(outcome.seconds) // 60,
        "less_minutes": outcome.seconds < 0,
        "served": outcome.served,
    }


def _called(shift: Shift) -> str:
    return f"{spoken(shift.day, language())} · {shift.inspector.full_name}"


def _whole(text: str) -> int | None:
    digits = ascii_digits(text)
    return int(digits) if digits.isdecimal() and len(digits) < 19 else None
