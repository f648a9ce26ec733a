"""Rounds of a week: ours beside PyVRP run bare and a greedy plan, in one run, each checked by plain loops.

    .venv/bin/python benchmarks/rounds.py [SECONDS]

300 objects in Lorestan, 10 inspectors, 5 days, offices with hours of their own, one visit in ten barred to whoever was
there last. No database. The score is what is minimised: metres driven, minutes away in metres, prizes not collected.
"""

import sys
from datetime import date, timedelta
from importlib.metadata import version
from random import Random
from time import process_time

import numpy as np
from pyvrp import Client, Depot, Location, ProblemData, VehicleType, solve
from pyvrp.stop import MaxRuntime

from pishkhan.rounds.routing.feasibility import Driven, PlannedStop, check
from pishkhan.rounds.routing.problem import Problem, Route, Task, Turn, timed
from pishkhan.rounds.routing.solver import routed
from pishkhan.rounds.routing.travel import StraightLines

OBJECTS, INSPECTORS, DAYS = 300, 10, 5
SEED, MINUTE_METRES, HOUR = 1, 500, 3600
CITIES = (
    (33.484, 48.354, 9),
    (33.894, 48.756, 7),
    (33.499, 49.053, 4),
    (33.404, 49.692, 3),
    (33.534, 47.608, 3),
    (34.069, 47.974, 2),
    (33.457, 49.454, 2),
    (33.865, 48.264, 1),
    (33.152, 47.712, 1),
)
FIRST = date(2022, 9, 17)


def drawn() -> Problem:
    """A week of a province: two of three objects in cities, the rest scattered."""
    draw = Random(SEED)  # noqa: S311
    cities = [city[:2] for city in CITIES for _ in range(city[2])]
    points = [(33.484, 48.354)] * 4 + [(33.894, 48.756)] * 3 + [(33.534, 47.608)] * 2 + [(33.404, 49.692)]
    days = [FIRST + timedelta(days=number) for number in range(DAYS)]
    turns = [
        Turn(place * DAYS + number, place, day, 27000, 52200, place)
        for place in range(INSPECTORS)
        for number, day in enumerate(days)
    ]
    tasks = []
    for key in range(OBJECTS):
        lat, lon = draw.choice(cities) if key % 3 else (draw.uniform(33.0, 34.1), draw.uniform(47.3, 49.6))
        points.append((lat + draw.gauss(0, 0.02), lon + draw.gauss(0, 0.02)))
        opens, closes = draw.choice(((8, 14), (8, 14), (8, 13), (9, 14)))
        tasks.append(
            Task(
                key,
                INSPECTORS + key,
                draw.choice((900, 1800, 2700)),
                draw.randint(200_000, 900_000),
                tuple((day, opens * HOUR, closes * HOUR) for day in days),
                frozenset({draw.randrange(INSPECTORS)} if key % 10 == 0 else ()),
            )
        )
    metres, seconds = StraightLines(142, 50).between(points)
    return Problem(tuple(tasks), tuple(turns), metres, seconds, MINUTE_METRES)


def greedy(problem: Problem) -> dict[int, Route]:
    """The dearest visit first, each put where it costs least of what is left."""
    orders: dict[int, list[Task]] = {turn.key: [] for turn in problem.turns}
    routes: dict[int, Route] = {}
    for task in sorted(problem.tasks, key=lambda each: -each.prize):
        best = None
        for turn in problem.turns:
            before = routes.get(turn.key)
            for place in range(len(orders[turn.key]) + 1):
                order = [*orders[turn.key][:place], task, *orders[turn.key][place:]]
                route = timed(problem, turn, order)
                if route is not None:
                    more = cost(route) - (cost(before) if before else 0)
                    if more < task.prize and (best is None or more < best[0]):
                        best = (more, turn.key, order, route)
        if best is not None:
            _, key, orders[best[1]], routes[key] = best[0], best[1], best[2], best[3]
    return routes


def bare(problem: Problem, seconds: float) -> dict[int, Route]:
    """PyVRP as its manual shows it, told the same problem by hand: one matrix for each inspector."""
    points = [task.point for task in problem.tasks] + list(range(INSPECTORS))
    metres, lasts = problem.metres[np.ix_(points, points)], problem.seconds[np.ix_(points, points)]
    opened = [(task, task.windows[0][1], task.windows[0][2]) for task in problem.tasks]
    clients = [
        Client(
            number,
            service_duration=task.seconds,
            tw_early=opens,
            tw_late=closes - task.seconds,
            prize=task.prize,
            required=False,
        )
        for number, (task, opens, closes) in enumerate(opened)
    ]
    vehicles, far = [], []
    for turn in problem.turns:
        vehicles.append(
            VehicleType(
                1,
                start_depot=turn.inspector,
                end_depot=turn.inspector,
                tw_early=turn.begins,
                tw_late=turn.ends,
                unit_duration_cost=MINUTE_METRES // 60,
                profile=turn.inspector,
            )
        )
    for inspector in range(INSPECTORS):
        each = lasts.copy()
        each[:, [number for number, task in enumerate(problem.tasks) if inspector in task.barred]] = 10**5
        np.fill_diagonal(each, 0)
        far.append(each)
    data = ProblemData(
        [Location(0, 0) for _ in points],
        clients,
        [Depot(OBJECTS + each) for each in range(INSPECTORS)],
        vehicles,
        [metres] * INSPECTORS,
        far,
    )
    found = solve(data, MaxRuntime(seconds), seed=SEED, collect_stats=False, display=False)
    routes = {}
    for each in found.best.routes():
        turn = problem.turns[each.vehicle_type()]
        route = timed(problem, turn, [problem.tasks[stop.idx] for stop in each if stop.is_client()])
        if route is not None and route.halts:
            routes[turn.key] = route
    return routes


def cost(route: Route) -> int:
    """What a route costs, in metres."""
    return route.metres + route.away * MINUTE_METRES // 60


def told(problem: Problem, name: str, routes: dict[int, Route], took: float) -> None:
    """One row of the table: checked by plain loops."""
    served = {halt.task.key for route in routes.values() for halt in route.halts}
    driven = [
        Driven(
            key,
            tuple(
                PlannedStop(halt.task.key, place, halt.begins, halt.ends) for place, halt in enumerate(route.halts, 1)
            ),
            route.leaves,
            route.back,
            route.metres,
        )
        for key, route in routes.items()
    ]
    broken = check(problem, driven, {task.key: "left" for task in problem.tasks if task.key not in served})
    left = sum(task.prize for task in problem.tasks if task.key not in served)
    score = sum(map(cost, routes.values())) + left
    print(
        f"{name:<22}{took:>8.1f}{len(served):>8}{sum(each.metres for each in routes.values()) / 1000:>10.0f}"
        f"{sum(each.away for each in routes.values()) / 3600:>9.0f}{score / 1000:>12.0f}"
        f"{'yes' if not broken else ', '.join(sorted({each.violation for each in broken})):>10}"
    )


def main() -> None:
    """Print one table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 55.0
    problem = drawn()
    print(f"{OBJECTS} objects, {INSPECTORS} inspectors, {DAYS} days; PyVRP {version('pyvrp')}; {seconds:.0f} s each\n")
    print(f"{'':<22}{'cpu s':>8}{'served':>8}{'km':>10}{'hours':>9}{'score km':>12}{'feasible':>10}")
    began = process_time()
    told(problem, "greedy", greedy(problem), process_time() - began)
    began = process_time()
    told(problem, "PyVRP, bare", bare(problem, seconds), process_time() - began)
    began = process_time()
    ours = routed(problem, seed=SEED, iterations=10**6, within=seconds)
    told(problem, "rounds", ours.routes, process_time() - began)
    began = process_time()
    plan = routed(problem, seed=SEED, iterations=3000)
    told(problem, "rounds, as the worker", plan.routes, process_time() - began)


if __name__ == "__main__":
    main()
