"""The pages of minutes: what a room shows of them, signing on paper, declining, and the PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pishkhan.casework.actions.pages import action_page, offers
from pishkhan.files.selectors import HEADERS
from pishkhan.journal import access
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import LANGUAGES
from pishkhan.meetings.models import Meeting, Minutes
from pishkhan.meetings.selectors import meetings_seen_by
from pishkhan.people.models import Person
from pishkhan.people.sign_in.second_factor import has_second_factor
from pishkhan.people.web.request_context import asker

from .printing import pdf
from .selectors import as_it_grows, attendees, reads_all, rendered

REDACTED = "redacted-"  # begins the name of the edition that may be published


def minutes_change(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Recording a signature on paper, or that somebody does not sign."""
    minutes = _minutes(request, number)
    access.note(asker(request).ref, minutes.subject, "minutes")
    return action_page(request, minutes, name, back=reverse("meeting", args=[number]))


def minutes_pdf(request: HttpRequest, number: str, edition: str) -> HttpResponse:
    """The minutes as PDF in a language: whole for who reads them whole, redacted for whoever sees the meeting."""
    minutes, person = _minutes(request, number), asker(request)
    redacted, language = edition.startswith(REDACTED), edition.removeprefix(REDACTED)
    if language not in LANGUAGES or not (redacted or reads_all(person, minutes.meeting)):
        access.note(person.ref, minutes.subject, f"minutes {edition[:20]}", refused=True)
        raise Missing()
    access.note(person.ref, minutes.subject, f"minutes {edition}")
    return HttpResponse(
        pdf(minutes, language, redacted=redacted),
        content_type="application/pdf",
        headers={**HEADERS, "Content-Disposition": f'attachment; filename="{number}-{edition}.pdf"'},
    )


def minutes_context(meeting: Meeting, person: Person) -> dict[str, Any]:
    """What the room of a meeting shows of its minutes, drafted or as they grow."""
    minutes = Minutes.objects.filter(meeting=meeting).select_related("meeting__body").first()
    redacted = not reads_all(person, meeting)
    if minutes is None:
        return {"minutes": None, "text": as_it_grows(meeting, redacted=redacted), "signed": set(), "redacted": redacted}
    who = attendees(minutes)
    mine = next((attendee for attendee in who if attendee.person == person), None)
    return {
        "minutes": minutes,
        "text": rendered(minutes, redacted=redacted),
        "redacted": redacted,
        "attendees": [] if redacted else who,
        "signed": {attendee.person.pk for attendee in who if attendee.signed_at},
        "attended": mine is not None,
        "asks_code": mine is not None and has_second_factor(person.account),
        "whole": minutes.completed_at is not None,
        "minutes_changes": offers(minutes, person, lambda name: reverse("minutes_change", args=[meeting.number, name])),
    }


def _minutes(request: HttpRequest, number: str) -> Minutes:
    seen = meetings_seen_by(asker(request)).filter(number=number)
    minutes = Minutes.objects.filter(meeting__in=seen).select_related("meeting__body").first()
    if minutes is None:
        raise Missing()
    return minutes
