"""Lower bounds of a node, by its Lagrangian dual or its linear program, and what they allow to fix."""

from collections.abc import Callable

from siting.incumbent import Incumbent
from siting.lagrangian import (
    MIN_STEP_SIZE,
    LagrangianDual,
    columns_if_faster,
    p_smallest,
    start_dual,
    subgradient_ascent,
    work_per_iteration,
)
from siting.linear_program import solve_relaxation
from siting.node import Node, reduced_cost_fixing, unless_leaf
from siting.parameters import Ascent, Parameters
from siting.sparse_rows import total_cost

SHRUNK = 0.8  # a node with fewer entries than this part of those before is worth another bound


def bound_and_reduce(
    node: Node, incumbent: Incumbent, ascent: Ascent, parameters: Parameters, check: Callable[[], None] = lambda: None
) -> Node | None:
    """Raise a node's bound and fix by reduced costs as long as it shrinks; None when nothing in it can be better.

    `check` is called now and then, and may raise to end it all.
    """
    while not node.is_leaf:
        dual = lagrangian_bound(node, incumbent, ascent, parameters, check)
        if node.lower_bound >= incumbent.cutoff:
            return None
        smaller = node.reduce(*reduced_cost_fixing(node, dual, incumbent), dual.best_multipliers)
        shrunk = len(smaller.rows.site) < SHRUNK * len(node.rows.site)
        node = smaller
        if not shrunk:
            break
    return unless_leaf(node, incumbent)


def lagrangian_bound(
    node: Node, incumbent: Incumbent, ascent: Ascent, parameters: Parameters, check: Callable[[], None]
) -> LagrangianDual:
    """Raise a node's bound from its multipliers, offer the sites of least reduced cost, and return the dual."""
    dual = start_dual(node.rows, node.p, node.multipliers, rule=ascent.rule)
    columns = columns_if_faster(node.rows, node.p, parameters.column_ratio)
    portion = max(5, parameters.work_per_check // work_per_iteration(node.rows))
    for done in range(0, ascent.iterations, portion):
        subgradient_ascent(
            node.rows,
            columns,
            dual,
            node.p,
            incumbent.value,
            incumbent.cutoff,
            min(portion, ascent.iterations - done),
            ascent.patience,
        )
        if dual.bound >= incumbent.cutoff or dual.state.step_size < MIN_STEP_SIZE:
            break
        check()
    node.lower_bound = max(node.lower_bound, dual.bound)
    node.y = dual.average_y
    selected = p_smallest(dual.reduced_cost, node.p)
    cost = total_cost(node.rows, selected)
    if node.lower_bound < incumbent.cutoff and cost < incumbent.cutoff:
        incumbent.offer(node.solution(selected))
    return dual


def lp_bound(node: Node, incumbent: Incumbent, parameters: Parameters, seconds: float) -> Node | None:
    """Bound a node by its linear relaxation and fix by reduced costs; None when nothing in it can be better.

    The duals of the linear program only give multipliers; the bound is L(u) by our own arithmetic, as Neumaier and
    Shcherbina (2004) demand of a safe bound.
    """
    answer = solve_relaxation(node.rows, node.p, seconds)
    if answer is None:
        return node
    multipliers, y = answer
    ascent = parameters.tree.lp_ascent
    selected = p_smallest(-y, node.p)
    cost = total_cost(node.rows, selected)
    if cost < incumbent.cutoff:
        incumbent.offer(node.solution(selected))
    dual = start_dual(node.rows, node.p, multipliers, rule=ascent.rule)
    columns = columns_if_faster(node.rows, node.p, parameters.column_ratio)
    subgradient_ascent(
        node.rows, columns, dual, node.p, incumbent.value, incumbent.cutoff, ascent.iterations, ascent.patience
    )
    node.lower_bound = max(node.lower_bound, dual.bound)
    if node.lower_bound >= incumbent.cutoff:
        return None
    node.y = y
    node = node.reduce(*reduced_cost_fixing(node, dual, incumbent), dual.best_multipliers)
    return unless_leaf(node, incumbent)
