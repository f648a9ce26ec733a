"""On which site a node is branched."""

import numpy as np

from siting.incumbent import Incumbent
from siting.lagrangian import StepRule, columns_if_faster, start_dual, subgradient_ascent
from siting.node import Node
from siting.sparse_rows import CLOSED, OPEN


def branch(node: Node, incumbent: Incumbent, candidates: int, iterations: int) -> list[Node]:
    """Return the children of a node that may hold a better solution, that of the least bound last.

    Strong branching (Applegate, Bixby, Chvátal and Cook 2007) with short Lagrangian ascents: of the sites whose y is
    nearest to a half, that one is taken whose children's gains have the greatest product (Achterberg 2007, ch. 5).
    """
    order = np.argsort(np.abs(node.y - 0.5), kind="stable")[:candidates]
    children, best_score = [], -1.0
    for site in order:
        pair = [child_of(node, incumbent, site, state, iterations) for state in (CLOSED, OPEN)]
        gains = [min(child.lower_bound, incumbent.cutoff) - node.lower_bound for child in pair]
        score = max(min(gains), 1e-9) * max(*gains, 1e-09)
        if score > best_score:
            children, best_score = pair, score
    children.sort(key=lambda child: -child.lower_bound)
    return [child for child in children if child.is_leaf or child.lower_bound < incumbent.cutoff]


def child_of(node: Node, incumbent: Incumbent, site: int, site_state: int, iterations: int) -> Node:
    """Return the child with a site open or closed, after a short ascent."""
    state = np.zeros(len(node.sites), np.int8)
    state[site] = site_state
    child = node.reduce(node.rows.cap, state, node.multipliers)
    if child.is_leaf:
        return child
    dual = start_dual(child.rows, child.p, child.multipliers, rule=StepRule(0.5))
    subgradient_ascent(child.rows, columns_if_faster(child.rows, child.p), dual, child.p, incumbent.value,
                       incumbent.cutoff, iterations, 5)
    child.lower_bound = max(child.lower_bound, dual.bound)
    child.multipliers = dual.best_multipliers
    return child
