"""A stored plan as a problem and its routes: to solve it, to check it, to try a change on it."""

from collections.abc import Iterable, Sequence
from datetime import date

from .models import Plan, Shift, Stop
from .numbers import DETOUR, MINUTE_METRES, SPEED
from .routing.feasibility import Broken, Driven, PlannedStop, check
from .routing.problem import Problem, Route, Task, Turn, timed
from .routing.roads import travel_by
from .routing.travel import Point, StraightLines, Travel

MINUTE = 60


def problem_of(plan: Plan) -> Problem:
    """What was, or is to be, routed: from what the plan keeps, and from nothing that may have changed since."""
    shifts = list(plan.shifts.order_by("day", "inspector"))
    stops = [stop for stop in plan.stops.order_by("pk") if stop.unserved != Stop.Unserved.GIVEN]
    points: dict[Point, int] = {}
    tasks = [_task(stop, points) for stop in stops]
    turns = [_turn(shift, points) for shift in shifts]
    metres, seconds = travel_of(plan).between(list(points))
    return Problem(tuple(tasks), tuple(turns), metres, seconds, plan.terms[MINUTE_METRES.code])


def travel_of(plan: Plan) -> Travel:
    """How the plan tells distances."""
    straight = StraightLines(plan.terms[DETOUR.code], plan.terms[SPEED.code])
    return travel_by(plan.roads, straight) if plan.roads else straight


def routes_of(plan: Plan, problem: Problem) -> dict[int, Route]:
    """The routes of a plan as they run now, by key of shift."""
    tasks, turns = {each.key: each for each in problem.tasks}, {each.key: each for each in problem.turns}
    found: dict[int, Route] = {}
    for key, told in _by_shift(plan.stops.all()).items():
        route = timed(problem, turns[key], [tasks[stop.pk] for stop in told])
        if route is not None:
            found[key] = route
    return found


def check_plan(plan: Plan) -> list[Broken]:
    """What is broken in a plan as it is stored; empty if nothing is."""
    stops = list(plan.stops.all())
    halts = _by_shift(stops)
    driven = [
        Driven(
            shift.pk,
            tuple(
                PlannedStop(stop.pk, stop.position or 0, stop.begins or 0, stop.ends or 0)
                for stop in halts.get(shift.pk, ())
            ),
            shift.begins if shift.leaves is None else shift.leaves,
            shift.begins if shift.back is None else shift.back,
            shift.metres,
        )
        for shift in plan.shifts.all()
    ]
    return check(problem_of(plan), driven, {stop.pk: stop.unserved for stop in stops if stop.unserved})


def why_unserved(problem: Problem, tasks: Sequence[Task]) -> dict[int, str]:
    """Why each of some tasks is served by no route, by key."""
    return {task.key: _why(problem, task) for task in tasks}


def _why(problem: Problem, task: Task) -> str:
    turns = [turn for turn in problem.turns if turn.inspector not in task.barred]
    if not turns:
        return Stop.Unserved.NO_INSPECTOR
    if not any(
        min(closes, turn.ends) - max(opens, turn.begins) >= task.seconds
        for turn in turns
        for opens, closes in task.windows_on(turn.day)
    ):
        return Stop.Unserved.CLOSED
    if not any(timed(problem, turn, [task]) for turn in turns):
        return Stop.Unserved.TOO_FAR
    return Stop.Unserved.NO_ROOM


def _by_shift(stops: Iterable[Stop]) -> dict[int, list[Stop]]:
    """The stops that are served, in their order, by key of shift."""
    found: dict[int, list[Stop]] = {}
    for stop in sorted((stop for stop in stops if stop.shift_id), key=lambda stop: stop.position or 0):
        assert stop.shift_id is not None, "sifted above"  # noqa: S101
        found.setdefault(stop.shift_id, []).append(stop)
    return found


def _task(stop: Stop, points: dict[Point, int]) -> Task:
    windows = tuple((date.fromisoformat(day), opens, closes) for day, opens, closes in stop.windows)
    return Task(
        stop.pk,
        points.setdefault((stop.lat, stop.lon), len(points)),
        stop.minutes * MINUTE,
        stop.prize,
        windows,
        frozenset(stop.barred),
    )


def _turn(shift: Shift, points: dict[Point, int]) -> Turn:
    return Turn(
        shift.pk,
        shift.inspector_id,
        shift.day,
        shift.begins,
        shift.ends,
        points.setdefault((shift.lat, shift.lon), len(points)),
    )
