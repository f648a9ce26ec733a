"""Close the gap that the root bound left: reduce the problem by reduced costs, then branch and bound.

Branch and bound is that of Land and Doig (1960). Each node raises its bound from its parent's multipliers, fixes sites
by their reduced costs, shortens rows by what a better solution can still use, and only then branches.
"""

from dataclasses import replace

import numpy as np

from siting.branching import branch
from siting.incumbent import Incumbent
from siting.node import Node, evaluate_leaf, reduced_cost_fixing
from siting.node_bounds import SHRUNK, bound_and_reduce, lp_bound
from siting.parameters import Parameters
from siting.reduced_search import search_halves, search_node
from siting.run import Run


def close_gap(run: Run, root: Node) -> None:
    """Reduce the root node and enumerate it; while it is too large for that, search in it and reduce it further."""
    node: Node | None = root.reduce(*reduced_cost_fixing(root, run.dual, run.incumbent), run.dual.best_multipliers)
    parameters = run.parameters
    if node is not None and len(node.rows.site) <= parameters.large_problem:
        node = bound_and_reduce(
            node, run.incumbent, parameters.reduction.first, parameters, lambda: run.check("narrow")
        )
        if node is not None:
            run.raise_lower_bound(node.lower_bound)
            if branch_and_bound(run, node, nodes_before_lp(node, parameters), False):
                return
    node = reduce_in_rounds(run, node)
    if node is None or len(node.rows.site) <= parameters.large_problem:
        max_nodes = None if run.stop.rounds is None else parameters.tree.nodes_per_round * run.stop.rounds
        use_lp = node is not None and len(node.rows.site) <= parameters.tree.max_lp_entries
        if not branch_and_bound(run, node, max_nodes, use_lp):
            run.methods.append("stopped")


def reduce_in_rounds(run: Run, node: Node | None) -> Node | None:
    """Search and reduce in turn until a node is small and shrinks no more; None when nothing better is left."""
    rounds, entries_before = 0, np.inf
    while node is not None and rounds != run.stop.rounds:
        run.raise_lower_bound(node.lower_bound)
        run.check("narrow")
        entries = len(node.rows.site)
        shrunk = entries <= SHRUNK * entries_before
        if entries <= run.parameters.large_problem and not shrunk:
            break
        if shrunk or rounds % run.parameters.reduction.retry_after == 0:
            entries_before = entries
            node = search_and_reduce(run, node, rounds)
        else:
            search_halves(run, node, rounds)
        rounds += 1
    return node


def search_and_reduce(run: Run, node: Node, seed_offset: int) -> Node | None:
    """Search within a node, bound and reduce it at the same time, and return what is left of it."""
    parameters, reduced = run.parameters, list[Node | None]()
    incumbent = replace(run.incumbent)

    def bound() -> None:
        reduced.append(
            bound_and_reduce(node, incumbent, parameters.reduction.ascent, parameters, lambda: run.check("narrow"))
        )

    try:
        with run.in_parallel(bound):
            search_node(run, run.incumbent, node, parameters.reduction.effort, seed_offset)
    finally:
        run.incumbent.merge(incumbent)
    return reduced[0]


def nodes_before_lp(node: Node, parameters: Parameters) -> int:
    """Return how many nodes are processed before any linear program."""
    work_per_node = len(node.rows.site) + 10 * len(node.rows.cap)
    return int(np.clip(parameters.work_per_check // work_per_node, 1, parameters.tree.nodes_before_lp))


def branch_and_bound(run: Run, root: Node | None, max_nodes: int | None, use_lp: bool) -> bool:
    """Enumerate a node, some nodes at once: depth first, or with linear programs the least bound first.

    Returns whether the tree was finished with at most so many nodes.
    """
    open_nodes, count = [root] if root is not None else [], 0
    run.methods += [name for name in ("branch and bound", "linear programs")[: 1 + use_lp] if name not in run.methods]
    while open_nodes and count != max_nodes:
        if use_lp:
            open_nodes.sort(key=lambda node: -node.lower_bound)
        size = min(run.parameters.tree.batch, len(open_nodes))
        if max_nodes is not None:
            size = min(size, max_nodes - count)
        batch = [(open_nodes.pop(), replace(run.incumbent), count + k) for k in range(size)]
        count += size
        try:
            for children in run.parallel_map(lambda one: process_node(run, *one, use_lp), batch):
                open_nodes.extend(children)
        finally:
            for _, incumbent, _ in batch:
                run.incumbent.merge(incumbent)
        least = min([node.lower_bound for node in open_nodes] + [run.incumbent.value, run.incumbent.bound_limit])
        run.raise_lower_bound(least)
        run.check("branch and bound")
    if not open_nodes:
        run.lower_bound = min(run.incumbent.value, run.incumbent.bound_limit)
    return not open_nodes


def process_node(run: Run, node: Node, incumbent: Incumbent, seed_offset: int, use_lp: bool) -> list[Node]:
    """Bound a node, and return its children if it may hold a better solution; the incumbent is kept up to date."""
    if node.is_leaf:
        evaluate_leaf(node, incumbent)
        return []
    if node.lower_bound >= incumbent.cutoff:
        return []
    parameters, tree = run.parameters, run.parameters.tree
    inner = bound_and_reduce(node, incumbent, tree.ascent, parameters, lambda: run.check("branch and bound"))
    if inner is not None and use_lp:
        inner = lp_bound(inner, incumbent, parameters, run.seconds_left)
        if inner is not None:
            search_node(run, incumbent, inner, 1, seed_offset)
    if inner is None:
        return []
    return branch(inner, incumbent, tree.lp_branching if use_lp else tree.branching, parameters)
