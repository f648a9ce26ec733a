"""On which site a node is branched."""

import numpy as np

from siting.incumbent import Incumbent
from siting.lagrangian import columns_if_faster, start_dual, subgradient_ascent
from siting.node import Node
from siting.parameters import Ascent, Parameters, StrongBranching
from siting.sparse_rows import CLOSED, OPEN


def branch(node: Node, incumbent: Incumbent, settings: StrongBranching, parameters: Parameters) -> list[Node]:
    """Return the children of a node that may hold a better solution, that of the least bound last.

    Strong branching (Applegate, Bixby, Chvátal and Cook 2007) with short Lagrangian ascents: of the sites whose y is
    nearest to a half, that one is taken whose children's gains have the greatest product (Achterberg 2007, ch. 5).
    """
    order = np.argsort(np.abs(node.y - 0.5), kind="stable")[: settings.candidates]
    children, best_score = [], -1.0
    for site in order:
        pair = [
            child_of(node, incumbent, site, state, settings.ascent, parameters.column_ratio) for state in (CLOSED, OPEN)
        ]
        gains = [min(child.lower_bound, incumbent.cutoff) - node.lower_bound for child in pair]
        score = max(min(gains), 1e-9) * max(*gains, 1e-09)
        if score > best_score:
            children, best_score = pair, score
    children.sort(key=lambda child: -child.lower_bound)
    return [child for child in children if child.is_leaf or child.lower_bound < incumbent.cutoff]


def child_of(node: Node, incumbent: Incumbent, site: int, site_state: int, ascent: Ascent, column_ratio: int) -> Node:
    """Return the child with a site open or closed, after a short ascent."""
    state = np.zeros(len(node.sites), np.int8)
    state[site] = site_state
    child = node.reduce(node.rows.cap, state, node.multipliers)
    if child.is_leaf:
        return child
    dual = start_dual(child.rows, child.p, child.multipliers, rule=ascent.rule)
    columns = columns_if_faster(child.rows, child.p, column_ratio)
    subgradient_ascent(
        child.rows, columns, dual, child.p, incumbent.value, incumbent.cutoff, ascent.iterations, ascent.patience
    )
    child.lower_bound = max(child.lower_bound, dual.bound)
    child.multipliers = dual.best_multipliers
    return child
