"""What can be done in the room of a meeting, by name, from what its forms post."""

from collections.abc import Callable
from typing import Any

from django.http import QueryDict

from pishkhan.casework.actions.actions import take
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

from .actions import MEETING_ACTIONS
from .carrying_out import carry_out
from .minutes.services import draft_minutes, sign
from .models import ENDED, AgendaItem, Entitlement, Meeting, Minutes, Outcome, Recusal
from .selectors import open_ballot, present_at, seats_in_force
from .services import recuse
from .voting import break_off_vote, cast_vote, close_vote, open_vote

Posted = QueryDict
Deed = Callable[[Meeting, Person, Posted], Any]
LONGEST = 2000
SET_ASIDE = {
    AgendaItem.State.FALLEN: Text("از دستور افتاد: پرونده پیش رفته است", "falls away: the case has moved on"),
    AgendaItem.State.TAKEN_OFF: Text("از دستور برداشته شد", "taken off"),
    AgendaItem.State.RETURNED: Text("به نوبت بازگشت", "waits for another meeting"),
}


def attendees_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The seats of a meeting, in order, each with who may sit on it and who does or did."""
    seats = (
        seats_in_force(meeting.body, meeting.held_on)
        .prefetch_related("memberships__person")
        .order_by("-chairs", "-votes", "pk")
    )
    present = {member.seat_id: member for member in present_at(meeting)}
    if meeting.state in ENDED:
        present = {
            attendance.seat_id: attendance for attendance in meeting.attendances.select_related("person").order_by("pk")
        }
    return [
        {
            "seat": seat,
            "present": seat.pk in present,
            "person": present[seat.pk].person if seat.pk in present else None,
            "members": [
                membership
                for membership in seat.memberships.all()
                if membership.from_on <= meeting.held_on
                and (membership.until_on is None or membership.until_on >= meeting.held_on)
            ],
        }
        for seat in seats
    ]


def outcome_of(item: AgendaItem) -> Text | None:
    """What was resolved on an item, in words."""
    resolution = getattr(item, "resolution", None)
    return Outcome(resolution.outcome).text if resolution else None


def set_aside_of(item: AgendaItem, undecided: set[int]) -> Text | None:
    """Why an item is not decided in its meeting, if it is not to be any more."""
    if item.state == AgendaItem.State.DECIDED or item.pk in undecided:
        return None
    return SET_ASIDE.get(AgendaItem.State(item.state), SET_ASIDE[AgendaItem.State.FALLEN])


def _put(meeting: Meeting, by: Person, posted: Posted) -> None:
    for number in posted.getlist("case"):
        take(meeting, "put", {"case": number}, by=by)


def _taken(name: str) -> Deed:
    """An action of the table, told what its form asks."""
    base_fields = MEETING_ACTIONS[name].form.base_fields
    return lambda meeting, by, posted: take(
        meeting, name, {field: posted.get(field, "") for field in base_fields}, by=by
    )


def _recuse(meeting: Meeting, by: Person, posted: Posted) -> None:
    item, reason = _item(meeting, posted), posted.get("reason", Recusal.Reason.DECLARED)
    who = Person.objects.filter(pk=_key(posted, "person")).first() if posted.get("person") else by
    if who is None or reason not in Recusal.Reason.values:
        raise Missing()
    recuse(item, who, reason=reason, by=by, role=Role.MEMBER if who == by else Role.SECRETARY)


def _move(meeting: Meeting, by: Person, posted: Posted) -> None:
    if posted.get("motion") not in Outcome.values:
        raise Missing()
    open_vote(
        _item(meeting, posted),
        str(posted["motion"]),
        by=by,
        conditions=posted.get("conditions", "")[:LONGEST],
        grounds=posted.getlist("grounds"),
    )


def _vote(meeting: Meeting, by: Person, posted: Posted) -> None:
    ballot = open_ballot(_item(meeting, posted))
    if ballot is None or posted.get("choice") not in Entitlement.Choice.values:
        raise Missing()
    cast_vote(
        ballot,
        str(posted["choice"]),
        by=by,
        reasons=posted.get("reasons", "")[:LONGEST],
        grounds=posted.getlist("grounds"),
    )


def _break_off(meeting: Meeting, by: Person, posted: Posted) -> None:
    break_off_vote(_item(meeting, posted), reasons=posted.get("reasons", "")[:LONGEST], by=by)


def _count(meeting: Meeting, by: Person, posted: Posted) -> None:
    close_vote(_item(meeting, posted), by=by)


def _sign(meeting: Meeting, by: Person, posted: Posted) -> None:
    minutes = Minutes.objects.filter(meeting=meeting).select_related("meeting").first()
    if minutes is None:
        raise Missing()
    sign(minutes, posted.get("digest", ""), by=by)


ACTS: dict[str, Deed] = {
    **{name: _taken(name) for name in MEETING_ACTIONS},
    "put": _put,
    "recuse": _recuse,
    "move": _move,
    "vote": _vote,
    "count": _count,
    "break-off": _break_off,
    "draft": lambda meeting, by, posted: draft_minutes(meeting, by=by),
    "sign": _sign,
    "carry-out": lambda meeting, by, posted: carry_out(meeting, by=by),
}


def _item(meeting: Meeting, posted: Posted) -> AgendaItem:
    item = meeting.items.select_related("meeting__body", "case").filter(position=_key(posted, "position")).first()
    if item is None:
        raise Missing()
    return item


def _key(posted: Posted, name: str) -> int:
    written = posted.get(name, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else 0
