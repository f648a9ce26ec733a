"""Pages of bodies: constituted by the director's decision, and their seats. Who sits there: seat_pages.py."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.meetings.forms import Constituted, Ended, Seated
from pishkhan.meetings.models import Body, Membership
from pishkhan.meetings.selectors import seats_in_force
from pishkhan.meetings.services import constitute, end_membership, give_seat
from pishkhan.people.access import STAFF, open_to, roles_held
from pishkhan.people.appointments.by_two import State
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.request_context import asker, language

from .names import BODIES
from .seats import ENTITLED, proposals_seen_by, seats_to_confirm

SAVED = Text("ثبت شد.", "Saved.")
FORMS: dict[str, type[forms.Form]] = {"constitute": Constituted, "seat": Seated, "end": Ended}


@open_to(*STAFF)
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies of one's region with their seats, and who is proposed to sit there; the director constitutes them."""
    by, name = asker(request), request.POST.get("act", "")
    tried = FORMS[name](request.POST) if name in FORMS else None
    if tried is not None and done(tried, lambda **data: ACTS[name](by, data)):
        messages.success(request, SAVED.to(language()))
        return redirect("bodies")
    bodies = within(Body.objects.select_related("division"), by).order_by("pk")
    return render(
        request,
        "meetings/bodies.html",
        {
            "bodies": [_body_context(body) for body in bodies],
            "directs": Role.DIRECTOR in roles_held(request),
            "proposes": bool(roles_held(request) & set(ENTITLED)),
            "proposals": proposals_seen_by(by).filter(state=State.PROPOSED),
            "to_confirm": set(seats_to_confirm(by).values_list("pk", flat=True)),
            "refused": tried,
            "tried": name,
            "constitute": tried if name == "constitute" else Constituted(),
            "seat": tried if name == "seat" else Seated(),
            "end": Ended(initial={"on": today()}),
        },
        status=422 if tried is not None else 200,
    )


def _constitute(by: Person, data: dict[str, Any]) -> None:
    constitute(data["code"], data["division"], decision=data["decision"], by=by)


def _seat(by: Person, data: dict[str, Any]) -> None:
    body = within(Body.objects.all(), by).filter(pk=data.pop("body")).first()
    if body is None or data["organisation"] is None:
        raise Missing()
    give_seat(body, data.pop("organisation"), by=by, **data)


def _end(by: Person, data: dict[str, Any]) -> None:
    bodies_seen = within(Body.objects.all(), by)
    membership = (
        Membership.objects.select_related("seat__body", "person")
        .filter(seat__body__in=bodies_seen, pk=data["membership"])
        .first()
    )
    if membership is None:
        raise Missing()
    end_membership(membership, on=data["on"], by=by)


ACTS: dict[str, Callable[[Person, dict[str, Any]], None]] = {
    "constitute": _constitute,
    "seat": _seat,
    "end": _end,
}


def _body_context(body: Body) -> dict[str, Any]:
    on = today()
    seats = seats_in_force(body, on).prefetch_related("memberships__person").order_by("-chairs", "-votes", "pk")
    return {
        "body": body,
        "name": BODIES[Body.Code(body.code)],
        "seats": [
            {
                "seat": seat,
                "members": [
                    membership
                    for membership in seat.memberships.all()
                    if membership.until_on is None or membership.until_on >= on
                ],
            }
            for seat in seats
        ],
    }
