"""Close the gap that the root bound left: reduce the problem by reduced costs, then branch and bound.

Branch and bound is that of Land and Doig (1960). Each node raises its bound from its parent's multipliers, fixes sites by
their reduced costs, shortens rows by what a better solution can still use, and only then branches.
"""

from dataclasses import replace

import numpy as np

from siting.branching import branch
from siting.incumbent import Incumbent
from siting.node import WORK, Node, evaluate_leaf, reduced_cost_fixing
from siting.node_bounds import SHRUNK, bound_and_reduce, lp_bound
from siting.reduced_search import EFFORT, search_halves, search_node
from siting.run import Run

AGAIN = 4  # rounds after which it is tried again to narrow what did not get narrower
AT_ONCE = 2  # nodes; how many threads there are changes nothing
LINEAR = 60_000  # entries up to which a linear program is worth its time
PLAIN = 150  # nodes of branch and bound before it
SMALL = 400_000  # entries up to which there is branch and bound


def close_gap(run: Run, root: Node) -> None:
    """Reduce the root node and enumerate it; while it is too large for that, search in it and reduce it further."""
    node: Node | None = root.reduce(*reduced_cost_fixing(root, run.dual, run.incumbent), run.dual.best_multipliers)
    if node is not None and len(node.rows.site) <= SMALL:
        node = bound_and_reduce(node, run.incumbent, 400, 20, 0.5, lambda: run.look("narrow"))
        if node is not None:
            run.bound = max(run.bound, node.lower_bound)
            if branch_and_bound(run, node, nodes_before_lp(node), False):
                return
    node = reduce_in_rounds(run, node)
    if node is None or len(node.rows.site) <= SMALL:
        max_nodes = None if run.stop.rounds is None else 100 * run.stop.rounds
        if branch_and_bound(run, node, max_nodes, node is not None and len(node.rows.site) <= LINEAR):
            return
        run.method.append("stopped")


def reduce_in_rounds(run: Run, node: Node | None) -> Node | None:
    """Search and reduce in turn until a node is small and shrinks no more; None when nothing better is left."""
    rounds, entries_before = 0, np.inf
    while node is not None and rounds != run.stop.rounds:
        run.bound = max(run.bound, node.lower_bound)
        run.look("narrow")
        entries = len(node.rows.site)
        shrunk = entries <= SHRUNK * entries_before
        if entries <= SMALL and not shrunk:
            break
        if shrunk or rounds % AGAIN == 0:
            entries_before = entries
            node = search_and_reduce(run, node, rounds)
        else:
            search_halves(run, node, rounds)
        rounds += 1
    return node


def search_and_reduce(run: Run, node: Node, seed_offset: int) -> Node | None:
    """Search within a node, bound and reduce it at the same time, and return what is left of it."""
    reduced: list[Node | None] = []
    incumbent = replace(run.incumbent)

    def bound() -> None:
        reduced.append(bound_and_reduce(node, incumbent, 150, 20, 0.5, lambda: run.look("narrow")))

    try:
        with run.beside(bound):
            search_node(run, run.incumbent, node, EFFORT, seed_offset)
    finally:
        run.incumbent.merge(incumbent)
    return reduced[0]


def nodes_before_lp(node: Node) -> int:
    """Return how many nodes are processed before any linear program."""
    return int(np.clip(WORK // (len(node.rows.site) + 10 * len(node.rows.cap)), 1, PLAIN))


def branch_and_bound(run: Run, root: Node | None, max_nodes: int | None, use_lp: bool) -> bool:
    """Enumerate a node, some nodes at once: depth first, or with linear programs the least bound first.

    Returns whether the tree was finished with at most so many nodes.
    """
    open_nodes, count = [root] if root is not None else [], 0
    run.method += [name for name in ("branch and bound", "linear programs")[:1 + use_lp] if name not in run.method]
    while open_nodes and count != max_nodes:
        if use_lp:
            open_nodes.sort(key=lambda node: -node.lower_bound)
        size = min(AT_ONCE, len(open_nodes))
        if max_nodes is not None:
            size = min(size, max_nodes - count)
        batch = [(open_nodes.pop(), replace(run.incumbent), count + k) for k in range(size)]
        count += size
        try:
            for children in run.each(lambda one: process_node(run, *one, use_lp), batch):
                open_nodes.extend(children)
        finally:
            for _, incumbent, _ in batch:
                run.incumbent.merge(incumbent)
        least = min([node.lower_bound for node in open_nodes] + [run.incumbent.value, run.incumbent.bound_limit])
        run.bound = max(run.bound, least)
        run.look("branch and bound")
    if not open_nodes:
        run.bound = min(run.incumbent.value, run.incumbent.bound_limit)
    return not open_nodes


def process_node(run: Run, node: Node, incumbent: Incumbent, seed_offset: int, use_lp: bool) -> list[Node]:
    """Bound a node, and return its children if it may hold a better solution; the incumbent is kept up to date."""
    if node.is_leaf:
        evaluate_leaf(node, incumbent)
        return []
    if node.lower_bound >= incumbent.cutoff:
        return []
    inner = bound_and_reduce(node, incumbent, 60, 8, 0.5, lambda: run.look("branch and bound"))
    if inner is not None and use_lp:
        inner = lp_bound(inner, incumbent, run.left)
        if inner is not None:
            search_node(run, incumbent, inner, 1, seed_offset)
    if inner is None:
        return []
    return branch(inner, incumbent, 8 if use_lp else 1, 30 if use_lp else 1)
