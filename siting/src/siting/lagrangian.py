"""The lower bound: the Lagrangian of the rows that say that each client is served once.

For multipliers u, of what a client may cost (docs/methods/siting.md):

    L(u) = sum_i u_i + sum of the p least of rho_j,    rho_j = sum_i min(0, c_ij - u_i)

is never more than the optimum. A client's multiplier never exceeds its cap, so sites left out of its list add nothing,
and the bound of the lists is that of the problem.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from siting.arrays import Flags, Floats
from siting.jit import jit
from siting.sparse_rows import Columns, Rows, transpose

MANY = 16  # sites to each open one from which on the subgradient is read off the columns of the chosen


class Dual(NamedTuple):
    """Multipliers in motion, the best found, and what is known at the best.

    Attributes
    ----------
    u, best : float64, shape (n,)
        Where the ascent is, and where the bound is best.
    way : float64, shape (n,)
        The deflected direction of the last step.
    scale : float64, shape (n,)
        How far a client's multiplier moves compared with the others'.
    rho, share : float64, shape (m,)
        Reduced costs at the best multipliers; how much of each site the late relaxed solutions open, from 0 to 1.
    figures : float64, shape (7,)
        Bound (with all rounding taken off), length of step, iterations of this spell, iterations, bound
        before the spell, share of the last direction in the next, part of the gap that a spell
        must close for the steps to stay as long as they are.
    """

    u: Floats
    best: Floats
    way: Floats
    scale: Floats
    rho: Floats
    share: Floats
    figures: Floats


def begin(rows: Rows, p: int, u: Floats | None = None, scale: Floats | None = None,
          deflection: float = 0.6, closing: float = 0.02) -> Dual:
    """Start at given multipliers, or midway between the first and the second cost."""
    if u is None or scale is None:
        middle, rank = gauged(rows, 2 * rows.site_count // max(p, 1))
        u, scale = middle if u is None else u, rank if scale is None else scale
    u = np.minimum(np.maximum(u, rows.min_cost), rows.cap)
    return Dual(u, u.copy(), np.zeros(len(u)), scale, np.zeros(rows.site_count), np.zeros(rows.site_count),
                np.array([-np.inf, 1.0, 0.0, 0.0, -np.inf, deflection, closing]))


@jit
def gauged(rows: Rows, rank: int) -> tuple[Floats, Floats]:
    """Return for each client the middle of its first and second cost, and its cost at a rank, as its scale."""
    n = len(rows.cap)
    middle = np.empty(n, np.float64)
    scale = np.empty(n, np.float64)
    for i in range(n):
        low, high = rows.start[i], rows.start[i + 1]
        second = rows.cost[low + 1] if low + 1 < high else rows.cap[i]
        middle[i] = 0.5 * (rows.min_cost[i] + second)
        scale[i] = rows.cost[low + rank] if low + rank < high else rows.cap[i]
    return middle, scale


@jit
def reduce_costs(rows: Rows, u: Floats, low: int, high: int, rho: Floats) -> None:
    """Add to the reduced costs what the clients from low to high take off them."""
    for i in range(low, high):
        for k in range(rows.start[i], rows.start[i + 1]):
            if rows.cost[k] >= u[i]:
                break
            rho[rows.site[k]] += rows.cost[k] - u[i]


@jit
def incline(rows: Rows, u: Floats, chosen: Flags, low: int, high: int, slope: Floats) -> None:
    """Write the subgradient of the clients from low to high: one less the chosen sites cheaper than u."""
    for i in range(low, high):
        slope[i] = 1.0
        for k in range(rows.start[i], rows.start[i + 1]):
            if rows.cost[k] >= u[i]:
                break
            if chosen[rows.site[k]]:
                slope[i] -= 1.0


@jit
def incline_by_columns(columns: Columns, u: Floats, chosen: Flags, slope: Floats) -> None:
    """Write the same subgradient, from the columns of the chosen sites."""
    slope[:] = 1.0
    for j in range(len(chosen)):
        if chosen[j]:
            for k in range(columns.start[j], columns.start[j + 1]):
                if columns.cost[k] < u[columns.client[k]]:
                    slope[columns.client[k]] -= 1.0


def columns_if_few(rows: Rows, p: int, to_columns: Callable[[Rows], Columns] = transpose) -> Columns:
    """Return the columns where so few sites are opened that the ascent is quicker by them; else none, by which the ascent
    knows to read the rows."""
    if rows.site_count >= MANY * p:
        return to_columns(rows)
    return Columns(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0))


@jit
def choose(rho: Floats, p: int, chosen: Flags) -> float:
    """Mark the p sites of least reduced cost, the first of equals first, and return the sum of their reduced costs."""
    chosen[:] = False
    if p <= 0:
        return 0.0
    threshold = np.partition(rho, p - 1)[p - 1]
    total, count = 0.0, 0
    for j in range(len(rho)):
        if rho[j] < threshold:
            chosen[j] = True
            total += rho[j]
            count += 1
    for j in range(len(rho)):
        if count == p:
            break
        if rho[j] == threshold:
            chosen[j] = True
            total += rho[j]
            count += 1
    return total


def chosen_by(score: Floats, p: int) -> Flags:
    """Return the p sites of least score, the first of equals first."""
    chosen = np.zeros(len(score), np.bool_)
    choose(score, p, chosen)
    return chosen


@jit
def safe(rows: Rows, u: Floats, gains: float) -> float:
    """Return L(u) less all that rounding can have added: terms x unit roundoff x sum of magnitudes, twice over."""
    total = rows.offset
    for i in range(len(u)):
        total += u[i]
    return total + gains - 2.3e-16 * (len(u) + rows.site_count + 4) * (total + 2.0 * abs(gains))


@jit
def move(rows: Rows, dual: Dual, slope: Floats, short: float) -> None:
    """Step along the deflected subgradient, each client at its own scale, between its least cost and its cap.

    `short` is how far the bound is below the target.
    """
    norm = 0.0
    for i in range(len(slope)):
        dual.way[i] = slope[i] + dual.figures[5] * dual.way[i]
        norm += dual.way[i] * dual.way[i] * dual.scale[i]
    if norm > 0.0:
        step = dual.figures[1] * short / norm
        for i in range(len(slope)):
            u = dual.u[i] + step * dual.scale[i] * dual.way[i]
            dual.u[i] = min(max(u, rows.min_cost[i]), rows.cap[i])


@jit
def note(dual: Dual, bound: float, target: float, rho: Floats, chosen: Flags, patience: int) -> None:
    """Keep the multipliers if they are the best; halve the steps when a spell closed too little of the gap."""
    figures = dual.figures
    for j in range(len(rho)):
        dual.share[j] += 0.05 * ((1.0 if chosen[j] else 0.0) - dual.share[j])
    figures[3] += 1.0
    figures[2] += 1.0
    if bound > figures[0]:
        figures[0] = bound
        dual.best[:] = dual.u
        dual.rho[:] = rho
    if figures[2] >= patience:
        if figures[0] - figures[4] < figures[6] * (target - figures[4]):
            figures[1] *= 0.5
            dual.u[:] = dual.best
        figures[2] = 0.0
        figures[4] = figures[0]


@jit
def ascend(rows: Rows, columns: Columns, dual: Dual, p: int, target: float, enough: float, iterations: int,
           patience: int) -> None:
    """Take steps towards the target until the bound is enough, the steps are tiny, or the iterations are over.

    Columns may be none (`columns_if_few`).
    """
    rho = np.empty_like(dual.rho)
    slope = np.empty_like(dual.u)
    chosen = np.zeros(len(rho), np.bool_)
    for _ in range(iterations):
        rho[:] = 0.0
        reduce_costs(rows, dual.u, 0, len(slope), rho)
        bound = safe(rows, dual.u, choose(rho, p, chosen))
        note(dual, bound, target, rho, chosen, patience)
        if dual.figures[0] >= enough or dual.figures[1] < 1e-4:
            break
        if len(columns.start) > len(rho):
            incline_by_columns(columns, dual.u, chosen, slope)
        else:
            incline(rows, dual.u, chosen, 0, len(slope), slope)
        move(rows, dual, slope, max(target - bound, 1e-9 * abs(target)))
