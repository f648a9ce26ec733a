"""Meetings over HTTP: from the convocation to resolutions that are carried out. What a body is: bodies_api.py."""

from datetime import date, datetime, time
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from pishkhan.casework.actions.api import Route, add_routes
from pishkhan.casework.grounds import ground_offers
from pishkhan.journal import access
from pishkhan.journal.refusals import Missing
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.sign_in.confirming import confirm_identity
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import Day, Hour, RequestBody, asker, language

from .actions import MEETING_ACTIONS
from .bodies.api import Key, body_of
from .carrying_out import carry_out
from .course.warnings import warnings_about
from .meeting_list import MeetingList
from .minutes.actions import MINUTES_ACTIONS
from .minutes.rendering import in_lines
from .minutes.selectors import reads_all, rendered
from .minutes.services import draft_minutes, sign
from .models import AgendaItem, Body, Entitlement, Meeting, Minutes, Outcome, Recusal
from .selectors import meetings_seen_by, open_ballot, quorum_of, ready_cases, suggested_recusals
from .services import convene, recuse
from .sittings.services import convene_together
from .voting import break_off_vote, cast_vote, close_vote, open_vote

router = Router(tags=["meetings"])
PAGE = 50
Position = Annotated[int, Field(ge=1, le=10_000)]


Codes = Annotated[list[Annotated[str, Field(max_length=30)]], Field(max_length=30)]


class MeetingOut(Schema):
    number: str
    body: str
    held_on: date
    begins_at: time | None
    venue: str
    state: str
    opened_at: datetime | None
    closed_at: datetime | None
    combined_with: str | None


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


class GroundOut(Schema):
    """A ground on which the case can be rejected; what is contested carries no rejection by itself."""

    code: str
    sentence: str
    citation: str
    contested: bool


class AgendaItemOut(Schema):
    position: int
    case: str
    state: str
    grounds: list[GroundOut]
    recused: list[int]
    quorum: QuorumOut
    suggestions: list[SuggestionOut]
    resolution: ResolutionOut | None


class ConvenedOut(MeetingOut):
    warnings: list[str]


class MeetingDetail(ConvenedOut):
    present: list[SuggestionOut]
    items: list[AgendaItemOut]


class Convening(RequestBody):
    body: Body.Code
    held_on: Day
    begins_at: Hour
    venue: str = Field(min_length=1, max_length=200)
    together_with: Body.Code | None = None


class Recusing(RequestBody):
    """Who takes no part: oneself, if nobody is named; another is named by the secretary."""

    person: Key | None = None
    reason: Recusal.Reason = Recusal.Reason.DECLARED


class Moving(RequestBody):
    """A motion; one to reject names the declared grounds on which it rests."""

    motion: Outcome
    conditions: str = Field("", max_length=2000)
    grounds: Codes = []


class Voting(RequestBody):
    choice: Entitlement.Choice
    reasons: str = Field("", max_length=2000)
    grounds: Codes = []


class BreakingOff(RequestBody):
    reasons: str = Field(min_length=3, max_length=2000)


class Signing(RequestBody):
    """The digest of what was read, and the password of whoever signs; a code too, where a second factor is set up."""

    digest: str = Field(max_length=64)
    password: str = Field(max_length=4096)
    one_time_code: str = Field("", max_length=40)


class MinutesOut(Schema):
    digest: str
    text: str
    signed_by: list[int]
    declined_by: list[int]
    whole: bool


class CarriedOut(Schema):
    resolution: str
    refusal: str | None


@router.get("", response={200: list[MeetingOut], **REFUSALS})
def list_meetings(request: HttpRequest) -> list[dict[str, Any]]:
    """The meetings of one's region, and of the bodies in which one sits; the latest first."""
    return [_meeting_out(meeting) for meeting in MeetingList.select(asker(request))[:PAGE]]


@router.post("", response={201: ConvenedOut, **REFUSALS})
def post_meeting(request: HttpRequest, body: Convening) -> Status[dict[str, Any]]:
    """Call a meeting for a day and hour, at a venue: the secretary. Warnings refuse nothing.

    Another body that sits together with it is called by the same request, to a meeting of its own.
    """
    convened, by = body_of(request, body.body), asker(request)
    appointment: dict[str, Any] = {"held_on": body.held_on, "begins_at": body.begins_at, "venue": body.venue}
    if body.together_with is None:
        meeting = convene(convened, **appointment, by=by)
    else:
        meeting, _ = convene_together(convened, body_of(request, body.together_with), **appointment, by=by)
    return Status(201, _meeting_out(meeting) | _warnings(meeting))


@router.get("/{number}", response={200: MeetingDetail, **REFUSALS})
def get_meeting(request: HttpRequest, number: str) -> dict[str, Any]:
    """A meeting: who is there, and how each item stands with its quorum, recusals and resolution."""
    meeting = _meeting(request, number)
    access.note(asker(request).ref, meeting.subject, "meeting")
    present = meeting.attendances.filter(left_at=None).order_by("seat")
    return (
        _meeting_out(meeting)
        | _warnings(meeting)
        | {
            "present": [
                {"seat": attendance.seat_id, "person": attendance.person_id, "reason": ""} for attendance in present
            ],
            "items": [
                _item_out(item) for item in meeting.items.select_related("case", "meeting__body").order_by("position")
            ],
        }
    )


@router.get("/{number}/ready", response={200: list[str], **REFUSALS})
def list_ready(request: HttpRequest, number: str) -> list[str]:
    """The numbers of the cases that wait for the body's decision and stand on no open agenda."""
    cases = ready_cases(_meeting(request, number).body)
    return list(cases.values_list("number", flat=True))


@router.post("/{number}/items/{position}/recusals", response={201: MeetingOut, **REFUSALS})
def post_recusal(request: HttpRequest, number: str, position: Position, body: Recusing) -> Status[dict[str, Any]]:
    """Take no part in an item, or note (as the secretary) that somebody present takes none."""
    item, person = _item(request, number, position), asker(request)
    who = _person(body.person) if body.person is not None else person
    role = Role.MEMBER if who.pk == person.pk else Role.SECRETARY
    recuse(item, who, reason=body.reason, by=person, role=role)
    return Status(201, _meeting_out(item.meeting))


@router.post("/{number}/items/{position}/ballots", response={201: MeetingOut, **REFUSALS})
def post_ballot(request: HttpRequest, number: str, position: Position, body: Moving) -> Status[dict[str, Any]]:
    """Put a motion to the vote of those who are present and not recused."""
    item = _item(request, number, position)
    open_vote(item, body.motion, by=asker(request), conditions=body.conditions, grounds=body.grounds)
    return Status(201, _meeting_out(item.meeting))


@router.post("/{number}/items/{position}/votes", response={201: MeetingOut, **REFUSALS})
def post_vote(request: HttpRequest, number: str, position: Position, body: Voting) -> Status[dict[str, Any]]:
    """Vote, once, on the seat for which one was entitled when the ballot opened."""
    item = _item(request, number, position)
    ballot = open_ballot(item)
    if ballot is None:
        raise Missing()
    cast_vote(ballot, body.choice, by=asker(request), reasons=body.reasons, grounds=body.grounds)
    return Status(201, _meeting_out(item.meeting))


@router.post("/{number}/items/{position}/count", response={200: AgendaItemOut, **REFUSALS})
def post_count(request: HttpRequest, number: str, position: Position) -> dict[str, Any]:
    """Count the votes of the open ballot: a motion that is carried is a resolution."""
    item = _item(request, number, position)
    close_vote(item, by=asker(request))
    return _item_out(item)


@router.post("/{number}/items/{position}/breaking-off", response={200: AgendaItemOut, **REFUSALS})
def post_breaking_off(request: HttpRequest, number: str, position: Position, body: BreakingOff) -> dict[str, Any]:
    """End the open ballot without counting it, and say why."""
    item = _item(request, number, position)
    break_off_vote(item, reasons=body.reasons, by=asker(request))
    return _item_out(item)


@router.post("/{number}/minutes", response={200: MinutesOut, **REFUSALS})
def post_minutes(request: HttpRequest, number: str) -> dict[str, Any]:
    """Draft the minutes from what happened, anew as long as nobody has signed."""
    return _minutes_out(draft_minutes(_meeting(request, number), by=asker(request)), asker(request))


@router.get("/{number}/minutes", response={200: MinutesOut, **REFUSALS})
def get_minutes(request: HttpRequest, number: str) -> dict[str, Any]:
    """The minutes in words, and who has signed them; for who does not read them whole, the redacted edition."""
    return _minutes_out(_minutes(request, number), asker(request))


@router.post("/{number}/minutes/signatures", response={201: MinutesOut, **REFUSALS})
def post_signature(request: HttpRequest, number: str, body: Signing) -> Status[dict[str, Any]]:
    """Sign the minutes whose digest one has seen."""
    minutes = _minutes(request, number)
    confirm_identity(request, password=body.password, code=body.one_time_code)
    sign(minutes, body.digest, by=asker(request))
    return Status(201, _minutes_out(minutes, asker(request)))


@router.post("/{number}/carrying-out", response={200: list[CarriedOut], **REFUSALS})
def post_carrying_out(request: HttpRequest, number: str) -> list[dict[str, Any]]:
    """Carry out what the meeting resolved; each resolution by itself."""
    return [
        {"resolution": done.resolution.number, "refusal": done.refusal.to(language()) if done.refusal else None}
        for done in carry_out(_meeting(request, number), by=asker(request))
    ]


def _meeting(request: HttpRequest, number: str) -> Meeting:
    meeting = meetings_seen_by(asker(request)).select_related("body").filter(number=number).first()
    if meeting is None:
        raise Missing()
    return meeting


def _item(request: HttpRequest, number: str, position: int) -> AgendaItem:
    item = _meeting(request, number).items.select_related("meeting__body", "case").filter(position=position).first()
    if item is None:
        raise Missing()
    return item


def _minutes(request: HttpRequest, number: str) -> Minutes:
    minutes = Minutes.objects.filter(meeting=_meeting(request, number)).select_related("meeting").first()
    if minutes is None:
        raise Missing()
    return minutes


def _person(key: int) -> Person:
    person = Person.objects.filter(pk=key).first()
    if person is None:
        raise Missing()
    return person


def _meeting_out(meeting: Meeting) -> dict[str, Any]:
    together = meeting.combined_with or getattr(meeting, "combined_by", None)
    return {"body": meeting.body.code, "combined_with": together.number if together else None} | {
        name: getattr(meeting, name)
        for name in ("number", "held_on", "begins_at", "venue", "state", "opened_at", "closed_at")
    }


def _warnings(meeting: Meeting) -> dict[str, list[str]]:
    return {"warnings": [warning.to(language()) for warning in warnings_about(meeting)]}


def _item_out(item: AgendaItem) -> dict[str, Any]:
    quorum = quorum_of(item)
    return {
        "position": item.position,
        "case": item.case.number,
        "state": item.state,
        "grounds": [
            {
                "code": offer.code,
                "sentence": offer.ground.sentence.to(language()),
                "citation": offer.citation.to(language()),
                "contested": offer.contested,
            }
            for offer in ground_offers(item.case)
        ],
        "recused": list(item.recusals.values_list("person", flat=True)),
        "quorum": vars(quorum) | {"met": quorum.met},
        "suggestions": [
            {"seat": recusal.seat.pk, "person": recusal.person.pk, "reason": recusal.reason}
            for recusal in suggested_recusals(item)
        ],
        "resolution": getattr(item, "resolution", None),
    }


def _minutes_whole_out(minutes: Minutes) -> dict[str, Any]:
    """For who has a part in the minutes: the secretary, a member."""
    return _minutes_of(minutes, redacted=False)


def _minutes_out(minutes: Minutes, person: Person) -> dict[str, Any]:
    return _minutes_of(minutes, redacted=not reads_all(person, minutes.meeting))


def _minutes_of(minutes: Minutes, *, redacted: bool) -> dict[str, Any]:
    text = rendered(minutes, redacted=redacted)
    return {
        "digest": minutes.digest,
        "text": in_lines(text, language()),
        "signed_by": list(minutes.signatures.order_by("pk").values_list("person", flat=True)),
        "declined_by": list(minutes.declined.order_by("pk").values_list("person", flat=True)),
        "whole": minutes.completed_at is not None,
    }


add_routes(
    router,
    MEETING_ACTIONS,
    at="/{number}",
    keys={"number": str},
    find=_meeting,
    out=MeetingOut,
    shape=_meeting_out,
    routes={
        "put": Route("post_item", "Put a case on the agenda.", status=201),
        "publish": Route("post_publication"),
        "open": Route("post_opening", "Open the meeting, on its day."),
        "arrive": Route("post_arrival", "Note who has taken a seat.", status=201),
        "leave": Route("post_departure"),
        "postpone": Route("post_postponement", "Put a meeting that has not met off to another day, hour or venue."),
        "combine": Route("post_combination", "Let the other body sit together with a meeting that has not met."),
        "separate": Route("post_separation", "Let the meetings of a combined sitting be held each by itself."),
        "take-off": Route("post_removal", "Take an item off the agenda of a meeting that has not met.", status=201),
        "cancel": Route("post_cancellation", "Call a meeting off that has not met: its cases wait for another."),
        "add-by-vote": Route("post_addition_by_vote", "Put a case on the agenda as those present want.", status=201),
        "take-off-by-vote": Route("post_removal_by_vote", "Take an item off as those present want.", status=201),
        "adjourn": Route("post_adjournment", "End a meeting before all is decided; name where it goes on, if it does."),
        "end-inquorate": Route("post_inquorate_end", "End a meeting to which no quorum came."),
        "close": Route("post_closing", "Close the meeting, once every item is decided."),
    },
)
add_routes(
    router,
    MINUTES_ACTIONS,
    at="/{number}/minutes",
    keys={"number": str},
    find=_minutes,
    out=MinutesOut,
    shape=_minutes_whole_out,
    routes={
        "sign-on-paper": Route("post_paper_signature", "Record that an attendee signed on paper.", status=201),
        "note-declined": Route("post_declined_by_other", "Record that an attendee does not sign, and why.", status=201),
        "decline": Route("post_declined", "Say that one does not sign, and why.", status=201),
    },
)
