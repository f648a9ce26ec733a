"""Visits over HTTP: asked for, given to an inspector, reported, accepted."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from pishkhan.casework.actions.api import ActionBody, Route, add_routes
from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.lists.visit_lists import VisitList
from pishkhan.inspections.models import Visit
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.offices.models import Office
from pishkhan.people.models import Person
from pishkhan.people.selectors import within
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import Day, RequestBody, asker, language

from .actions import VISIT_ACTIONS
from .selectors import items_of, visits_seen_by
from .services import request_visit

router = Router(tags=["visits"])
PAGE = 50
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
Answer = Annotated[str, Field(max_length=20)]


class VisitOut(Schema):
    id: UUID
    kind: str
    purpose: str
    seen: str
    state: str
    division: str
    case: str | None
    office: str | None
    inspector: int | None
    planned_on: date | None
    visited_on: date | None
    passed: bool | None
    hindrance: str


class ChecklistItemOut(Schema):
    code: str
    text: str
    severity: str
    answer: str | None


class VisitDetail(VisitOut):
    edition: str
    items: list[ChecklistItemOut]


class VisitPage(Schema):
    count: int
    visits: list[VisitOut]


class VisitQuery(Schema):
    """Which visits: by state, place, and only one's own still to be made."""

    state: str | None = Field(None, max_length=10)
    place: str | None = Field(None, pattern=r"^[0-9]{2,16}$")
    mine: bool = False
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


class Asking(RequestBody):
    office: str = Field(max_length=12)
    kind: checklist.Kind
    purpose: Visit.Purpose
    seen: checklist.Object = checklist.Object.OFFICE


class Giving(ActionBody):
    inspector: Key
    planned_on: Day

    def filled_in(self, row: Any, by: Person) -> dict[str, Any]:
        inspector = Person.objects.filter(pk=self.inspector).first()
        if inspector is None:
            raise Missing()
        return super().filled_in(row, by) | {"inspector": inspector}


class Reporting(ActionBody):
    """An answer to each item of the checklist, and notes to some. The result follows from the answers."""

    visited_on: Day
    answers: dict[str, Answer] = Field(max_length=100)
    notes: dict[str, Annotated[str, Field(max_length=2000)]] = Field({}, max_length=100)
    further: list[Visit.Purpose] = Field([], max_length=10)
    passed: bool | None = None


class Hindered(ActionBody):
    """What kept the inspector from looking, and what was seen."""

    what: checklist.Hindrance
    note: str = Field(min_length=3, max_length=2000)
    visited_on: Day


@router.get("", response={200: VisitPage, **REFUSALS})
def list_visits(request: HttpRequest, query: Query[VisitQuery]) -> dict[str, Any]:
    """The visits of one's region, newest first."""
    wanted = {name: value for name, value in query.model_dump(exclude={"page"}).items() if value}
    visits = VisitList.select(asker(request), **wanted)
    start = (query.page - 1) * PAGE
    rows = visits[start : start + PAGE]
    return {"count": visits.count(), "visits": [_visit_out(visit) for visit in rows]}


@router.post("", response={201: VisitOut, **REFUSALS})
def post_visit(request: HttpRequest, body: Asking) -> Status[dict[str, Any]]:
    """Ask for a visit to an office of one's region: an expert."""
    person = asker(request)
    office = within(Office.objects.all(), person).filter(code=body.office).first()
    if office is None:
        raise Missing()
    visit = request_visit(kind=body.kind, purpose=body.purpose, seen=body.seen, office=office, by=person)
    return Status(201, _visit_out(visit))


@router.get("/{visit}", response={200: VisitDetail, **REFUSALS})
def get_visit(request: HttpRequest, visit: UUID) -> dict[str, Any]:
    """A visit with its checklist, and what was answered."""
    result = _visit(request, visit)
    access.note(asker(request).ref, result.subject, "visit")
    answers = dict(result.findings.values_list("item", "answer"))
    return _visit_out(result) | {
        "edition": result.edition,
        "items": [
            {
                "code": item.code,
                "text": item.text.to(language()),
                "severity": item.severity,
                "answer": answers.get(item.code),
            }
            for item in items_of(result, result.visited_on or today())
        ],
    }


def _visit(request: HttpRequest, visit: UUID) -> Visit:
    row = visits_seen_by(asker(request)).select_related("case", "office").filter(pk=visit).first()
    if row is None:
        raise Missing()
    return row


def _visit_out(visit: Visit) -> dict[str, Any]:
    return {
        "id": visit.pk,
        "division": visit.division_id,
        "case": visit.case.number if visit.case else None,
        "office": visit.office.code if visit.office else None,
        "inspector": visit.inspector_id,
    } | {
        name: getattr(visit, name)
        for name in ("kind", "purpose", "seen", "state", "planned_on", "visited_on", "passed", "hindrance")
    }


add_routes(
    router,
    VISIT_ACTIONS,
    at="/{visit}",
    keys={"visit": UUID},
    find=_visit,
    out=VisitOut,
    shape=_visit_out,
    routes={
        "assign": Route("post_assignment", "Give a visit to an inspector for a day.", body=Giving),
        "report": Route(
            "post_report", "Report what was found: the inspector to whom the visit was given.", body=Reporting
        ),
        "hinder": Route(
            "post_hindrance",
            "Report in a sentence that it was closed, entry was refused or it was not found: the inspector.",
            body=Hindered,
        ),
        "accept": Route("post_acceptance", "Accept a report as it was submitted."),
        "cancel": Route("post_cancellation"),
    },
)
