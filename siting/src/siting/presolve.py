"""From a problem to rows: who goes where at what cost, as far as an answer can need it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.spatial import cKDTree

from siting.arrays import Flags, Floats, Indices, Ints
from siting.costs import Matrix, Points
from siting.errors import TooLargeError
from siting.jit import jit
from siting.parameters import DEFAULTS, PresolveParameters
from siting.problems import MaxCover, Problem
from siting.sparse_rows import Columns, Rows, make_rows, transpose

LONG = 1 - 1e-12  # what a distance that was left out may be shorter by, for rounding
Block = tuple[Ints, Indices, Floats]


@dataclass(frozen=True)
class Store:
    """Rows of a problem and the way back.

    Attributes
    ----------
    rows : Rows
        Only clients with a weight, a way and a choice; only sites that are not fixed. In an order in which neighbours
        stand near one another.
    clients, sites : int64
        Their numbers in the problem.
    known : bool
        Whether a client's cap is what it truly costs when none of its listed sites is open; else its row is cut short.
    settled : float64, shape (n,)
        What each client of the problem costs that has no choice; 0 for the others.
    penalty : float
        What a client costs in the rows that no open site reaches; more than all others together. 0 where that cannot be.
    """

    problem: Problem
    rows: Rows
    clients: Ints
    sites: Ints
    known: Flags
    settled: Floats
    penalty: float

    @cached_property
    def columns(self) -> Columns:
        """Return the rows by site."""
        return transpose(self.rows)

    def true_cost(self, opened: Ints) -> float:
        """Return what a set of open sites truly costs, in the terms of the rows (cost of what stays uncovered, penalties)."""
        flags = np.zeros(self.rows.site_count, np.bool_)
        flags[opened] = True
        total, cut = told(self.rows, self.known, flags)
        if not cut:
            return total
        cost, _ = self.problem.costs.to(self.problem.with_fixed(self.sites[opened]))
        return float((self.problem.weights[self.clients] * cost[self.clients]).sum()) + self.rows.offset


@jit
def told(rows: Rows, known: Flags, opened: Flags) -> tuple[float, bool]:
    """Return the cost by the rows, and whether some client's row was too short to tell."""
    total = rows.offset
    for i in range(len(rows.cap)):
        best, found = rows.cap[i], known[i]
        for k in range(rows.start[i], rows.start[i + 1]):
            if opened[rows.site[k]]:
                best = min(best, rows.cost[k])
                found = True
                break
        if not found:
            return 0.0, True
        total += best
    return total, False


def build(problem: Problem, threads: int = 1, full: bool = False,
          parameters: PresolveParameters = DEFAULTS.presolve) -> Store:
    """Return the rows of a problem, cut short where an answer will hardly need more, unless they shall be full.

    Raises
    ------
    TooLargeError
        Where they would not fit into the memory that is free now.
    """
    width = problem.costs.shape[1] if full else row_length(problem, parameters)
    require(problem, width)
    free = np.setdiff1d(np.arange(problem.costs.shape[1]), problem.kept)
    cap = capped(problem)
    clients = np.flatnonzero((problem.weights > 0) & (cap > 0))
    costs = problem.costs
    if isinstance(costs, Points) and len(free) and len(clients):
        free = free[leaves(costs.places[1][free])]
        clients = clients[leaves(costs.places[0][clients])]
    ceiling = cap[clients]
    if not len(free):
        parts = np.zeros(len(clients), np.int64), np.zeros(0, np.int32), np.zeros(0)
        known = np.ones(len(clients), np.bool_)
    elif isinstance(problem, MaxCover):
        parts, known = covered(problem, clients, free), np.ones(len(clients), np.bool_)
    elif isinstance(costs, Points):
        parts, known = nearest(problem, costs, clients, free, ceiling, width, threads, parameters)
    else:
        assert isinstance(costs, Matrix)  # noqa: S101
        parts, known = listed(problem, costs, clients, free, ceiling, width)
    return stored(problem, parts, clients, free, ceiling, known)


def stored(problem: Problem, parts: Block, clients: Ints, free: Ints, ceiling: Floats, known: Flags) -> Store:
    """Give what has no cap a penalty, and leave out the clients that have no choice."""
    length, site, cost = parts
    penalty = 0.0
    endless = ~np.isfinite(ceiling)
    if endless.any():
        last = cost[np.cumsum(length)[length > 0] - 1]
        penalty = float(np.ceil(1.0 + 2.0 * (last.sum() + ceiling[~endless].sum())))
        ceiling = np.where(endless, penalty, ceiling)
    chosen = (length > 0) | ~known
    start = np.append(0, np.cumsum(length[chosen]))
    settled = np.zeros(len(problem.weights))
    fixed = ~chosen & ~endless  # whom no site reaches counts for nothing
    settled[clients[fixed]] = ceiling[fixed]
    base = float(settled.sum())
    rows = make_rows(start, site, cost, ceiling[chosen], len(free), base)
    return Store(problem, rows, clients[chosen], free, known[chosen], settled, penalty)


def capped(problem: Problem) -> Floats:
    """Return for every client of the problem what it costs if nothing is opened: infinite if then nobody serves it."""
    weight = problem.weights
    cap = np.full(len(weight), np.inf)
    if len(problem.kept):
        cost, _ = problem.costs.to(problem.kept)
        cap = np.where(weight > 0, cost, 0.0)
        cap[weight > 0] *= weight[weight > 0]
    if isinstance(problem, MaxCover):
        if len(problem.kept):
            return np.where(cost <= problem.radius, 0.0, weight)
        return weight.copy()
    return cap


def leaves(places: Floats) -> Ints:
    """Return an order in which neighbours stand near one another: that of the leaves of a k-d tree."""
    return np.asarray(cKDTree(places, leafsize=16).indices, dtype=np.int64)


def row_length(problem: Problem, parameters: PresolveParameters) -> int:
    """Return how many sites a row may hold at most: all with fixed sites, else some for each site that falls to an open one.

    Fixed sites cut rows short by themselves.
    """
    m = problem.costs.shape[1]
    if parameters.max_row_length is not None:
        return min(m, parameters.max_row_length)
    if len(problem.kept):
        return m
    return min(m, max(parameters.min_row_length, -(-parameters.row_length_factor * m // problem.p)))


def nearest(problem: Problem, costs: Points, clients: Ints, free: Ints, ceiling: Floats, width: int,
            threads: int, parameters: PresolveParameters) -> tuple[Block, Flags]:
    """List the nearest sites below each ceiling; a row that is cut short gets the ceiling at which it was cut.

    Rows are lengthened fourfold as long as they end below their ceiling and are shorter than the width.
    """
    tree = cKDTree(costs.places[1][free])
    known = np.zeros(len(clients), np.bool_)
    pieces: list[tuple[Ints, Block]] = []
    pending = np.arange(len(clients))
    some, last = min(len(free), width if np.isinf(ceiling).any() else parameters.first_row_length), 0
    while len(pending):
        again = []
        last = min(width, len(free)) if parameters.growth * some * len(pending) < parameters.max_lookup else some
        for low in range(0, len(pending), parameters.chunk):
            part = pending[low:low + parameters.chunk]
            block, cut, enough = looked_up(problem, costs, tree, clients[part], free, ceiling[part], some, threads)
            done = enough | (some >= last)
            known[part] = enough
            ceiling[part[done]] = cut[done]
            pieces.append((part[done], picked(block, done)))
            again.append(part[~done])
        pending = np.concatenate(again)
        some = min(some * parameters.growth, width, len(free))
    return assembled(pieces, len(clients)), known


def looked_up(problem: Problem, costs: Points, tree: cKDTree, clients: Ints, free: Ints, ceiling: Floats, some: int,
              threads: int) -> tuple[Block, Floats, Flags]:
    """Return the `some` nearest sites of each client below its ceiling, its new ceiling, and whether none is missing."""
    chord, site = tree.query(costs.places[0][clients], k=np.arange(1, some + 1), workers=threads)
    weight = problem.weights[clients]
    cost = weight[:, None] * costs.cost(chord)
    full = some == len(free)
    cut = np.full(len(clients), np.inf) if full else weight * costs.cost(chord[:, -1] * LONG)
    enough = full | (ceiling <= cut)
    cut = np.minimum(cut, ceiling)
    keep = cost < cut[:, None]
    return (keep.sum(axis=1), site[keep].astype(np.int32), cost[keep]), cut, enough


def picked(block: Block, done: Flags) -> Block:
    """Return the rows that are done."""
    if done.all():
        return block
    use = np.repeat(done, block[0])
    return block[0][done], block[1][use], block[2][use]


def assembled(pieces: list[tuple[Ints, Block]], n: int) -> Block:
    """Put pieces of rows together in the order of the clients."""
    length = np.zeros(n, np.int64)
    for part, block in pieces:
        length[part] = block[0]
    start = np.append(0, np.cumsum(length))
    site = np.empty(start[-1], np.int32)
    cost = np.empty(start[-1], np.float64)
    for part, block in pieces:
        scatter(start, part, *block, site, cost)
    return length, site, cost


@jit
def scatter(start: Ints, part: Ints, length: Ints, from_site: Indices, from_cost: Floats, site: Indices,
            cost: Floats) -> None:
    """Write rows to where they belong."""
    k = 0
    for r in range(len(part)):
        place = start[part[r]]
        for s in range(length[r]):
            site[place + s] = from_site[k]
            cost[place + s] = from_cost[k]
            k += 1


def listed(problem: Problem, costs: Matrix, clients: Ints, free: Ints, ceiling: Floats, width: int) -> tuple[Block, Flags]:
    """List the nearest sites of a matrix below each ceiling."""
    known = np.ones(len(clients), np.bool_)
    pieces: list[tuple[Ints, Block]] = []
    step = max(1, 2_000_000 // len(free)) if len(free) else len(clients)
    for low in range(0, len(clients), step):
        part = np.arange(low, min(low + step, len(clients)))
        values = costs.values[clients[part]]
        dense = np.asarray(values.toarray() if costs.sparse else values)
        if costs.sparse:
            stored_flags = values.copy()
            stored_flags.data = np.ones_like(values.data)
            dense = np.where(stored_flags.toarray() > 0, dense, np.inf)
        cost = problem.weights[clients[part]][:, None] * dense[:, free]
        some = min(width, len(free))
        order = np.argsort(cost, axis=1, kind="stable")[:, :some].astype(np.int32)
        cost = np.take_along_axis(cost, order, 1)
        if 0 < some < len(free):
            known[part] = ceiling[part] <= cost[:, -1]
            ceiling[part] = np.minimum(ceiling[part], cost[:, -1])
        keep = cost < ceiling[part][:, None]
        pieces.append((part, (keep.sum(axis=1), order[keep], cost[keep])))
    return assembled(pieces, len(clients)), known


def covered(problem: MaxCover, clients: Ints, free: Ints) -> Block:
    """List the sites within the radius of each client at no cost."""
    pieces: list[tuple[Ints, Block]] = []
    for part, across in within(problem, clients, free):
        length = np.array([len(each) for each in across], dtype=np.int64)
        site = np.concatenate([*across, np.zeros(0, np.int32)]).astype(np.int32)
        pieces.append((part, (length, site, np.zeros(len(site)))))
    return assembled(pieces, len(clients))


def within(problem: MaxCover, clients: Ints, free: Ints) -> Iterator[tuple[Ints, list[Indices]]]:
    """Yield clients by the chunk, with the sites within the radius of each, ascending."""
    costs = problem.costs
    if isinstance(costs, Matrix):
        for part in np.array_split(np.arange(len(clients)), max(1, len(clients) // 1000)):
            values = costs.values[clients[part]]
            if costs.sparse:
                near = [np.sort(values.indices[low:high][values.data[low:high] <= problem.radius])
                        for low, high in zip(values.indptr, values.indptr[1:], strict=False)]
                yield part, [np.flatnonzero(np.isin(free, each)).astype(np.int32) for each in near]
            else:
                yield part, [np.flatnonzero(row <= problem.radius).astype(np.int32) for row in values[:, free]]
        return
    assert isinstance(costs, Points)  # noqa: S101
    tree = cKDTree(costs.places[1][free])
    reach = chord_of(costs, problem.radius)
    for low in range(0, len(clients), 1000):
        part = np.arange(low, min(low + 1000, len(clients)))
        places = costs.places[0][clients[part]]
        near = tree.query_ball_point(places, reach, return_sorted=True)
        yield part, [np.asarray(each, np.int32)[costs.cost(np.sqrt(((places[row] - tree.data[each]) ** 2).sum(axis=1)))
                                                <= problem.radius] if len(each) else np.zeros(0, np.int32)
                     for row, each in enumerate(near)]


def chord_of(costs: Points, radius: float) -> float:
    """Return a straight distance that nothing within the radius exceeds."""
    if costs.metric == "haversine":
        return 2.0 * float(np.sin(min(radius / (2 * costs.earth_radius), np.pi / 2))) * (1 + 1e-9) + 1e-12
    return (radius + (1.0 if costs.metric == "floor-euclid" else 0.0)) * (1 + 1e-9) + 1e-12


def require(problem: Problem, width: int) -> None:
    """Refuse what will not fit into the memory that is free."""
    n, m = problem.costs.shape
    if isinstance(problem, MaxCover) or len(problem.kept):
        width = min(width, 64)
    need = 40 * n * width + 200 * (n + m)
    have = memory()
    if need > have:
        raise TooLargeError(f"{n} clients with {width} sites each need about {need / 1e9:.1f} GB; {have / 1e9:.1f} are free")


def memory() -> float:
    """Return how many bytes are free, or no limit where the system does not say."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            free = next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable"))
    except (OSError, StopIteration):
        return float("inf")
    return free * 1024.0

