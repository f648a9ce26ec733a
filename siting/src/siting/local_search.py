"""The upper bound: local search that opens one site and closes another while that helps.

Gains and losses are kept as Resende and Werneck (2007) do, on sparse lists, and the first improvement is taken (Schubert
and Rousseeuw, 2021). A queue holds the sites that may have become worth opening, so a change costs no more than its
neighbourhood. The search then goes on as iterated local search: a random swap, a repair, and back if it did not pay.
"""

import heapq
from typing import NamedTuple

import numpy as np

from siting.arrays import Flags, Floats, Indices, Ints
from siting.jit import jit
from siting.sparse_rows import Columns, Rows


class Plan(NamedTuple):
    """Which sites are open, where each client goes, and what closing a site would cost.

    Attributes
    ----------
    opened : bool, shape (m,)
    one, two : int32, shape (n,)
        The nearest and second nearest open site of each client, or -1.
    near, next : float64, shape (n,)
        What they cost; the cap where there is none.
    loss : float64, shape (2 * size,)
        A tree of minima over what closing each site costs; leaf `size + j` is site j's, infinite when it is closed.
    queue, queued : int32 and bool, shape (m,)
        A ring of sites to look at, and which are in it.
    ends : int64, shape (3,)
        Where the ring begins, how many it holds, and how many entries were gone through by now.
    extra : float64, shape (m,)
        All zero between looks.
    touched : int32, shape (m,)
    """

    opened: Flags
    one: Indices
    two: Indices
    near: Floats
    next: Floats
    loss: Floats
    queue: Indices
    queued: Flags
    ends: Ints
    extra: Floats
    touched: Indices


def greedy(rows: Rows, columns: Columns, p: int) -> Flags:
    """Return p sites, each the one that then helped most."""
    opened = np.zeros(rows.site_count, np.bool_)
    climb_greedily(rows, columns, p, opened)
    return opened


@jit
def climb_greedily(rows: Rows, columns: Columns, p: int, opened: Flags) -> None:
    """Open p sites one by one; a site's gain is reckoned anew only when it comes to the top of the heap."""
    now = rows.cap.copy()
    heap = [(0.0, 0) for _ in range(0)]
    for j in range(rows.site_count):
        gain = 0.0
        for k in range(columns.start[j], columns.start[j + 1]):
            gain += now[columns.client[k]] - columns.cost[k]
        heap.append((-gain, j))
    heapq.heapify(heap)
    while p > 0:
        _, j = heapq.heappop(heap)
        gain = 0.0
        for k in range(columns.start[j], columns.start[j + 1]):
            gain += max(now[columns.client[k]] - columns.cost[k], 0.0)
        if len(heap) > 0 and -gain > heap[0][0]:
            heapq.heappush(heap, (-gain, j))
            continue
        opened[j] = True
        p -= 1
        for k in range(columns.start[j], columns.start[j + 1]):
            now[columns.client[k]] = min(now[columns.client[k]], columns.cost[k])


def plan_of(rows: Rows, opened: Flags) -> Plan:
    """Return the plan with these sites open and every closed one in the queue."""
    n, m = len(rows.cap), rows.site_count
    size = 1 << max(m - 1, 1).bit_length()
    plan = Plan(opened.copy(), np.full(n, -1, np.int32), np.full(n, -1, np.int32), np.empty(n), np.empty(n),
                np.full(2 * size, np.inf), np.zeros(m, np.int32), np.zeros(m, np.bool_), np.zeros(3, np.int64),
                np.zeros(m), np.zeros(m, np.int32))
    settle(rows, plan)
    return plan


@jit
def settle(rows: Rows, plan: Plan) -> None:
    """Reckon everything in the plan from its open sites, and queue the others."""
    size = len(plan.loss) // 2
    plan.loss[:] = np.inf
    for j in range(rows.site_count):
        if plan.opened[j]:
            plan.loss[size + j] = 0.0
        else:
            push(plan, j)
    for i in range(len(rows.cap)):
        scan(rows, plan, i)
        if plan.one[i] >= 0:
            plan.loss[size + plan.one[i]] += plan.next[i] - plan.near[i]
    for k in range(size - 1, 0, -1):
        plan.loss[k] = min(plan.loss[2 * k], plan.loss[2 * k + 1])


@jit
def push(plan: Plan, j: int) -> None:
    """Put a site at the end of the queue, once."""
    if not plan.queued[j]:
        plan.queued[j] = True
        plan.queue[(plan.ends[0] + plan.ends[1]) % len(plan.queue)] = j
        plan.ends[1] += 1


@jit
def scan(rows: Rows, plan: Plan, i: int) -> None:
    """Find the client's nearest and second nearest open sites."""
    plan.one[i] = -1
    plan.two[i] = -1
    plan.near[i] = rows.cap[i]
    plan.next[i] = rows.cap[i]
    for k in range(rows.start[i], rows.start[i + 1]):
        if plan.opened[rows.site[k]]:
            if plan.one[i] < 0:
                plan.one[i] = rows.site[k]
                plan.near[i] = rows.cost[k]
            else:
                plan.two[i] = rows.site[k]
                plan.next[i] = rows.cost[k]
                break


@jit
def reckon(plan: Plan, j: int, loss: float) -> None:
    """Set what closing a site costs."""
    k = len(plan.loss) // 2 + j
    plan.loss[k] = loss
    k //= 2
    while k > 0:
        low = min(plan.loss[2 * k], plan.loss[2 * k + 1])
        if plan.loss[k] == low:
            break
        plan.loss[k] = low
        k //= 2


@jit
def cheapest(plan: Plan) -> int:
    """Return the open site whose closing costs least, the first of equals."""
    size = len(plan.loss) // 2
    k = 1
    while k < size:
        k = 2 * k if plan.loss[2 * k] <= plan.loss[2 * k + 1] else 2 * k + 1
    return k - size


@jit
def look(columns: Columns, plan: Plan, j: int) -> tuple[int, float]:
    """Return which site to close if j is opened, and what the clients cost more by that (less than 0: an improvement)."""
    size = len(plan.loss) // 2
    gain, count = 0.0, 0
    plan.ends[2] += columns.start[j + 1] - columns.start[j]
    for k in range(columns.start[j], columns.start[j + 1]):
        i, cost = columns.client[k], columns.cost[k]
        if cost < plan.next[i]:
            if cost < plan.near[i]:
                gain += plan.near[i] - cost
            r = plan.one[i]
            if r >= 0:
                if plan.extra[r] == 0.0:
                    plan.touched[count] = r
                    count += 1
                plan.extra[r] += plan.next[i] - max(cost, plan.near[i])
    out = cheapest(plan)
    least = plan.loss[size + out]
    for k in range(count):
        r = plan.touched[k]
        if plan.loss[size + r] - plan.extra[r] < least:
            least = plan.loss[size + r] - plan.extra[r]
            out = r
        plan.extra[r] = 0.0
    return out, least - gain


@jit
def swap(rows: Rows, columns: Columns, plan: Plan, come: int, go: int) -> float:
    """Open one site and close another, and queue the sites of every client that is touched.

    Returns what the clients cost more than before.
    """
    change = 0.0
    plan.opened[come] = True
    plan.opened[go] = False
    reckon(plan, come, 0.0)
    for k in range(columns.start[come], columns.start[come + 1]):
        if columns.cost[k] < plan.next[columns.client[k]]:
            change += touch(rows, plan, columns.client[k])
    for k in range(columns.start[go], columns.start[go + 1]):
        i = columns.client[k]
        if plan.one[i] == go or plan.two[i] == go:
            change += touch(rows, plan, i)
    reckon(plan, go, np.inf)
    push(plan, go)
    return change


@jit
def touch(rows: Rows, plan: Plan, i: int) -> float:
    """Send a client to the nearest open sites again; if it lost by that, queue the closed sites that it would rather have."""
    near, reach = plan.near[i], plan.next[i]
    if plan.one[i] >= 0:
        reckon(plan, plan.one[i], plan.loss[len(plan.loss) // 2 + plan.one[i]] - (reach - near))
    scan(rows, plan, i)
    if plan.one[i] >= 0:
        reckon(plan, plan.one[i], plan.loss[len(plan.loss) // 2 + plan.one[i]] + (plan.next[i] - plan.near[i]))
    if plan.near[i] > near or plan.next[i] > reach:
        k = rows.start[i]
        while k < rows.start[i + 1] and rows.cost[k] < plan.near[i] and plan.ends[1] < len(plan.queue) // 2:
            if not plan.opened[rows.site[k]]:
                push(plan, rows.site[k])
            k += 1
    return float(plan.near[i] - near)


@jit
def improve(rows: Rows, columns: Columns, plan: Plan, slack: float, log: Indices) -> tuple[float, int]:
    """Take improving swaps until the queue is empty or the log is full.

    Returns what the clients cost more than before (0 or less), and how many swaps were written to the log.
    """
    change, swaps = 0.0, 0
    while plan.ends[1] > 0 and swaps < len(log) // 2:
        j = plan.queue[plan.ends[0]]
        plan.ends[0] = (plan.ends[0] + 1) % len(plan.queue)
        plan.ends[1] -= 1
        plan.queued[j] = False
        if plan.opened[j]:
            continue
        out, more = look(columns, plan, j)
        if more < -slack:
            change += swap(rows, columns, plan, j, out)
            log[2 * swaps] = j
            log[2 * swaps + 1] = out
            swaps += 1
    return change, swaps


@jit
def forget(plan: Plan) -> None:
    """Empty the queue."""
    while plan.ends[1] > 0:
        plan.queued[plan.queue[plan.ends[0]]] = False
        plan.ends[0] = (plan.ends[0] + 1) % len(plan.queue)
        plan.ends[1] -= 1


@jit
def seeded(seed: int) -> None:
    """Set the random numbers of compiled code."""
    np.random.seed(seed)


@jit
def shake(rows: Rows, columns: Columns, plan: Plan, slack: float, reach: int, work: int, log: Indices,
          low: int, high: int) -> float:
    """Kick, repair and keep what is no worse, until so many entries were gone through.

    Returns what the clients cost more than before (0 or less). A kick closes one of the two nearest open sites of a
    random client, from low to high, and opens one of its `reach` nearest, up to four times in one neighbourhood.
    """
    change = 0.0
    work += plan.ends[2]
    kicks = np.empty((4, 2), np.int32)
    while plan.ends[2] < work:
        plan.ends[2] += 20
        more, count = kick(rows, columns, plan, low + np.random.randint(high - low), reach, kicks)
        if count == 0:
            continue
        better, swaps = improve(rows, columns, plan, slack, log)
        if more + better > slack:
            for k in range(swaps - 1, -1, -1):
                swap(rows, columns, plan, log[2 * k + 1], log[2 * k])
            for k in range(count - 1, -1, -1):
                swap(rows, columns, plan, kicks[k, 1], kicks[k, 0])
            forget(plan)
        else:
            change += more + better
    return change


@jit
def kick(rows: Rows, columns: Columns, plan: Plan, i: int, reach: int, kicks: Indices) -> tuple[float, int]:
    """Make one to four random swaps near a client; return what the clients cost more, and how many were made."""
    more, count = 0.0, 0
    for _ in range(1 + np.random.randint(len(kicks))):
        width = min(reach, rows.start[i + 1] - rows.start[i])
        go = plan.one[i] if np.random.random() < 0.5 else plan.two[i]
        if width == 0 or go < 0:
            break
        come = rows.site[rows.start[i] + np.random.randint(width)]
        if plan.opened[come]:
            break
        more += swap(rows, columns, plan, come, go)
        kicks[count, 0] = come
        kicks[count, 1] = go
        count += 1
        i = columns.client[columns.start[come] + np.random.randint(columns.start[come + 1] - columns.start[come])]
    return more, count
