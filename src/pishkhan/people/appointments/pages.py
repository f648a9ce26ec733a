"""Pages on which a deciding role is proposed by one and confirmed by another."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.files.selectors import response_for
from pishkhan.files.services import store
from pishkhan.geography.models import Division
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.people.access import open_to
from pishkhan.people.models import Appointment, Person
from pishkhan.people.roles import COUNTRY, Role
from pishkhan.people.selectors import rules_the_country, within
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.quotas import ask_upload
from pishkhan.people.web.request_context import asker, language

from .appointment_list import AppointmentList, where_of
from .forms import EverywhereProposed, Proposed, Refused
from .selectors import SEERS, appointments_seen_by, confirmers_of, term_of, to_confirm
from .services import confirm_appointment, propose_appointment, refuse_appointment, withdraw_appointment

PROPOSE = Text("پیشنهاد سمت", "Propose an appointment")
PROPOSED = Text("پیشنهاد شد و در انتظار تأیید است.", "It is proposed, and waits to be confirmed.")
DONE = {
    "confirm": Text("تأیید شد و سمت داده شد.", "It is confirmed, and the role is held."),
    "refuse": Text("رد شد.", "It is refused."),
    "withdraw": Text("پس گرفته شد.", "It is withdrawn."),
}
ACTS: dict[str, Callable[..., Appointment]] = {
    "confirm": confirm_appointment,
    "refuse": refuse_appointment,
    "withdraw": withdraw_appointment,
}
INTRO = Text(
    "دیگری (مدیرکل یا سرپرست همان محدوده، یا راهبر کشوری) آن را با دیدن ابلاغ تأیید می‌کند.",
    "Another person (the director or acting director there, or a national administrator) looks at the letter and "
    "confirms it.",
)


@open_to(*SEERS)
def appointments(request: HttpRequest) -> HttpResponse:
    """The appointments of one's places, and those that wait for oneself."""
    return AppointmentList.answer(request)


@open_to(Role.ADMINISTRATOR)
def propose(request: HttpRequest, key: int) -> HttpResponse:
    """Propose a deciding role for a person."""
    by = asker(request)
    person = within(Person.objects.filter(erased_on=None), by, [Role.ADMINISTRATOR]).filter(pk=key).first()
    if person is None:
        raise Missing()
    form_class = EverywhereProposed if rules_the_country(by) else Proposed
    form = form_class(request.POST or None, request.FILES or None, initial={"from_on": today()})
    if request.method == "POST" and done(form, lambda **data: _propose(request, person, **data)):
        messages.success(request, PROPOSED.to(language()))
        return redirect("appointments")
    return form_page(
        request,
        form,
        Text(f"{PROPOSE.fa}: {person.full_name}", f"{PROPOSE.en}: {person.full_name}"),
        PROPOSE,
        intro=INTRO.to(language()),
        back=f"/people/{person.pk}/",
    )


@open_to(*SEERS)
def appointment(request: HttpRequest, key: int) -> HttpResponse:
    """One appointment: for whom, by which letter, who proposed it; and confirming, refusing or withdrawing it."""
    person, row = asker(request), _seen(request, key)
    name = request.POST.get("act", "")
    form: forms.Form = Refused(request.POST) if name == "refuse" else forms.Form(request.POST)
    if name in ACTS and done(form, lambda **data: ACTS[name](row, by=person, **data)):
        messages.success(request, DONE[name].to(language()))
        return redirect("appointment", key=key)
    access.note(person.ref, row.subject, "appointment")
    waits = row.state == Appointment.State.PROPOSED
    held = list(row.person.assignments_today)
    divisions = Division.objects.in_bulk({row.place, *(assignment.place for assignment in held)}, field_name="code")
    return render(
        request,
        "people/appointment.html",
        {
            "row": row,
            "state": Appointment.State(row.state).text,
            "where": where_of(row.place, divisions.get(row.place)),
            "held": [(assignment, where_of(assignment.place, divisions.get(assignment.place))) for assignment in held],
            "term": term_of(row) if waits else None,
            "confirmers": confirmers_of(row) if waits else [],
            "words": {field: text for (_, field), text in words_of(row.subject).items()},
            "confirms": to_confirm(person).filter(pk=row.pk).exists(),
            "withdraws": waits and person.holds(Role.ADMINISTRATOR, over=row),
            "refusing": form if name == "refuse" else Refused(),
            "tried": form if name in ACTS else None,
        },
        status=422 if name in ACTS else 200,
    )


@open_to(*SEERS)
def scan(request: HttpRequest, key: int) -> FileResponse:
    """The letter of an appointment as it was uploaded."""
    row = _seen(request, key)
    access.note(asker(request).ref, row.subject, "letter of appointment")
    return response_for(row.scan)


@retried
def _propose(request: HttpRequest, person: Person, *, place: Division | None, scan: Any, **data: Any) -> None:
    """Take in the scan and propose, or do neither."""
    by = asker(request)
    ask_upload(request, scan)
    with one_transaction():
        stored = store(scan, by=by, division=person.division)
        propose_appointment(person, place=place.code if place else COUNTRY, scan=stored, by=by, **data)


def _seen(request: HttpRequest, key: int) -> Appointment:
    row = (
        appointments_seen_by(asker(request))
        .select_related("person__division", "proposed_by", "decided_by", "organisation", "scan")
        .filter(pk=key)
        .first()
    )
    if row is None:
        raise Missing()
    return row
