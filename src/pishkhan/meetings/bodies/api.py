"""Bodies over HTTP: constituted by the director's decision, their seats held by organisations, people on the seats."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from pishkhan.geography.models import Division
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.meetings.models import Body, Membership, Seat
from pishkhan.meetings.selectors import seats_in_force
from pishkhan.meetings.services import appoint, constitute, end_membership, give_seat
from pishkhan.people.models import Organisation, Person
from pishkhan.people.selectors import within
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import Day, RequestBody, asker

router = Router(tags=["bodies"])
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


class Appointing(RequestBody):
    person: Key
    letter: str = Field(min_length=1, max_length=60)
    deputy: bool = False
    from_on: Day | None = None
    until_on: Day | None = None


class EndingMembership(RequestBody):
    on: Day


@router.get("", response={200: list[BodyOut], **REFUSALS})
def list_bodies(request: HttpRequest) -> list[dict[str, Any]]:
    """The bodies of one's region, with who sits in them today."""
    return [_told(body) for body in within(Body.objects.order_by("pk"), asker(request))]


@router.post("", response={201: BodyOut, **REFUSALS})
def post_body(request: HttpRequest, body: Constituting) -> Status[dict[str, Any]]:
    """Constitute a body by a numbered decision: the director."""
    division = Division.objects.filter(code=body.division).first()
    if division is None:
        raise Missing()
    return Status(201, _told(constitute(body.code, division, decision=body.decision, by=asker(request))))


@router.post("/{code}/seats", response={201: BodyOut, **REFUSALS})
def post_seat(request: HttpRequest, code: Body.Code, body: GivingSeat) -> Status[dict[str, Any]]:
    """Give an organisation a seat."""
    found, organisation = body_of(request, code), Organisation.objects.filter(pk=body.organisation).first()
    if organisation is None:
        raise Missing()
    give_seat(found, organisation, by=asker(request), **body.model_dump(exclude={"organisation"}))
    return Status(201, _told(found))


@router.post("/{code}/seats/{seat}/members", response={201: BodyOut, **REFUSALS})
def post_member(request: HttpRequest, code: Body.Code, seat: Key, body: Appointing) -> Status[dict[str, Any]]:
    """Let a person sit on a seat, by the organisation's letter."""
    found = body_of(request, code)
    there = found.seats.filter(pk=seat).first()
    person = Person.objects.filter(pk=body.person).first()
    if there is None or person is None:
        raise Missing()
    appoint(there, person, by=asker(request), **body.model_dump(exclude={"person"}))
    return Status(201, _told(found))


@router.post("/{code}/members/{membership}/end", response={200: BodyOut, **REFUSALS})
def post_end(request: HttpRequest, code: Body.Code, membership: Key, body: EndingMembership) -> dict[str, Any]:
    """Let a membership end with a day."""
    found = body_of(request, code)
    there = Membership.objects.filter(pk=membership, seat__body=found).select_related("seat__body", "person").first()
    if there is None:
        raise Missing()
    end_membership(there, on=body.on, by=asker(request))
    return _told(found)


def body_of(request: HttpRequest, code: str) -> Body:
    """The body of a code in one's region; Missing if there is none."""
    found = within(Body.objects.filter(code=code), asker(request)).first()
    if found is None:
        raise Missing()
    return found


def _told(body: Body) -> dict[str, Any]:
    on = today()
    seats = seats_in_force(body, on).prefetch_related("memberships__person").order_by("pk")
    return {
        "code": body.code,
        "division": body.division_id,
        "decision": body.decision,
        "constituted_on": body.constituted_on,
        "seats": [_seat_told(seat, on) for seat in seats],
    }


def _seat_told(seat: Seat, on: date) -> dict[str, Any]:
    members = [each for each in seat.memberships.all() if each.until_on is None or each.until_on >= on]
    return {
        "id": seat.pk,
        "organisation": seat.organisation.name,
        "votes": seat.votes,
        "chairs": seat.chairs,
        "required": seat.required,
        "members": [
            {
                "id": each.pk,
                "person": each.person_id,
                "name": each.person.full_name,
                "deputy": each.deputy,
                "from_on": each.from_on,
                "until_on": each.until_on,
            }
            for each in members
        ],
    }
