"""Routes by PyVRP: a vehicle for each inspector and day, optional clients with prizes, one choice per opening.

All days share one axis, the time of day. An office that opens differently on different days is a group of clients of
which one is visited; a profile of the vehicles keeps each from the clients that are not open on its day or that its
inspector may not visit. Everything is whole numbers, in metres of driving; a second away costs whole metres too, for
the solver's penalties lose their grip on larger numbers.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyvrp import Client, ClientGroup, Depot, Location, ProblemData, VehicleType, solve
from pyvrp.stop import MaxIterations, MaxRuntime, MultipleCriteria, StoppingCriterion

from .problem import Problem, Route, Task, Turn, metres_of, seconds_of, timed

SOLVER = f"PyVRP {version('pyvrp')}"
NEVER = 10**5  # seconds to a place that a vehicle is kept from: longer than any day


@dataclass(frozen=True)
class Routed:
    """What came of it: routes by key of turn, and what no route serves."""

    routes: dict[int, Route]
    unserved: tuple[Task, ...]
    solver: str = field(default=SOLVER)

    @property
    def metres(self) -> int:
        return metres_of(self.routes)

    @property
    def seconds(self) -> int:
        return seconds_of(self.routes)


@dataclass(frozen=True)
class _Opening:
    """A task within one of the openings that it has on some days."""

    task: Task
    opens: int
    closes: int


def routed(problem: Problem, *, seed: int, iterations: int, within: float | None = None) -> Routed:
    """Solve a problem: by so many iterations, so that the same input gives the same plan; `within` seconds, if told."""
    openings = list(_openings(problem))
    if not openings or not problem.turns:
        return Routed({}, problem.tasks)
    stops: list[StoppingCriterion] = [MaxIterations(iterations), *([MaxRuntime(within)] if within else [])]
    result = solve(_data(problem, openings), MultipleCriteria(stops), seed=seed, collect_stats=False, display=False)
    routes, served = {}, set()
    if result.is_feasible():
        for each in result.best.routes():
            turn = problem.turns[each.vehicle_type()]
            tasks = [openings[activity.idx].task for activity in each if activity.is_client()]
            route = timed(problem, turn, tasks)
            if route is not None and tasks:
                routes[turn.key] = route
                served |= {task.key for task in tasks}
    return Routed(routes, tuple(task for task in problem.tasks if task.key not in served))


def _openings(problem: Problem) -> Iterator[_Opening]:
    days = {turn.day for turn in problem.turns}
    for task in problem.tasks:
        for opens, closes in sorted(
            {(opens, closes) for day, opens, closes in task.windows if day in days and closes - opens >= task.seconds}
        ):
            yield _Opening(task, opens, closes)


def _data(problem: Problem, openings: Sequence[_Opening]) -> ProblemData:
    points = np.array([each.task.point for each in openings] + [turn.point for turn in problem.turns], np.intp)
    groups: list[ClientGroup] = []
    of_task: dict[int, list[int]] = {}
    for number, each in enumerate(openings):
        of_task.setdefault(each.task.key, []).append(number)
    group_of: dict[int, int] = {}
    for key, members in of_task.items():
        if len(members) > 1:
            group_of[key] = len(groups)
            groups.append(ClientGroup(members, required=False))
    clients = [
        Client(
            number,
            service_duration=each.task.seconds,
            tw_early=each.opens,
            tw_late=each.closes - each.task.seconds,
            prize=each.task.prize,
            required=False,
            group=group_of.get(each.task.key),
        )
        for number, each in enumerate(openings)
    ]
    depots = [Depot(len(openings) + number) for number in range(len(problem.turns))]
    profiles: dict[frozenset[int], int] = {}
    vehicles = _vehicles(problem, openings, profiles)
    metres, seconds = problem.metres[np.ix_(points, points)], problem.seconds[np.ix_(points, points)]
    far = 1 + max(each.task.prize for each in openings)  # metres: farther than any prize is worth
    return ProblemData(
        [Location(0, 0) for _ in points],
        clients,
        depots,
        vehicles,
        _kept(metres, profiles, far),
        _kept(seconds, profiles, NEVER),
        groups,
    )


def _vehicles(problem: Problem, openings: Sequence[_Opening], profiles: dict[frozenset[int], int]) -> list[VehicleType]:
    """A vehicle per shift; `profiles` is filled with the sets of openings that somebody is kept from, by number."""
    vehicles = []
    for number, turn in enumerate(problem.turns):
        kept_from = frozenset(place for place, each in enumerate(openings) if not _may_go(turn, each))
        vehicles.append(
            VehicleType(
                1,
                start_depot=number,
                end_depot=number,
                tw_early=turn.begins,
                tw_late=turn.ends,
                unit_duration_cost=max(1, round(problem.minute_metres / 60)),
                profile=profiles.setdefault(kept_from, len(profiles)),
            )
        )
    return vehicles


def _may_go(turn: Turn, opening: _Opening) -> bool:
    return (
        turn.inspector not in opening.task.barred and (turn.day, opening.opens, opening.closes) in opening.task.windows
    )


def _kept(matrix: NDArray[np.int64], profiles: Iterable[frozenset[int]], far: int) -> Any:
    """For each profile a matrix in which its places can never be come to."""
    found = []
    for kept in profiles:
        each = matrix.copy()
        each[:, sorted(kept)] = far
        np.fill_diagonal(each, 0)
        found.append(each)
    return found
