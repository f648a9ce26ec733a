"""An answer looked at without any of the code that made it: plain loops over full costs.

Every complaint names what is wrong. Nothing here is fast, and nothing knows a solver.
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from siting.arrays import Floats, Ints
from siting.problems import MaxCover, Problem
from siting.result import Result

CLOSE = 1e-9
MANY = 2_000_000_000  # pairs of client and site up to which the bound is reckoned anew


def check(problem: Problem, result: Result | Mapping[str, Any], pairs: int = MANY) -> list[str]:
    """Return what is wrong with an answer; an empty list if nothing is.

    Parameters
    ----------
    problem : PMedian or MaxCover
    result : Result, or what its JSON holds
        Without assignment or multipliers what rests on them is not looked at.
    pairs : int
        The bound of the multipliers is reckoned anew up to so many pairs of client and site.
    """
    told = result.told(whole=True) if isinstance(result, Result) else result
    wrong = looked_at(problem, told)
    if wrong:
        return wrong
    place = {name: j for j, name in enumerate(problem.sites)}
    everywhere = problem.with_fixed(np.array([place[name] for name in told["opened"]], dtype=np.int64))
    wrong += value_is_right(problem, told, everywhere)
    wrong += bound_is_right(problem, told, pairs)
    return wrong


def looked_at(problem: Problem, told: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the words of an answer, before any reckoning."""
    missing = [key for key in ("question", "opened", "value", "bound", "gap", "proven", "digest") if key not in told]
    if missing:
        return [f"{key}: missing" for key in missing]
    wrong = []
    if told["question"] != ("max-cover" if isinstance(problem, MaxCover) else "p-median"):
        wrong.append(f"question: {told['question']!r} is not the one asked")
    if told["digest"] != problem.digest:
        wrong.append("digest: the answer belongs to other data")
    known, kept = set(problem.sites), {problem.sites[int(j)] for j in problem.fixed_sites}
    seen: set[str] = set()
    for name in told["opened"]:
        if name not in known:
            wrong.append(f"opened: {name!r} is no site")
        if name in kept:
            wrong.append(f"opened: {name!r} is fixed already")
        if name in seen:
            wrong.append(f"opened: {name!r} stands there twice")
        seen.add(name)
    if len(told["opened"]) != problem.p:
        wrong.append(f"opened: {len(told['opened'])} sites, not {problem.p}")
    return wrong


def value_is_right(problem: Problem, told: Mapping[str, Any], everywhere: Ints) -> list[str]:
    """Reckon the value anew, client by client, and look at the assignment on the way."""
    wrong: list[str] = []
    assignment, parts = told.get("assignment"), []
    for i in range(problem.costs.shape[0]):
        weight, best = float(problem.weights[i]), float(problem.costs.row(i, everywhere).min())
        if isinstance(problem, MaxCover):
            served = best <= problem.radius
            parts.append(weight if served else 0.0)
        else:
            served = best < math.inf
            if weight > 0 and (served or problem.reachable[i]):
                parts.append(weight * best)
        if assignment is not None:
            wrong += assigned(problem, i, int(assignment[i]), served, best, everywhere)
    value = math.fsum(parts) if math.inf not in parts else math.inf
    if not near(value, number(told["value"])):
        wrong.append(f"value: {told['value']}, but the open sites give {value}")
    return wrong


def assigned(problem: Problem, i: int, site: int, served: bool, best: float, everywhere: Ints) -> list[str]:
    """Look at one client's assignment: open, and none nearer."""
    name = problem.clients[i]
    if not served:
        return [] if site == -1 else [f"assignment: client {name} goes somewhere, but no open site serves it"]
    if site not in everywhere:
        return [f"assignment: client {name} goes to a site that is not open"]
    if not near(float(problem.costs.row(i, np.array([site]))[0]), best):
        return [f"assignment: client {name} does not go to a nearest open site"]
    return []


def bound_is_right(problem: Problem, told: Mapping[str, Any], pairs: int) -> list[str]:
    """Look whether value, bound, gap and proof agree, and whether the multipliers give the bound they are said to."""
    wrong = []
    covers = isinstance(problem, MaxCover)
    value, bound = number(told["value"]), number(told["bound"])
    if (bound < value if covers else bound > value) and not near(value, bound):
        wrong.append(f"bound: {bound} is on the wrong side of the value {value}")
    gap = 0.0 if value == bound else abs(value - bound) / abs(value) if value and math.isfinite(value) else math.inf
    if not near(gap, number(told["gap"])) and abs(gap - number(told["gap"])) > CLOSE:
        wrong.append(f"gap: {told['gap']}, but value and bound give {gap}")
    if told["proven"] and not near(value, bound):
        wrong.append("proven: value and bound differ")
    if told.get("multipliers") is None or problem.costs.shape[0] * problem.costs.shape[1] > pairs:
        return wrong
    if len(told["multipliers"]) != problem.costs.shape[0]:
        return [*wrong, "multipliers: not one for each client"]
    root = bound_of(problem, np.array(told["multipliers"], dtype=np.float64))
    said = number(told["root_bound"])
    if (said < root if covers else said > root) and not near(root, said):
        wrong.append(f"root_bound: {said}, but the multipliers give {root}")
    if (bound > said if covers else bound < said) and not near(bound, said):
        wrong.append(f"bound: {bound} is worse than that of the multipliers, {said}")
    if (value > root if covers else value < root) and not near(root, value):
        wrong.append(f"value: {value} is better than any can be, {root}")
    return wrong


def bound_of(problem: Problem, multipliers: Floats) -> float:
    """Return the bound of multipliers by its formula (docs/methods/siting.md), over every client and every site."""
    n, m = problem.costs.shape
    beyond = problem.weights if isinstance(problem, MaxCover) else np.full(n, math.inf)
    if not ((multipliers >= 0) & (multipliers <= beyond * (1 + CLOSE))).all():
        return math.inf if isinstance(problem, MaxCover) else -math.inf
    everything, reduced = np.arange(m), np.zeros(m)
    for i in range(n):
        if multipliers[i] > 0:
            reduced += np.minimum(priced(problem, i, everything) - multipliers[i], 0.0)
    fixed = np.zeros(m, np.bool_)
    fixed[problem.fixed_sites] = True
    bound = math.fsum([*multipliers, *reduced[fixed], *np.sort(reduced[~fixed])[:problem.p]])
    return math.fsum(problem.weights) - bound if isinstance(problem, MaxCover) else bound


def priced(problem: Problem, i: int, sites: Ints) -> Floats:
    """Return what client i costs at each site; in max-cover 0 within the radius and its weight beyond."""
    weight, away = float(problem.weights[i]), problem.costs.row(i, sites)
    if isinstance(problem, MaxCover):
        return np.where(away <= problem.radius, 0.0, weight)
    return weight * away if weight > 0 else np.zeros(len(sites))


def near(one: float, other: float) -> bool:
    """Return whether two numbers are the same but for rounding."""
    return one == other or math.isclose(one, other, rel_tol=CLOSE, abs_tol=1e-12)


def number(each: float | None) -> float:
    """Return a number of an answer; null stands for infinity."""
    return math.inf if each is None else float(each)

