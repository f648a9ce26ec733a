"""Bodies over HTTP: constituted by the director's decision, their seats held by organisations, people on the seats."""

from datetime import date
from typing import Annotated, Any

from django.http import FileResponse, HttpRequest
from ninja import Field, Router, Schema, Status

from pishkhan.files.selectors import files_of, response_for
from pishkhan.geography.models import Division
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.meetings.models import Body, Membership, Seat, SeatProposal
from pishkhan.meetings.selectors import seats_in_force
from pishkhan.meetings.services import constitute, end_membership, give_seat
from pishkhan.people.models import Organisation, Person
from pishkhan.people.selectors import within
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import Day, RequestBody, asker

from .seats import confirm_seat, proposals_seen_by, propose_seat, refuse_seat, withdraw_seat

router = Router(tags=["bodies"])
PAGE = 50
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]


class MemberOut(Schema):
    id: int
    person: int
    name: str
    deputy: bool
    from_on: date
    until_on: date | None


class SeatOut(Schema):
    id: int
    organisation: str
    votes: bool
    chairs: bool
    required: bool
    members: list[MemberOut]


class BodyOut(Schema):
    code: str
    division: str
    decision: str
    constituted_on: date
    seats: list[SeatOut]


class Constituting(RequestBody):
    code: Body.Code
    division: str = Field(pattern=r"^[0-9]{2,16}$")
    decision: str = Field(min_length=1, max_length=60)


class GivingSeat(RequestBody):
    organisation: Key
    votes: bool = True
    chairs: bool = False
    required: bool = False
    from_on: Day | None = None


class ProposingMember(RequestBody):
    person: Key
    letter: str = Field(min_length=1, max_length=60)
    letter_on: Day
    scan: str = Field(max_length=36)
    deputy: bool = False
    from_on: Day | None = None
    until_on: Day | None = None


class RefusingMember(RequestBody):
    reason: str = Field(min_length=1, max_length=2000)


class SeatProposalOut(Schema):
    id: int
    seat: int = Field(alias="seat_id")
    person: int = Field(alias="person_id")
    deputy: bool
    from_on: date
    until_on: date | None
    letter: str
    letter_on: date
    proposed_by: int = Field(alias="proposed_by_id")
    proposed_on: date
    state: str
    membership: int | None = Field(alias="membership_id")


class EndingMembership(RequestBody):
    on: Day


@router.get("", response={200: list[BodyOut], **REFUSALS})
def list_bodies(request: HttpRequest) -> list[dict[str, Any]]:
    """The bodies of one's region, with who sits in them today."""
    return [_body_out(body) for body in within(Body.objects.order_by("pk"), asker(request))]


@router.post("", response={201: BodyOut, **REFUSALS})
def post_body(request: HttpRequest, body: Constituting) -> Status[dict[str, Any]]:
    """Constitute a body by a numbered decision: the director."""
    division = Division.objects.filter(code=body.division).first()
    if division is None:
        raise Missing()
    return Status(201, _body_out(constitute(body.code, division, decision=body.decision, by=asker(request))))


@router.post("/{code}/seats", response={201: BodyOut, **REFUSALS})
def post_seat(request: HttpRequest, code: Body.Code, body: GivingSeat) -> Status[dict[str, Any]]:
    """Give an organisation a seat."""
    row, organisation = body_of(request, code), Organisation.objects.filter(pk=body.organisation).first()
    if organisation is None:
        raise Missing()
    give_seat(row, organisation, by=asker(request), **body.model_dump(exclude={"organisation"}))
    return Status(201, _body_out(row))


@router.post("/{code}/seats/{seat}/members", response={201: SeatProposalOut, **REFUSALS})
def post_member(request: HttpRequest, code: Body.Code, seat: Key, body: ProposingMember) -> Status[SeatProposal]:
    """Propose who sits on a seat, with the scan of the organisation's letter (uploaded before, by its identifier)."""
    by, row = asker(request), body_of(request, code)
    there = row.seats.select_related("body", "organisation").filter(pk=seat).first()
    person = Person.objects.filter(pk=body.person).first()
    scan = next((file for file in files_of(by) if str(file.pk) == body.scan), None)
    if there is None or person is None or scan is None:
        raise Missing()
    facts = body.model_dump(exclude={"person", "scan"})
    return Status(201, propose_seat(there, person, scan=scan, by=by, **facts))


@router.get("/proposals", response={200: list[SeatProposalOut], **REFUSALS})
def list_proposals(request: HttpRequest) -> Any:
    """Who was proposed for seats in one's places, the latest first."""
    return proposals_seen_by(asker(request))[:PAGE]


@router.get("/proposals/{proposal}/scan", response={200: None, **REFUSALS})
def get_seat_scan(request: HttpRequest, proposal: Key) -> FileResponse:
    """The letter by which somebody is to sit there."""
    row = _proposal(request, proposal)
    access.note(asker(request).ref, row.subject, "letter of a seat")
    return response_for(row.scan)


@router.post("/proposals/{proposal}/confirm", response={200: SeatProposalOut, **REFUSALS})
def post_seat_confirmation(request: HttpRequest, proposal: Key) -> Any:
    """Confirm what another proposed for a third: they sit there from that day on."""
    return confirm_seat(_proposal(request, proposal), by=asker(request))


@router.post("/proposals/{proposal}/refuse", response={200: SeatProposalOut, **REFUSALS})
def post_seat_refusal(request: HttpRequest, proposal: Key, body: RefusingMember) -> Any:
    """Refuse, with a reason, what another proposed for a third."""
    return refuse_seat(_proposal(request, proposal), reason=body.reason, by=asker(request))


@router.post("/proposals/{proposal}/withdraw", response={200: SeatProposalOut, **REFUSALS})
def post_seat_withdrawal(request: HttpRequest, proposal: Key) -> Any:
    """Take a proposal back."""
    return withdraw_seat(_proposal(request, proposal), by=asker(request))


@router.post("/{code}/members/{membership}/end", response={200: BodyOut, **REFUSALS})
def post_end(request: HttpRequest, code: Body.Code, membership: Key, body: EndingMembership) -> dict[str, Any]:
    """Let a membership end with a day."""
    row = body_of(request, code)
    there = Membership.objects.filter(pk=membership, seat__body=row).select_related("seat__body", "person").first()
    if there is None:
        raise Missing()
    end_membership(there, on=body.on, by=asker(request))
    return _body_out(row)


def body_of(request: HttpRequest, code: str) -> Body:
    """The body of a code in one's region; Missing if there is none."""
    body = within(Body.objects.filter(code=code), asker(request)).first()
    if body is None:
        raise Missing()
    return body


def _proposal(request: HttpRequest, key: int) -> SeatProposal:
    row = proposals_seen_by(asker(request)).filter(pk=key).first()
    if row is None:
        raise Missing()
    return row


def _body_out(body: Body) -> dict[str, Any]:
    on = today()
    seats = seats_in_force(body, on).prefetch_related("memberships__person").order_by("pk")
    return {
        "code": body.code,
        "division": body.division_id,
        "decision": body.decision,
        "constituted_on": body.constituted_on,
        "seats": [_seat_out(seat, on) for seat in seats],
    }


def _seat_out(seat: Seat, on: date) -> dict[str, Any]:
    members = [
        membership for membership in seat.memberships.all() if membership.until_on is None or membership.until_on >= on
    ]
    return {
        "id": seat.pk,
        "organisation": seat.organisation.name,
        "votes": seat.votes,
        "chairs": seat.chairs,
        "required": seat.required,
        "members": [
            {
                "id": member.pk,
                "person": member.person_id,
                "name": member.person.full_name,
                "deputy": member.deputy,
                "from_on": member.from_on,
                "until_on": member.until_on,
            }
            for member in members
        ],
    }
