"""Pages on which somebody is proposed for a seat by one, and confirmed by another."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.files.selectors import response_for
from pishkhan.files.services import store
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.meetings.forms import SeatProposed
from pishkhan.meetings.models import Body, Seat, SeatProposal
from pishkhan.people.access import open_to
from pishkhan.people.appointments.by_two import State
from pishkhan.people.appointments.forms import Refused
from pishkhan.people.appointments.selectors import term_of
from pishkhan.people.selectors import within
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.quotas import ask_upload
from pishkhan.people.web.request_context import asker, language

from .names import BODIES
from .seats import (
    ENTITLED,
    confirm_seat,
    proposals_seen_by,
    propose_seat,
    refuse_seat,
    role_of,
    seats_to_confirm,
    withdraw_seat,
)

PROPOSE = Text("پیشنهاد عضو کرسی", "Propose who sits on a seat")
INTRO = Text(
    "مدیرکل یا راهبری دیگر آن را با دیدن نامه تأیید می‌کند؛ هیچ‌کس خود را پیشنهاد یا تأیید نمی‌کند.",
    "Another director or administrator looks at the letter and confirms it; nobody proposes or confirms themselves.",
)
PROPOSED = Text("پیشنهاد شد و در انتظار تأیید است.", "It is proposed, and waits to be confirmed.")
DONE = {
    "confirm": Text("تأیید شد و عضویت ثبت شد.", "It is confirmed: they are a member."),
    "refuse": Text("رد شد.", "It is refused."),
    "withdraw": Text("پس گرفته شد.", "It is withdrawn."),
}
ACTS: dict[str, Callable[..., SeatProposal]] = {
    "confirm": confirm_seat,
    "refuse": refuse_seat,
    "withdraw": withdraw_seat,
}


@open_to(*ENTITLED)
def propose(request: HttpRequest, key: int) -> HttpResponse:
    """Propose who sits on a seat, with the scan of the letter."""
    by = asker(request)
    seats = Seat.objects.filter(body__in=within(Body.objects.all(), by, list(ENTITLED)))
    seat = seats.select_related("body__division", "organisation").filter(pk=key).first()
    if seat is None:
        raise Missing()
    form = SeatProposed(request.POST or None, request.FILES or None, initial={"from_on": today()})
    if request.method == "POST" and done(form, lambda **data: _propose(request, seat, **data)):
        messages.success(request, PROPOSED.to(language()))
        return redirect("bodies")
    body, name = BODIES[Body.Code(seat.body.code)], seat.organisation.name
    title = Text(f"{PROPOSE.fa}: {body.fa}، {name}", f"{PROPOSE.en}: {body.en}, {name}")
    return form_page(request, form, title, PROPOSE, intro=INTRO.to(language()), back="/bodies/")


@open_to(*ENTITLED)
def seat_proposal(request: HttpRequest, key: int) -> HttpResponse:
    """Who is proposed for a seat, by which letter and by whom; confirming, refusing or withdrawing it."""
    person, row = asker(request), _seen(request, key)
    name = request.POST.get("act", "")
    form: forms.Form = Refused(request.POST) if name == "refuse" else forms.Form(request.POST)
    if name in ACTS and done(form, lambda **data: ACTS[name](row, by=person, **data)):
        messages.success(request, DONE[name].to(language()))
        return redirect("seat_proposal", key=key)
    access.note(person.ref, row.subject, "seat proposal")
    waits = row.state == State.PROPOSED
    return render(
        request,
        "meetings/seat_proposal.html",
        {
            "row": row,
            "body": BODIES[Body.Code(row.seat.body.code)],
            "state": State(row.state).text,
            "term": term_of(row) if waits else None,
            "words": {field: text for (_, field), text in words_of(row.subject).items()},
            "confirms": seats_to_confirm(person).filter(pk=row.pk).exists(),
            "withdraws": waits and role_of(person, row) is not None,
            "refusing": form if name == "refuse" else Refused(),
            "tried": form if name in ACTS else None,
        },
        status=422 if name in ACTS else 200,
    )


@open_to(*ENTITLED)
def scan(request: HttpRequest, key: int) -> FileResponse:
    """The letter by which somebody is to sit there."""
    row = _seen(request, key)
    access.note(asker(request).ref, row.subject, "letter of a seat")
    return response_for(row.scan)


@retried
def _propose(request: HttpRequest, seat: Seat, *, scan: Any, **data: Any) -> None:
    """Take in the scan and propose, or do neither."""
    by = asker(request)
    ask_upload(request, scan)
    with one_transaction():
        stored = store(scan, by=by, division=seat.body.division)
        propose_seat(seat, data.pop("person"), scan=stored, by=by, **data)


def _seen(request: HttpRequest, key: int) -> SeatProposal:
    rows = proposals_seen_by(asker(request)).select_related("decided_by", "scan", "seat__body__division")
    row = rows.filter(pk=key).first()
    if row is None:
        raise Missing()
    return row
