"""The lower bound: a Lagrangian relaxation, its multipliers raised by a subgradient method.

The constraints that each client is served once are relaxed (Cornuéjols, Fisher and Nemhauser 1977; Narula, Ogbu and
Samuelsson 1977). For multipliers u (docs/methods/siting.md)

    L(u) = sum_i u_i + sum of the p least rho_j,    rho_j = sum_i min(0, c_ij - u_i)

is never more than the optimum; rho_j is the reduced cost of site j. A multiplier never exceeds its client's cap, so
sites left out of a row add nothing, and the bound of the rows is one of the problem.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from siting.arrays import Flags, Floats
from siting.jit import jit, zero_record
from siting.sparse_rows import Columns, Rows, transpose

MIN_STEP_SIZE = 1e-4  # below it the bound hardly rises any more
SMOOTHING = 0.05  # weight of the latest relaxed solution in the average
WORK_PER_CLIENT = 12  # entries that a client counts as in an iteration
TWICE_UNIT_ROUNDOFF = 2.3e-16  # 2 * 2**-53 = 2.22e-16, a little more


class StepRule(NamedTuple):
    """How the subgradient method steps.

    Attributes
    ----------
    step_size : float
        The first factor of Polyak's step; it is halved as time goes on.
    deflection : float
        The part of the last direction in the next.
    min_progress : float
        The part of the gap that a period must close, or else the step size is halved.
    """

    step_size: float = 1.0
    deflection: float = 0.6
    min_progress: float = 0.02


DEFAULT_RULE = StepRule()


class AscentState:
    """The numbers that change during an ascent; a period is as many iterations as there is patience.

    Attributes
    ----------
    best_bound : float
        The greatest L(u) so far, less all rounding.
    step_size : float
    period_bound : float
        The best bound when the period began.
    period_iterations : int
    """

    best_bound: float
    step_size: float
    period_bound: float
    period_iterations: int


class LagrangianDual(NamedTuple):
    """An ascent: where it is, the best multipliers, and what is known at these.

    Attributes
    ----------
    multipliers, best_multipliers : float64, shape (n,)
        The present ones, and those of the best bound.
    direction : float64, shape (n,)
        The deflected direction of the last step.
    scale : float64, shape (n,)
        How far a client's multiplier moves compared with the others'.
    reduced_cost : float64, shape (m,)
        At the best multipliers.
    average_y : float64, shape (m,)
        How much of each site the latest relaxed solutions open, from 0 to 1.
    rule : StepRule
    state : AscentState
    """

    multipliers: Floats
    best_multipliers: Floats
    direction: Floats
    scale: Floats
    reduced_cost: Floats
    average_y: Floats
    rule: StepRule
    state: AscentState

    @property
    def bound(self) -> float:
        """Return the best bound."""
        return float(self.state.best_bound)


def start_dual(
    rows: Rows, p: int, multipliers: Floats | None = None, scale: Floats | None = None, rule: StepRule = DEFAULT_RULE
) -> LagrangianDual:
    """Return a dual at given multipliers, or midway between each client's first and second cost."""
    if multipliers is None or scale is None:
        middle, cost_at_rank = initial_multipliers(rows, 2 * rows.site_count // max(p, 1))
        multipliers = middle if multipliers is None else multipliers
        scale = cost_at_rank if scale is None else scale
    u = np.minimum(np.maximum(multipliers, rows.min_cost), rows.cap)
    state = zero_record(AscentState)
    state.best_bound = state.period_bound = -np.inf
    state.step_size = rule.step_size
    return LagrangianDual(
        u, u.copy(), np.zeros(len(u)), scale, np.zeros(rows.site_count), np.zeros(rows.site_count), rule, state
    )


@jit
def initial_multipliers(rows: Rows, rank: int) -> tuple[Floats, Floats]:
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
def compute_reduced_costs(rows: Rows, multipliers: Floats, reduced_cost: Floats) -> None:
    """Write the reduced cost of each site: rho_j = sum_i min(0, c_ij - u_i)."""
    reduced_cost[:] = 0.0
    for i in range(len(multipliers)):
        for k in range(rows.start[i], rows.start[i + 1]):
            if rows.cost[k] >= multipliers[i]:
                break
            reduced_cost[rows.site[k]] += rows.cost[k] - multipliers[i]


@jit
def compute_subgradient(rows: Rows, multipliers: Floats, selected: Flags, subgradient: Floats) -> None:
    """Write the subgradient of L: for each client 1 less the number of selected sites that cost less than u_i."""
    for i in range(len(multipliers)):
        subgradient[i] = 1.0
        for k in range(rows.start[i], rows.start[i + 1]):
            if rows.cost[k] >= multipliers[i]:
                break
            if selected[rows.site[k]]:
                subgradient[i] -= 1.0


@jit
def compute_subgradient_by_columns(columns: Columns, multipliers: Floats, selected: Flags, subgradient: Floats) -> None:
    """Write the same subgradient, from the columns of the selected sites."""
    subgradient[:] = 1.0
    for j in range(len(selected)):
        if selected[j]:
            for k in range(columns.start[j], columns.start[j + 1]):
                if columns.cost[k] < multipliers[columns.client[k]]:
                    subgradient[columns.client[k]] -= 1.0


def columns_if_faster(rows: Rows, p: int, ratio: int, to_columns: Callable[[Rows], Columns] = transpose) -> Columns:
    """Return the columns if there are at least `ratio` sites to each open one, else empty ones.

    The ascent reads rows if the columns are empty.
    """
    if rows.site_count >= ratio * p:
        return to_columns(rows)
    return Columns(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0))


def work_per_iteration(rows: Rows) -> int:
    """Return how many entries an iteration counts as; about half of each row is below its multiplier."""
    return len(rows.site) // 2 + WORK_PER_CLIENT * len(rows.cap)


@jit
def select_p_smallest(score: Floats, p: int, selected: Flags) -> float:
    """Mark the p sites of least score, the first of equals first, and return the sum of their scores."""
    selected[:] = False
    if p <= 0:
        return 0.0
    threshold = np.partition(score, p - 1)[p - 1]
    total, count = 0.0, 0
    for j in range(len(score)):
        if score[j] < threshold:
            selected[j] = True
            total += score[j]
            count += 1
    for j in range(len(score)):
        if count == p:
            break
        if score[j] == threshold:
            selected[j] = True
            total += score[j]
            count += 1
    return total


def p_smallest(score: Floats, p: int) -> Flags:
    """Return flags of the p sites of least score, the first of equals first."""
    selected = np.zeros(len(score), np.bool_)
    select_p_smallest(score, p, selected)
    return selected


@jit
def safe_bound(rows: Rows, multipliers: Floats, selected_sum: float) -> float:
    """Return L(u) less all that rounding can have added: terms times unit roundoff times the sum of magnitudes, twice.

    `selected_sum` is the sum of the p least reduced costs. The error bound of a sum is that of Higham (2002), ch. 4.
    """
    total = rows.offset
    for i in range(len(multipliers)):
        total += multipliers[i]
    terms = len(multipliers) + rows.site_count + 4
    return total + selected_sum - TWICE_UNIT_ROUNDOFF * terms * (total + 2.0 * abs(selected_sum))


@jit
def take_step(rows: Rows, dual: LagrangianDual, subgradient: Floats, distance: float) -> None:
    """Step along the deflected subgradient, each client at its own scale, between its minimum cost and its cap.

    The length is that of Polyak (1969) towards a target; `distance` is how far the bound is below it. The deflection, a
    fixed part of the last direction, is that of Camerini, Fratta and Maffioli (1975).
    """
    norm = 0.0
    for i in range(len(subgradient)):
        dual.direction[i] = subgradient[i] + dual.rule.deflection * dual.direction[i]
        norm += dual.direction[i] * dual.direction[i] * dual.scale[i]
    if norm > 0.0:
        step = dual.state.step_size * distance / norm
        for i in range(len(subgradient)):
            u = dual.multipliers[i] + step * dual.scale[i] * dual.direction[i]
            dual.multipliers[i] = min(max(u, rows.min_cost[i]), rows.cap[i])


@jit
def update_best(
    dual: LagrangianDual, bound: float, target: float, reduced_cost: Floats, selected: Flags, patience: int
) -> None:
    """Keep the multipliers if they are the best; halve the step size after a period with too little progress.

    Halving is that of Held, Wolfe and Crowder (1974); the average of relaxed solutions, that of the volume algorithm
    (Barahona and Anbil 2000).
    """
    state = dual.state
    for j in range(len(reduced_cost)):
        dual.average_y[j] += SMOOTHING * ((1.0 if selected[j] else 0.0) - dual.average_y[j])
    state.period_iterations += 1
    if bound > state.best_bound:
        state.best_bound = bound
        dual.best_multipliers[:] = dual.multipliers
        dual.reduced_cost[:] = reduced_cost
    if state.period_iterations >= patience:
        if state.best_bound - state.period_bound < dual.rule.min_progress * (target - state.period_bound):
            state.step_size *= 0.5
            dual.multipliers[:] = dual.best_multipliers
        state.period_iterations = 0
        state.period_bound = state.best_bound


@jit
def subgradient_ascent(
    rows: Rows,
    columns: Columns,
    dual: LagrangianDual,
    p: int,
    target: float,
    cutoff: float,
    iterations: int,
    patience: int,
) -> None:
    """Raise the bound towards the target until it reaches the cutoff, steps are tiny, or the iterations are over.

    The subgradient method of Held and Karp (1971) and Held, Wolfe and Crowder (1974). Columns may be empty
    (`columns_if_faster`).
    """
    reduced_cost = np.empty_like(dual.reduced_cost)
    subgradient = np.empty_like(dual.multipliers)
    selected = np.zeros(len(reduced_cost), np.bool_)
    for _ in range(iterations):
        compute_reduced_costs(rows, dual.multipliers, reduced_cost)
        bound = safe_bound(rows, dual.multipliers, select_p_smallest(reduced_cost, p, selected))
        update_best(dual, bound, target, reduced_cost, selected, patience)
        if dual.state.best_bound >= cutoff or dual.state.step_size < MIN_STEP_SIZE:
            break
        if len(columns.start) > len(reduced_cost):
            compute_subgradient_by_columns(columns, dual.multipliers, selected, subgradient)
        else:
            compute_subgradient(rows, dual.multipliers, selected, subgradient)
        take_step(rows, dual, subgradient, max(target - bound, 1e-9 * abs(target)))
