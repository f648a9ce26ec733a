"""Narrow what the first bound left open, and go through it."""

from dataclasses import replace

import numpy as np

from siting.incumbent import Incumbent
from siting.iterated_local_search import IteratedLocalSearch
from siting.local_search import seed_random
from siting.node import WORK, Node, branched, climb, eased, finish, fixed
from siting.run import Run
from siting.sparse_rows import transpose

AGAIN = 4  # rounds after which it is tried again to narrow what did not get narrower
EFFORT = 80  # portions of all entries that a search in a large node goes through
AT_ONCE = 2  # nodes; how many threads there are changes nothing
LEAST_WORK = 500_000  # entries per unit of effort in small problems
LINEAR = 60_000  # entries up to which a linear program is worth its time
PLAIN = 150  # nodes of branch and bound before it
SMALL = 400_000  # entries up to which there is branch and bound


def enumerate_all(run: Run, root: Node) -> None:
    """Narrow and go through what is left; while that is too much at once, search in it and narrow it further."""
    node: Node | None = root.narrowed(*fixed(root, run.dual, run.incumbent), run.dual.best_multipliers)
    if node is not None and len(node.rows.site) <= SMALL:
        node = climb(node, run.incumbent, 400, 20, 0.5, lambda: run.look("narrow"))
        if node is not None:
            run.bound = max(run.bound, node.bound)
            if branch_and_bound(run, node, plain(node), False):
                return
    rounds, before = 0, np.inf
    while node is not None and rounds != run.stop.rounds:
        run.bound = max(run.bound, node.bound)
        run.look("narrow")
        entries = len(node.rows.site)
        if entries <= SMALL and entries > 0.8 * before:
            break
        if entries <= 0.8 * before or rounds % AGAIN == 0:
            before = entries
            node = narrowed(run, node, rounds)
        else:
            search_halves(run, node, rounds)
        rounds += 1
    small = node is None or len(node.rows.site) <= SMALL
    if small and not branch_and_bound(run, node, None if run.stop.rounds is None else 100 * run.stop.rounds,
                                      node is not None and len(node.rows.site) <= LINEAR):
        run.method.append("stopped")


def narrowed(run: Run, node: Node, turn: int) -> Node | None:
    """Search within a node and climb from it at once; return what is left of it."""
    left: list[Node | None] = []
    found = replace(run.incumbent)
    try:
        with run.beside(lambda: left.append(climb(node, found, 150, 20, 0.5, lambda: run.look("narrow")))):
            search_narrow(run, run.incumbent, node, EFFORT, turn)
    finally:
        run.incumbent.merge(found)
    return left[0]


def search_halves(run: Run, node: Node, turn: int) -> None:
    """Search around either half of the clients at once, and put together what was found."""
    clients = len(node.rows.cap)
    half = max(1, clients // 2)
    parts = [(0, half), (min(half, clients - 1), clients)]
    found = [replace(run.incumbent) for _ in parts]
    try:
        run.each(lambda k: search_narrow(run, found[k], node, EFFORT, 2 * turn + k, parts[k]), [0, 1])
    finally:
        run.incumbent.merge_changes(found)


def plain(node: Node) -> int:
    """Return how many nodes are tried before anything heavier."""
    return int(np.clip(WORK // (len(node.rows.site) + 10 * len(node.rows.cap)), 1, PLAIN))


def search_narrow(run: Run, incumbent: Incumbent, node: Node, effort: int, turn: int,
                  part: tuple[int, int] | None = None) -> None:
    """Search around the incumbent within a node that holds every better one; what is random depends on the turn.

    `part`: the clients around whom sites are changed, all unless said otherwise.
    """
    place = np.full(run.store.rows.site_count, -1)
    place[node.sites] = np.arange(len(node.sites))
    chosen = np.zeros(len(node.sites), np.bool_)
    inside = place[incumbent.sites]
    chosen[inside[inside >= 0]] = True
    missing = node.p - int(chosen.sum())
    order = np.argsort(-node.share, kind="stable")
    if missing > 0:
        chosen[order[~chosen[order]][:missing]] = True
    elif missing < 0:
        chosen[order[chosen[order]][missing:]] = False
    search = IteratedLocalSearch(incumbent, node.rows, transpose(node.rows), node.p, node.share, run.seed + turn, part,
                    lambda flags: np.concatenate([node.opened, node.sites[flags]]))
    seed_random(run.seed + turn)
    work = effort * max(len(node.rows.site), LEAST_WORK)
    search.portion_work = min(work // 4 + 1, WORK)
    for _ in search.portions(chosen):
        run.look("search")
        work -= search.portion_work
        if work < 0 or run.bound >= incumbent.cutoff:
            break


def branch_and_bound(run: Run, root: Node | None, most: int | None, linear: bool) -> bool:
    """Go through all that may hold an improvement, some nodes at once: depth first, or with linear programs the least
    bound first.

    Returns whether all was gone through, with at most so many nodes.
    """
    stack, nodes = [root] if root is not None else [], 0
    run.method += [name for name in ("branch and bound", "linear programs")[:1 + linear] if name not in run.method]
    while stack and nodes != most:
        if linear:
            stack.sort(key=lambda each: -each.bound)
        count = min(AT_ONCE, len(stack)) if most is None else min(AT_ONCE, len(stack), most - nodes)
        some = [(stack.pop(), replace(run.incumbent), nodes + k) for k in range(count)]
        nodes += len(some)
        try:
            for halves in run.each(lambda one: follow(run, *one, linear), some):
                stack.extend(halves)
        finally:
            for _, incumbent, _ in some:
                run.incumbent.merge(incumbent)
        run.bound = max(run.bound, min([each.bound for each in stack] + [run.incumbent.value, run.incumbent.bound_limit]))
        run.look("branch and bound")
    if not stack:
        run.bound = min(run.incumbent.value, run.incumbent.bound_limit)
    return not stack


def follow(run: Run, node: Node, incumbent: Incumbent, turn: int, linear: bool) -> list[Node]:
    """Bound a node; return its halves if it may still hold an improvement on the best, which is kept up to date."""
    if node.over:
        finish(node, incumbent)
        return []
    inner = climb(node, incumbent, 60, 8, 0.5, lambda: run.look("branch and bound")) if node.bound < incumbent.cutoff else None
    if inner is not None and linear:
        inner = eased(inner, incumbent, run.left)
        if inner is not None:
            search_narrow(run, incumbent, inner, 1, turn)
    return branched(inner, incumbent, 8 if linear else 1, 30 if linear else 1) if inner is not None else []
