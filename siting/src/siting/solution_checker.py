"""A check of an answer without any of the code that made it: plain loops over full costs.

Every error names what is wrong. Nothing here is fast, and nothing uses the solver.
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from siting.arrays import Floats, Ints
from siting.problems import MaxCover, Problem
from siting.result import Result

TOLERANCE = 1e-9
MAX_PAIRS = 2_000_000_000  # pairs of client and site up to which the bound is computed again
FIELDS = ("question", "opened", "value", "bound", "gap", "proven", "digest")


def check(problem: Problem, result: Result | Mapping[str, Any], pairs: int = MAX_PAIRS) -> list[str]:
    """Return what is wrong with an answer; an empty list if nothing is.

    Parameters
    ----------
    problem : PMedian or MaxCover
    result : Result, or what its JSON holds
        Without assignment or multipliers what rests on them is not checked.
    pairs : int
        The bound of the multipliers is computed again up to so many pairs of client and site.
    """
    answer = result.to_dict(full=True) if isinstance(result, Result) else result
    errors = check_fields(problem, answer)
    if errors:
        return errors
    number = {name: j for j, name in enumerate(problem.sites)}
    sites = problem.with_fixed(np.array([number[name] for name in answer["opened"]], dtype=np.int64))
    errors += check_value(problem, answer, sites)
    errors += check_gap(problem, answer)
    errors += check_multipliers(problem, answer, pairs)
    return errors


def check_fields(problem: Problem, answer: Mapping[str, Any]) -> list[str]:
    """Check the question, the digest and the names of an answer, before any computation."""
    missing = [key for key in FIELDS if key not in answer]
    if missing:
        return [f"{key}: missing" for key in missing]
    errors = []
    if answer["question"] != ("max-cover" if isinstance(problem, MaxCover) else "p-median"):
        errors.append(f"question: {answer['question']!r} is not the one asked")
    if answer["digest"] != problem.digest:
        errors.append("digest: the answer belongs to other data")
    known, fixed = set(problem.sites), {problem.sites[int(j)] for j in problem.fixed_sites}
    seen: set[str] = set()
    for name in answer["opened"]:
        if name not in known:
            errors.append(f"opened: {name!r} is no site")
        if name in fixed:
            errors.append(f"opened: {name!r} is fixed already")
        if name in seen:
            errors.append(f"opened: {name!r} stands there twice")
        seen.add(name)
    if len(answer["opened"]) != problem.p:
        errors.append(f"opened: {len(answer['opened'])} sites, not {problem.p}")
    return errors


def check_value(problem: Problem, answer: Mapping[str, Any], sites: Ints) -> list[str]:
    """Compute the value again, client by client, and check the assignment on the way."""
    errors: list[str] = []
    assignment, terms = answer.get("assignment"), []
    for i in range(problem.costs.shape[0]):
        weight, cost = float(problem.weights[i]), float(problem.costs.row(i, sites).min())
        if isinstance(problem, MaxCover):
            is_served = cost <= problem.radius
            terms.append(weight if is_served else 0.0)
        else:
            is_served = cost < math.inf
            if weight > 0 and (is_served or problem.reachable[i]):
                terms.append(weight * cost)
        if assignment is not None:
            errors += check_assignment(problem, i, int(assignment[i]), is_served, cost, sites)
    value = math.fsum(terms) if math.inf not in terms else math.inf
    if not is_close(value, as_float(answer["value"])):
        errors.append(f"value: {answer['value']}, but the open sites give {value}")
    return errors


def check_assignment(problem: Problem, i: int, site: int, is_served: bool, cost: float, sites: Ints) -> list[str]:
    """Check one client's assignment: its site is open, and none is nearer."""
    name = problem.clients[i]
    if not is_served:
        return [] if site == -1 else [f"assignment: client {name} goes somewhere, but no open site serves it"]
    if site not in sites:
        return [f"assignment: client {name} goes to a site that is not open"]
    if not is_close(float(problem.costs.row(i, np.array([site]))[0]), cost):
        return [f"assignment: client {name} does not go to a nearest open site"]
    return []


def check_gap(problem: Problem, answer: Mapping[str, Any]) -> list[str]:
    """Check whether value, bound, gap and proof agree."""
    errors = []
    value, bound, stated_gap = (as_float(answer[key]) for key in ("value", "bound", "gap"))
    if is_better(problem, value, bound):
        errors.append(f"bound: {bound} is on the wrong side of the value {value}")
    gap = 0.0 if value == bound else abs(value - bound) / abs(value) if value and math.isfinite(value) else math.inf
    if not is_close(gap, stated_gap) and abs(gap - stated_gap) > TOLERANCE:
        errors.append(f"gap: {answer['gap']}, but value and bound give {gap}")
    if answer["proven"] and not is_close(value, bound):
        errors.append("proven: value and bound differ")
    return errors


def check_multipliers(problem: Problem, answer: Mapping[str, Any], pairs: int) -> list[str]:
    """Check whether the multipliers give the root bound, and whether this agrees with value and bound."""
    n, m = problem.costs.shape
    if answer.get("multipliers") is None or n * m > pairs:
        return []
    if len(answer["multipliers"]) != n:
        return ["multipliers: not one for each client"]
    errors = []
    value, bound, claimed = (as_float(answer[key]) for key in ("value", "bound", "root_bound"))
    root_bound = lagrangian_bound(problem, np.array(answer["multipliers"], dtype=np.float64))
    if is_better(problem, root_bound, claimed):
        errors.append(f"root_bound: {claimed}, but the multipliers give {root_bound}")
    if is_better(problem, bound, claimed):
        errors.append(f"bound: {bound} is worse than that of the multipliers, {claimed}")
    if is_better(problem, value, root_bound):
        errors.append(f"value: {value} is better than any can be, {root_bound}")
    return errors


def lagrangian_bound(problem: Problem, multipliers: Floats) -> float:
    """Return the bound of multipliers by its formula (docs/methods/siting.md), over every client and every site."""
    n, m = problem.costs.shape
    cap = problem.weights if isinstance(problem, MaxCover) else np.full(n, math.inf)
    if not ((multipliers >= 0) & (multipliers <= cap * (1 + TOLERANCE))).all():
        return math.inf if isinstance(problem, MaxCover) else -math.inf
    all_sites, reduced_cost = np.arange(m), np.zeros(m)
    for i in range(n):
        if multipliers[i] > 0:
            reduced_cost += np.minimum(client_costs(problem, i, all_sites) - multipliers[i], 0.0)
    is_fixed = np.zeros(m, np.bool_)
    is_fixed[problem.fixed_sites] = True
    bound = math.fsum([*multipliers, *reduced_cost[is_fixed], *np.sort(reduced_cost[~is_fixed])[: problem.p]])
    return math.fsum(problem.weights) - bound if isinstance(problem, MaxCover) else bound


def client_costs(problem: Problem, i: int, sites: Ints) -> Floats:
    """Return the cost of client i at each site; in max-cover 0 within the radius and its weight beyond."""
    weight, distance = float(problem.weights[i]), problem.costs.row(i, sites)
    if isinstance(problem, MaxCover):
        return np.where(distance <= problem.radius, 0.0, weight)
    return weight * distance if weight > 0 else np.zeros(len(sites))


def is_better(problem: Problem, one: float, other: float) -> bool:
    """Return whether one objective value is better than another: more covered weight, or less cost."""
    return (one > other if isinstance(problem, MaxCover) else one < other) and not is_close(one, other)


def is_close(one: float, other: float) -> bool:
    """Return whether two numbers are the same but for rounding."""
    return one == other or math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=1e-12)


def as_float(value: float | None) -> float:
    """Return a number of an answer; null stands for infinity."""
    return math.inf if value is None else float(value)
