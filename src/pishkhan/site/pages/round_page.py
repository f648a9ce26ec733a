"""The page of a plan of rounds: its figures, its map, each inspector's days, and what it leaves out."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.casework.actions.actions import offered
from pishkhan.journal import access
from pishkhan.language.text import Text
from pishkhan.offices.selectors import premises_of
from pishkhan.people.access import open_to
from pishkhan.people.models import Person
from pishkhan.people.web.request_context import asker, language
from pishkhan.rounds.models import Plan, Shift, Stop
from pishkhan.rounds.pages import plan_of, stops_context
from pishkhan.rounds.selectors import PLANNERS
from pishkhan.rounds.wording import BADGES, STATES, UNSERVED

from .maps import Dot, Line, drawn

COLOURS = 6  # of routes on a map; a seventh inspector has the first again


@open_to(*PLANNERS)
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """A plan: what it comes to, who goes where when, why, and what has no room."""
    plan, person = plan_of(request, number), asker(request)
    access.note(person.ref, plan.subject, "rounds")
    may = {action.name: action for action in offered(plan, person)}
    return render(request, "site/round.html", _plan_context(plan, person) | {"may": may})


@open_to(*PLANNERS)
def plan_live(request: HttpRequest, number: str) -> HttpResponse:
    """How far the routing is: nothing while it waits, the whole page anew once it is done."""
    if plan_of(request, number).state == Plan.State.WAITING:
        return HttpResponse(status=204)
    return HttpResponse(headers={"HX-Refresh": "true"})


@open_to(*PLANNERS)
def plan_sheet(request: HttpRequest, number: str) -> HttpResponse:
    """A plan to be printed: a sheet for each inspector."""
    plan, person = plan_of(request, number), asker(request)
    access.note(person.ref, plan.subject, "rounds")
    context = _plan_context(plan, person)
    offices = [row["stop"].office for day in context["days"] for row in day["rows"] if row["stop"].office]
    where = premises_of(offices, plan.first_on)
    for row in (row for day in context["days"] for row in day["rows"]):
        premises = where.get(row["stop"].office_id)
        row["address"] = premises.address if premises else ""
    crews = sorted(context["days"], key=lambda day: (day["shift"].inspector.sort_key, day["shift"].inspector_id))
    return render(
        request,
        "site/round_sheet.html",
        context | {"crews": [list(days) for _, days in groupby(crews, key=lambda crew: crew["shift"].inspector_id)]},
    )


def _plan_context(plan: Plan, person: Person) -> dict[str, Any]:
    rows = stops_context(plan, person)
    served = [row for row in rows if row["stop"].shift]
    shifts = {row["stop"].shift_id: row["stop"].shift for row in served}
    colours = _colours(list(shifts.values()))
    days = [
        {
            "shift": shift,
            "colour": colours[shift.inspector_id],
            "rows": [row for row in served if row["stop"].shift_id == key],
        }
        for key, shift in shifts.items()
    ]
    left = [row | {"because": UNSERVED[Stop.Unserved(row["stop"].unserved)]} for row in rows if row["stop"].unserved]
    return {
        "plan": plan,
        "state": STATES[Plan.State(plan.state)],
        "badge": BADGES[Plan.State(plan.state)],
        "days": days,
        "left": left,
        "served": len(served),
        "of": len(rows),
        "km": (plan.metres or 0) // 1000,
        "hours": round((plan.seconds or 0) / 3600),
        "people": _people(days),
        "map": _map(plan, days) if days else None,
    }


def _colours(shifts: list[Shift]) -> dict[int, int]:
    """A colour for each inspector, by key."""
    keys = list(dict.fromkeys(shift.inspector_id for shift in sorted(shifts, key=lambda shift: shift.inspector_id)))
    return {key: place % COLOURS + 1 for place, key in enumerate(keys)}


def _people(days: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each inspector with the colour of their routes and what they come to."""
    people: dict[int, dict[str, Any]] = {}
    for person_row in days:
        shift = person_row["shift"]
        data = people.setdefault(
            shift.inspector_id, {"person": shift.inspector, "colour": person_row["colour"], "visits": 0, "metres": 0}
        )
        data["visits"] += len(person_row["rows"])
        data["metres"] += shift.metres
    return [item | {"km": item["metres"] // 1000} for item in people.values()]


def _map(plan: Plan, days: list[dict[str, Any]]) -> dict[str, Any]:
    dots, lines = [], []
    for weekday in days:
        shift, name = weekday["shift"], f"route-{weekday['colour']}"
        home = (shift.lat, shift.lon)
        lines.append(Line((home, *((row["stop"].lat, row["stop"].lon) for row in weekday["rows"]), home), name))
        dots += [Dot(row["stop"].lat, row["stop"].lon, name, row["code"], key=row["code"]) for row in weekday["rows"]]
    homes = {(day["shift"].lat, day["shift"].lon) for day in days}
    dots += [Dot(lat, lon, "here", START.to(language())) for lat, lon in sorted(homes)]
    return drawn(dots, region=plan.division_id, language=language(), lines=lines)


START = Text("جای آغاز", "Start")
