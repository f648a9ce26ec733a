"""What a holder sees of the complaints that they were asked to answer, and answering one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pishkhan.casework.actions.actions import offered
from pishkhan.casework.actions.pages import action_page
from pishkhan.complaints.models import Complaint
from pishkhan.complaints.selectors import complaints_asked_of, course_of, last_words, tariff_on
from pishkhan.journal import access
from pishkhan.journal.models import label_of
from pishkhan.journal.refusals import Missing
from pishkhan.offices.models import Office
from pishkhan.people.models import Person
from pishkhan.people.web.request_context import asker

from .complaint_list import complaint_rows

MOST = 20


def asked_complaint(request: HttpRequest, key: Any) -> HttpResponse:
    """A complaint that one was asked to answer: its kind, day and summary; the moderated text, if staff released it."""
    person = asker(request)
    row = complaints_asked_of(person).select_related("office", "division", "service").filter(pk=key).first()
    if row is None:
        access.note(person.ref, f"{label_of(Complaint)}:{key}"[:80], "complaint asked", refused=True)
        raise Missing()
    back = reverse("asked_complaint", args=[key])
    return action_page(
        request,
        row,
        "answer",
        back=back,
        template="complaints/asked.html",
        more=lambda: _shown(row, person),
    )


def _shown(row: Complaint, person: Person) -> dict[str, Any]:
    access.note(person.ref, row.subject, "complaint asked")
    course = course_of(row)
    return complaint_rows([row])[0] | {
        "summary": last_words(course, "summary"),
        "answer": last_words(course, "answer"),
        "version": last_words(course, "version") if row.released else "",
        "tariff": tariff_on(row),
        "may_answer": any(each.name == "answer" for each in offered(row, person)),
    }


def asked_about(office: Office, person: Person) -> list[dict[str, Any]]:
    """The complaints about an office that a person was asked to answer, the latest first, for the office's page."""
    rows = complaints_asked_of(person).filter(office=office).select_related("office", "division")
    return complaint_rows(list(rows.order_by("-received_on", "-number")[:MOST]))
