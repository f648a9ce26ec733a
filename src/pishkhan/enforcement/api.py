"""Violations over HTTP: reporting one, and the file of a case. Its steps are those of every case (casework.api)."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from pishkhan.casework.lists.lookup import case_of
from pishkhan.casework.models import Case
from pishkhan.inspections.models import Visit
from pishkhan.journal import access
from pishkhan.journal.refusals import Missing
from pishkhan.meetings.dossiers import reader_of
from pishkhan.offices.models import Undertaking
from pishkhan.people.selectors import within
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import RequestBody, asker, language

from .casefile import file_of
from .reporting import report_by_letter, report_fault, report_undertaking
from .selectors import CODE, sanction_of

router = Router(tags=["violations"])
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]


class ReportOut(Schema):
    number: str
    stage: str
    revision: int


class OfFault(RequestBody):
    """An item that an accepted visit found wanting."""

    visit: UUID
    item: str = Field(max_length=30)


class OfUndertaking(RequestBody):
    """An undertaking that was not kept in time."""

    undertaking: Key


class ByLetter(RequestBody):
    """What an agency or somebody else told by letter."""

    office: str = Field(max_length=12)
    source: Literal["agency", "complaint"]
    violation: str = Field(max_length=30)
    letter: str = Field(min_length=1, max_length=60)


class ViolationFileOut(Schema):
    """What a violation case is about and how it stands; what is weighed is told to who works on it."""

    source: str
    violation: str
    label: str
    committed_on: date | None
    notice_served_on: date | None
    hearing_on: date | None
    decision_served_on: date | None
    rung: str
    final_on: date | None
    executed_on: date | None
    from_on: date | None
    until_on: date | None
    annulled_on: date | None
    called_for: str
    usual: str
    similar: list[str]
    people_who_lose_access: int | None


@router.post("/faults", response={201: ReportOut, **REFUSALS})
def report_a_fault(request: HttpRequest, body: OfFault) -> Status[dict[str, Any]]:
    """Open a case about an item that an accepted visit found wanting: the expert, once."""
    person = asker(request)
    visit = within(Visit.objects.select_related("office__division"), person).filter(pk=body.visit).first()
    if visit is None:
        raise Missing()
    return _opened(report_fault(visit, body.item, by=person))


@router.post("/undertakings", response={201: ReportOut, **REFUSALS})
def report_an_undertaking(request: HttpRequest, body: OfUndertaking) -> Status[dict[str, Any]]:
    """Open a case about an undertaking that was not kept in time: the expert, once."""
    person = asker(request)
    undertaking = (
        within(Undertaking.objects.select_related("office__division"), person).filter(pk=body.undertaking).first()
    )
    if undertaking is None:
        raise Missing()
    return _opened(report_undertaking(undertaking, by=person))


@router.post("/letters", response={201: ReportOut, **REFUSALS})
def report_a_letter(request: HttpRequest, body: ByLetter) -> Status[dict[str, Any]]:
    """Open a case about what came by letter: the expert."""
    return _opened(
        report_by_letter(
            asker(request), office=body.office, source=body.source, violation=body.violation, letter=body.letter
        )
    )


@router.get("/{number}", response={200: ViolationFileOut, **REFUSALS})
def violation_file(request: HttpRequest, number: str) -> dict[str, Any]:
    """The file of a violation case."""
    case, person = case_of(request, number)
    if case.procedure_code != CODE:
        raise Missing()
    access.note(person.ref, case.subject, "violation")
    context, sanction = file_of(case, reader_of(case, person)), sanction_of(case)
    days = {
        name: getattr(sanction, name, None)
        for name in ("final_on", "executed_on", "from_on", "until_on", "annulled_on")
    }
    ladder, loss = context.get("ladder", ()), context.get("loss")
    return days | {
        "source": case.dossier.source,
        "violation": case.dossier.violation,
        "label": context["violation"].text.to(language()) if context["violation"] else "",
        "committed_on": case.dossier.committed_on,
        "notice_served_on": context["notice_on"],
        "hearing_on": case.dossier.hearing_on,
        "decision_served_on": context["decision_on"],
        "rung": sanction.rung if sanction else "",
        "called_for": next((row["code"] for row in ladder if row["called"]), ""),
        "usual": next((row["code"] for row in ladder if row["usual"]), ""),
        "similar": [row["row"].case.number for row in context.get("similar", ())],
        "people_who_lose_access": loss.people if loss else None,
    }


def _opened(case: Case) -> Status[dict[str, Any]]:
    return Status(201, {"number": case.number, "stage": case.stage, "revision": case.revision})
