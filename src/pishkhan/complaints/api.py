"""Complaints over HTTP: complaining and following it, for anybody; the list and what becomes of one, for staff."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from pishkhan.casework.actions.actions import take
from pishkhan.casework.actions.forms import UNKNOWN, UNREADABLE
from pishkhan.counter.models import Service
from pishkhan.geography.models import Division
from pishkhan.journal import access
from pishkhan.journal.refusals import Invalid
from pishkhan.language.digits import ascii_digits
from pishkhan.limits.posting import once, request_of
from pishkhan.offices.models import Office
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import Day, RequestBody, asker, language

from .antispam import ask_before, ask_the_rate, challenge
from .filing import complain
from .kinds import CODES
from .models import Complaint, State
from .pages.complaint_list import ComplaintList, complaint_rows
from .pages.public_pages import complaint_of, told_to_complainant
from .pages.staff_pages import asked_for
from .selectors import LISTS, OPENED, course_of, last_words

router = Router(tags=["complaints"])
PAGE = 50


class ChallengeOut(Schema):
    """An altcha challenge (SHA-256): find the number whose digest with the salt is the challenge."""

    algorithm: str
    challenge: str
    maxnumber: int
    salt: str
    signature: str


class Complaining(RequestBody):
    """A complaint. `altcha` is the solved challenge, in base64; without it fewer are taken from one address."""

    kind: str = Field(max_length=20)
    text: str = Field(min_length=5, max_length=4000)
    happened_on: Day
    office: str = Field("", max_length=12)
    place: str = Field("", pattern=r"^[0-9]{0,16}$")
    where: str = Field("", max_length=200)
    service: str = Field("", max_length=30)
    charged: Annotated[int, Field(ge=1, le=10**12)] | None = None
    contact: str = Field("", max_length=120)
    altcha: str = Field("", max_length=2000)


class CodeOut(Schema):
    code: str


class MilestoneOut(Schema):
    label: str
    at: datetime


class TrackedOut(Schema):
    """Where a complaint stands, as whoever made it is told."""

    kind: str
    state: str
    label: str
    since: date
    due_on: date | None
    answer: str
    told: str
    outcome: str
    milestones: list[MilestoneOut]


class ComplaintOut(Schema):
    """A complaint as lists show it: nothing of who made it or what they wrote."""

    id: UUID
    number: str
    kind: str
    label: str
    office: str
    division: str
    happened_on: date
    received_on: date
    state: str
    state_label: str
    due_on: date | None
    late: bool
    outcome: str


class WholeComplaintOut(ComplaintOut):
    """The same with what was written, for who decides on it."""

    text: str
    contact: str
    summary: str
    answer: str


class ComplaintPage(Schema):
    count: int
    complaints: list[ComplaintOut]


class ComplaintQuery(Schema):
    of: str = Field(OPENED, pattern="^(" + "|".join(LISTS) + ")$")
    kind: str = Field("", pattern="^(|" + "|".join(CODES) + ")$")
    place: str = Field("", pattern=r"^([0-9]{2,16})?$")
    q: str = Field("", max_length=24)
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


class Acting(RequestBody):
    """What an act asks, by the names of its fields."""

    stated: dict[str, Annotated[str, Field(max_length=4000)]] = {}


@router.get("/challenge", auth=None, response={200: ChallengeOut, **REFUSALS})
def get_challenge(request: HttpRequest) -> dict[str, Any]:
    """What is to be worked out before complaining."""
    return challenge()


@router.post("", auth=None, response={201: CodeOut, **REFUSALS})
def post_complaint(request: HttpRequest, body: Complaining) -> Any:
    """Complain about an office, or a place without one. Nobody need say who they are; the answer is the code.

    Sent again under the same `Idempotency-Key`, it is the same complaint.
    """
    ask_before(request)
    if body.kind not in CODES:
        raise Invalid(UNREADABLE, {"kind": UNKNOWN})
    office = _named(Office.objects.select_related("division"), "office", code__iexact=body.office)
    place = _named(Division.objects.all(), "place", code=body.place)
    service = _named(Service.objects.all(), "service", code=body.service)
    posting = request_of(request, "complaint")

    def made() -> Complaint:
        ask_the_rate(request, body.altcha, posting)
        return complain(
            kind=body.kind,
            text=body.text,
            happened_on=body.happened_on,
            office=office,
            place=place,
            where=body.where,
            service=service,
            charged=body.charged,
            contact=body.contact,
            door=Complaint.Door.API,
        )

    return Status(201, once(posting, made, Complaint.objects.all()))


@router.get("/track/{code}", auth=None, response={200: TrackedOut, **REFUSALS})
def track(request: HttpRequest, code: str) -> dict[str, Any]:
    """Where a complaint stands, for whoever knows its code."""
    told = told_to_complainant(complaint_of(request, code))
    return {
        "kind": told["complaint"].kind,
        "state": told["complaint"].leading.state,
        "since": told["since"],
        "label": told["state"].to(language()),
        "due_on": told["due"],
        "answer": told["answer"],
        "told": told["told"],
        "outcome": told["complaint"].leading.outcome,
        "milestones": [{"label": each["what"].to(language()), "at": each["at"]} for each in told["timeline"]],
    }


@router.get("", response={200: ComplaintPage, **REFUSALS})
def list_complaints(request: HttpRequest, sought: Query[ComplaintQuery]) -> dict[str, Any]:
    """The complaints of the places where one decides on them, the latest first."""
    rows = ComplaintList.select(asker(request), of=sought.of, kind=sought.kind, place=sought.place, q=sought.q)
    start = (sought.page - 1) * PAGE
    shown = list(rows.select_related("office", "division")[start : start + PAGE])
    return {"count": rows.count(), "complaints": [_told(each) for each in complaint_rows(shown)]}


@router.get("/{key}", response={200: WholeComplaintOut, **REFUSALS})
def get_complaint(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """One complaint with what was written; the look is noted."""
    row = asked_for(request, key)
    access.note(asker(request).ref, row.subject, "complaint")
    return _whole(row)


@router.post("/{key}/{act}", response={200: WholeComplaintOut, **REFUSALS})
def post_act(request: HttpRequest, key: UUID, act: str, body: Acting) -> dict[str, Any]:
    """Do something about a complaint: send, publish, release, ask-visit, open-case, join, separate, close, dismiss…"""
    row, person = asked_for(request, key), asker(request)
    take(row, act, body.stated, by=person)
    return _whole(row)


def _named(rows: Any, field: str, **by: str) -> Any:
    """The row of a code, if one was stated; a refusal if there is none."""
    written = ascii_digits(next(iter(by.values()))).strip()
    if not written:
        return None
    found = rows.filter(**dict.fromkeys(by, written)).first()
    if found is None:
        raise Invalid(UNKNOWN, {field: UNKNOWN})
    return found


def _whole(row: Complaint) -> dict[str, Any]:
    course = course_of(row)
    return _told(complaint_rows([row])[0]) | {
        "text": course[0].words.get("text", ""),
        **{name: last_words(course, name) for name in ("contact", "summary", "answer")},
    }


def _told(each: dict[str, Any]) -> dict[str, Any]:
    row = each["row"]
    return {
        "label": each["kind"].to(language()),
        "state_label": State(row.state).text.to(language()),
        "due_on": each["due"],
        "late": each["late"],
        "office": row.office.code if row.office else "",
        "division": row.division_id,
    } | {
        name: getattr(row, name) for name in ("id", "number", "kind", "happened_on", "received_on", "state", "outcome")
    }
