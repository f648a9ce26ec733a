"""The upper bound: local search by swaps, each of which opens one site and closes another.

The neighbourhood is that of Teitz and Bart (1968). Gain, loss and extra, which give the value of a swap, are those of
Resende and Werneck (2007), kept on sparse rows. The first improving swap is taken (Schubert and Rousseeuw 2021). A
queue holds the sites that may be worth opening, like the don't-look bits of Bentley (1992) for the travelling salesman,
so a swap costs no more than its neighbourhood. From a local optimum the search goes on by small random perturbations:
the iterated local search of Lourenço, Martin and Stützle (2003), which `siting.iterated_local_search` conducts.
"""

from typing import NamedTuple

import numpy as np

from siting.arrays import Flags, Floats, Indices
from siting.jit import jit, zero_record
from siting.sparse_rows import Columns, Rows

MAX_KICKS = 4  # random swaps in a perturbation
PERTURBATION_WORK = 20  # entries that a perturbation counts as


class SearchState:
    """The numbers that change during a search.

    Attributes
    ----------
    queue_start, queue_length : int
        Where the queue begins in its ring, and how many sites it holds.
    entries_read : int
        How many entries were read by now: the work done.
    """

    queue_start: int
    queue_length: int
    entries_read: int


class Solution(NamedTuple):
    """The open sites, each client's two nearest of them, and the cost of closing each.

    Attributes
    ----------
    is_open : bool, shape (m,)
    nearest, second : int32, shape (n,)
        The nearest and second nearest open site of each client, or -1.
    nearest_cost, second_cost : float64, shape (n,)
        The cost there; the cap where there is none.
    loss_tree : float64, shape (2 * size,)
        A tree of minima over the loss by closing each site; leaf `size + j` is site j's, infinite when it is closed.
    queue, is_queued : int32 and bool, shape (m,)
        A ring of sites to be looked at, and which are in it.
    extra : float64, shape (m,)
        What closing a site costs less when another opens with it; all 0 between two evaluations.
    extra_sites : int32, shape (m,)
        Where `extra` is not 0.
    state : SearchState
    """

    is_open: Flags
    nearest: Indices
    second: Indices
    nearest_cost: Floats
    second_cost: Floats
    loss_tree: Floats
    queue: Indices
    is_queued: Flags
    extra: Floats
    extra_sites: Indices
    state: SearchState


def make_solution(rows: Rows, is_open: Flags) -> Solution:
    """Return the solution with these sites open and every closed one in the queue."""
    n, m = len(rows.cap), rows.site_count
    size = 1 << max(m - 1, 1).bit_length()
    solution = Solution(
        is_open=is_open.copy(),
        nearest=np.full(n, -1, np.int32),
        second=np.full(n, -1, np.int32),
        nearest_cost=np.empty(n),
        second_cost=np.empty(n),
        loss_tree=np.full(2 * size, np.inf),
        queue=np.zeros(m, np.int32),
        is_queued=np.zeros(m, np.bool_),
        extra=np.zeros(m),
        extra_sites=np.zeros(m, np.int32),
        state=zero_record(SearchState),
    )
    initialize(rows, solution)
    return solution


@jit
def initialize(rows: Rows, solution: Solution) -> None:
    """Compute everything from the open sites, and queue the others."""
    size = len(solution.loss_tree) // 2
    solution.loss_tree[:] = np.inf
    for j in range(rows.site_count):
        if solution.is_open[j]:
            solution.loss_tree[size + j] = 0.0
        else:
            enqueue(solution, j)
    for i in range(len(rows.cap)):
        find_nearest(rows, solution, i)
        if solution.nearest[i] >= 0:
            solution.loss_tree[size + solution.nearest[i]] += solution.second_cost[i] - solution.nearest_cost[i]
    for k in range(size - 1, 0, -1):
        solution.loss_tree[k] = min(solution.loss_tree[2 * k], solution.loss_tree[2 * k + 1])


@jit
def enqueue(solution: Solution, j: int) -> None:
    """Put a site at the end of the queue, unless it is in it."""
    if not solution.is_queued[j]:
        state = solution.state
        solution.is_queued[j] = True
        solution.queue[(state.queue_start + state.queue_length) % len(solution.queue)] = j
        state.queue_length += 1


@jit
def dequeue(solution: Solution) -> int:
    """Take the first site from the queue."""
    state = solution.state
    j = solution.queue[state.queue_start]
    state.queue_start = (state.queue_start + 1) % len(solution.queue)
    state.queue_length -= 1
    solution.is_queued[j] = False
    return int(j)


@jit
def find_nearest(rows: Rows, solution: Solution, i: int) -> None:
    """Find a client's nearest and second nearest open sites."""
    solution.nearest[i] = -1
    solution.second[i] = -1
    solution.nearest_cost[i] = rows.cap[i]
    solution.second_cost[i] = rows.cap[i]
    for k in range(rows.start[i], rows.start[i + 1]):
        if solution.is_open[rows.site[k]]:
            if solution.nearest[i] < 0:
                solution.nearest[i] = rows.site[k]
                solution.nearest_cost[i] = rows.cost[k]
            else:
                solution.second[i] = rows.site[k]
                solution.second_cost[i] = rows.cost[k]
                break


@jit
def set_loss(solution: Solution, j: int, loss: float) -> None:
    """Set the loss by closing a site, and the minima above it."""
    tree = solution.loss_tree
    k = len(tree) // 2 + j
    tree[k] = loss
    k //= 2
    while k > 0:
        minimum = min(tree[2 * k], tree[2 * k + 1])
        if tree[k] == minimum:
            break
        tree[k] = minimum
        k //= 2


@jit
def add_loss(solution: Solution, j: int, change: float) -> None:
    """Change the loss by closing a site."""
    set_loss(solution, j, solution.loss_tree[len(solution.loss_tree) // 2 + j] + change)


@jit
def site_of_least_loss(solution: Solution) -> int:
    """Return the open site whose closing costs least, the first of equals."""
    tree = solution.loss_tree
    size = len(tree) // 2
    k = 1
    while k < size:
        k = 2 * k if tree[2 * k] <= tree[2 * k + 1] else 2 * k + 1
    return k - size


@jit
def best_removal(columns: Columns, solution: Solution, j: int) -> tuple[int, float]:
    """Return the best site to close if j is opened, and the change in cost by this swap (below 0: an improvement).

    Whitaker's (1983) evaluation in one pass over the clients of j. The change is loss - gain - extra, as in Resende and
    Werneck (2007): extra is what the clients of a closed site do not lose because j is open.
    """
    size = len(solution.loss_tree) // 2
    gain, count = 0.0, 0
    solution.state.entries_read += columns.start[j + 1] - columns.start[j]
    for k in range(columns.start[j], columns.start[j + 1]):
        i, cost = columns.client[k], columns.cost[k]
        if cost < solution.second_cost[i]:
            if cost < solution.nearest_cost[i]:
                gain += solution.nearest_cost[i] - cost
            r = solution.nearest[i]
            if r >= 0:
                if solution.extra[r] == 0.0:
                    solution.extra_sites[count] = r
                    count += 1
                solution.extra[r] += solution.second_cost[i] - max(cost, solution.nearest_cost[i])
    removed = site_of_least_loss(solution)
    least = solution.loss_tree[size + removed]
    for k in range(count):
        r = solution.extra_sites[k]
        if solution.loss_tree[size + r] - solution.extra[r] < least:
            least = solution.loss_tree[size + r] - solution.extra[r]
            removed = r
        solution.extra[r] = 0.0
    return removed, least - gain


@jit
def swap(rows: Rows, columns: Columns, solution: Solution, inserted: int, removed: int) -> float:
    """Open one site and close another, reassign the clients of both, and return the change in cost."""
    change = 0.0
    solution.is_open[inserted] = True
    solution.is_open[removed] = False
    set_loss(solution, inserted, 0.0)
    for k in range(columns.start[inserted], columns.start[inserted + 1]):
        if columns.cost[k] < solution.second_cost[columns.client[k]]:
            change += reassign(rows, solution, columns.client[k])
    for k in range(columns.start[removed], columns.start[removed + 1]):
        i = columns.client[k]
        if solution.nearest[i] == removed or solution.second[i] == removed:
            change += reassign(rows, solution, i)
    set_loss(solution, removed, np.inf)
    enqueue(solution, removed)
    return change


@jit
def reassign(rows: Rows, solution: Solution, i: int) -> float:
    """Find a client's two nearest open sites again, and return the change in its cost.

    If one of them is farther than before, the closed sites nearer than the nearest open one are queued: they may be
    worth opening now.
    """
    nearest_before, second_before = solution.nearest_cost[i], solution.second_cost[i]
    if solution.nearest[i] >= 0:
        add_loss(solution, solution.nearest[i], -(second_before - nearest_before))
    find_nearest(rows, solution, i)
    if solution.nearest[i] >= 0:
        add_loss(solution, solution.nearest[i], solution.second_cost[i] - solution.nearest_cost[i])
    if solution.nearest_cost[i] > nearest_before or solution.second_cost[i] > second_before:
        k, full = rows.start[i], len(solution.queue) // 2
        while k < rows.start[i + 1] and rows.cost[k] < solution.nearest_cost[i] and solution.state.queue_length < full:
            if not solution.is_open[rows.site[k]]:
                enqueue(solution, rows.site[k])
            k += 1
    return float(solution.nearest_cost[i] - nearest_before)


@jit
def improve(rows: Rows, columns: Columns, solution: Solution, tolerance: float, swap_log: Indices) -> tuple[float, int]:
    """Take improving swaps until the queue is empty or the log (shape (k, 2): opened, closed) is full.

    Returns the change in cost (0 or less), and how many swaps were written to the log.
    """
    change, swaps = 0.0, 0
    while solution.state.queue_length > 0 and swaps < len(swap_log):
        j = dequeue(solution)
        if solution.is_open[j]:
            continue
        removed, swap_change = best_removal(columns, solution, j)
        if swap_change < -tolerance:
            change += swap(rows, columns, solution, j, removed)
            swap_log[swaps, 0] = j
            swap_log[swaps, 1] = removed
            swaps += 1
    return change, swaps


@jit
def clear_queue(solution: Solution) -> None:
    """Empty the queue."""
    while solution.state.queue_length > 0:
        dequeue(solution)


@jit
def seed_random(seed: int) -> None:
    """Set the random numbers of compiled code, for the thread that calls."""
    np.random.seed(seed)


@jit
def perturb_and_improve(
    rows: Rows,
    columns: Columns,
    solution: Solution,
    tolerance: float,
    reach: int,
    work: int,
    swap_log: Indices,
    first: int,
    last: int,
) -> float:
    """Perturb, improve, and undo both if the cost rose, until so many entries are read; return the change in cost.

    A perturbation begins at a random client from first to last.
    """
    change = 0.0
    work += solution.state.entries_read
    kicks = np.empty((MAX_KICKS, 2), np.int32)
    while solution.state.entries_read < work:
        solution.state.entries_read += PERTURBATION_WORK
        i = first + np.random.randint(last - first)
        kick_change, kick_count = perturb(rows, columns, solution, i, reach, kicks)
        if kick_count == 0:
            continue
        improvement, swaps = improve(rows, columns, solution, tolerance, swap_log)
        if kick_change + improvement > tolerance:
            undo(rows, columns, solution, swap_log, swaps)
            undo(rows, columns, solution, kicks, kick_count)
            clear_queue(solution)
        else:
            change += kick_change + improvement
    return change


@jit
def undo(rows: Rows, columns: Columns, solution: Solution, swaps: Indices, count: int) -> None:
    """Undo so many swaps, the last one first."""
    for k in range(count - 1, -1, -1):
        swap(rows, columns, solution, swaps[k, 1], swaps[k, 0])


@jit
def perturb(rows: Rows, columns: Columns, solution: Solution, i: int, reach: int, kicks: Indices) -> tuple[float, int]:
    """Make one to four random swaps in the neighbourhood of a client; return the change in cost and their number.

    Each closes one of the client's two nearest open sites, opens one of its `reach` nearest sites, and goes on at a
    random client of that site.
    """
    change, count = 0.0, 0
    for _ in range(1 + np.random.randint(len(kicks))):
        width = min(reach, rows.start[i + 1] - rows.start[i])
        removed = solution.nearest[i] if np.random.random() < 0.5 else solution.second[i]
        if width == 0 or removed < 0:
            break
        inserted = rows.site[rows.start[i] + np.random.randint(width)]
        if solution.is_open[inserted]:
            break
        change += swap(rows, columns, solution, inserted, removed)
        kicks[count, 0] = inserted
        kicks[count, 1] = removed
        count += 1
        first, size = columns.start[inserted], columns.start[inserted + 1] - columns.start[inserted]
        i = columns.client[first + np.random.randint(size)]
    return change, count
