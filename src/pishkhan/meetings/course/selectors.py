"""Questions about how a meeting goes: what became of it, and of each item."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.language.text import Text
from pishkhan.meetings.models import Meeting

EVENTS = {
    "meeting.postpone": Text("جابه‌جا شد", "Put off"),
    "meeting.combine": Text("مشترک شد با {with_}", "Combined with {with_}"),
    "meeting.separate": Text("جدا شد از {with_}", "Separated from {with_}"),
    "meeting.cancel": Text("لغو شد", "Cancelled"),
    "meeting.adjourn": Text("پیش از پایان دستور ختم شد", "Adjourned"),
    "meeting.end-inquorate": Text("بی حد نصاب پایان یافت", "Ended as inquorate"),
    "meeting.end-past-its-day": Text("ساعت سامانه آن را پایان داد", "Ended by the clock"),
    "meeting.take-off": Text("دستور {position} برداشته شد", "Item {position} taken off"),
    "meeting.take-off-by-vote": Text(
        "دستور {position} با رأی حاضران برداشته شد", "Item {position} taken off by those present"
    ),
    "meeting.add-by-vote": Text("دستور {position} با رأی حاضران افزوده شد", "Item {position} added by those present"),
}


@dataclass(frozen=True)
class Event:
    """Something that changed how a meeting was planned: what, when, why, and by how many votes if by votes."""

    act: str
    text: Text
    at: datetime
    reasons: str
    facts: dict[str, Any]


def events_of(meeting: Meeting) -> list[Event]:
    """What happened to a meeting besides what was planned, in order."""
    words = words_of(meeting.subject)
    entries = Entry.objects.filter(subject=meeting.subject, act__in=EVENTS).order_by("number")
    return [
        Event(
            entry.act,
            EVENTS[entry.act].filled(position=entry.facts.get("position", ""), with_=entry.facts.get("with", "")),
            entry.at,
            words.get((entry.number, "reasons"), ""),
            entry.facts,
        )
        for entry in entries
    ]
