"""What a problem looks like to the algorithms: every client's nearest sites, and every site's clients.

Everything here is a relaxation of the full problem: a client none of whose listed sites is open costs `cap`, which is
never more than what it truly costs then. So a bound of the rows is a bound of the problem; a value of them may be less
than the true one, and is always told on full costs.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from siting.jit import jit

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Indices = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
States = npt.NDArray[np.int8]

FREE, OPEN, CLOSED = 0, 1, 2


class Rows(NamedTuple):
    """Clients' sites by ascending cost: row i is `start[i]:start[i + 1]` of `site` and `cost`.

    Attributes
    ----------
    start : int64, shape (n + 1,)
    site : int32, shape (entries,)
    cost : float64, shape (entries,)
        Weight times distance, ascending in each row and below the row's cap.
    cap : float64, shape (n,)
        What the client costs at least when none of its listed sites is open.
    least : float64, shape (n,)
        What the client costs at the nearest of its sites.
    sites : int
        How many sites there are, listed or not.
    base : float
        What the clients cost that have no row any more.
    """

    start: Ints
    site: Indices
    cost: Floats
    cap: Floats
    least: Floats
    sites: int
    base: float


class Columns(NamedTuple):
    """The same entries by site: column j is `start[j]:start[j + 1]` of `client` and `cost`."""

    start: Ints
    client: Indices
    cost: Floats


def rows_of(start: Ints, site: Indices, cost: Floats, cap: Floats, sites: int, base: float = 0.0) -> Rows:
    """Return rows with the least cost of each."""
    return Rows(start, site, cost, cap, first(start, cost, cap), sites, base)


def columns_of(rows: Rows) -> Columns:
    """Turn rows by client into columns by site."""
    return Columns(*turned(rows))


@jit
def turned(rows: Rows) -> tuple[Ints, Indices, Floats]:
    """Return start, client and cost of the columns; the clients of a site ascend."""
    back = np.zeros(rows.sites + 2, np.int64)
    for k in range(len(rows.site)):
        back[rows.site[k] + 2] += 1
    for j in range(rows.sites):
        back[j + 2] += back[j + 1]
    client = np.empty(len(rows.site), np.int32)
    cost = np.empty(len(rows.site), np.float64)
    for i in range(len(rows.cap)):
        for k in range(rows.start[i], rows.start[i + 1]):
            place = back[rows.site[k] + 1]
            back[rows.site[k] + 1] += 1
            client[place] = i
            cost[place] = rows.cost[k]
    return back[:-1].copy(), client, cost


@jit
def first(start: Ints, cost: Floats, cap: Floats) -> Floats:
    """Return the cost of each row's first entry, or its cap."""
    least = cap.copy()
    for i in range(len(cap)):
        if start[i] < start[i + 1] and cost[start[i]] < cap[i]:
            least[i] = cost[start[i]]
    return least


def shrink(rows: Rows, limit: Floats, state: States) -> tuple[Rows, Ints, Ints]:
    """Return the rows of what is still free, which sites those are, and which clients still have a choice.

    A row loses what costs as much as its limit, what is closed, and what is no nearer than an open site, whose cost
    becomes its cap. What a client without a choice costs goes into the base.
    """
    free = np.flatnonzero(state == FREE)
    number = np.full(rows.sites, -1, np.int32)
    number[free] = np.arange(len(free), dtype=np.int32)
    length, cap = measured(rows, limit, state)
    kept = np.flatnonzero(length)
    base = rows.base + float(cap[length == 0].sum())
    start = np.zeros(len(kept) + 1, np.int64)
    np.cumsum(length[kept], out=start[1:])
    return rows_of(start, *copied(rows, state, number, kept, start), cap[kept], len(free), base), free, kept


@jit
def measured(rows: Rows, limit: Floats, state: States) -> tuple[Ints, Floats]:
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
def copied(rows: Rows, state: States, number: Indices, kept: Ints, start: Ints) -> tuple[Indices, Floats]:
    """Return site and cost of the kept clients' free sites, as many as `start` has room for."""
    site = np.empty(start[-1], np.int32)
    cost = np.empty(start[-1], np.float64)
    for i in range(len(kept)):
        k = rows.start[kept[i]]
        place = start[i]
        while place < start[i + 1]:
            if state[rows.site[k]] == FREE:
                site[place] = number[rows.site[k]]
                cost[place] = rows.cost[k]
                place += 1
            k += 1
    return site, cost


@jit
def reach_of(rows: Rows, opened: Flags, rank: int) -> Floats:
    """Return what each client costs at the open site of this rank among its sites, or its cap."""
    reach = rows.cap.copy()
    for i in range(len(reach)):
        count = 0
        for k in range(rows.start[i], rows.start[i + 1]):
            count += opened[rows.site[k]]
            if count == rank:
                reach[i] = rows.cost[k]
                break
    return reach


@jit
def worth(rows: Rows, opened: Flags) -> float:
    """Return what the clients cost by the rows when these sites are open."""
    total = rows.base
    for i in range(len(rows.cap)):
        best = rows.cap[i]
        for k in range(rows.start[i], rows.start[i + 1]):
            if opened[rows.site[k]]:
                best = min(best, rows.cost[k])
                break
        total += best
    return total
