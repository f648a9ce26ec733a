"""What members are told about a meeting, each sentence declared once."""

from datetime import date, time
from typing import Any

from pishkhan.journal.models import Entry
from pishkhan.language.hours import hour_text
from pishkhan.language.jalali import jalali
from pishkhan.language.text import Text
from pishkhan.meetings.models import ENDED, Meeting
from pishkhan.meetings.selectors import members_of
from pishkhan.meetings.sittings.selectors import other_meeting
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
COMBINED = declare(
    "meeting.combined",
    Text(
        "جلسه‌های {number} با هم (مشترک) در {day} ساعت {hour} در {venue} برگزار می‌شود.",
        "The meetings {number} are held as one combined sitting on {day} at {hour}, {venue}.",
    ),
)
SEPARATED = declare(
    "meeting.separated",
    Text(
        "جلسه‌های {number} دیگر مشترک نیست و هر یک جداگانه برگزار می‌شود.",
        "The meetings {number} are combined no more: each is held by itself.",
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


def notify_members(template: str, meeting: Meeting, because: Entry, *, alone: bool = False, **facts: Any) -> None:
    """Tell whoever sits in the body of a meeting, members and deputies, each once.

    So for both bodies of a combined sitting, but for what one of them does alone: who sits in both is called once.
    """
    other = None if alone else other_meeting(meeting)
    sitting = [meeting, *([other] if other and other.state not in ENDED else [])]
    members = {person.pk: person for one in sitting for person in members_of(one.body, meeting.held_on)}
    numbers = " / ".join(sorted(one.number for one in sitting))
    for _, person in sorted(members.items()):
        queue(template, to=person, facts={"number": numbers} | facts, because=because, division=meeting.division)


def notify_attendees(template: str, meeting: Meeting, because: Entry) -> None:
    """Notify whoever attended a meeting, each once."""
    for person in Person.objects.filter(pk__in=meeting.attendances.values("person"), erased_on=None).order_by("pk"):
        queue(template, to=person, facts={"number": meeting.number}, because=because, division=meeting.division)
