"""The value of a set of open sites on full costs, and the marginal gain of each further site."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from siting.arrays import Floats, Ints
from siting.errors import ProblemError
from siting.jit import jit
from siting.presolve import presolve
from siting.problems import MaxCover, Problem
from siting.sparse_rows import Columns


@dataclass(frozen=True, eq=False)
class Evaluation:
    """The value of a set of open sites.

    Attributes
    ----------
    value : float
        The sum of weight times cost (infinite if somebody is not reached whom some site reaches); in max-cover the
        covered weight.
    assignment : int64, shape (n,)
        The site each client goes to, or -1.
    distance : float64, shape (n,)
        The cost of going there, without the weight; infinite where there is no way.
    """

    value: float
    assignment: Ints
    distance: Floats


def open_site_numbers(problem: Problem, opened: npt.ArrayLike) -> Ints:
    """Return the open sites beside the fixed ones as numbers, ascending, after validation."""
    sites = np.asarray(opened, dtype=np.int64).ravel()
    is_known = (sites >= 0) & (sites < problem.costs.shape[1])
    if len(np.unique(sites)) != len(sites) or not is_known.all():
        raise ProblemError("opened: a site stands there twice or is not among the sites")
    fixed = np.intersect1d(sites, problem.fixed_sites)
    if len(fixed):
        raise ProblemError(f"opened: site {problem.sites[fixed[0]]} is fixed")
    return np.sort(sites)


def evaluate(problem: Problem, opened: npt.ArrayLike) -> Evaluation:
    """Return the value of these open sites (numbers from 0, beside the fixed ones).

    Raises
    ------
    ProblemError
        If a site is unknown, fixed or named twice, or none is open.
    """
    sites = problem.with_fixed(open_site_numbers(problem, opened))
    if not len(sites):
        raise ProblemError("no site is open")
    cost, nearest = problem.costs.nearest(sites)
    weight = problem.weights
    if isinstance(problem, MaxCover):
        covered = cost <= problem.radius
        return Evaluation(float(weight[covered].sum()), np.where(covered, nearest, -1), cost)
    counts = (weight > 0) & problem.reachable
    value = float((weight[counts] * cost[counts]).sum())
    return Evaluation(value, np.where(np.isfinite(cost), nearest, -1), cost)


def marginal_gains(problem: Problem, opened: npt.ArrayLike = ()) -> Floats:
    """Return for every site the gain by opening it beside the fixed and the opened ones.

    In a p-median by how much the sum of weight times cost falls; infinite if somebody is reached who was not. In
    max-cover how much weight is covered that was not. 0 for what is open. Shape (m,), in the unit of the value.
    """
    sites = problem.with_fixed(open_site_numbers(problem, opened))
    extended = object.__new__(type(problem))
    extended.__dict__.update(problem.__dict__ | {"fixed": sites, "p": problem.costs.shape[1] - len(sites)})
    extended.__dict__.pop("reachable", None)
    presolved = presolve(extended, full=True)
    gains = np.zeros(problem.costs.shape[1])
    gains[presolved.sites] = column_gains(presolved.columns, presolved.rows.cap)
    if presolved.penalty:
        gains[gains >= 0.5 * presolved.penalty] = np.inf
    return gains


@jit
def column_gains(columns: Columns, cap: Floats) -> Floats:
    """Return what the clients of each column save by it."""
    gains = np.zeros(len(columns.start) - 1, np.float64)
    for j in range(len(gains)):
        for k in range(columns.start[j], columns.start[j + 1]):
            gains[j] += cap[columns.client[k]] - columns.cost[k]
    return gains
