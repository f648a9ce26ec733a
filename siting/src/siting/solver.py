"""Open sites, and prove how good that is: presolve, local search, root bound and branch and bound in turn."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from siting.arrays import Floats
from siting.branch_and_bound import close_gap
from siting.evaluation import evaluate
from siting.greedy import greedy
from siting.incumbent import Incumbent
from siting.iterated_local_search import IteratedLocalSearch
from siting.jit_warmup import warm_up
from siting.lagrangian import LagrangianDual, start_dual
from siting.local_search import make_solution, seed_random
from siting.node import Node
from siting.parameters import DEFAULTS, Parameters
from siting.presolve import PresolvedProblem, presolve
from siting.problems import MaxCover, Problem
from siting.result import Result, versions
from siting.root_bound import raise_root_bound
from siting.run import LimitReached, Progress, Run, Stop
from siting.sparse_rows import FREE, cost_at_rank, reduce_rows, transpose

ROUNDING = 1 + 1e-9


def solve(
    problem: Problem,
    stop: Stop | None = None,
    seed: int = 0,
    threads: int = 0,
    progress: Progress | None = None,
    parameters: Parameters = DEFAULTS,
) -> Result:
    """Open `problem.p` sites, as well as can be found, and prove how well.

    Parameters
    ----------
    problem : PMedian or MaxCover
    stop : Stop, optional
        60 seconds unless said otherwise. Ctrl-C stops too; either way the best answer comes back with a valid bound.
    seed : int
        Same seed, same answer, for any number of threads, unless the clock stopped it.
    threads : int
        Two search and raise the bound at once; more look up neighbours. 0: as many as there are cores.
    progress : callable, optional
        Called with stage, seconds, upper and lower bound (in the terms of the rows).
    parameters : Parameters
        What steers the solver; for trials and tests.

    Returns
    -------
    Result
    """
    compiling = warm_up()
    threads = threads or os.cpu_count() or 1
    run = start_run(problem, stop or Stop(), seed, threads, progress, parameters)
    finish_run(run)
    return make_result(run, threads, compiling)


def start_run(
    problem: Problem, stop: Stop, seed: int, threads: int, progress: Progress | None, parameters: Parameters
) -> Run:
    """Presolve the problem, and return a run with a greedy incumbent."""
    started = time.perf_counter()
    presolved = presolve(problem, threads, parameters=parameters.presolve)
    p = min(problem.p, len(presolved.sites))
    sites = np.flatnonzero(greedy(presolved.rows, presolved.columns, p))
    incumbent = Incumbent(presolved.true_cost(sites), sites, problem.granularity, presolved.true_cost)
    executor = ThreadPoolExecutor(1) if threads > 1 else None
    run = Run(presolved, p, incumbent, stop, progress, started, seed, executor, parameters)
    run.lower_bound = presolved.rows.offset
    seed_random(seed)
    run.dual = start_dual(presolved.rows, max(p, 1))
    return run


def finish_run(run: Run) -> None:
    """Solve until optimality is proven, a limit is reached, or somebody interrupts."""
    try:
        if 0 < run.p < len(run.presolved.sites) and len(run.presolved.rows.cap):
            solve_stages(run)
        else:
            run.lower_bound = run.incumbent.value
            run.methods.append("no choice")
    except (LimitReached, KeyboardInterrupt):
        run.methods.append("stopped")
    finally:
        if run.executor:
            run.executor.shutdown()


def solve_stages(run: Run) -> None:
    """Search, raise the root bound, and close the gap that is left."""
    rows = run.presolved.rows
    search = first_search(run)
    for _ in search.descend(run.incumbent_flags()):
        run.check("search")
    run.dual = first_dual(run)
    run.methods.append("Lagrangian bound")
    raise_root_bound(run, search)
    if run.is_optimal:
        run.lower_bound = run.incumbent.value
        return
    dual = run.dual
    close_gap(
        run,
        Node(
            rows,
            run.p,
            np.arange(rows.site_count),
            np.zeros(0, np.int64),
            dual.best_multipliers.copy(),
            run.lower_bound,
            dual.average_y.copy(),
        ),
    )


def first_search(run: Run) -> IteratedLocalSearch:
    """Return the search of the root node, in large problems among near sites only."""
    rows, columns = run.presolved.rows, run.presolved.columns
    if len(rows.site) > run.parameters.large_problem:
        limit = cost_at_rank(rows, run.incumbent_flags(), run.parameters.search.max_rank) * ROUNDING
        rows = reduce_rows(rows, limit, np.full(rows.site_count, FREE, np.int8))[0]
        columns = transpose(rows)
    return IteratedLocalSearch(run.incumbent, rows, columns, run.p, np.zeros(rows.site_count), run.seed, run.parameters)


def first_dual(run: Run) -> LagrangianDual:
    """Return where the ascent of the root node begins.

    Without caps that mean anything, it is midway between each client's two nearest sites in the incumbent, and the
    second cost is its scale.
    """
    rows, problem, parameters = run.presolved.rows, run.presolved.problem, run.parameters.root
    if len(problem.fixed_sites) or isinstance(problem, MaxCover):
        return start_dual(rows, run.p, rule=parameters.rule_with_caps)
    solution = make_solution(rows, run.incumbent_flags())
    scale = solution.second_cost + 1e-3 * float(solution.second_cost.mean())
    middle = 0.5 * (solution.nearest_cost + solution.second_cost)
    return start_dual(rows, run.p, middle, scale, parameters.rule)


def make_result(run: Run, threads: int, compiling: float) -> Result:
    """Put the answer together, on full costs."""
    presolved, problem, stop = run.presolved, run.presolved.problem, run.stop
    opened = np.sort(presolved.sites[run.incumbent.sites])
    evaluation = evaluate(problem, opened)
    bound, root_bound, multipliers = problem_bounds(run, evaluation.value)
    seconds = time.perf_counter() - run.started
    return Result(
        question="max-cover" if isinstance(problem, MaxCover) else "p-median",
        opened=tuple(problem.sites[j] for j in opened.tolist()),
        assignment=evaluation.assignment,
        value=evaluation.value,
        bound=bound,
        proven=bound == evaluation.value,
        method=", ".join(run.methods),
        seconds=seconds,
        compiling=compiling,
        seed=run.seed,
        digest=problem.digest,
        root_bound=root_bound,
        multipliers=multipliers,
        parameters={
            "p": problem.p,
            "seconds": stop.seconds,
            "gap": stop.gap,
            "rounds": stop.rounds,
            "threads": threads,
            "radius": getattr(problem, "radius", None),
        },
        unreached=unreached_clients(problem),
        versions=versions(),
    )


def problem_bounds(run: Run, value: float) -> tuple[float, float, Floats]:
    """Return the bound, the bound of the multipliers alone, and the multipliers, in the terms of the problem.

    A bound is raised to the next multiple of the granularity. One within 1e-9 of the value is the value: it is proven.
    """
    presolved, problem, granularity = run.presolved, run.presolved.problem, run.incumbent.granularity
    multipliers = problem_multipliers(presolved, run.dual)
    root_bound = max(run.dual.bound, 0.0) if len(presolved.rows.cap) else presolved.rows.offset
    bound = run.lower_bound
    if granularity > 1e-9 * abs(bound):
        bound = granularity * float(np.ceil(bound / granularity - 1e-6))
    if isinstance(problem, MaxCover):
        total = float(problem.weights.sum())
        rounding = 1e-12 * total
        upper = value if run.is_optimal else max(value, total - bound + rounding)
        return upper, total - root_bound + rounding, multipliers
    if presolved.penalty and run.lower_bound >= presolved.penalty * (1 - 1e-9):
        return float("inf"), root_bound, multipliers
    bound = value if run.is_optimal and np.isfinite(value) else min(value, bound)
    return bound, min(root_bound, value), multipliers


def problem_multipliers(presolved: PresolvedProblem, dual: LagrangianDual) -> Floats:
    """Return the best multipliers by the clients of the problem; that of a client without a choice is its cost."""
    multipliers = np.where(presolved.settled_cost > 0, presolved.settled_cost, 0.0)
    multipliers[presolved.clients] = dual.best_multipliers
    return multipliers


def unreached_clients(problem: Problem) -> tuple[str, ...]:
    """Return the clients with a weight that no site reaches."""
    if isinstance(problem, MaxCover):
        return ()
    return tuple(problem.clients[i] for i in np.flatnonzero(~problem.reachable & (problem.weights > 0)).tolist())
