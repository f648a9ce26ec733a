"""What follows from visits, over HTTP: objections, leave, follow-ups, machines, last visits, the checklist."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from pishkhan.files.models import StoredFile
from pishkhan.files.selectors import files_of
from pishkhan.geography.models import Division
from pishkhan.inspections.checklists.checklist import EDITIONS, edition
from pishkhan.inspections.machines.services import PlaceFacts, enter_machine, move_machine, retire_machine
from pishkhan.inspections.models import Machine, Objection, Visit, Waiver
from pishkhan.inspections.objections.services import decide_objection, object_to
from pishkhan.inspections.wording import code_of
from pishkhan.journal.refusals import Missing
from pishkhan.limits.posting import once, request_of
from pishkhan.offices.models import Office, OfficeKind
from pishkhan.people.models import Organisation, Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import Day, RequestBody, asker, language

from .list_filters import machines_seen_by
from .selectors import MADE, visits_seen_by
from .services import follow_up
from .unserved_reports import serve_report
from .visit_lists import UnservedList
from .waivers import waive
from .where_lists import FaultList, MachineList, UnvisitedList

router = Router(tags=["visits"])
PAGE = 50
PageNumber = Annotated[int, Field(ge=1, le=100_000)]
Place = Annotated[str, Field(pattern=r"^[0-9]{2,16}$")]
Words = Annotated[str, Field(min_length=3, max_length=4000)]
Code = Annotated[str, Field(max_length=30)]


class ChecklistEntryOut(Schema):
    code: str
    text: str
    severity: str
    evidence: str
    article: str


class EditionOut(Schema):
    """A checklist, item by item."""

    code: str
    valid_from: date
    items: list[ChecklistEntryOut]


class FaultOut(Schema):
    """A fault that wants somebody to go and look."""

    visit: UUID
    about: str
    item: str
    severity: str
    due_on: date
    state: str


class UntoldOut(Schema):
    """A report of which whoever was visited could not be told; `notice` serves it on paper, if one does."""

    visit: UUID
    about: str
    visited_on: date
    notice: UUID | None


class LastVisitOut(Schema):
    office: str
    division: str
    last_on: date | None


class MachineOut(Schema):
    code: str
    kind: str
    bank: str
    number: str
    division: str
    from_on: date
    until_on: date | None


class ObjectionOut(Schema):
    """An objection, and what holds of the findings it was against."""

    visit: UUID
    lodged_on: date
    late: bool
    outcome: str
    decided_on: date | None
    passed: bool | None
    holds: dict[str, str]


class Objecting(RequestBody):
    items: list[Code] = Field(min_length=1, max_length=100)
    reasons: Words
    files: list[UUID] = Field([], max_length=5)


class Deciding(RequestBody):
    """The outcome with reasons; for `changed` what holds of some of the disputed findings, by item."""

    outcome: Objection.Outcome
    reasons: Words
    changes: dict[Code, Code] = Field({}, max_length=100)


class VisitWaiving(RequestBody):
    rule: Waiver.Rule
    person: Annotated[int, Field(ge=1, le=2**63 - 1)]
    reason: Words


class MachinePlace(RequestBody):
    """Where a machine stands."""

    division: Place
    address: str = Field(min_length=1, max_length=200)
    lat: float | None = Field(None, ge=24, le=40.5)
    lon: float | None = Field(None, ge=43.5, le=64)
    host: str | None = Field(None, max_length=12)
    from_on: Day


class MachineEntering(MachinePlace):
    kind: Machine.Kind
    bank: str = Field(pattern=r"^[0-9]{11}$")
    number: str = Field("", max_length=30)


class Retiring(RequestBody):
    on: Day


class FaultQuery(Schema):
    place: Place | None = None
    kind: str | None = Field(None, max_length=20)
    since: str | None = Field(None, max_length=10)
    page: PageNumber = 1


@router.get("/checklists", response={200: list[EditionOut], **REFUSALS})
def list_checklists(request: HttpRequest) -> list[dict[str, Any]]:
    """Every edition of the checklist."""
    return [
        {
            "code": each.code,
            "valid_from": each.valid_from,
            "items": [
                {
                    "code": item.code,
                    "text": item.text.to(language()),
                    "severity": item.severity,
                    "evidence": item.evidence,
                    "article": item.citation.to(language()),
                }
                for item in each.items
            ],
        }
        for each in EDITIONS
    ]


@router.get("/last", response={200: list[LastVisitOut], **REFUSALS})
def list_last_visits(request: HttpRequest, sought: Query[FaultQuery]) -> list[dict[str, Any]]:
    """The active offices of one's region by their last visit, the never visited first."""
    kind = sought.kind if sought.kind in OfficeKind.values else ""
    rows = UnvisitedList.select(asker(request), since=sought.since, kind=kind, place=sought.place)
    return [
        {"office": each.code, "division": each.division_id, "last_on": each.last_on} for each in _page(rows, sought)
    ]


@router.get("/faults", response={200: list[FaultOut], **REFUSALS})
def list_faults(request: HttpRequest, sought: Query[FaultQuery]) -> list[dict[str, Any]]:
    """The faults of one's region that want somebody to go and look."""
    rows = FaultList.select(asker(request))
    return [
        {
            "visit": each.visit_id,
            "about": code_of(each.visit),
            "item": each.item,
            "severity": each.severity,
            "due_on": each.undertaking.due_on,
            "state": each.undertaking.state,
        }
        for each in _page(rows, sought)
        if each.undertaking is not None
    ]


@router.get("/untold", response={200: list[UntoldOut], **REFUSALS})
def list_untold(request: HttpRequest, sought: Query[FaultQuery]) -> list[dict[str, Any]]:
    """The reports of one's region of which whoever was visited could not be told, or that wait to be served."""
    rows = UnservedList.select(asker(request))
    return [_untold_told(each) for each in _page(rows, sought)]


@router.get("/machines", response={200: list[MachineOut], **REFUSALS})
def list_machines(request: HttpRequest, sought: Query[FaultQuery]) -> list[dict[str, Any]]:
    """The ATMs and booths of one's region."""
    kind = sought.kind if sought.kind in Machine.Kind.values else ""
    rows = MachineList.select(asker(request), kind=kind, place=sought.place)
    return [_machine_told(each) for each in _page(rows, sought)]


@router.post("/machines", response={201: MachineOut, **REFUSALS})
def post_machine(request: HttpRequest, body: MachineEntering) -> Status[dict[str, Any]]:
    """Enter an ATM or booth on the register: an expert of its region."""
    person = asker(request)
    bank = Organisation.objects.filter(legal_id=body.bank).first()
    if bank is None:
        raise Missing()
    return Status(
        201,
        _machine_told(
            enter_machine(
                kind=body.kind,
                bank=bank,
                number=body.number,
                place=_place(body, person),
                from_on=body.from_on,
                by=person,
            )
        ),
    )


@router.post("/machines/{code}/move", response={200: MachineOut, **REFUSALS})
def post_move(request: HttpRequest, code: str, body: MachinePlace) -> dict[str, Any]:
    """Let a machine stand elsewhere from a day on."""
    person = asker(request)
    return _machine_told(move_machine(_machine(code, person), _place(body, person), from_on=body.from_on, by=person))


@router.post("/machines/{code}/retirement", response={200: MachineOut, **REFUSALS})
def post_retirement(request: HttpRequest, code: str, body: Retiring) -> dict[str, Any]:
    """Let a machine be there no more after a day."""
    person = asker(request)
    return _machine_told(retire_machine(_machine(code, person), on=body.on, by=person))


@router.post("/{visit}/follow-up", response={201: dict[str, UUID], **REFUSALS})
def post_follow_up(request: HttpRequest, visit: UUID) -> Status[dict[str, Any]]:
    """Ask for a visit that sees to what a visit found: an expert."""
    return Status(201, {"id": follow_up(_seen(request, visit), by=asker(request)).pk})


@router.post("/{visit}/service", response={201: UntoldOut, **REFUSALS})
def post_service(request: HttpRequest, visit: UUID) -> Status[dict[str, Any]]:
    """Let a report be served on paper of which nobody could be told: an expert. Its service is proved as of notices."""
    return Status(201, _untold_told(serve_report(_seen(request, visit), by=asker(request))))


@router.post("/{visit}/waiver", response={201: dict[str, int], **REFUSALS})
def post_waiver(request: HttpRequest, visit: UUID, body: VisitWaiving) -> Status[dict[str, Any]]:
    """Let a person do without a rule about who does what, for this visit: the director, with a reason."""
    found, whom = _seen(request, visit), Person.objects.filter(pk=body.person).first()
    if whom is None:
        raise Missing()
    return Status(201, {"id": waive(found, body.rule, person=whom, reason=body.reason, by=asker(request)).pk})


@router.post("/{visit}/objection", response={201: ObjectionOut, **REFUSALS})
def post_objection(request: HttpRequest, visit: UUID, body: Objecting) -> Status[dict[str, Any]]:
    """Object to faults, within the term: the one who was visited, with files of their own."""
    person = asker(request)
    found = Visit.objects.filter(pk=visit, state__in=MADE).select_related("office", "machine__bank", "case").first()
    if found is None or not person.holds(Role.APPLICANT, over=found):
        raise Missing()
    files: list[StoredFile] = list(files_of(person).filter(pk__in=body.files))
    if len(files) != len(set(body.files)):
        raise Missing()
    objection = once(
        request_of(request, "objection", person.ref),
        lambda: object_to(found, items=body.items, reasons=body.reasons, files=files, by=person),
        Objection.objects.all(),
    )
    return Status(201, _objection_told(objection))


@router.post("/{visit}/objection/decision", response={200: ObjectionOut, **REFUSALS})
def post_decision(request: HttpRequest, visit: UUID, body: Deciding) -> dict[str, Any]:
    """Decide on an objection: an expert who did not accept the report."""
    objection = Objection.objects.filter(visit=_seen(request, visit)).select_related("visit").first()
    if objection is None:
        raise Missing()
    return _objection_told(
        decide_objection(objection, body.outcome, reasons=body.reasons, changes=body.changes, by=asker(request))
    )


def _untold_told(visit: Visit) -> dict[str, Any]:
    on_paper = visit.notice is not None and visit.notice.legal
    return {
        "visit": visit.pk,
        "about": code_of(visit),
        "visited_on": visit.visited_on,
        "notice": visit.notice_id if on_paper else None,
    }


def _page(rows: Any, sought: FaultQuery) -> Any:
    start = (sought.page - 1) * PAGE
    return rows[start : start + PAGE]


def _seen(request: HttpRequest, key: UUID) -> Visit:
    rows = visits_seen_by(asker(request)).select_related("case", "office", "machine__bank", "notice")
    found = rows.filter(pk=key).first()
    if found is None:
        raise Missing()
    return found


def _machine(code: str, person: Person) -> Machine:
    found = machines_seen_by(person).select_related("bank").filter(code=code).first()
    if found is None:
        raise Missing()
    return found


def _place(body: MachinePlace, person: Person) -> PlaceFacts:
    division = Division.objects.filter(code=body.division).first()
    host = within(Office.objects.all(), person).filter(code=body.host).first() if body.host else None
    if division is None or (body.host and host is None):
        raise Missing()
    return PlaceFacts(division, body.address, body.lat, body.lon, host)


def _machine_told(machine: Machine) -> dict[str, Any]:
    return {"bank": machine.bank.legal_id or "", "division": machine.division_id} | {
        name: getattr(machine, name) for name in ("code", "kind", "number", "from_on", "until_on")
    }


def _objection_told(objection: Objection) -> dict[str, Any]:
    visit = objection.visit
    visit.refresh_from_db(fields=["passed"])
    known = {item.code for item in edition(visit.edition).items}
    return {
        "visit": visit.pk,
        "lodged_on": objection.lodged_on,
        "late": objection.late,
        "outcome": objection.outcome,
        "decided_on": objection.decided_on,
        "passed": visit.passed,
        "holds": {each.item: each.holds for each in visit.findings.filter(disputed=True) if each.item in known},
    }
