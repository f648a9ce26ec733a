"""Rounds over HTTP: plans chosen, followed, changed, published; why an office would be visited; what was found."""

from datetime import date, time
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from pishkhan.geography.models import Division
from pishkhan.inspections.checklists.checklist import Purpose
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.offices.models import Office
from pishkhan.offices.selectors import offices_of
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import Day, RequestBody, asker, language

from .choosing.explaining import explained
from .choosing.risk import scores_of
from .forms import inspectors_of
from .models import Plan
from .plan_lists import PlanList
from .plans import check_plan
from .routing.manual_edits import Move, change
from .selectors import plans_seen_by, sees_scores
from .services import drop, open_plan, publish
from .wording import code_of

router = Router(tags=["rounds"])
PAGE = 50
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]


class PlanOut(Schema):
    number: str
    division: str
    state: str
    first_on: date
    last_on: date
    wanted: int
    share: int
    seal: str
    metres: int | None
    seconds: int | None
    revision: int


class StopOut(Schema):
    """A visit of a plan. Why it was chosen is told to whoever may see scores."""

    key: int
    code: str
    why: str | None
    inspector: int | None
    day: date | None
    position: int | None
    begins_at: time | None
    unserved: str


class PlanDetail(PlanOut):
    solver: str
    inputs: str
    broken: list[str]
    stops: list[StopOut]


class PlanPage(Schema):
    count: int
    plans: list[PlanOut]


class PlanWanted(RequestBody):
    """What a plan is to be: where, when, how many visits to choose, and who goes."""

    division: str = Field(pattern=r"^[0-9]{2,16}$")
    first_on: Day
    last_on: Day
    wanted: Annotated[int, Field(ge=0, le=500)]
    inspectors: list[Key] = Field(min_length=1, max_length=100)
    purpose: Purpose = Purpose.PERFORMANCE


class StopMoved(RequestBody):
    """A visit to another inspector's day, or out of the plan; `seen` is the revision it was decided on."""

    stop: Key
    inspector: Key | None = None
    day: Day | None = None
    position: Annotated[int, Field(ge=1, le=50)] | None = None
    seen: Annotated[int, Field(ge=1, le=2**31 - 1)]


class ScorePartOut(Schema):
    code: str
    name: str
    weight: int
    measure: int
    points: int
    set_aside: bool
    said: str


class ScoreOut(Schema):
    """The score of an office and its parts, which add up to it."""

    office: str
    on: date
    score: int
    parts: list[ScorePartOut]


class ReasonsOut(Schema):
    """Why one's own office would be visited, in words."""

    office: str
    reasons: list[str]


@router.get("", response={200: PlanPage, **REFUSALS})
def list_plans(request: HttpRequest, page: Annotated[int, Field(ge=1, le=100_000)] = 1) -> dict[str, Any]:
    """The plans of one's region, the latest first."""
    found = PlanList.select(asker(request))
    return {"count": found.count(), "plans": [_told(each) for each in found[(page - 1) * PAGE : page * PAGE]]}


@router.post("", response={201: PlanOut, **REFUSALS})
def post_plan(request: HttpRequest, body: PlanWanted) -> Status[dict[str, Any]]:
    """Choose whom to visit in some days: an expert. The worker routes it."""
    person = asker(request)
    division = Division.objects.filter(code=body.division).first()
    places = [each.place for each in person.assignments_today if each.role == Role.EXPERT]
    people = list(inspectors_of(places).filter(pk__in=body.inspectors))
    if division is None or len(people) < len(set(body.inspectors)):
        raise Missing()
    plan = open_plan(
        division,
        first_on=body.first_on,
        last_on=body.last_on,
        wanted=body.wanted,
        inspectors=people,
        purpose=body.purpose,
        by=person,
    )
    return Status(201, _told(plan))


@router.get("/offices/{code}/score", response={200: ScoreOut, **REFUSALS})
def get_score(request: HttpRequest, code: str) -> dict[str, Any]:
    """Why an office would be visited, as numbers that add up: an expert who sits in no body."""
    person = asker(request)
    office = within(Office.objects.all(), person).filter(code=code).first()
    if office is None or not sees_scores(person, office.division_id):
        raise Missing()
    access.note(person.ref, office.subject, "risk")
    return explained(office, today(), language())


@router.get("/offices/{code}/reasons", response={200: ReasonsOut, **REFUSALS})
def get_reasons(request: HttpRequest, code: str) -> dict[str, Any]:
    """Why one's own office would be visited: who holds or manages it."""
    person, on = asker(request), today()
    office = Office.objects.filter(code=code, pk__in=offices_of(person, on)).first()
    if office is None:
        raise Missing()
    score = scores_of([office], on)[office.pk]
    return {"office": office.code, "reasons": [each.said.to(language()) for each in score.reasons]}


@router.get("/{plan}", response={200: PlanDetail, **REFUSALS})
def get_plan(request: HttpRequest, plan: str) -> dict[str, Any]:
    """A plan with its visits, and what the plain check finds broken in it."""
    found = _plan(request, plan)
    access.note(asker(request).ref, found.subject, "rounds")
    return _detail(found, asker(request))


@router.post("/{plan}/changes", response={200: PlanDetail, **REFUSALS})
def post_change(request: HttpRequest, plan: str, body: StopMoved) -> dict[str, Any]:
    """Move a visit to another inspector's day, or out of the plan: an expert."""
    found = _plan(request, plan)
    days = found.shifts.filter(inspector=body.inspector or 0)
    shift = days.filter(day=body.day).first() if body.day else None
    if body.inspector and shift is None:
        raise Missing()
    change(found, Move(body.stop, shift.pk if shift else None, body.position), seen=body.seen, by=asker(request))
    return _detail(found, asker(request))


@router.post("/{plan}/publication", response={200: PlanOut, **REFUSALS})
def post_publication(request: HttpRequest, plan: str) -> dict[str, Any]:
    """Publish a plan: its visits are given to the inspectors."""
    return _told(publish(_plan(request, plan), by=asker(request)))


@router.post("/{plan}/dropping", response={200: PlanOut, **REFUSALS})
def post_dropping(request: HttpRequest, plan: str) -> dict[str, Any]:
    """Give a plan up that is not published."""
    return _told(drop(_plan(request, plan), by=asker(request)))


def _plan(request: HttpRequest, number: str) -> Plan:
    found = plans_seen_by(asker(request)).select_related("roads").filter(number=number[:20]).first()
    if found is None:
        raise Missing()
    return found


def _told(plan: Plan) -> dict[str, Any]:
    return {"division": plan.division_id} | {
        name: getattr(plan, name)
        for name in (
            "number",
            "state",
            "first_on",
            "last_on",
            "wanted",
            "share",
            "seal",
            "metres",
            "seconds",
            "revision",
        )
    }


def _detail(plan: Plan, person: Person) -> dict[str, Any]:
    knows = sees_scores(person, plan.division_id)
    rows = plan.stops.select_related("office", "visit__case", "visit__machine", "shift").order_by("rank")
    broken = check_plan(plan) if plan.state in (Plan.State.ROUTED, Plan.State.PUBLISHED) else []
    return _told(plan) | {
        "solver": plan.solver,
        "inputs": plan.inputs,
        "broken": [each.violation for each in broken],
        "stops": [
            {
                "key": row.pk,
                "code": code_of(row),
                "why": row.why if knows else None,
                "position": row.position,
                "inspector": row.shift.inspector_id if row.shift else None,
                "day": row.shift.day if row.shift else None,
                "begins_at": row.begins_at,
                "unserved": row.unserved,
            }
            for row in rows
        ],
    }
