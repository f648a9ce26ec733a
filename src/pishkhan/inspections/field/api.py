"""The phone over HTTP: what it takes along, and what it brings home. Nothing of it is kept by any cache."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from pishkhan.inspections.evidence import Photo, Submission
from pishkhan.inspections.refusals import NotAnInspector
from pishkhan.journal import access
from pishkhan.journal.refusals import NotPermitted
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import RequestBody, asker, language

from .offline_bundle import taken_along
from .photos import CHUNK, offset_of, photo_of, take_piece
from .report import PHOTO_BYTES, Instant, Report
from .syncing import hand_in, receive

router = Router(tags=["field"])
PIECE = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary", "maxLength": CHUNK}}},
    }
}


class PhotoOut(Schema):
    """How much of a photo lies here; it is safe once the whole was found to be what the report named."""

    id: UUID
    digest: str
    size: int
    offset: int
    safe: bool


class SubmissionOut(Schema):
    """What became of a report: told alike however often it is sent."""

    id: UUID
    visit: UUID | None
    outcome: Submission.Outcome
    received_at: datetime
    passed: bool | None
    flags: list[str]
    photos: list[PhotoOut]


class Sent(RequestBody):
    """A report, and what the phone's clock shows as it is sent."""

    sent_at: Instant
    report: Report


class Offset(Schema):
    offset: Annotated[int, Field(ge=0, le=PHOTO_BYTES)]


class Along(Schema):
    """What a phone takes along. Sentences are in both languages."""

    now: datetime
    today: date
    inspector: dict[str, Any]
    visits: list[dict[str, Any]]
    offices: list[dict[str, Any]]
    spot: dict[str, Any]
    checklists: dict[str, list[dict[str, Any]]]
    keys: dict[str, Any]
    status_lists: list[int]


@router.get("/round", response={200: Along, **REFUSALS})
def get_round(request: HttpRequest) -> dict[str, Any]:
    """The visits of the days to come with all that an inspector needs there, to be kept encrypted on the phone."""
    person = _inspector(request)
    access.note(person.ref, person.ref, "field round")
    return taken_along(person)


@router.post("/reports", response={200: SubmissionOut, **REFUSALS})
def post_report(request: HttpRequest, body: Sent) -> dict[str, Any]:
    """Take in the report of a visit: once, however often it is sent. The content of its photos follows."""
    return _told(receive(body.report, sent_at=body.sent_at, by=asker(request)))


@router.post("/rejected", response={200: SubmissionOut, **REFUSALS})
def post_rejected(request: HttpRequest, body: Sent) -> dict[str, Any]:
    """Leave a report that was refused with the house, so that an expert sees it and why; or take it in after all."""
    return _told(hand_in(body.report, sent_at=body.sent_at, by=asker(request)))


@router.get("/photos/{photo}", response={200: PhotoOut, **REFUSALS})
def get_photo(request: HttpRequest, photo: UUID) -> dict[str, Any]:
    """From which byte on the content of a photo is still to be sent."""
    return _photo(photo_of(photo, asker(request)))


@router.put("/photos/{photo}/content", response={200: PhotoOut, **REFUSALS}, openapi_extra=PIECE)
def put_piece(request: HttpRequest, photo: UUID, at: Query[Offset]) -> dict[str, Any]:
    """Send the next piece of a photo's content: 262,144 bytes, the last as many as are left."""
    person = asker(request)
    return _photo(take_piece(photo_of(photo, person), at.offset, request.body, by=person))


def _inspector(request: HttpRequest) -> Person:
    person = asker(request)
    if not any(each.role == Role.INSPECTOR for each in person.assignments_today):
        raise NotPermitted(NotAnInspector().text)
    return person


def _told(submission: Submission) -> dict[str, Any]:
    visit = submission.visit
    taken = submission.outcome == Submission.Outcome.TAKEN and visit is not None
    return {
        "id": submission.pk,
        "visit": visit.pk if visit else None,
        "outcome": submission.outcome,
        "received_at": submission.received_at,
        "passed": visit.passed if visit and taken else None,
        "flags": [flag.told.to(language()) for flag in visit.flags.order_by("pk")] if visit and taken else [],
        "photos": [_photo(photo) for photo in visit.photos.order_by("pk")] if visit and taken else [],
    }


def _photo(photo: Photo) -> dict[str, Any]:
    return {
        "id": photo.pk,
        "digest": photo.digest,
        "size": photo.size,
        "offset": offset_of(photo),
        "safe": photo.file_id is not None,
    }
