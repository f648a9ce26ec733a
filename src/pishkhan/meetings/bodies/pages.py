"""Pages of bodies: constituted by the director's decision, their seats, and who sits on them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.meetings.forms import Appointed, Constituted, Ended, Seated
from pishkhan.meetings.models import BODIES, Body, Membership, Seat
from pishkhan.meetings.selectors import seats_in_force
from pishkhan.meetings.services import appoint, constitute, end_membership, give_seat
from pishkhan.people.access import STAFF, open_to, roles_held
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.request_context import asker, language

SAVED = Text("ثبت شد.", "Saved.")
FORMS: dict[str, type[forms.Form]] = {"constitute": Constituted, "seat": Seated, "appoint": Appointed, "end": Ended}


@open_to(*STAFF)
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies of one's region with their seats; the director constitutes them, and says who sits."""
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
            "refused": tried,
            "tried": name,
            "constitute": tried if name == "constitute" else Constituted(),
            "seat": tried if name == "seat" else Seated(),
            "appoint": tried if name == "appoint" else Appointed(),
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


def _appoint(by: Person, data: dict[str, Any]) -> None:
    bodies_seen = within(Body.objects.all(), by)
    seat = Seat.objects.select_related("body").filter(body__in=bodies_seen, pk=data.pop("seat")).first()
    if seat is None:
        raise Missing()
    appoint(seat, data.pop("person"), by=by, **data)


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
    "appoint": _appoint,
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
