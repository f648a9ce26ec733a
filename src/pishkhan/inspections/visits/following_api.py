"""What follows from visits, over HTTP: objections, leave, follow-ups, machines, last visits, the checklist."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from pishkhan.casework.actions.actions import permitted
from pishkhan.casework.actions.api import ActionBody, Route, add_routes
from pishkhan.files.models import StoredFile
from pishkhan.files.selectors import files_of
from pishkhan.geography.models import Division
from pishkhan.inspections.checklists.selectors import edition, editions_of
from pishkhan.inspections.lists.filters import machines_seen_by
from pishkhan.inspections.lists.visit_lists import UnservedList
from pishkhan.inspections.lists.where_lists import FaultList, MachineList, UnvisitedList
from pishkhan.inspections.machines.actions import MACHINE_ACTIONS
from pishkhan.inspections.machines.services import PlaceFacts, enter_machine
from pishkhan.inspections.models import Machine, Objection, Visit, Waiver
from pishkhan.inspections.objections.actions import OBJECTION_ACTIONS
from pishkhan.inspections.objections.services import object_to
from pishkhan.inspections.wording import code_of
from pishkhan.journal.refusals import Missing
from pishkhan.limits.posting import once, request_of
from pishkhan.offices.models import Office, OfficeKind
from pishkhan.people.models import Organisation, Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import rules_the_country, within
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import Day, RequestBody, asker, language

from .actions import VISIT_ACTIONS
from .selectors import MADE, visits_seen_by
from .waivers import waive, withdraw_leave

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


class Deciding(ActionBody):
    """The outcome with reasons; for `changed` what holds of some of the disputed findings, by item."""

    outcome: Objection.Outcome
    reasons: Words
    changes: dict[Code, Code] = Field({}, max_length=100)


class VisitWaiving(ActionBody):
    rule: Waiver.Rule
    person: Annotated[int, Field(ge=1, le=2**63 - 1)]
    reason: Words

    def filled_in(self, row: Any, by: Person) -> dict[str, Any]:
        whom = Person.objects.filter(pk=self.person).first()
        if whom is None:
            raise Missing()
        return super().filled_in(row, by) | {"person": whom}


class MachinePlace(ActionBody):
    """Where a machine stands."""

    division: Place
    address: str = Field(min_length=1, max_length=200)
    lat: float | None = Field(None, ge=24, le=40.5)
    lon: float | None = Field(None, ge=43.5, le=64)
    host: str | None = Field(None, max_length=12)
    from_on: Day

    def filled_in(self, row: Any, by: Person) -> dict[str, Any]:
        division = Division.objects.filter(code=self.division).first()
        host = within(Office.objects.all(), by).filter(code=self.host).first() if self.host else None
        if division is None or (self.host and host is None):
            raise Missing()
        return {"place": PlaceFacts(division, self.address, self.lat, self.lon, host), "from_on": self.from_on}


class MachineEntering(MachinePlace):
    kind: Machine.Kind
    bank: str = Field(pattern=r"^[0-9]{11}$")
    number: str = Field("", max_length=30)


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
            "code": edition.code,
            "valid_from": edition.valid_from,
            "items": [
                {
                    "code": item.code,
                    "text": item.text.to(language()),
                    "severity": item.severity,
                    "evidence": item.evidence,
                    "article": item.citation.to(language()),
                }
                for item in edition.items
            ],
        }
        for edition in editions_of()
    ]


@router.get("/last", response={200: list[LastVisitOut], **REFUSALS})
def list_last_visits(request: HttpRequest, query: Query[FaultQuery]) -> list[dict[str, Any]]:
    """The active offices of one's region by their last visit, the never visited first."""
    kind = query.kind if query.kind in OfficeKind.values else ""
    rows = UnvisitedList.select(asker(request), since=query.since, kind=kind, place=query.place)
    return [{"office": row.code, "division": row.division_id, "last_on": row.last_on} for row in _page(rows, query)]


@router.get("/faults", response={200: list[FaultOut], **REFUSALS})
def list_faults(request: HttpRequest, query: Query[FaultQuery]) -> list[dict[str, Any]]:
    """The faults of one's region that want somebody to go and look."""
    rows = FaultList.select(asker(request))
    return [
        {
            "visit": row.visit_id,
            "about": code_of(row.visit),
            "item": row.item,
            "severity": row.severity,
            "due_on": row.undertaking.due_on,
            "state": row.undertaking.state,
        }
        for row in _page(rows, query)
        if row.undertaking is not None
    ]


@router.get("/untold", response={200: list[UntoldOut], **REFUSALS})
def list_untold(request: HttpRequest, query: Query[FaultQuery]) -> list[dict[str, Any]]:
    """The reports of one's region of which whoever was visited could not be told, or that wait to be served."""
    rows = UnservedList.select(asker(request))
    return [_unserved_out(row) for row in _page(rows, query)]


@router.get("/machines", response={200: list[MachineOut], **REFUSALS})
def list_machines(request: HttpRequest, query: Query[FaultQuery]) -> list[dict[str, Any]]:
    """The ATMs and booths of one's region."""
    kind = query.kind if query.kind in Machine.Kind.values else ""
    rows = MachineList.select(asker(request), kind=kind, place=query.place)
    return [_machine_out(row) for row in _page(rows, query)]


@router.post("/machines", response={201: MachineOut, **REFUSALS})
def post_machine(request: HttpRequest, body: MachineEntering) -> Status[dict[str, Any]]:
    """Enter an ATM or booth on the register: an expert of its region."""
    person = asker(request)
    bank = Organisation.objects.filter(legal_id=body.bank).first()
    if bank is None:
        raise Missing()
    data = body.filled_in(None, person)
    return Status(201, _machine_out(enter_machine(kind=body.kind, bank=bank, number=body.number, by=person, **data)))


@router.post("/{visit}/objection", response={201: ObjectionOut, **REFUSALS})
def post_objection(request: HttpRequest, visit: UUID, body: Objecting) -> Status[dict[str, Any]]:
    """Object to faults, within the term: the one who was visited, with files of their own."""
    person = asker(request)
    row = Visit.objects.filter(pk=visit, state__in=MADE).select_related("office", "machine__bank", "case").first()
    if row is None or not person.holds(Role.APPLICANT, over=row):
        raise Missing()
    files: list[StoredFile] = list(files_of(person).filter(pk__in=body.files))
    if len(files) != len(set(body.files)):
        raise Missing()
    objection = once(
        request_of(request, "objection", person.ref),
        lambda: object_to(row, items=body.items, reasons=body.reasons, files=files, by=person),
        Objection.objects.all(),
    )
    return Status(201, _objection_out(objection))


@router.post("/{visit}/waiver", response={201: dict[str, int], **REFUSALS})
def post_waiver(request: HttpRequest, visit: UUID, body: VisitWaiving) -> Status[dict[str, int]]:
    """Let a person do without a rule about who does what, for this visit: the director, with a reason.

    For who directs there a national administrator does, too.
    """
    person = asker(request)
    if rules_the_country(person):
        row = Visit.objects.filter(pk=visit).first()
        if row is None:
            raise Missing()
    else:
        row = _seen(request, visit)
        permitted(row, "waive", person, by_program=True)
    return Status(201, {"id": waive(row, by=person, **body.filled_in(row, person)).pk})


@router.post("/{visit}/waivers/{waiver}/withdrawal", response={200: dict[str, int], **REFUSALS})
def post_withdrawn_visit_leave(
    request: HttpRequest, visit: UUID, waiver: Annotated[int, Field(ge=1, le=2**63 - 1)]
) -> dict[str, int]:
    """Take back leave about a visit that nobody has used: who could give it."""
    return {"id": withdraw_leave(_seen(request, visit), waiver, by=asker(request)).pk}


def _objection(request: HttpRequest, visit: UUID) -> Objection:
    objection = Objection.objects.filter(visit=_seen(request, visit)).select_related("visit").first()
    if objection is None:
        raise Missing()
    return objection


def _unserved_out(visit: Visit) -> dict[str, Any]:
    on_paper = visit.notice is not None and visit.notice.legal
    return {
        "visit": visit.pk,
        "about": code_of(visit),
        "visited_on": visit.visited_on,
        "notice": visit.notice_id if on_paper else None,
    }


def _page(rows: Any, query: FaultQuery) -> Any:
    start = (query.page - 1) * PAGE
    return rows[start : start + PAGE]


def _seen(request: HttpRequest, visit: UUID) -> Visit:
    rows = visits_seen_by(asker(request)).select_related("case", "office", "machine__bank", "notice")
    row = rows.filter(pk=visit).first()
    if row is None:
        raise Missing()
    return row


def _machine(request: HttpRequest, code: str) -> Machine:
    machine = machines_seen_by(asker(request)).select_related("bank").filter(code=code).first()
    if machine is None:
        raise Missing()
    return machine


def _machine_out(machine: Machine) -> dict[str, Any]:
    return {"bank": machine.bank.legal_id or "", "division": machine.division_id} | {
        name: getattr(machine, name) for name in ("code", "kind", "number", "from_on", "until_on")
    }


def _objection_out(objection: Objection) -> dict[str, Any]:
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
        "holds": {
            finding.item: finding.holds for finding in visit.findings.filter(disputed=True) if finding.item in known
        },
    }


add_routes(
    router,
    MACHINE_ACTIONS,
    at="/machines/{code}",
    keys={"code": str},
    find=_machine,
    out=MachineOut,
    shape=_machine_out,
    routes={"move": Route("post_move", body=MachinePlace), "retire": Route("post_retirement")},
)
add_routes(
    router,
    OBJECTION_ACTIONS,
    at="/{visit}/objection",
    keys={"visit": UUID},
    find=_objection,
    out=ObjectionOut,
    shape=_objection_out,
    routes={
        "decide": Route(
            "post_decision", "Decide on an objection: an expert who did not accept the report.", body=Deciding
        ),
        "take-back": Route("post_objection_taken_back", "Take an objection back: the one who was visited."),
    },
)
add_routes(
    router,
    VISIT_ACTIONS,
    at="/{visit}",
    keys={"visit": UUID},
    find=_seen,
    out=UntoldOut,
    shape=_unserved_out,
    routes={
        "follow": Route(
            "post_follow_up",
            "Ask for a visit that sees to what a visit found: an expert.",
            status=201,
            out=dict[str, UUID],
            shape=lambda request, made: {"id": made.pk},
        ),
        "serve": Route(
            "post_service",
            "Let a report be served on paper of which nobody could be told: an expert. Its service is proved as of "
            "notices.",
            status=201,
        ),
    },
)
