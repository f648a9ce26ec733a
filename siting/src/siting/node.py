"""A node of branch and bound, what reduced costs fix in it, and its value when it is a leaf.

A node is a smaller problem of the same kind: some sites are closed and gone, some are open and have become the caps of
their clients.
"""

from dataclasses import dataclass, field

import numpy as np

from siting.arrays import Flags, Floats, Ints, States
from siting.incumbent import Incumbent
from siting.lagrangian import LagrangianDual, p_smallest
from siting.sparse_rows import CLOSED, OPEN, Rows, reduce_rows, total_cost


@dataclass
class Node:
    """A subproblem.

    Attributes
    ----------
    rows : Rows
    p : int
        How many sites are still to be opened.
    sites : int64
        The numbers of the free sites in the presolved problem.
    opened : int64
        The sites that are open in every solution of the node, by the same numbers.
    multipliers : float64, shape (n,)
        Where an ascent begins.
    lower_bound : float
    y : float64, shape (m,)
        How much of each site the relaxation opens; empty before anything was relaxed.
    """

    rows: Rows
    p: int
    sites: Ints
    opened: Ints
    multipliers: Floats
    lower_bound: float = -np.inf
    y: Floats = field(default_factory=lambda: np.zeros(0))

    def reduce(self, limit: Floats, state: States, multipliers: Floats) -> "Node":
        """Return the smaller node with these sites open and closed, and entries below each client's limit only."""
        rows, free, kept = reduce_rows(self.rows, limit, state)
        opened = self.sites[state == OPEN]
        return Node(
            rows,
            self.p - len(opened),
            self.sites[free],
            np.concatenate([self.opened, opened]),
            multipliers[kept],
            self.lower_bound,
            self.y[free] if len(self.y) else self.y,
        )

    def solution(self, selected: Flags) -> Ints:
        """Return the open sites, by their numbers in the presolved problem, if these free ones are opened."""
        return np.concatenate([self.opened, self.sites[selected]])

    @property
    def is_leaf(self) -> bool:
        """Return whether nothing is left to choose."""
        return self.p <= 0 or self.p >= len(self.sites) or len(self.rows.cap) == 0


def reduced_cost_fixing(node: Node, dual: LagrangianDual, incumbent: Incumbent) -> tuple[Floats, States]:
    """Return each client's limit and each site's state in every solution better than the incumbent.

    The penalty tests of Christofides and Beasley (1982). Let G be the gap from bound to cutoff. A site is closed if its
    reduced cost exceeds the p-th least by more than G, and open if it is among the p least and the next one exceeds it
    by more than G. No client costs more than its multiplier plus G.
    """
    gap = incumbent.cutoff - dual.bound
    state = np.zeros(len(node.sites), np.int8)
    selected = p_smallest(dual.reduced_cost, node.p)
    last, following = dual.reduced_cost[selected].max(), dual.reduced_cost[~selected].min()
    state[~selected & (dual.reduced_cost - last > gap)] = CLOSED
    state[selected & (following - dual.reduced_cost > gap)] = OPEN
    return dual.best_multipliers + gap * (1 + 1e-9), state


def evaluate_leaf(node: Node, incumbent: Incumbent) -> None:
    """Offer a solution of a leaf, whose solutions all cost the same by the rows.

    If its true cost is more, the rows were cut too short to tell, and no bound above their cost is proven.
    """
    if node.p > len(node.sites):
        return
    selected = np.arange(len(node.sites)) < node.p
    cost = total_cost(node.rows, selected)
    if cost < incumbent.cutoff and incumbent.offer(node.solution(selected)) > cost * (1 + 1e-9):
        incumbent.bound_limit = min(incumbent.bound_limit, cost)


def unless_leaf(node: Node, incumbent: Incumbent) -> Node | None:
    """Return the node, or evaluate it and return None if it is a leaf."""
    if node.is_leaf:
        evaluate_leaf(node, incumbent)
        return None
    return node
