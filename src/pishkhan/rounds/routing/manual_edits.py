"""Changing a plan by hand: what a change would cost is told first, and nothing is done that does not fit."""

from collections.abc import Iterator
from dataclasses import dataclass

from pishkhan.journal.acts import Actor, act
from pishkhan.journal.locks import retried
from pishkhan.people.roles import Role
from pishkhan.rounds import refusals
from pishkhan.rounds.models import Plan, Stop
from pishkhan.rounds.plans import check_plan, problem_of, routes_of
from pishkhan.rounds.services import store_routes

from .problem import Problem, Route, metres_of, seconds_of, timed

Orders = dict[int, list[int]]  # the visits of each shift, in their order, by keys


@dataclass(frozen=True)
class Move:
    """A visit to another place in a shift (the cheapest, if none is told), or out of the plan if no shift is told."""

    stop: int
    shift: int | None
    position: int | None = None


@dataclass(frozen=True)
class Swap:
    """Two shifts exchange their visits: an inspector goes where the other would have gone."""

    shift: int
    other: int


@dataclass(frozen=True)
class Outcome:
    """What a change comes to: the routes after it, and how much more (or less) is driven and worked."""

    routes: dict[int, Route]
    metres: int
    seconds: int
    served: int


def outcome_of(plan: Plan, change: Move | Swap) -> Outcome:
    """What a change would come to; DoesNotFit if it cannot be done, Missing things are refused alike."""
    problem = problem_of(plan)
    before = routes_of(plan, problem)
    orders = {key: [halt.task.key for halt in route.halts] for key, route in before.items()}
    tried = [routes for each in _orders(problem, orders, change) if (routes := _timed(problem, each)) is not None]
    if not tried:
        raise refusals.DoesNotFit()
    best = min(tried, key=lambda routes: _cost(problem, routes))
    return Outcome(
        best,
        metres_of(best) - metres_of(before),
        seconds_of(best) - seconds_of(before),
        _served(best) - _served(before),
    )


@retried
def change(plan: Plan, what: Move | Swap, *, seen: int, by: Actor, role: str = Role.EXPERT) -> Plan:
    """Do a change that was told what it costs: `seen` is the revision of the plan that it was reckoned from."""
    with act(by, "rounds.change", on=plan, role=role) as entry:
        if plan.revision != seen:
            raise refusals.ChangedMeanwhile()
        if plan.state != Plan.State.ROUTED:
            raise refusals.NotAtThisState()
        outcome = outcome_of(plan, what)
        store_routes(plan, outcome.routes)
        if isinstance(what, Move) and what.shift is None:
            plan.stops.filter(pk=what.stop).update(unserved=Stop.Unserved.DROPPED)
        if check_plan(plan):
            raise refusals.DoesNotFit()
        told = (
            {"stop": what.stop, "shift": what.shift, "position": what.position}
            if isinstance(what, Move)
            else {"shift": what.shift, "other": what.other}
        )
        entry.facts = told | {"metres": outcome.metres, "seconds": outcome.seconds}
    return plan


def _orders(problem: Problem, orders: Orders, change: Move | Swap) -> Iterator[Orders]:
    """The orders that a change may lead to: one, or one for each position that a visit could take."""
    shifts = {turn.key for turn in problem.turns}
    if isinstance(change, Swap):
        if {change.shift, change.other} <= shifts and change.shift != change.other:
            yield orders | {change.shift: orders.get(change.other, []), change.other: orders.get(change.shift, [])}
        return
    if change.stop not in {task.key for task in problem.tasks}:
        return
    rest = {key: [each for each in order if each != change.stop] for key, order in orders.items()}
    if change.shift is None:
        yield rest
    elif change.shift in shifts:
        there = rest.get(change.shift, [])
        places = range(len(there) + 1) if change.position is None else [min(change.position - 1, len(there))]
        for place in places:
            yield rest | {change.shift: [*there[:place], change.stop, *there[place:]]}


def _timed(problem: Problem, orders: Orders) -> dict[int, Route] | None:
    tasks, turns = {each.key: each for each in problem.tasks}, {each.key: each for each in problem.turns}
    found: dict[int, Route] = {}
    for key, order in orders.items():
        if order:
            route = timed(problem, turns[key], [tasks[each] for each in order])
            if route is None:
                return None
            found[key] = route
    return found


def _cost(problem: Problem, routes: dict[int, Route]) -> int:
    return 60 * metres_of(routes) + problem.minute_metres * seconds_of(routes)


def _served(routes: dict[int, Route]) -> int:
    return sum(len(each.halts) for each in routes.values())
