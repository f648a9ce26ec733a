"""Branch and bound over what the first bound left open.

A node is a smaller problem of the same kind: some sites are closed and gone, some are open and have become the caps of
their clients. Each node climbs from its parent's multipliers, fixes sites by their reduced costs and shortens rows by
what an improvement can still use, and only then branches.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from siting.arrays import Floats, Ints, States
from siting.incumbent import Incumbent
from siting.lagrangian import (
    MIN_STEP_SIZE,
    LagrangianDual,
    StepRule,
    columns_if_faster,
    p_smallest,
    start_dual,
    subgradient_ascent,
)
from siting.linear_program import relaxed
from siting.sparse_rows import CLOSED, OPEN, Rows, reduce_rows, total_cost

WORK = 20_000_000  # entries gone through between two looks at the clock


@dataclass
class Node:
    """A subproblem: its rows, how many sites are to be opened still, and what leads back to the first rows."""

    rows: Rows
    p: int
    sites: Ints
    opened: Ints
    u: Floats
    bound: float = -np.inf
    share: Floats = field(default_factory=lambda: np.zeros(0))

    def narrowed(self, limit: Floats, state: States, u: Floats) -> "Node":
        """Return the smaller problem with these sites open and closed."""
        rows, free, kept = reduce_rows(self.rows, limit, state)
        taken = self.sites[state == OPEN]
        return Node(rows, self.p - len(taken), self.sites[free], np.concatenate([self.opened, taken]), u[kept],
                    self.bound, self.share[free] if len(self.share) else self.share)

    @property
    def over(self) -> bool:
        """Return whether nothing is left to choose."""
        return self.p <= 0 or self.p >= len(self.sites) or len(self.rows.cap) == 0


def fixed(node: Node, dual: LagrangianDual, incumbent: Incumbent) -> tuple[Floats, States]:
    """Return each client's limit and each site's state in any improvement on the incumbent."""
    gap = incumbent.cutoff - dual.bound
    state = np.zeros(len(node.sites), np.int8)
    chosen = p_smallest(dual.reduced_cost, node.p)
    last, following = dual.reduced_cost[chosen].max(), dual.reduced_cost[~chosen].min()
    state[~chosen & (dual.reduced_cost - last > gap)] = CLOSED
    state[chosen & (following - dual.reduced_cost > gap)] = OPEN
    return dual.best_multipliers + gap * (1 + 1e-9), state


def finish(node: Node, incumbent: Incumbent) -> None:
    """Try out a set of a node whose sets all cost the same by the rows.

    If it truly costs more, the rows were cut too short to tell, and nothing is proven beyond what they say.
    """
    if node.p > len(node.sites):
        return
    chosen = np.arange(len(node.sites)) < node.p
    value = total_cost(node.rows, chosen)
    if value < incumbent.cutoff and incumbent.offer(np.concatenate([node.opened, node.sites[chosen]])) > value * (1 + 1e-9):
        incumbent.bound_limit = min(incumbent.bound_limit, value)


def climb(node: Node, incumbent: Incumbent, iterations: int, patience: int, length: float,
          look: Callable[[], None] = lambda: None) -> Node | None:
    """Raise a node's bound and narrow it as long as that goes well; None when it cannot hold an improvement.

    `look` is called now and then, and may raise to end it all.
    """
    while not node.over:
        dual = start_dual(node.rows, node.p, node.u, rule=StepRule(length, 0.3, 0.005))
        columns = columns_if_faster(node.rows, node.p)
        step = max(5, WORK // (len(node.rows.site) // 2 + 12 * len(node.rows.cap)))
        for done in range(0, iterations, step):
            subgradient_ascent(node.rows, columns, dual, node.p, incumbent.value, incumbent.cutoff,
                               min(step, iterations - done), patience)
            if dual.bound >= incumbent.cutoff or dual.state.step_size < MIN_STEP_SIZE:
                break
            look()
        node.bound = max(node.bound, dual.bound)
        node.share = dual.average_y
        chosen = p_smallest(dual.reduced_cost, node.p)
        value = total_cost(node.rows, chosen)
        if node.bound < incumbent.cutoff and value < incumbent.cutoff:
            incumbent.offer(np.concatenate([node.opened, node.sites[chosen]]))
        if node.bound >= incumbent.cutoff:
            return None
        limit, state = fixed(node, dual, incumbent)
        small = node.narrowed(limit, state, dual.best_multipliers)
        well = len(small.rows.site) < 0.8 * len(node.rows.site)
        node = small
        if not well:
            break
    if node.over:
        finish(node, incumbent)
        return None
    return node


def probed(node: Node, incumbent: Incumbent, free: int, side: int, iterations: int) -> Node:
    """Return one half of a node after a short climb."""
    state = np.zeros(len(node.sites), np.int8)
    state[free] = side
    half = node.narrowed(node.rows.cap, state, node.u)
    if half.over:
        return half
    dual = start_dual(half.rows, half.p, half.u, rule=StepRule(0.5))
    subgradient_ascent(half.rows, columns_if_faster(half.rows, half.p), dual, half.p, incumbent.value, incumbent.cutoff,
                       iterations, 5)
    half.bound = max(half.bound, dual.bound)
    half.u = dual.best_multipliers
    return half


def branched(node: Node, incumbent: Incumbent, candidates: int, iterations: int) -> list[Node]:
    """Return the halves of a node that may hold an improvement, the likelier one last.

    Of the sites about which the relaxed solutions disagree most, that one is taken whose halves gain most.
    """
    order = np.argsort(np.abs(node.share - 0.5), kind="stable")[:candidates]
    halves, most = [], -1.0
    for free in order:
        pair = [probed(node, incumbent, free, side, iterations) for side in (CLOSED, OPEN)]
        gains = [min(half.bound, incumbent.cutoff) - node.bound for half in pair]
        score = max(min(gains), 1e-9) * max(*gains, 1e-09)
        if score > most:
            halves, most = pair, score
    halves.sort(key=lambda half: -half.bound)
    return [half for half in halves if half.over or half.bound < incumbent.cutoff]


def eased(node: Node, incumbent: Incumbent, seconds: float) -> Node | None:
    """Bound a node by its linear program and narrow it; None when it cannot hold an improvement."""
    answer = relaxed(node.rows, node.p, seconds)
    if answer is None:
        return node
    u, share = answer
    chosen = p_smallest(-share, node.p)
    value = total_cost(node.rows, chosen)
    if value < incumbent.cutoff:
        incumbent.offer(np.concatenate([node.opened, node.sites[chosen]]))
    dual = start_dual(node.rows, node.p, u, rule=StepRule(0.1))
    subgradient_ascent(node.rows, columns_if_faster(node.rows, node.p), dual, node.p, incumbent.value, incumbent.cutoff, 20, 5)
    node.bound = max(node.bound, dual.bound)
    if node.bound >= incumbent.cutoff:
        return None
    node.share = share
    node = node.narrowed(*fixed(node, dual, incumbent), dual.best_multipliers)
    if node.over:
        finish(node, incumbent)
        return None
    return node
