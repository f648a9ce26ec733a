"""The first solution: open one site after the other, each the one that then helps most."""

import heapq

import numpy as np

from siting.arrays import Flags
from siting.jit import jit
from siting.sparse_rows import Columns, Rows


def greedy(rows: Rows, columns: Columns, p: int) -> Flags:
    """Return flags of p sites, by the greedy heuristic of Kuehn and Hamburger (1963)."""
    is_open = np.zeros(rows.site_count, np.bool_)
    open_greedily(rows, columns, p, is_open)
    return is_open


@jit
def open_greedily(rows: Rows, columns: Columns, p: int, is_open: Flags) -> None:
    """Open p sites; a site's gain is computed anew only when it comes to the top of the heap.

    Gains can only fall (they are submodular), so an old one is an upper bound: the accelerated greedy of Minoux (1978).
    """
    cost_now = rows.cap.copy()
    heap = [(0.0, 0) for _ in range(0)]
    for j in range(rows.site_count):
        gain = 0.0
        for k in range(columns.start[j], columns.start[j + 1]):
            gain += cost_now[columns.client[k]] - columns.cost[k]
        heap.append((-gain, j))
    heapq.heapify(heap)
    while p > 0:
        _, j = heapq.heappop(heap)
        gain = 0.0
        for k in range(columns.start[j], columns.start[j + 1]):
            gain += max(cost_now[columns.client[k]] - columns.cost[k], 0.0)
        if len(heap) > 0 and -gain > heap[0][0]:
            heapq.heappush(heap, (-gain, j))
            continue
        is_open[j] = True
        p -= 1
        for k in range(columns.start[j], columns.start[j + 1]):
            cost_now[columns.client[k]] = min(cost_now[columns.client[k]], columns.cost[k])
