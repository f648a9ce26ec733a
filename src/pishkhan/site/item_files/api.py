"""The file of an item over HTTP, for members before they vote."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Field, Router, Schema

from pishkhan.casework.lists.case_list import applicant_name
from pishkhan.inspections.models import Finding, Visit
from pishkhan.journal.clock import today
from pishkhan.measures.access import gain_of
from pishkhan.people.need_to_know.kinds import Datum
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import language

from .contents import Contents
from .lookup import contents_of, paper_of, photo_of

router = Router(tags=["meetings"])
Position = Annotated[int, Field(ge=1, le=10_000)]


class ConditionOut(Schema):
    """A condition of the law, where it comes from, whether it is met, and whether it refuses or only warns."""

    name: str
    sentence: str
    article: str
    met: bool
    binds: bool


class AnswerOut(Schema):
    label: str
    text: str


class StatementOut(Schema):
    step: str
    role: str
    on: date
    answers: list[AnswerOut]


class PaperOut(Schema):
    kind: str
    label: str
    opens: bool


class ItemVisitOut(Schema):
    kind: str
    visited_on: date | None
    passed: bool | None
    not_ok: list[str]
    photos: list[UUID]


class ProposedPlaceOut(Schema):
    """WGS84 degrees; the people whose nearest office it would be, and their mean way in km, now and then."""

    lat: float
    lon: float
    people_nearer: int
    mean_km: float | None
    mean_km_then: float


class InquiriesOut(Schema):
    sent: int
    answered: int


class LikeCaseOut(Schema):
    case: str
    division: str
    resolution: str
    outcome: str
    decided_on: date


class ItemFileOut(Schema):
    case: str
    procedure: str
    applicant: str
    other_side: str
    division: str
    answers: list[AnswerOut]
    conditions: list[ConditionOut]
    statements: list[StatementOut]
    place: ProposedPlaceOut | None
    visits: list[ItemVisitOut]
    papers: list[PaperOut]
    inquiries: InquiriesOut
    like_cases: list[LikeCaseOut]


@router.get("/{number}/items/{position}/file", response={200: ItemFileOut, **REFUSALS})
def get_item_file(request: HttpRequest, number: str, position: Position) -> dict[str, Any]:
    """What members and deputies read of an item before they vote: from the published agenda to the signed minutes."""
    contents = contents_of(request, number, position)
    case, spoken = contents.case, language()
    return {
        "case": case.number,
        "procedure": case.procedure_code,
        "applicant": applicant_name(case),
        "other_side": case.other_side.name if case.other_side else "",
        "division": case.division_id,
        "answers": [vars(answer) for answer in contents.answers()],
        "conditions": _conditions(contents),
        "statements": [
            {
                "step": statement.step.to(spoken),
                "role": statement.role,
                "on": statement.on,
                "answers": [vars(answer) for answer in statement.answers],
            }
            for statement in contents.statements()
        ],
        "place": _place(contents),
        "visits": [_visit(visit, contents) for visit in contents.visits().prefetch_related("findings")],
        "papers": [
            {"kind": paper.kind, "label": paper.label.to(spoken), "opens": paper.opens} for paper in contents.papers()
        ],
        "inquiries": dict(zip(("sent", "answered"), contents.inquiries(), strict=True)),
        "like_cases": [
            {
                "case": like.resolution.case.number,
                "division": like.resolution.case.division_id,
                "resolution": like.resolution.number,
                "outcome": like.resolution.outcome,
                "decided_on": like.resolution.decided_on,
            }
            for like in contents.like_cases()
        ],
    }


@router.get("/{number}/items/{position}/papers/{kind}", response={200: None, **REFUSALS})
def get_item_paper(request: HttpRequest, number: str, position: Position, kind: str) -> FileResponse:
    """A paper of the case of an item, of a kind that is open to members."""
    return paper_of(request, number, position, kind)


@router.get("/{number}/items/{position}/photos/{key}", response={200: None, **REFUSALS})
def get_item_photo(request: HttpRequest, number: str, position: Position, key: UUID) -> FileResponse:
    """A photo of a visit of the case of an item."""
    return photo_of(request, number, position, key)


def _conditions(contents: Contents) -> list[dict[str, Any]]:
    return [
        {
            "name": condition.unmet.rule.name,
            "sentence": condition.unmet.rule.sentence.to(language()),
            "article": condition.unmet.citation.to(language()),
            "met": condition.met,
            "binds": condition.unmet.binds,
        }
        for condition in contents.conditions()
    ]


def _place(contents: Contents) -> dict[str, Any] | None:
    case = contents.case
    if case.lat is None or case.lon is None:
        return None
    return {"lat": case.lat, "lon": case.lon} | vars(gain_of(case.lat, case.lon, case.division_id[:2], today()))


def _visit(visit: Visit, contents: Contents) -> dict[str, Any]:
    readable = Datum.PHOTOS in contents.readable
    return {
        "kind": visit.kind,
        "visited_on": visit.visited_on,
        "passed": visit.passed,
        "not_ok": [finding.item for finding in visit.findings.all() if finding.holds == Finding.Answer.NOT_OK],
        "photos": list(visit.photos.exclude(file=None).values_list("pk", flat=True)) if readable else [],
    }
