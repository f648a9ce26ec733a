"""What the room of a meeting shows of the other body, where both sit together."""

from typing import Any

from pishkhan.casework.actions.actions import offered
from pishkhan.meetings.meeting_list import STATES
from pishkhan.meetings.models import ENDED, Body, Meeting
from pishkhan.meetings.room import attendees_of, outcome_of, set_aside_of
from pishkhan.meetings.selectors import meetings_seen_by, quorum_at, undecided_items
from pishkhan.people.models import Person

from .selectors import other_meeting


def sitting_context(meeting: Meeting, person: Person) -> dict[str, Any]:
    """That a sitting is combined and with whom; to whoever sees both meetings its quorum, attendance and agenda."""
    other = other_meeting(meeting)
    if other is None:
        return {"other": None}
    seen = meetings_seen_by(person).filter(pk=other.pk).exists()
    shown: dict[str, Any] = {
        "meeting": other,
        "body": Body.Code(other.body.code).text,
        "state": STATES[Meeting.State(other.state)],
        "seen": seen,
    }
    if seen:
        shown |= {
            "quorum": quorum_at(other) if other.state not in ENDED else None,
            "is_open": other.state == Meeting.State.OPEN,
            "seats": attendees_of(other),
            "notes": any(action.name == "arrive" for action in offered(other, person)),
            "items": _items(other),
        }
    return {"other": shown}


def _items(meeting: Meeting) -> list[dict[str, Any]]:
    undecided = set(undecided_items(meeting).values_list("pk", flat=True))
    items = meeting.items.select_related("case__division", "resolution").order_by("position")
    return [{"item": item, "outcome": outcome_of(item), "set_aside": set_aside_of(item, undecided)} for item in items]
