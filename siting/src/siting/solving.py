"""Open sites, and say how good that is: bound, local search and enumeration in turn until it is proven or time is over."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from siting.branch import WORK, Best, Node, branched, climb, eased, finish
from siting.build import Store, build
from siting.dual import Dual, ascend, begin, choose, gauged
from siting.evaluating import evaluate
from siting.lists import Columns, Flags, Floats, Ints, Rows, columns_of, shrink, worth
from siting.problems import MaxCover, Problem
from siting.result import Result, versions
from siting.swap import Plan, greedy, improve, plan_of, seeded, shake
from siting.warming import warm

Progress = Callable[[str, float, float, float], None]
LEAST_WORK = 500_000  # entries per unit of effort in small problems
LINEAR = 60_000  # entries up to which a linear program is worth its time
LONGER = 1 + 1e-9
SHORT = 200  # entries to a row, on average, up to which the bound is raised to the end before anything is fixed
PLAIN = 150  # nodes of branch and bound before it
SMALL = 400_000  # entries up to which there is branch and bound


@dataclass(frozen=True)
class Stop:
    """When to stop before the answer is proven.

    Attributes
    ----------
    seconds : float
        Wall clock, without compiling.
    gap : float
        Good enough.
    rounds : int, optional
        Rounds of local search and bound after the first; the answer then does not depend on the clock.
    """

    seconds: float = 60.0
    gap: float = 0.0
    rounds: int | None = None


class Enough(Exception):
    """Time is over, or the gap is small enough."""


@dataclass
class Run:
    """One solving: what is known, and how long it may go on."""

    store: Store
    p: int
    best: Best
    stop: Stop
    progress: Progress | None
    began: float
    dual: Dual = field(init=False)
    bound: float = 0.0
    method: list[str] = field(default_factory=list)

    def look(self, stage: str) -> None:
        """Tell how far it is; raise when it is enough."""
        seconds = time.perf_counter() - self.began
        if self.progress:
            self.progress(stage, seconds, self.best.value, self.bound)
        short = self.best.value - self.bound
        if seconds > self.stop.seconds or (self.stop.gap > 0 and short <= self.stop.gap * abs(self.best.value)):
            raise Enough

    @property
    def left(self) -> float:
        """Return how many seconds are left."""
        return max(0.0, self.stop.seconds - (time.perf_counter() - self.began))

    @property
    def proven(self) -> bool:
        """Return whether nothing better can exist."""
        return self.bound >= self.best.cutoff


def solve(problem: Problem, stop: Stop | None = None, seed: int = 0, threads: int = 1,
          progress: Progress | None = None) -> Result:
    """Open `problem.p` sites, as well as can be found, and prove how well.

    Parameters
    ----------
    problem : PMedian or MaxCover
    stop : Stop, optional
        60 seconds unless said otherwise. Ctrl-C stops too; either way the best answer comes back with a valid bound.
    seed : int
        Same seed, same answer, for any number of threads, unless the clock stopped it.
    threads : int
        For looking up neighbours.
    progress : callable, optional
        Called with stage, seconds, best value and bound (in the terms of the rows).

    Returns
    -------
    Result
    """
    compiling = warm()
    began = time.perf_counter()
    store = build(problem, threads)
    p = min(problem.p, len(store.sites))
    some = np.flatnonzero(greedy(store.rows, store.columns, p))
    run = Run(store, p, Best(store.measure(some), some, problem.grain, store.measure), stop or Stop(), progress, began)
    run.bound = store.rows.base
    seeded(seed)
    run.dual = begin(store.rows, max(p, 1))
    try:
        if 0 < p < len(store.sites) and len(store.rows.cap):
            whole(run)
        else:
            run.bound = run.best.value
            run.method.append("no choice")
    except (Enough, KeyboardInterrupt):
        run.method.append("stopped")
    return answered(run, run.dual, seed, threads, compiling)


def whole(run: Run) -> None:
    """Go through all stages."""
    rows = run.store.rows
    flags = np.zeros(rows.sites, np.bool_)
    flags[run.best.sites] = True
    near, columns = rows, run.store.columns
    if len(rows.site) > SHORT * len(rows.cap):
        near = shrink(rows, gauged(rows, 4 * rows.sites // run.p)[1] * LONGER, np.zeros(rows.sites, np.int8))[0]
        columns = columns_of(near)
    search(run, near, columns, flags, 0)
    flags[:] = False
    flags[run.best.sites] = True
    plan = plan_of(rows, flags)
    if len(run.store.problem.kept) or isinstance(run.store.problem, MaxCover):
        run.dual = begin(rows, run.p, deflection=0.3, closing=0.001)
    else:
        scale = plan.next + 1e-3 * float(plan.next.mean())
        run.dual = begin(rows, run.p, 0.5 * (plan.near + plan.next), scale, deflection=0.8)
    run.method.append("Lagrangian bound")
    short = len(rows.site) < SHORT * len(rows.cap) or len(rows.site) <= SMALL
    for iterations, effort in ((100, 0), (300, 10 if short else 40), (1200, 10))[:3 if short else 2]:
        rise(run, rows, run.dual, iterations)
        if run.proven:
            break
        for chosen in rounded(rows, run.dual, run.p):
            search(run, near, columns, chosen, 0)
        if effort and not run.proven:
            flags[:] = False
            flags[run.best.sites] = True
            search(run, near, columns, flags, effort)
        if run.proven:
            break
    if run.proven:
        run.bound = run.best.value
        return
    dual = run.dual
    enumerate_all(run, Node(rows, run.p, np.arange(rows.sites), np.zeros(0, np.int64), dual.best.copy(), run.bound,
                            dual.share.copy()))


def rise(run: Run, rows: Rows, dual: Dual, iterations: int) -> None:
    """Raise the bound, with a look at the clock now and then."""
    step = int(np.clip(WORK // (len(rows.cap) * 12 + len(rows.site) // 2 + 1), 5, 300))
    dual.figures[1] = 1.0
    while iterations > 0 and dual.figures[1] >= 1e-4 and not run.proven:
        ascend(rows, dual, run.p, run.best.value, run.best.cutoff, min(step, iterations), 20)
        iterations -= step
        run.bound = max(run.bound, float(dual.figures[0]))
        run.look("bound")


def rounded(rows: Rows, dual: Dual, p: int) -> Iterator[Flags]:
    """Yield sets of open sites that the multipliers suggest."""
    for score in (dual.rho, -dual.share):
        chosen = np.zeros(rows.sites, np.bool_)
        choose(score, p, chosen)
        yield chosen


def search(run: Run, rows: Rows, columns: Columns, chosen: Flags, effort: int, sites: Ints | None = None,
           opened: Ints | None = None) -> Plan:
    """Search around a set of open sites, and take what is truly better; return where the search ended."""
    plan = plan_of(rows, chosen)
    slack = 1e-9 * abs(run.best.value) / max(len(rows.cap), 1)
    log = np.zeros(2 * max(1000, run.p), np.int32)
    reach = max(4, 2 * rows.sites // max(int(chosen.sum()), 1))
    swaps = 1
    while swaps:
        _, swaps = improve(rows, columns, plan, slack, log[:2000])
        run.look("search")
    offer(run, rows, plan.opened, sites, opened)
    work = effort * max(len(rows.site), LEAST_WORK)
    while work > 0 and not run.proven:
        shake(rows, columns, plan, slack, reach, min(work, WORK), log)
        work -= WORK
        offer(run, rows, plan.opened, sites, opened)
        run.look("search")
    return plan


def offer(run: Run, rows: Rows, flags: Flags, sites: Ints | None, opened: Ints | None) -> None:
    """Try out a set of open sites of these rows."""
    relaxed = worth(rows, flags)
    if relaxed < run.best.value:
        chosen = np.flatnonzero(flags)
        if sites is not None and opened is not None:
            chosen = np.concatenate([opened, sites[chosen]])
        run.best.try_out(chosen)


def enumerate_all(run: Run, root: Node) -> None:
    """Narrow and go through what is left; where that is too much at once, search in turn."""
    node = climb(root, run.best, 400, 20, 0.5, lambda: run.look("narrow"))
    if node is not None and len(node.rows.site) <= SMALL:
        run.bound = max(run.bound, node.bound)
        if branch_and_bound(run, node, plain(node), False):
            return
    rounds, before = 0, np.inf
    while node is not None and rounds != run.stop.rounds:
        rounds += 1
        run.bound = max(run.bound, node.bound)
        run.look("narrow")
        if len(node.rows.site) <= SMALL and len(node.rows.site) > 0.8 * before:
            break
        before = len(node.rows.site)
        search_narrow(run, node, 80)
        node = climb(node, run.best, 150, 20, 0.5, lambda: run.look("narrow"))
    small = node is None or len(node.rows.site) <= SMALL
    if small and not branch_and_bound(run, node, None if run.stop.rounds is None else 100 * run.stop.rounds,
                                      node is not None and len(node.rows.site) <= LINEAR):
        run.method.append("stopped")


def plain(node: Node) -> int:
    """Return how many nodes are tried before anything heavier."""
    return int(np.clip(WORK // (len(node.rows.site) + 10 * len(node.rows.cap)), 1, PLAIN))


def search_narrow(run: Run, node: Node, effort: int) -> None:
    """Search around the best answer within a node that holds every better one."""
    place = np.full(run.store.rows.sites, -1)
    place[node.sites] = np.arange(len(node.sites))
    chosen = np.zeros(len(node.sites), np.bool_)
    inside = place[run.best.sites]
    chosen[inside[inside >= 0]] = True
    missing = node.p - int(chosen.sum())
    order = np.argsort(-node.share, kind="stable")
    if missing > 0:
        chosen[order[~chosen[order]][:missing]] = True
    elif missing < 0:
        chosen[order[chosen[order]][missing:]] = False
    search(run, node.rows, columns_of(node.rows), chosen, effort, node.sites, node.opened)


def branch_and_bound(run: Run, root: Node | None, most: int | None, linear: bool) -> bool:
    """Go through all that may hold an improvement: depth first, or with linear programs the least bound first.

    Returns whether all was gone through, with at most so many nodes.
    """
    stack, nodes = [root] if root is not None else [], 0
    run.method += [name for name in ("branch and bound", "linear programs")[:1 + linear] if name not in run.method]
    while stack and nodes != most:
        if linear:
            stack.sort(key=lambda each: -each.bound)
        node = stack.pop()
        nodes += 1
        if node.over:
            finish(node, run.best)
        elif node.bound < run.best.cutoff:
            follow(run, node, stack, linear)
        run.bound = max(run.bound, min([each.bound for each in stack] + [run.best.value, run.best.floor]))
        run.look("branch and bound")
    if not stack:
        run.bound = min(run.best.value, run.best.floor)
    return not stack


def follow(run: Run, node: Node, stack: list[Node], linear: bool) -> None:
    """Bound a node; if it may still hold an improvement, put its halves on the stack."""
    inner = climb(node, run.best, 60, 8, 0.5, lambda: run.look("branch and bound"))
    if inner is not None and linear:
        inner = eased(inner, run.best, run.left)
        if inner is not None:
            search_narrow(run, inner, 6)
    if inner is not None:
        stack.extend(branched(inner, run.best, 8 if linear else 1, 30 if linear else 1))


def answered(run: Run, dual: Dual, seed: int, threads: int, compiling: float) -> Result:
    """Put the answer together, on full costs."""
    store, problem = run.store, run.store.problem
    opened = np.sort(store.sites[run.best.sites])
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


def outward(run: Run, dual: Dual, value: float) -> tuple[float, float, Floats]:
    """Return bound, bound of the multipliers alone, and multipliers, in the terms of the problem.

    A bound is raised to the next multiple of the grain. One within 1e-9 of the value is the value: it is proven.
    """
    store, problem, best = run.store, run.store.problem, run.best
    multipliers = multiplied(store, dual)
    root = max(float(dual.figures[0]), 0.0) if len(store.rows.cap) else store.rows.base
    done = run.bound >= best.cutoff
    bound = run.bound
    if best.grain > 1e-9 * abs(bound):
        bound = best.grain * float(np.ceil(bound / best.grain - 1e-6))
    if isinstance(problem, MaxCover):
        total = float(problem.weights.sum())
        room = 1e-12 * total
        return value if done else max(value, total - bound + room), total - root + room, multipliers
    if store.penalty and run.bound >= store.penalty * (1 - 1e-9):
        return float("inf"), root, multipliers
    return (value if done and np.isfinite(value) else min(value, bound)), min(root, value), multipliers


def multiplied(store: Store, dual: Dual) -> Floats:
    """Return the best multipliers by the clients of the problem: for a client without a choice what it costs."""
    u = np.where(store.settled > 0, store.settled, 0.0)
    u[store.clients] = dual.best
    return u


def unreached(problem: Problem) -> tuple[str, ...]:
    """Return the clients with a weight that no site reaches."""
    if isinstance(problem, MaxCover):
        return ()
    return tuple(problem.clients[i] for i in np.flatnonzero(~problem.reached & (problem.weights > 0)).tolist())
