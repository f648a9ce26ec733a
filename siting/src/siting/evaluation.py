"""What a set of open sites is worth on full costs, and what each further site would bring."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from siting.arrays import Floats, Ints
from siting.errors import ProblemError
from siting.jit import jit
from siting.presolve import build
from siting.problems import MaxCover, Problem
from siting.sparse_rows import transpose


@dataclass(frozen=True, eq=False)
class Worth:
    """What a set of open sites is worth.

    Attributes
    ----------
    value : float
        The sum of weight times cost (infinite if somebody is not reached whom some site reaches); in max-cover the
        covered weight.
    assignment : int64, shape (n,)
        The site each client goes to, or -1.
    distance : float64, shape (n,)
        What it costs to go there, without the weight; infinite where there is no way.
    """

    value: float
    assignment: Ints
    distance: Floats


def numbers_of(problem: Problem, opened: npt.ArrayLike) -> Ints:
    """Return the open sites beside the fixed ones as numbers, ascending, after a look at them."""
    sites = np.asarray(opened, dtype=np.int64).ravel()
    if len(np.unique(sites)) != len(sites) or (len(sites) and (sites.min() < 0 or sites.max() >= problem.costs.shape[1])):
        raise ProblemError("opened: a site stands there twice or is not among the sites")
    both = np.intersect1d(sites, problem.kept)
    if len(both):
        raise ProblemError(f"opened: site {problem.sites[both[0]]} is fixed")
    return np.sort(sites)


def evaluate(problem: Problem, opened: npt.ArrayLike) -> Worth:
    """Return what these open sites (numbers from 0, beside the fixed ones) are worth.

    Raises
    ------
    ProblemError
        If a site is unknown, fixed or named twice, or none is open.
    """
    sites = problem.with_fixed(numbers_of(problem, opened))
    if not len(sites):
        raise ProblemError("no site is open")
    cost, nearest = problem.costs.to(sites)
    weight = problem.weights
    if isinstance(problem, MaxCover):
        inside = cost <= problem.radius
        return Worth(float(weight[inside].sum()), np.where(inside, nearest, -1), cost)
    counts = (weight > 0) & problem.reached
    value = float((weight[counts] * cost[counts]).sum())
    return Worth(value, np.where(np.isfinite(cost), nearest, -1), cost)


def marginal_gains(problem: Problem, opened: npt.ArrayLike = ()) -> Floats:
    """Return for every site what opening it beside the fixed and the opened ones would bring.

    In a p-median by how much the sum of weight times cost falls; infinite if somebody is reached who was not. In max-cover
    how much weight is covered that was not. 0 for what is open. Shape (m,), in the unit of the value.
    """
    sites = problem.with_fixed(numbers_of(problem, opened))
    asked = object.__new__(type(problem))
    asked.__dict__.update(problem.__dict__ | {"fixed": sites, "p": problem.costs.shape[1] - len(sites)})
    asked.__dict__.pop("reached", None)
    store = build(asked, full=True)
    columns = transpose(store.rows)
    gains = np.zeros(problem.costs.shape[1])
    gains[store.sites] = summed(columns.start, columns.client, columns.cost, store.rows.cap)
    if store.penalty:
        gains[gains >= 0.5 * store.penalty] = np.inf
    return gains


@jit
def summed(start: Ints, client: npt.NDArray[np.int32], cost: Floats, cap: Floats) -> Floats:
    """Return what the clients of each column save by it."""
    gains = np.zeros(len(start) - 1, np.float64)
    for j in range(len(gains)):
        for k in range(start[j], start[j + 1]):
            gains[j] += cap[client[k]] - cost[k]
    return gains
