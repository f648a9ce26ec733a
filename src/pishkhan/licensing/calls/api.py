"""Calls and new requests over HTTP. Everything after the draft is opened is a step of its case (casework.api)."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from pishkhan.casework.api import Standing
from pishkhan.casework.models import Case
from pishkhan.geography.models import Division
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.licensing.models import Call, Degree, Places
from pishkhan.limits.posting import once, request_of
from pishkhan.offices.models import OfficeKind
from pishkhan.people.models import Organisation
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.quotas import ask_draft
from pishkhan.people.web.request_context import Day, RequestBody, asker

from .selectors import open_places
from .services import open_call, open_request, withdraw_call

router = Router(tags=["licensing"])
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
Code = Annotated[str, Field(pattern=r"^[0-9]{2,16}$")]


class OpenPlaces(Schema):
    id: int
    call: str
    kind: str
    division: str
    place: str
    closes_on: date
    count: int
    left: int


class Calling(RequestBody):
    code: str = Field(min_length=1, max_length=30)
    kind: OfficeKind
    division: Code
    opens_on: Day
    closes_on: Day
    places: dict[Code, Annotated[int, Field(ge=1, le=10_000)]]
    manager_age: Annotated[int, Field(ge=0, le=100)] = 0
    manager_degree: Degree = Degree.NONE


class WithdrawingCall(RequestBody):
    code: str = Field(min_length=1, max_length=30)
    reasons: str = Field(min_length=3, max_length=2000)


class Called(Schema):
    code: str


class Requesting(RequestBody):
    """For which places (see GET /places), and for which organisation if not for oneself."""

    places: Key
    organisation: Key | None = None


@router.get("/places", auth=None, response={200: list[OpenPlaces], **REFUSALS})
def list_places(request: HttpRequest) -> list[dict[str, Any]]:
    """The places that can be requested today, under which call, and how many are left."""
    return [
        {
            "id": place.pk,
            "call": place.call.code,
            "kind": place.call.kind,
            "division": place.division_id,
            "place": place.division.name,
            "closes_on": place.call.closes_on,
            "count": place.count,
            "left": place.left,
        }
        for place in open_places(today())
    ]


@router.post("/calls", response={201: Called, **REFUSALS})
def post_call(request: HttpRequest, body: Calling) -> Status[dict[str, Any]]:
    """Call for requests: by the director."""
    division = Division.objects.filter(code=body.division).first()
    if division is None:
        raise Missing()
    call = open_call(by=asker(request), division=division, **body.model_dump(exclude={"division"}))
    return Status(201, {"code": call.code})


@router.post("/calls/withdrawal", response={200: Called, **REFUSALS})
def post_call_withdrawal(request: HttpRequest, body: WithdrawingCall) -> dict[str, Any]:
    """Take a call back under which nobody has applied: the director, with the reason."""
    call = within(Call.objects.all(), asker(request), [Role.DIRECTOR]).filter(code=body.code).first()
    if call is None:
        raise Missing()
    return {"code": withdraw_call(call, reasons=body.reasons, by=asker(request)).code}


@router.post("/requests", response={201: Standing, **REFUSALS})
def post_request(request: HttpRequest, body: Requesting) -> Status[dict[str, Any]]:
    """Begin a request: a draft that only the applicant sees until it is submitted."""
    places = Places.objects.select_related("call", "division").filter(pk=body.places).first()
    if places is None:
        raise Missing()
    organisation = None
    if body.organisation is not None:
        organisation = Organisation.objects.filter(pk=body.organisation).first()
        if organisation is None:
            raise Missing()
    person = asker(request)

    def begun() -> Case:
        ask_draft(request)
        return open_request(places, by=person, for_organisation=organisation)

    case = once(request_of(request, "request", person.ref), begun, Case.objects.all())
    return Status(201, {"number": case.number, "stage": case.stage, "revision": case.revision})
