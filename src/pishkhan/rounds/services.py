"""Acts on plans of rounds: choosing, routing, publishing, dropping."""

import secrets
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date
from hashlib import sha256

from pishkhan.casework.actions.actions import taking
from pishkhan.geography.models import Division
from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.services import assign_visit, request_visit
from pishkhan.journal.acts import SYSTEM, Actor, act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.numbering import next_number
from pishkhan.language.jalali import jalali_year
from pishkhan.language.prefixes import number_prefix
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.regulation.selectors import number

from . import inputs, numbers, refusals
from .models import Plan, Roads, Shift, Stop
from .plans import check_plan, problem_of, routes_of, why_unserved
from .routing.problem import Route
from .routing.solver import Routed, routed
from .stops import Stops

PREFIX = number_prefix("R", "rounds")

ITERATIONS = 3000  # of the solver: some seconds for a week of a province
LONGEST = 31  # days
TERMS = (
    numbers.DETOUR,
    numbers.SPEED,
    numbers.POINT_METRES,
    numbers.MINUTE_METRES,
    numbers.DAY_BEGINS,
    numbers.DAY_ENDS,
    numbers.RANDOM_SHARE,
)
MINUTE = 60


@retried
def open_plan(
    division: Division,
    *,
    first_on: date,
    last_on: date,
    inspectors: Sequence[Person],
    wanted: int,
    by: Actor,
    purpose: str = Visit.Purpose.PERFORMANCE,
    seed: str = "",
    roads: Roads | None = None,
    waiting: Collection[str] = tuple(checklist.Kind),
    iterations: int = ITERATIONS,
    role: str = Role.EXPERT,
) -> Plan:
    """Choose whom to visit, and let the worker route it. Visits of some kinds that wait are made besides `wanted`."""
    if not today() <= first_on <= last_on or (last_on - first_on).days >= LONGEST:
        raise refusals.WrongDays()
    terms = {key.code: number(key, on=today(), place=division.code).value for key in TERMS}
    seed = seed or secrets.token_hex(16)
    plan = Plan(
        division=division,
        chosen_on=today(),
        first_on=first_on,
        last_on=last_on,
        purpose=purpose,
        seed=seed,
        seal=sha256(seed.encode()).hexdigest(),
        wanted=wanted,
        share=terms[numbers.RANDOM_SHARE.code],
        terms=terms,
        roads=roads,
        iterations=iterations,
    )
    stops, shifts = _gathered(plan, inspectors, waiting)
    year = jalali_year(today())
    with one_transaction():
        plan.number = f"{PREFIX}-{division.code[:2]}-{year}-{next_number(f'rounds:{division.code[:2]}', year=year):04}"
        with begin(by, "rounds.choose", plan, role=role) as entry:
            _enter(plan, shifts, stops)
            entry.facts = {
                "number": plan.number,
                "first_on": first_on,
                "last_on": last_on,
                "wanted": wanted,
                "share": plan.share,
                "seal": plan.seal,
                "frame": frame_digest(plan),
                "terms": terms,
                "stops": {why: sum(stop.why == why for stop in stops) for why in Stop.Why.values},
                "inspectors": [inspector.ref for inspector in inspectors],
            }
    return plan


def _enter(plan: Plan, shifts: list[Shift], stops: list[Stop]) -> None:
    for shift in shifts:
        shift.plan = plan
    for stop in stops:
        stop.plan = plan
    Shift.objects.bulk_create(shifts)
    Stop.objects.bulk_create(stops)


def frame_digest(plan: Plan) -> str:
    """SHA-256 of the codes that a plan's draw was from, a line each, in order."""
    return sha256("\n".join(plan.frame).encode()).hexdigest()


def _gathered(plan: Plan, inspectors: Sequence[Person], waiting: Collection[str]) -> tuple[list[Stop], list[Shift]]:
    """Whom a plan visits and who goes, from what the register knows today; it tells the plan what it drew from."""
    frame = inputs.frame_of(plan.division, plan.chosen_on)
    plan.frame = [office.code for office in frame.offices]
    days = inputs.working_days_of(plan.division, plan.first_on, plan.last_on)
    hours = plan.terms[numbers.DAY_BEGINS.code] * MINUTE, plan.terms[numbers.DAY_ENDS.code] * MINUTE
    shifts = inputs.shifts_for(plan.division, inspectors, days, *hours)
    if not shifts:
        raise refusals.NobodyToGo()
    stops = Stops(plan, frame, days, hours, waiting).gathered()
    if not stops:
        raise refusals.NobodyToVisit()
    return stops, shifts


def route_waiting() -> Plan | None:
    """Route the plan that has waited longest, if one waits: the worker's part. Return it as it then stands."""
    plan = Plan.objects.filter(state=Plan.State.WAITING).order_by("pk").first()
    if plan is not None:
        with suppress(refusals.NotAtThisState):
            return route(plan)
    return plan


@retried
def route(plan: Plan, *, by: Actor = SYSTEM, role: str = Role.SYSTEM) -> Plan:
    """Let the solver route a plan, outside any transaction; what it returns is stored if it passes the check."""
    problem = problem_of(plan)
    result = routed(problem, seed=int(plan.seed[:7], 16), iterations=plan.iterations)
    with act(by, "rounds.route", on=plan, role=role) as entry:
        if plan.state != Plan.State.WAITING:
            raise refusals.NotAtThisState()  # another worker was quicker
        plan.inputs, plan.solver = problem.digest, result.solver
        store_routes(plan, result.routes)
        reasons = why_unserved(problem, result.unserved)
        for stop in plan.stops.filter(shift=None, unserved=""):
            stop.unserved = reasons[stop.pk]
            stop.save()
        broken = check_plan(plan)
        plan.state = Plan.State.IMPOSSIBLE if broken else Plan.State.ROUTED
        plan.trouble = sorted({violation.violation.value for violation in broken})
        entry.facts = {
            "inputs": plan.inputs,
            "solver": plan.solver,
            "iterations": plan.iterations,
            "metres": plan.metres,
            "seconds": plan.seconds,
            "served": _served(result),
            "unserved": len(result.unserved),
            "trouble": plan.trouble,
        }
    return plan


@retried
def publish(plan: Plan, *, by: Person) -> Plan:
    """Let the rounds be made: visits are asked for and given to inspectors, each with its day, hour and position."""
    with taking(plan, "publish", by=by) as entry:
        plan.state = Plan.State.PUBLISHED
        served = list(plan.stops.filter(shift__isnull=False).select_related("shift__inspector", "visit", "office"))
        for stop in sorted(served, key=lambda stop: stop.rank):
            if stop.visit is None:
                stop.visit = request_visit(kind=stop.kind, purpose=plan.purpose, office=stop.office, because=entry)
                stop.save()
        gone = _without_the_gone(plan, served)
        _hand_out(list(plan.stops.filter(shift__isnull=False).select_related("shift__inspector", "visit")), by)
        entry.facts = {"visits": len(served) - gone, "gone": gone, "seal": plan.seal}
    return plan


def _without_the_gone(plan: Plan, served: list[Stop]) -> int:
    """Leave out what somebody else has made or cancelled meanwhile; return how many stops that was."""
    gone = [stop for stop in served if stop.visit and stop.visit.state != Visit.State.PLANNED]
    for stop in gone:
        stop.shift = stop.position = stop.begins = stop.ends = None
        stop.unserved = Stop.Unserved.GIVEN
        stop.save()
    if gone:
        store_routes(plan, routes_of(plan, problem_of(plan)))
        if check_plan(plan):
            raise refusals.ChangedMeanwhile()
    return len(gone)


def _hand_out(stops: list[Stop], by: Person) -> None:
    """Give visits to their inspectors, in the order in which visits are locked."""
    for visit, stop in sorted(((stop.visit, stop) for stop in stops if stop.visit), key=lambda pair: pair[0].pk):
        assert stop.shift is not None, "only what is served is handed out"  # noqa: S101
        assign_visit(
            visit,
            stop.shift.inspector,
            planned_on=stop.shift.day,
            planned_at=stop.begins_at,
            position=stop.position,
            by=by,
        )


@retried
def drop(plan: Plan, *, by: Person) -> Plan:
    """Give a plan up before it is published."""
    with taking(plan, "drop", by=by):
        plan.state = Plan.State.DROPPED
    return plan


def store_routes(plan: Plan, routes: dict[int, Route]) -> None:
    """Write routes into the shifts and stops of a plan, within the act of the entry about it."""
    stops = {stop.pk: stop for stop in plan.stops.all()}
    for stop in stops.values():
        stop.shift = stop.position = stop.begins = stop.ends = None
    for shift in plan.shifts.all():
        route = routes.get(shift.pk)
        shift.leaves, shift.back = (route.leaves, route.back) if route else (None, None)
        shift.metres = route.metres if route else 0
        shift.save()
        for position, halt in enumerate(route.halts if route else (), start=1):
            stop = stops[halt.task.key]
            stop.shift, stop.position, stop.begins, stop.ends = shift, position, halt.begins, halt.ends
            stop.unserved = ""
    Stop.objects.bulk_update(stops.values(), ["shift", "position", "begins", "ends", "unserved"])
    plan.metres = sum(route.metres for route in routes.values())
    plan.seconds = sum(route.away for route in routes.values())


def _served(result: Routed) -> int:
    return sum(len(route.halts) for route in result.routes.values())
