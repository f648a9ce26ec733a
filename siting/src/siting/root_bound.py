"""The root node: raise its Lagrangian bound, and search around the incumbent in parallel.

The two meet after each portion of work. The bound is raised by a subgradient method, not by the dual ascent of
Erlenkotter (1978), which changes one multiplier at a time.
"""

from collections.abc import Iterator

import numpy as np

from siting.arrays import Flags
from siting.iterated_local_search import IteratedLocalSearch
from siting.lagrangian import (
    MIN_STEP_SIZE,
    LagrangianDual,
    columns_if_faster,
    p_smallest,
    subgradient_ascent,
    work_per_iteration,
)
from siting.run import Run

FAR_OFF = 0.1  # part of the gap; a target that was off by more may have halved the steps


def raise_root_bound(run: Run, search: IteratedLocalSearch) -> None:
    """Raise the bound of the whole problem; after each stage the search tries what the multipliers suggest."""
    rows, dual, parameters = run.presolved.rows, run.dual, run.parameters.root
    columns = columns_if_faster(rows, run.p, run.parameters.column_ratio, lambda _: run.presolved.columns)
    work = work_per_iteration(rows)
    portion = int(np.clip(parameters.portion_work // (work + 1), parameters.min_portion, parameters.max_portion))
    search.portion_work = portion * work // parameters.entries_per_search_entry
    search_portions = search.portions(run.incumbent_flags())
    target = run.incumbent.value
    for iterations, patience in parameters.stages:
        if target - run.incumbent.value > FAR_OFF * (run.incumbent.value - run.lower_bound):
            dual.state.step_size = 1.0
        target = run.incumbent.value
        for done in range(0, iterations, portion):
            if dual.state.step_size < MIN_STEP_SIZE or run.is_optimal:
                break
            with run.in_parallel(
                subgradient_ascent,
                rows,
                columns,
                dual,
                run.p,
                run.incumbent.value,
                run.incumbent.cutoff,
                min(portion, iterations - done),
                patience,
            ):
                next(search_portions)
            run.raise_lower_bound(dual.bound)
            run.check("bound and search")
        if run.is_optimal:
            break
        search.average_y = dual.average_y.copy()
        search.starts = list(rounded_solutions(dual, run.p))


def rounded_solutions(dual: LagrangianDual, p: int) -> Iterator[Flags]:
    """Yield the p sites that the relaxation opens most, and those of least reduced cost.

    The second is the Lagrangian heuristic of Beasley (1993).
    """
    yield p_smallest(-dual.average_y, p)
    yield p_smallest(dual.reduced_cost, p)
