"""The sparse cost matrix that all algorithms work on: every client's nearest sites, and every site's clients.

It is a relaxation of the full problem: a client none of whose listed sites is open costs `cap`, which is never more
than its true cost then. So a lower bound of the rows is a lower bound of the problem. The cost of a solution by the
rows may be less than the true one; values are therefore always computed on full costs.
"""

from typing import NamedTuple

import numpy as np

from siting.arrays import Flags, Floats, Indices, Ints, States
from siting.jit import jit

FREE, OPEN, CLOSED = 0, 1, 2


class Rows(NamedTuple):
    """The matrix by client, each row in ascending cost: row i is `start[i]:start[i + 1]` of `site` and `cost`.

    Attributes
    ----------
    start : int64, shape (n + 1,)
    site : int32, shape (entries,)
    cost : float64, shape (entries,)
        Weight times distance, ascending in each row and below the row's cap.
    cap : float64, shape (n,)
        A lower bound of the client's cost when none of its listed sites is open.
    min_cost : float64, shape (n,)
        The client's cost at its nearest site.
    site_count : int
        How many sites there are, listed or not.
    offset : float
        The cost of clients that have no row any more.
    """

    start: Ints
    site: Indices
    cost: Floats
    cap: Floats
    min_cost: Floats
    site_count: int
    offset: float


class Columns(NamedTuple):
    """The same entries by site: column j is `start[j]:start[j + 1]` of `client` and `cost`."""

    start: Ints
    client: Indices
    cost: Floats


def make_rows(start: Ints, site: Indices, cost: Floats, cap: Floats, site_count: int, offset: float = 0.0) -> Rows:
    """Return rows, with the minimum cost of each."""
    return Rows(start, site, cost, cap, row_minima(start, cost, cap), site_count, offset)


def transpose(rows: Rows) -> Columns:
    """Turn rows by client into columns by site."""
    return Columns(*transposed_arrays(rows))


@jit
def transposed_arrays(rows: Rows) -> tuple[Ints, Indices, Floats]:
    """Return start, client and cost of the columns, by a counting sort; the clients of a site ascend."""
    position = np.zeros(rows.site_count + 2, np.int64)
    for k in range(len(rows.site)):
        position[rows.site[k] + 2] += 1
    for j in range(rows.site_count):
        position[j + 2] += position[j + 1]
    client = np.empty(len(rows.site), np.int32)
    cost = np.empty(len(rows.site), np.float64)
    for i in range(len(rows.cap)):
        for k in range(rows.start[i], rows.start[i + 1]):
            target = position[rows.site[k] + 1]
            position[rows.site[k] + 1] += 1
            client[target] = i
            cost[target] = rows.cost[k]
    return position[:-1].copy(), client, cost


@jit
def row_minima(start: Ints, cost: Floats, cap: Floats) -> Floats:
    """Return the cost of each row's first entry, or its cap."""
    minimum = cap.copy()
    for i in range(len(cap)):
        if start[i] < start[i + 1] and cost[start[i]] < cap[i]:
            minimum[i] = cost[start[i]]
    return minimum


def reduce_rows(rows: Rows, limit: Floats, state: States) -> tuple[Rows, Ints, Ints]:
    """Return the rows of the free sites, the numbers of these sites, and the clients that still have a choice.

    A row loses the entries that cost as much as its limit, closed sites, and sites no nearer than an open one, whose
    cost becomes the cap. The cost of clients without a choice goes into the offset.
    """
    free = np.flatnonzero(state == FREE)
    new_number = np.full(rows.site_count, -1, np.int32)
    new_number[free] = np.arange(len(free), dtype=np.int32)
    length, cap = reduced_lengths(rows, limit, state)
    kept = np.flatnonzero(length)
    offset = rows.offset + float(cap[length == 0].sum())
    start = np.zeros(len(kept) + 1, np.int64)
    np.cumsum(length[kept], out=start[1:])
    site, cost = copy_free_entries(rows, state, new_number, kept, start)
    return make_rows(start, site, cost, cap[kept], len(free), offset), free, kept


@jit
def reduced_lengths(rows: Rows, limit: Floats, state: States) -> tuple[Ints, Floats]:
    """Return how many free sites each client keeps, and its new cap."""
    length = np.zeros(len(rows.cap), np.int64)
    cap = np.empty(len(rows.cap), np.float64)
    for i in range(len(cap)):
        cap[i] = min(rows.cap[i], limit[i])
        for k in range(rows.start[i], rows.start[i + 1]):
            if rows.cost[k] >= cap[i]:
                break
            if state[rows.site[k]] == OPEN:
                cap[i] = rows.cost[k]
                break
            if state[rows.site[k]] == FREE:
                length[i] += 1
    return length, cap


@jit
def copy_free_entries(
    rows: Rows, state: States, new_number: Indices, kept: Ints, start: Ints
) -> tuple[Indices, Floats]:
    """Return site and cost of the kept clients' free sites, as many as `start` has room for."""
    site = np.empty(start[-1], np.int32)
    cost = np.empty(start[-1], np.float64)
    for i in range(len(kept)):
        k = rows.start[kept[i]]
        target = start[i]
        while target < start[i + 1]:
            if state[rows.site[k]] == FREE:
                site[target] = new_number[rows.site[k]]
                cost[target] = rows.cost[k]
                target += 1
            k += 1
    return site, cost


@jit
def cost_at_rank(rows: Rows, is_open: Flags, rank: int) -> Floats:
    """Return each client's cost at its rank-th nearest open site, or its cap."""
    cost = rows.cap.copy()
    for i in range(len(cost)):
        count = 0
        for k in range(rows.start[i], rows.start[i + 1]):
            count += is_open[rows.site[k]]
            if count == rank:
                cost[i] = rows.cost[k]
                break
    return cost


@jit
def total_cost(rows: Rows, is_open: Flags) -> float:
    """Return the cost of a solution by the rows: each client at its nearest open site, or at its cap."""
    total = rows.offset
    for i in range(len(rows.cap)):
        nearest_cost = rows.cap[i]
        for k in range(rows.start[i], rows.start[i + 1]):
            if is_open[rows.site[k]]:
                nearest_cost = min(nearest_cost, rows.cost[k])
                break
        total += nearest_cost
    return total
