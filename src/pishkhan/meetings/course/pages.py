"""The pages on which the plan of a meeting is changed, and what its room says of that."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pishkhan.casework.actions.pages import action_page, offers
from pishkhan.journal.refusals import Missing
from pishkhan.meetings.models import ENDED, Meeting
from pishkhan.meetings.selectors import meetings_seen_by
from pishkhan.people.models import Person
from pishkhan.people.web.request_context import asker

from .selectors import events_of
from .warnings import warnings_about

WITH_A_PAGE = {
    "postpone",
    "take-off",
    "combine",
    "separate",
    "cancel",
    "add-by-vote",
    "take-off-by-vote",
    "adjourn",
    "end-inquorate",
}


def meeting_change(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """What a change of the plan asks, and doing it."""
    meeting = meetings_seen_by(asker(request)).select_related("body").filter(number=number).distinct().first()
    if meeting is None or name not in WITH_A_PAGE:
        raise Missing()
    return action_page(request, meeting, name, back=reverse("meeting", args=[number]))


def course_context(meeting: Meeting, person: Person, *, at_work: bool) -> dict[str, Any]:
    """What a room says of how its meeting goes besides the plan, and what can be done about that."""
    buttons = offers(meeting, person, lambda name: reverse("meeting_change", args=[meeting.number, name]))
    return {
        "ended": meeting.state in ENDED,
        "minuted": meeting.state in (Meeting.State.CLOSED, Meeting.State.INQUORATE),
        "changes": [button for button in buttons if button.name in WITH_A_PAGE],
        "warnings": warnings_about(meeting) if at_work else [],
        "events": events_of(meeting),
        "following": Meeting.objects.filter(continues=meeting).first(),
    }
