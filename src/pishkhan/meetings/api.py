"""Meetings over HTTP: from the convocation to resolutions that are carried out. What a body is: bodies_api.py."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from pishkhan.casework.models import Case
from pishkhan.geography.selectors import lying_in
from pishkhan.journal import access
from pishkhan.journal.refusals import Missing
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import Day, RequestBody, asker, language

from .bodies.api import Key, body_of
from .carrying_out import carry_out
from .meeting_list import MeetingList
from .minutes import draft_minutes, rendered, sign
from .models import AgendaItem, Body, Entitlement, Meeting, Minutes, Outcome, Recusal, Seat
from .selectors import meetings_seen_by, open_ballot, quorum_of, ready_cases, suggested_recusals
from .services import (
    arrive,
    close_meeting,
    convene,
    leave,
    open_meeting,
    publish_agenda,
    put_on_agenda,
    recuse,
)
from .voting import cast_vote, close_vote, open_vote

router = Router(tags=["meetings"])
PAGE = 50
Position = Annotated[int, Field(ge=1, le=10_000)]


class MeetingOut(Schema):
    number: str
    body: str
    held_on: date
    state: str
    opened_at: datetime | None
    closed_at: datetime | None


class QuorumOut(Schema):
    seats: int
    present: int
    needed: int
    region_is_missing: bool
    met: bool


class SuggestionOut(Schema):
    seat: int
    person: int
    reason: str


class ResolutionOut(Schema):
    number: str
    outcome: str
    decided_on: date
    votes_for: int
    votes_against: int
    abstentions: int
    casting_vote: bool
    carried_out: str


class AgendaItemOut(Schema):
    position: int
    case: str
    state: str
    recused: list[int]
    quorum: QuorumOut
    suggestions: list[SuggestionOut]
    resolution: ResolutionOut | None


class MeetingDetail(MeetingOut):
    present: list[SuggestionOut]
    items: list[AgendaItemOut]


class Convening(RequestBody):
    body: Body.Code
    held_on: Day


class Placing(RequestBody):
    case: str = Field(max_length=30)


class Arriving(RequestBody):
    seat: Key
    person: Key


class Leaving(RequestBody):
    seat: Key


class Recusing(RequestBody):
    """Who takes no part: oneself, if nobody is named; another is named by the secretary."""

    person: Key | None = None
    reason: Recusal.Reason = Recusal.Reason.DECLARED


class Moving(RequestBody):
    motion: Outcome
    conditions: str = Field("", max_length=2000)


class Voting(RequestBody):
    choice: Entitlement.Choice
    reasons: str = Field("", max_length=2000)


class Signing(RequestBody):
    digest: str = Field(max_length=64)


class MinutesOut(Schema):
    digest: str
    text: str
    signed_by: list[int]


class CarriedOut(Schema):
    resolution: str
    refusal: str | None


@router.get("", response={200: list[MeetingOut], **REFUSALS})
def list_meetings(request: HttpRequest) -> list[dict[str, Any]]:
    """The meetings of one's region, and of the bodies in which one sits; the latest first."""
    return [_told(meeting) for meeting in MeetingList.select(asker(request))[:PAGE]]


@router.post("", response={201: MeetingOut, **REFUSALS})
def post_meeting(request: HttpRequest, body: Convening) -> Status[dict[str, Any]]:
    """Call a meeting for a day: the secretary."""
    return Status(201, _told(convene(body_of(request, body.body), held_on=body.held_on, by=asker(request))))


@router.get("/{number}", response={200: MeetingDetail, **REFUSALS})
def get_meeting(request: HttpRequest, number: str) -> dict[str, Any]:
    """A meeting: who is there, and how each item stands with its quorum, recusals and resolution."""
    meeting = _meeting(request, number)
    access.note(asker(request).ref, meeting.subject, "meeting")
    present = meeting.attendances.filter(left_at=None).order_by("seat")
    return _told(meeting) | {
        "present": [{"seat": each.seat_id, "person": each.person_id, "reason": ""} for each in present],
        "items": [
            _item_told(item) for item in meeting.items.select_related("case", "meeting__body").order_by("position")
        ],
    }


@router.get("/{number}/ready", response={200: list[str], **REFUSALS})
def list_ready(request: HttpRequest, number: str) -> list[str]:
    """The numbers of the cases that wait for the body's decision and stand on no open agenda."""
    cases = ready_cases(_meeting(request, number).body)
    return list(cases.values_list("number", flat=True))


@router.post("/{number}/agenda", response={201: MeetingOut, **REFUSALS})
def post_item(request: HttpRequest, number: str, body: Placing) -> Status[dict[str, Any]]:
    """Put a case on the agenda."""
    meeting = _meeting(request, number)
    case = Case.objects.filter(lying_in(meeting.division_id), number=body.case).first()
    if case is None:
        raise Missing()
    put_on_agenda(meeting, case, by=asker(request))
    return Status(201, _told(meeting))


@router.post("/{number}/publication", response={200: MeetingOut, **REFUSALS})
def post_publication(request: HttpRequest, number: str) -> dict[str, Any]:
    """Fix the agenda."""
    return _told(publish_agenda(_meeting(request, number), by=asker(request)))


@router.post("/{number}/opening", response={200: MeetingOut, **REFUSALS})
def post_opening(request: HttpRequest, number: str) -> dict[str, Any]:
    """Open the meeting, on its day."""
    return _told(open_meeting(_meeting(request, number), by=asker(request)))


@router.post("/{number}/arrivals", response={201: MeetingOut, **REFUSALS})
def post_arrival(request: HttpRequest, number: str, body: Arriving) -> Status[dict[str, Any]]:
    """Note who has taken a seat."""
    meeting = _meeting(request, number)
    arrive(meeting, _seat(meeting, body.seat), _person(body.person), by=asker(request))
    return Status(201, _told(meeting))


@router.post("/{number}/departures", response={200: MeetingOut, **REFUSALS})
def post_departure(request: HttpRequest, number: str, body: Leaving) -> dict[str, Any]:
    """Note that whoever sat on a seat has left."""
    meeting = _meeting(request, number)
    return _told(leave(meeting, _seat(meeting, body.seat), by=asker(request)))


@router.post("/{number}/items/{position}/recusals", response={201: MeetingOut, **REFUSALS})
def post_recusal(request: HttpRequest, number: str, position: Position, body: Recusing) -> Status[dict[str, Any]]:
    """Take no part in an item, or note (as the secretary) that somebody present takes none."""
    item, person = _item(request, number, position), asker(request)
    who = _person(body.person) if body.person is not None else person
    role = Role.MEMBER if who.pk == person.pk else Role.SECRETARY
    recuse(item, who, reason=body.reason, by=person, role=role)
    return Status(201, _told(item.meeting))


@router.post("/{number}/items/{position}/ballots", response={201: MeetingOut, **REFUSALS})
def post_ballot(request: HttpRequest, number: str, position: Position, body: Moving) -> Status[dict[str, Any]]:
    """Put a motion to the vote of those who are present and not recused."""
    item = _item(request, number, position)
    open_vote(item, body.motion, by=asker(request), conditions=body.conditions)
    return Status(201, _told(item.meeting))


@router.post("/{number}/items/{position}/votes", response={201: MeetingOut, **REFUSALS})
def post_vote(request: HttpRequest, number: str, position: Position, body: Voting) -> Status[dict[str, Any]]:
    """Vote, once, on the seat for which one was entitled when the ballot opened."""
    item = _item(request, number, position)
    ballot = open_ballot(item)
    if ballot is None:
        raise Missing()
    cast_vote(ballot, body.choice, by=asker(request), reasons=body.reasons)
    return Status(201, _told(item.meeting))


@router.post("/{number}/items/{position}/count", response={200: AgendaItemOut, **REFUSALS})
def post_count(request: HttpRequest, number: str, position: Position) -> dict[str, Any]:
    """Count the votes of the open ballot: a motion that is carried is a resolution."""
    item = _item(request, number, position)
    close_vote(item, by=asker(request))
    return _item_told(item)


@router.post("/{number}/closing", response={200: MeetingOut, **REFUSALS})
def post_closing(request: HttpRequest, number: str) -> dict[str, Any]:
    """Close the meeting, once every item is decided."""
    return _told(close_meeting(_meeting(request, number), by=asker(request)))


@router.post("/{number}/minutes", response={200: MinutesOut, **REFUSALS})
def post_minutes(request: HttpRequest, number: str) -> dict[str, Any]:
    """Draft the minutes from what happened, anew as long as nobody has signed."""
    return _minutes_told(draft_minutes(_meeting(request, number), by=asker(request)))


@router.get("/{number}/minutes", response={200: MinutesOut, **REFUSALS})
def get_minutes(request: HttpRequest, number: str) -> dict[str, Any]:
    """The minutes in words, and who has signed them."""
    return _minutes_told(_minutes(request, number))


@router.post("/{number}/minutes/signatures", response={201: MinutesOut, **REFUSALS})
def post_signature(request: HttpRequest, number: str, body: Signing) -> Status[dict[str, Any]]:
    """Sign the minutes whose digest one has seen."""
    minutes = _minutes(request, number)
    sign(minutes, body.digest, by=asker(request))
    return Status(201, _minutes_told(minutes))


@router.post("/{number}/carrying-out", response={200: list[CarriedOut], **REFUSALS})
def post_carrying_out(request: HttpRequest, number: str) -> list[dict[str, Any]]:
    """Carry out what the meeting resolved; each resolution by itself."""
    return [
        {"resolution": done.resolution.number, "refusal": done.refusal.to(language()) if done.refusal else None}
        for done in carry_out(_meeting(request, number), by=asker(request))
    ]


def _meeting(request: HttpRequest, number: str) -> Meeting:
    found = meetings_seen_by(asker(request)).select_related("body").filter(number=number).first()
    if found is None:
        raise Missing()
    return found


def _item(request: HttpRequest, number: str, position: int) -> AgendaItem:
    found = _meeting(request, number).items.select_related("meeting__body", "case").filter(position=position).first()
    if found is None:
        raise Missing()
    return found


def _minutes(request: HttpRequest, number: str) -> Minutes:
    found = Minutes.objects.filter(meeting=_meeting(request, number)).select_related("meeting").first()
    if found is None:
        raise Missing()
    return found


def _seat(meeting: Meeting, key: int) -> Seat:
    found = meeting.body.seats.filter(pk=key).first()
    if found is None:
        raise Missing()
    return found


def _person(key: int) -> Person:
    found = Person.objects.filter(pk=key).first()
    if found is None:
        raise Missing()
    return found


def _told(meeting: Meeting) -> dict[str, Any]:
    return {"body": meeting.body.code} | {
        name: getattr(meeting, name) for name in ("number", "held_on", "state", "opened_at", "closed_at")
    }


def _item_told(item: AgendaItem) -> dict[str, Any]:
    quorum = quorum_of(item)
    return {
        "position": item.position,
        "case": item.case.number,
        "state": item.state,
        "recused": list(item.recusals.values_list("person", flat=True)),
        "quorum": vars(quorum) | {"met": quorum.met},
        "suggestions": [
            {"seat": each.seat.pk, "person": each.person.pk, "reason": each.reason} for each in suggested_recusals(item)
        ],
        "resolution": getattr(item, "resolution", None),
    }


def _minutes_told(minutes: Minutes) -> dict[str, Any]:
    return {
        "digest": minutes.digest,
        "text": rendered(minutes, language()),
        "signed_by": list(minutes.signatures.order_by("pk").values_list("person", flat=True)),
    }
