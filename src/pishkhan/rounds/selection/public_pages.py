"""How draws came out, for everybody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.people.access import everybody
from pishkhan.people.web.exports import csv_of
from pishkhan.people.web.paging import paged
from pishkhan.rounds.models import Plan
from pishkhan.rounds.selectors import public_draws
from pishkhan.rounds.services import frame_digest

from .selection import drawn


@everybody
def draws(request: HttpRequest) -> HttpResponse:
    """The draws of published plans: sealed at once, opened once the last day of the plan is over."""
    on = today()
    page = paged(request, public_draws(on))
    return render(
        request,
        "rounds/draws.html",
        {"page": page, "rows": [_draw(row, over=row.last_on < on) for row in page.rows]},
    )


@everybody
def draw(request: HttpRequest, number: str) -> HttpResponse:
    """The offices that a draw was from, in the order in which its seed draws them, once the plan is over."""
    plan = public_draws(today()).filter(number=number, last_on__lt=today()).first()
    if plan is None:
        raise Missing()
    by_lot = set(drawn(plan.seed, plan.frame, wanted=plan.wanted, percent=plan.share))
    return csv_of(f"draw-{plan.number}", ["code", "drawn"], [[code, int(code in by_lot)] for code in plan.frame])


def _draw(plan: Plan, *, over: bool) -> dict[str, Any]:
    return {
        "plan": plan,
        "over": over,
        "count": len(plan.frame),
        "digest": frame_digest(plan),
        "drawn": drawn(plan.seed, plan.frame, wanted=plan.wanted, percent=plan.share) if over else [],
    }
