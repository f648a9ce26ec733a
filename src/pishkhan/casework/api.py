"""Every step of every procedure over HTTP, from its declaration alone."""

from datetime import date
from typing import Annotated, Any, cast

from django import forms
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from pishkhan.files.selectors import response_for
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.people.models import Person
from pishkhan.people.need_to_know.table import read_by
from pishkhan.people.web.error_schemas import REFUSALS, CitedRule
from pishkhan.people.web.request_context import RequestBody, asker, language

from .deadlines.ceiling import ceiling_of
from .deadlines.deadlines import deadline
from .fields import fields_of
from .lists.case_list import CaseList
from .lists.lookup import case_for_leave, case_of, step_of
from .models import Case
from .procedures.doing import does
from .reading import facts_read, inquiries_read, open_paper, words_read
from .selectors import Offer, entries_shown_to, kept_from, offers
from .services import advance, waive_second_pair, withdraw_leave

router = Router(tags=["cases"])
PAGE = 50
Seen = Annotated[int, Field(ge=0, le=2**31 - 1)]


class FormField(Schema):
    required: bool
    kind: str
    choices: list[str] = []


class DeedOut(Schema):
    """One thing that a step does: its effect, what it changes on the register or locks, a notice, a letter."""

    sort: str
    text: str


class OfferedStep(Schema):
    name: str
    label: str
    asks: dict[str, FormField]
    does: list[DeedOut]
    unmet: list[CitedRule]


class Standing(Schema):
    number: str
    stage: str
    revision: int


class ListedCase(Standing):
    procedure: str
    kind: str
    label: str
    division: str
    place: str
    opened_on: date
    submitted_on: date | None


class InquiryOut(Schema):
    code: str
    label: str
    asked_on: date
    answered_on: date | None
    cleared: bool | None
    reminded_on: date | None


class CeilingOut(Schema):
    """By when all of a request must be decided; by when, past that, the governor calls both sides. It warns only."""

    until: date
    governor_until: date
    near: bool
    passed: bool
    paused_days: int = Field(description="Working days that do not count: the file was with the applicant.")


class CaseOut(ListedCase):
    tracking_code: str
    ceiling: CeilingOut | None
    turn: str | None
    deadline: date | None
    overdue: bool
    inquiries: list[InquiryOut]
    documents: list[str]
    offers: list[OfferedStep]


class CasePage(Schema):
    count: int
    cases: list[ListedCase]


class EntryOut(Schema):
    number: int
    act: str
    actor: str
    role: str
    on_behalf_of: str
    acting: bool
    at: str
    happened_on: date
    facts: dict[str, Any]
    words: dict[str, str]


class Taking(RequestBody):
    """What a step asks, by field, and the revision of the case that was looked at when deciding."""

    answers: dict[str, Any] | None = None
    seen: Seen | None = None


class Waiving(RequestBody):
    step: str = Field(max_length=80)
    person: Annotated[int, Field(ge=1, le=2**63 - 1)]
    reason: str = Field(min_length=3, max_length=2000)


class WithdrawingLeave(RequestBody):
    step: str = Field(max_length=80)
    person: Annotated[int, Field(ge=1, le=2**63 - 1)]


class CaseQuery(Schema):
    """Which cases: by stage, procedure, kind, place, and by the roles whose turn it is."""

    stage: str | None = Field(None, max_length=40)
    procedure: str | None = Field(None, max_length=40)
    kind: str | None = Field(None, max_length=20)
    place: str | None = Field(None, pattern=r"^[0-9]{2,16}$")
    turn: str | None = Field(None, max_length=20)
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


@router.get("", response={200: CasePage, **REFUSALS})
def list_cases(request: HttpRequest, query: Query[CaseQuery]) -> dict[str, Any]:
    """The cases that the asker may see, newest first."""
    wanted = {name: value for name, value in query.model_dump(exclude={"page"}).items() if value}
    cases = CaseList.select(asker(request), **wanted)
    start = (query.page - 1) * PAGE
    rows = cases[start : start + PAGE]
    return {"count": cases.count(), "cases": [_listed(case) for case in rows]}


@router.get("/{number}", response={200: CaseOut, **REFUSALS})
def case_detail(request: HttpRequest, number: str) -> dict[str, Any]:
    """Where a case stands, and what the asker may do with it."""
    case, person = case_of(request, number)
    access.note(person.ref, case.subject, "case")
    until = deadline(case)
    return _listed(case) | {
        "tracking_code": case.tracking_code,
        "turn": case.turn,
        "ceiling": ceiling_of(case),
        "deadline": until,
        "overdue": until is not None and until < today(),
        "inquiries": [_inquiry(case, inquiry) for inquiry in inquiries_read(case, person)],
        "documents": sorted(case.documents.filter(replaced=False).values_list("kind", flat=True)),
        "offers": [_offered(offer) for offer in offers(case, person)],
    }


@router.get("/{number}/entries", response={200: list[EntryOut], **REFUSALS})
def case_entries(request: HttpRequest, number: str) -> list[dict[str, Any]]:
    """What was done about a case, in order, with the words and facts of it that the asker may read, if not erased."""
    case, person = case_of(request, number)
    access.note(person.ref, case.subject, "entries")
    entries = entries_shown_to(case, person)
    readable = read_by(person, over=case)
    words = words_read(case, readable, entries, kept=kept_from(case, person))
    return [
        {
            "number": entry.number,
            "act": entry.act,
            "actor": entry.actor,
            "role": entry.role,
            "on_behalf_of": entry.on_behalf_of,
            "acting": entry.acting,
            "at": entry.at.isoformat(),
            "happened_on": entry.happened_on,
            "facts": facts_read(case, readable, entry),
            "words": words.get(entry.number, {}),
        }
        for entry in entries
    ]


@router.get("/{number}/documents/{kind}", response={200: None, **REFUSALS})
def case_document(request: HttpRequest, number: str, kind: str) -> FileResponse:
    """A paper of a case, as it was uploaded."""
    case, person = case_of(request, number)
    return response_for(open_paper(case, kind, person, read_by(person, over=case)).file)


@router.post("/{number}/steps/{step}", response={200: Standing, **REFUSALS})
def take_step(request: HttpRequest, number: str, step: str, body: Taking) -> dict[str, Any]:
    """Take a step: 403 if it is not the asker's, 409 if the case has moved, 422 if answers or rules are against it."""
    case, person = case_of(request, number)
    advance(case, step_of(case, step), by=person, answers=body.answers, seen=body.seen)
    return {"number": case.number, "stage": case.stage, "revision": case.revision}


@router.post("/{number}/waivers", response={201: Standing, **REFUSALS})
def waive(request: HttpRequest, number: str, body: Waiving) -> Status[dict[str, Any]]:
    """Let a person take a step though they took an earlier one: the director, for once, with a reason.

    For who directs there a national administrator does, too.
    """
    case, person = case_for_leave(request, number)
    waive_second_pair(
        case, step_of(case, body.step), person=get_object_or_404(Person, pk=body.person), reason=body.reason, by=person
    )
    return Status(201, {"number": case.number, "stage": case.stage, "revision": case.revision})


@router.post("/{number}/waivers/withdrawal", response={200: Standing, **REFUSALS})
def post_withdrawn_leave(request: HttpRequest, number: str, body: WithdrawingLeave) -> dict[str, Any]:
    """Take back leave that nobody has used: who could give it."""
    case, person = case_for_leave(request, number)
    withdraw_leave(case, step_of(case, body.step), person=body.person, by=person)
    return {"number": case.number, "stage": case.stage, "revision": case.revision}


def _listed(case: Case) -> dict[str, Any]:
    return {
        "number": case.number,
        "stage": case.stage,
        "revision": case.revision,
        "procedure": case.procedure_code,
        "kind": case.kind,
        "label": case.where.label.to(language()),
        "division": case.division_id,
        "place": case.division.name,
        "opened_on": case.opened_on,
        "submitted_on": case.submitted_on,
    }


def _inquiry(case: Case, inquiry: Any) -> dict[str, Any]:
    return {"label": case.procedure.inquiry(inquiry.code).label.to(language())} | {
        name: getattr(inquiry, name) for name in ("code", "asked_on", "answered_on", "cleared", "reminded_on")
    }


def _offered(offer: Offer) -> dict[str, Any]:
    return {
        "name": offer.step.name,
        "label": offer.step.label.to(language()),
        "asks": {name: _field_out(field) for name, field in fields_of(offer.step.form).items()},
        "does": [{"sort": deed.sort, "text": deed.text.to(language())} for deed in does(offer.step)],
        "unmet": [
            {
                "name": rule.rule.name,
                "sentence": rule.rule.sentence.to(language()),
                "article": rule.citation.to(language()),
                "binds": rule.binds,
            }
            for rule in offer.unmet
        ],
    }


def _field_out(field: forms.Field) -> dict[str, Any]:
    choices = [str(code) for code, _ in cast("Any", field).choices] if isinstance(field, forms.ChoiceField) else []
    return {"required": field.required, "kind": type(field).__name__, "choices": choices}
