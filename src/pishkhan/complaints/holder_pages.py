"""What a holder sees of the complaints that they were asked to answer, and answering one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.journal import access
from pishkhan.journal.models import label_of
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.offices.models import Office
from pishkhan.people.form_fields import done
from pishkhan.people.models import Person
from pishkhan.people.request_context import asker, language

from .forms import Answer
from .models import Complaint, State
from .selectors import complaints_asked_of, course_of, last_words, tariff_on
from .services import answer
from .staff_pages import told_complaints

ANSWERED = Text("پاسخ شما ثبت شد.", "Your answer is recorded.")
MOST = 20


def asked_complaint(request: HttpRequest, key: Any) -> HttpResponse:
    """A complaint that one was asked to answer: its kind, day and summary; the moderated text, if staff released it."""
    person = asker(request)
    row = complaints_asked_of(person).select_related("office", "division", "service").filter(pk=key).first()
    if row is None:
        access.note(person.ref, f"{label_of(Complaint)}:{key}"[:80], "complaint asked", refused=True)
        raise Missing()
    form = Answer(request.POST if request.method == "POST" else None)
    if request.method == "POST" and done(form, lambda **stated: answer(row, by=person, **stated)):
        messages.success(request, ANSWERED.to(language()))
        return redirect("asked_complaint", key=key)
    access.note(person.ref, row.subject, "complaint asked")
    course = course_of(row)
    return render(
        request,
        "enforcement/asked_complaint.html",
        told_complaints([row])[0]
        | {
            "form": form,
            "summary": last_words(course, "summary"),
            "answer": last_words(course, "answer"),
            "version": last_words(course, "version") if row.released else "",
            "tariff": tariff_on(row),
            "may_answer": row.state == State.SENT,
        },
        status=422 if form.errors else 200,
    )


def asked_about(office: Office, person: Person) -> list[dict[str, Any]]:
    """The complaints about an office that a person was asked to answer, the latest first, for the office's page."""
    rows = complaints_asked_of(person).filter(office=office).select_related("office", "division")
    return told_complaints(list(rows.order_by("-received_on", "-number")[:MOST]))
