"""What members are told about a meeting, each sentence declared once."""

from datetime import date, time
from typing import Any

from pishkhan.journal.models import Entry
from pishkhan.language.hours import hour_text
from pishkhan.language.jalali import jalali
from pishkhan.language.text import Text
from pishkhan.meetings.models import Meeting
from pishkhan.meetings.selectors import members_of
from pishkhan.notices.services import queue
from pishkhan.notices.templates import declare
from pishkhan.people.models import Person

CONVENED = declare(
    "meeting.convened",
    Text(
        "جلسهٔ {number} برای {day} ساعت {hour} در {venue} فراخوانده شد.",
        "Meeting {number} is convened for {day} at {hour}, {venue}.",
    ),
)
POSTPONED = declare(
    "meeting.postponed",
    Text(
        "جلسهٔ {number} به {day} ساعت {hour} در {venue} افتاد.",
        "Meeting {number} is put off to {day} at {hour}, {venue}.",
    ),
)
CANCELLED = declare(
    "meeting.cancelled",
    Text("جلسهٔ {number} که برای {day} بود برگزار نمی‌شود.", "Meeting {number} of {day} is cancelled."),
)
ADJOURNED = declare(
    "meeting.adjourned",
    Text(
        "دنبالهٔ جلسهٔ {number} با شمارهٔ {next} در {day} ساعت {hour} در {venue} است.",
        "Meeting {number} goes on as {next} on {day} at {hour}, {venue}.",
    ),
)
DRAFTED = declare(
    "meeting.minutes_drafted",
    Text(
        "صورت‌جلسهٔ {number} آمادهٔ امضای شماست؛ آن را در صفحهٔ جلسه بخوانید.",
        "The minutes of {number} wait for your signature: read them on the page of the meeting.",
    ),
)


def when_and_where(held_on: date, begins_at: time, venue: str) -> dict[str, Any]:
    """Day, hour and venue, as a notice says them."""
    return {"day": jalali(held_on), "hour": hour_text(begins_at), "venue": venue}


def notify_members(template: str, meeting: Meeting, because: Entry, **facts: Any) -> None:
    """Tell whoever sits in the body of a meeting, members and deputies, each once."""
    for person in members_of(meeting.body, meeting.held_on):
        queue(template, to=person, facts={"number": meeting.number} | facts, because=because, division=meeting.division)


def notify_attendees(template: str, meeting: Meeting, because: Entry) -> None:
    """Notify whoever attended a meeting, each once."""
    for person in Person.objects.filter(pk__in=meeting.attendances.values("person"), erased_on=None).order_by("pk"):
        queue(template, to=person, facts={"number": meeting.number}, because=because, division=meeting.division)
