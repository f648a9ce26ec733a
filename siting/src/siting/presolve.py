"""Presolve: from a problem to sparse rows, with only the clients, sites and entries that a solution can need.

Maximal covering becomes a p-median here (Church and ReVelle 1976): a client costs nothing within the radius, and its
weight, the cap, beyond.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.spatial import cKDTree

from siting.arrays import Flags, Floats, Ints
from siting.costs import Matrix, Points
from siting.errors import TooLargeError
from siting.jit import jit
from siting.neighbours import RowBlock, covering_rows, rows_of_matrix, rows_of_points
from siting.parameters import DEFAULTS, PresolveParameters
from siting.problems import MaxCover, Problem
from siting.sparse_rows import Columns, Rows, make_rows, transpose


@dataclass(frozen=True)
class PresolvedProblem:
    """The rows of a problem, and what leads back to it.

    Attributes
    ----------
    problem : Problem
    rows : Rows
        Only clients with a weight, a way and a choice; only sites that are not fixed. Both in an order in which
        neighbours stand near one another.
    clients, sites : int64
        Their numbers in the problem.
    cap_is_exact : bool
        Whether a client's cap is its true cost when none of its listed sites is open; else its row is cut short.
    settled_cost : float64, shape (n,)
        The cost of each client of the problem that has no choice; 0 for the others.
    penalty : float
        The cost in the rows of a client that no open site reaches, more than all others together; 0 if all have a cap.
    """

    problem: Problem
    rows: Rows
    clients: Ints
    sites: Ints
    cap_is_exact: Flags
    settled_cost: Floats
    penalty: float

    @cached_property
    def columns(self) -> Columns:
        """Return the rows by site."""
        return transpose(self.rows)

    def true_cost(self, sites: Ints) -> float:
        """Return the true cost of a set of open sites, in the terms of the rows (that of the uncovered, penalties)."""
        is_open = np.zeros(self.rows.site_count, np.bool_)
        is_open[sites] = True
        total, is_exact = cost_if_exact(self.rows, self.cap_is_exact, is_open)
        if is_exact:
            return total
        cost, _ = self.problem.costs.nearest(self.problem.with_fixed(self.sites[sites]))
        return float((self.problem.weights[self.clients] * cost[self.clients]).sum()) + self.rows.offset


@jit
def cost_if_exact(rows: Rows, cap_is_exact: Flags, is_open: Flags) -> tuple[float, bool]:
    """Return the cost by the rows, and whether it is the true one: no client's row was too short to tell."""
    total = rows.offset
    for i in range(len(rows.cap)):
        cost, is_exact = rows.cap[i], cap_is_exact[i]
        for k in range(rows.start[i], rows.start[i + 1]):
            if is_open[rows.site[k]]:
                cost = min(cost, rows.cost[k])
                is_exact = True
                break
        if not is_exact:
            return 0.0, False
        total += cost
    return total, True


def presolve(
    problem: Problem, threads: int = 1, full: bool = False, parameters: PresolveParameters = DEFAULTS.presolve
) -> PresolvedProblem:
    """Return the presolved problem; rows may be cut short, unless they must be full.

    Raises
    ------
    TooLargeError
        Where it would not fit into the memory that is free now.
    """
    max_length = problem.costs.shape[1] if full else max_row_length(problem, parameters)
    require_memory(problem, max_length)
    sites = np.setdiff1d(np.arange(problem.costs.shape[1]), problem.fixed_sites)
    cap = client_caps(problem)
    clients = np.flatnonzero((problem.weights > 0) & (cap > 0))
    costs = problem.costs
    if isinstance(costs, Points) and len(sites) and len(clients):
        sites = sites[spatial_order(costs.vectors[1][sites])]
        clients = clients[spatial_order(costs.vectors[0][clients])]
    cap = cap[clients]
    cap_is_exact = np.ones(len(clients), np.bool_)
    if not len(sites):
        block = RowBlock(np.zeros(len(clients), np.int64), np.zeros(0, np.int32), np.zeros(0))
    elif isinstance(problem, MaxCover):
        block = covering_rows(problem, clients, sites)
    elif isinstance(costs, Points):
        block, cap, cap_is_exact = rows_of_points(problem, costs, clients, sites, cap, max_length, threads, parameters)
    else:
        assert isinstance(costs, Matrix)  # noqa: S101
        block, cap, cap_is_exact = rows_of_matrix(problem, costs, clients, sites, cap, max_length)
    return settle(problem, block, clients, sites, cap, cap_is_exact)


def settle(
    problem: Problem, block: RowBlock, clients: Ints, sites: Ints, cap: Floats, cap_is_exact: Flags
) -> PresolvedProblem:
    """Give what has no cap a penalty, and leave out the clients that have no choice."""
    penalty = 0.0
    uncapped = ~np.isfinite(cap)
    if uncapped.any():
        last_cost = block.cost[np.cumsum(block.length)[block.length > 0] - 1]
        penalty = float(np.ceil(1.0 + 2.0 * (last_cost.sum() + cap[~uncapped].sum())))
        cap = np.where(uncapped, penalty, cap)
    has_choice = (block.length > 0) | ~cap_is_exact
    start = np.append(0, np.cumsum(block.length[has_choice]))
    settled = ~has_choice & ~uncapped  # whom no site reaches counts for nothing
    settled_cost = np.zeros(len(problem.weights))
    settled_cost[clients[settled]] = cap[settled]
    rows = make_rows(start, block.site, block.cost, cap[has_choice], len(sites), float(settled_cost.sum()))
    return PresolvedProblem(problem, rows, clients[has_choice], sites, cap_is_exact[has_choice], settled_cost, penalty)


def client_caps(problem: Problem) -> Floats:
    """Return the cost of every client of the problem if nothing is opened: infinite if then nobody serves it."""
    weight = problem.weights
    cap = np.full(len(weight), np.inf)
    if len(problem.fixed_sites):
        cost, _ = problem.costs.nearest(problem.fixed_sites)
        cap = np.where(weight > 0, cost, 0.0)
        cap[weight > 0] *= weight[weight > 0]
    if isinstance(problem, MaxCover):
        if len(problem.fixed_sites):
            return np.where(cost <= problem.radius, 0.0, weight)
        return weight.copy()
    return cap


def spatial_order(vectors: Floats) -> Ints:
    """Return an order in which neighbours stand near one another: that of the leaves of a k-d tree."""
    return np.asarray(cKDTree(vectors, leafsize=16).indices, dtype=np.int64)


def max_row_length(problem: Problem, parameters: PresolveParameters) -> int:
    """Return how many sites a row may hold: all with fixed sites, else some times the number of sites to each open one.

    Fixed sites cut rows short by themselves.
    """
    m = problem.costs.shape[1]
    if parameters.max_row_length is not None:
        return min(m, parameters.max_row_length)
    if len(problem.fixed_sites):
        return m
    return min(m, max(parameters.min_row_length, -(-parameters.row_length_factor * m // problem.p)))


def require_memory(problem: Problem, row_length: int) -> None:
    """Refuse what will not fit into the memory that is free."""
    n, m = problem.costs.shape
    if isinstance(problem, MaxCover) or len(problem.fixed_sites):
        row_length = min(row_length, 64)
    need = 40 * n * row_length + 200 * (n + m)
    free = free_memory()
    if need > free:
        raise TooLargeError(
            f"{n} clients with {row_length} sites each need about {need / 1e9:.1f} GB; {free / 1e9:.1f} are free"
        )


def free_memory() -> float:
    """Return how many bytes are free, or no limit where the system does not say."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            free = next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable"))
    except (OSError, StopIteration):
        return float("inf")
    return free * 1024.0
