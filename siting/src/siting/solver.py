"""Open sites, and say how good that is: bound, local search and enumeration in turn until it is proven or time is over."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from siting.arrays import Floats
from siting.branch_and_bound import SMALL, close_gap
from siting.evaluation import evaluate
from siting.greedy import greedy
from siting.incumbent import Incumbent
from siting.iterated_local_search import IteratedLocalSearch
from siting.jit_warmup import warm_up
from siting.lagrangian import LagrangianDual, StepRule, start_dual
from siting.local_search import make_solution, seed_random
from siting.node import Node
from siting.presolve import Store, build
from siting.problems import MaxCover, Problem
from siting.result import Result, versions
from siting.root_bound import rise
from siting.run import Enough, Progress, Run, Stop
from siting.sparse_rows import cost_at_rank, reduce_rows, transpose

LONGER = 1 + 1e-9
NEAR = 4  # the open site of a client beyond which a search in large problems does not look


def solve(problem: Problem, stop: Stop | None = None, seed: int = 0, threads: int = 0,
          progress: Progress | None = None) -> Result:
    """Open `problem.p` sites, as well as can be found, and prove how well.

    Parameters
    ----------
    problem : PMedian or MaxCover
    stop : Stop, optional
        60 seconds unless said otherwise. Ctrl-C stops too; either way the incumbent answer comes back with a valid bound.
    seed : int
        Same seed, same answer, for any number of threads, unless the clock stopped it.
    threads : int
        Two search and raise the bound at once; more look up neighbours. 0: as many as there are cores.
    progress : callable, optional
        Called with stage, seconds, incumbent value and bound (in the terms of the rows).

    Returns
    -------
    Result
    """
    compiling = warm_up()
    began = time.perf_counter()
    threads = threads or os.cpu_count() or 1
    store = build(problem, threads)
    p = min(problem.p, len(store.sites))
    some = np.flatnonzero(greedy(store.rows, store.columns, p))
    helper = ThreadPoolExecutor(1) if threads > 1 else None
    incumbent = Incumbent(store.true_cost(some), some, problem.grain, store.true_cost)
    run = Run(store, p, incumbent, stop or Stop(), progress, began, seed, helper)
    run.bound = store.rows.offset
    seed_random(seed)
    run.dual = start_dual(store.rows, max(p, 1))
    try:
        if 0 < p < len(store.sites) and len(store.rows.cap):
            whole(run)
        else:
            run.bound = run.incumbent.value
            run.method.append("no choice")
    except (Enough, KeyboardInterrupt):
        run.method.append("stopped")
    finally:
        if helper:
            helper.shutdown()
    return answered(run, run.dual, seed, threads, compiling)


def whole(run: Run) -> None:
    """Go through all stages."""
    rows = run.store.rows
    near, columns = rows, run.store.columns
    if len(rows.site) > SMALL:
        near = reduce_rows(rows, cost_at_rank(rows, run.flags(), NEAR) * LONGER, np.zeros(rows.site_count, np.int8))[0]
        columns = transpose(near)
    search = IteratedLocalSearch(run.incumbent, near, columns, run.p, np.zeros(rows.site_count), run.seed)
    for _ in search.descend(run.flags()):
        run.look("search")
    solution = make_solution(rows, run.flags())
    if len(run.store.problem.kept) or isinstance(run.store.problem, MaxCover):
        run.dual = start_dual(rows, run.p, rule=StepRule(deflection=0.3, min_progress=0.001))
    else:
        scale = solution.second_cost + 1e-3 * float(solution.second_cost.mean())
        middle = 0.5 * (solution.nearest_cost + solution.second_cost)
        run.dual = start_dual(rows, run.p, middle, scale, StepRule(deflection=0.9))
    run.method.append("Lagrangian bound")
    rise(run, search)
    if run.proven:
        run.bound = run.incumbent.value
        return
    dual = run.dual
    close_gap(run, Node(rows, run.p, np.arange(rows.site_count), np.zeros(0, np.int64), dual.best_multipliers.copy(),
                            run.bound, dual.average_y.copy()))


def answered(run: Run, dual: LagrangianDual, seed: int, threads: int, compiling: float) -> Result:
    """Put the answer together, on full costs."""
    store, problem = run.store, run.store.problem
    opened = np.sort(store.sites[run.incumbent.sites])
    worth_now = evaluate(problem, opened)
    bound, root, multipliers = outward(run, dual, worth_now.value)
    seconds = time.perf_counter() - run.began
    return Result(
        question="max-cover" if isinstance(problem, MaxCover) else "p-median",
        opened=tuple(problem.sites[j] for j in opened.tolist()), assignment=worth_now.assignment, value=worth_now.value,
        bound=bound, proven=bound == worth_now.value, method=", ".join(run.method), seconds=seconds,
        compiling=compiling, seed=seed, digest=problem.digest, root_bound=root, multipliers=multipliers,
        parameters={"p": problem.p, "seconds": run.stop.seconds, "gap": run.stop.gap, "rounds": run.stop.rounds,
                    "threads": threads, "radius": getattr(problem, "radius", None)},
        unreached=unreached(problem), versions=versions())


def outward(run: Run, dual: LagrangianDual, value: float) -> tuple[float, float, Floats]:
    """Return bound, bound of the multipliers alone, and multipliers, in the terms of the problem.

    A bound is raised to the next multiple of the grain. One within 1e-9 of the value is the value: it is proven.
    """
    store, problem, incumbent = run.store, run.store.problem, run.incumbent
    multipliers = multiplied(store, dual)
    root = max(dual.bound, 0.0) if len(store.rows.cap) else store.rows.offset
    done = run.bound >= incumbent.cutoff
    bound = run.bound
    if incumbent.granularity > 1e-9 * abs(bound):
        bound = incumbent.granularity * float(np.ceil(bound / incumbent.granularity - 1e-6))
    if isinstance(problem, MaxCover):
        total = float(problem.weights.sum())
        room = 1e-12 * total
        return value if done else max(value, total - bound + room), total - root + room, multipliers
    if store.penalty and run.bound >= store.penalty * (1 - 1e-9):
        return float("inf"), root, multipliers
    return (value if done and np.isfinite(value) else min(value, bound)), min(root, value), multipliers


def multiplied(store: Store, dual: LagrangianDual) -> Floats:
    """Return the best multipliers by the clients of the problem: for a client without a choice what it costs."""
    u = np.where(store.settled > 0, store.settled, 0.0)
    u[store.clients] = dual.best_multipliers
    return u


def unreached(problem: Problem) -> tuple[str, ...]:
    """Return the clients with a weight that no site reaches."""
    if isinstance(problem, MaxCover):
        return ()
    return tuple(problem.clients[i] for i in np.flatnonzero(~problem.reached & (problem.weights > 0)).tolist())
