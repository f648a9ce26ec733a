"""Local search in a node, which holds every better solution there is."""

from dataclasses import replace

import numpy as np

from siting.arrays import Flags, Ints
from siting.incumbent import Incumbent
from siting.iterated_local_search import IteratedLocalSearch
from siting.local_search import seed_random
from siting.node import Node
from siting.run import Run
from siting.sparse_rows import transpose


def search_node(
    run: Run,
    incumbent: Incumbent,
    node: Node,
    effort: int,
    seed_offset: int,
    client_range: tuple[int, int] | None = None,
) -> None:
    """Search around the incumbent within a node.

    `effort`: how many times all entries are read. `client_range`: the clients around which sites are swapped, all
    unless said otherwise.
    """
    start = nearby_solution(node, incumbent.sites, run.presolved.rows.site_count)
    search = IteratedLocalSearch(
        incumbent,
        node.rows,
        transpose(node.rows),
        node.p,
        node.y,
        run.seed + seed_offset,
        run.parameters,
        client_range,
        node.solution,
    )
    seed_random(run.seed + seed_offset)
    work_left = effort * max(len(node.rows.site), run.parameters.reduction.min_entries)
    search.portion_work = min(work_left // 4 + 1, run.parameters.work_per_check)
    for _ in search.portions(start):
        run.check("search")
        work_left -= search.portion_work
        if work_left < 0 or run.lower_bound >= incumbent.cutoff:
            break


def nearby_solution(node: Node, sites: Ints, site_count: int) -> Flags:
    """Return flags of p free sites of a node: those of a solution, filled up or cut down by the relaxation."""
    position = np.full(site_count, -1)
    position[node.sites] = np.arange(len(node.sites))
    selected = np.zeros(len(node.sites), np.bool_)
    inside = position[sites]
    selected[inside[inside >= 0]] = True
    missing = node.p - int(selected.sum())
    order = np.argsort(-node.y, kind="stable")
    if missing > 0:
        selected[order[~selected[order]][:missing]] = True
    elif missing < 0:
        selected[order[selected[order]][missing:]] = False
    return selected


def search_halves(run: Run, node: Node, seed_offset: int) -> None:
    """Search around either half of the clients at once, and merge what was found."""
    clients = len(node.rows.cap)
    half = max(1, clients // 2)
    effort = run.parameters.reduction.effort
    ranges = [(0, half), (min(half, clients - 1), clients)]
    incumbents = [replace(run.incumbent) for _ in ranges]

    def search_half(k: int) -> None:
        search_node(run, incumbents[k], node, effort, 2 * seed_offset + k, ranges[k])

    try:
        run.parallel_map(search_half, [0, 1])
    finally:
        run.incumbent.merge_changes(incumbents)
