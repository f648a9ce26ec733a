"""Raise the bound, and search around the best answer meanwhile: two strands that meet after each portion of work."""

from collections.abc import Iterator

import numpy as np

from siting.arrays import Flags
from siting.iterated_local_search import IteratedLocalSearch
from siting.lagrangian import MIN_STEP_SIZE, LagrangianDual, columns_if_faster, p_smallest, subgradient_ascent
from siting.run import Run

LEAST, MOST = 5, 300  # iterations in a portion
STAGES = ((100, 20), (150, 20), (150, 40), (300, 40), (400, 40), (600, 40))  # iterations, and how many make a spell
PORTION = 60_000_000  # entries of the bound
LIKE = 12  # entries of the bound that take as long as one of the search


def rise(run: Run, search: IteratedLocalSearch) -> None:
    """Raise the bound of the whole; after each stage the search tries what the multipliers suggest."""
    rows, dual = run.store.rows, run.dual
    columns = columns_if_faster(rows, run.p, lambda _: run.store.columns)
    entries = len(rows.cap) * 12 + len(rows.site) // 2  # of an iteration
    step = int(np.clip(PORTION // (entries + 1), LEAST, MOST))
    search.portion_work = step * entries // LIKE
    portions = search.portions(run.flags())
    target = run.incumbent.value
    for iterations, patience in STAGES:
        if target - run.incumbent.value > 0.1 * (run.incumbent.value - run.bound):
            dual.state.step_size = 1.0  # steps halved because the target was out of reach
        target = run.incumbent.value
        while iterations > 0 and dual.state.step_size >= MIN_STEP_SIZE and not run.proven:
            with run.beside(subgradient_ascent, rows, columns, dual, run.p, run.incumbent.value,
                            run.incumbent.cutoff, min(step, iterations), patience):
                next(portions)
            iterations -= step
            run.bound = max(run.bound, dual.bound)
            run.look("bound and search")
        if run.proven:
            break
        search.average_y = dual.average_y.copy()
        search.starts = list(rounded(dual, run.p))


def rounded(dual: LagrangianDual, p: int) -> Iterator[Flags]:
    """Yield sets of open sites that the multipliers suggest."""
    yield p_smallest(-dual.average_y, p)
    yield p_smallest(dual.reduced_cost, p)
