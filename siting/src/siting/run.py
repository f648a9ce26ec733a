"""One run of the solver: what is known by now, how long it may go on, and what is done in parallel."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from siting.arrays import Flags
from siting.incumbent import Incumbent
from siting.lagrangian import LagrangianDual
from siting.parameters import Parameters
from siting.presolve import PresolvedProblem

Progress = Callable[[str, float, float, float], None]
Item = TypeVar("Item")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Stop:
    """When to stop before optimality is proven.

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


class LimitReached(Exception):
    """Time is over, or the gap is small enough."""


@dataclass
class Run:
    """One run of the solver.

    Attributes
    ----------
    presolved : PresolvedProblem
    p : int
        Sites to open in the presolved problem.
    incumbent : Incumbent
        Its value is the upper bound.
    stop : Stop
    progress : callable, optional
    started : float
        On the clock of `time.perf_counter`.
    seed : int
    executor : ThreadPoolExecutor, optional
        Of one thread beside this one.
    parameters : Parameters
    dual : LagrangianDual
        Of the root node.
    lower_bound : float
    methods : list of str
        How the bound came about.
    """

    presolved: PresolvedProblem
    p: int
    incumbent: Incumbent
    stop: Stop
    progress: Progress | None
    started: float
    seed: int
    executor: ThreadPoolExecutor | None
    parameters: Parameters
    dual: LagrangianDual = field(init=False)
    lower_bound: float = 0.0
    methods: list[str] = field(default_factory=list)

    def check(self, stage: str) -> None:
        """Report progress, and raise LimitReached when time is over or the gap small enough."""
        seconds = time.perf_counter() - self.started
        if self.progress:
            self.progress(stage, seconds, self.incumbent.value, self.lower_bound)
        difference = self.incumbent.value - self.lower_bound
        small_gap = self.stop.gap > 0 and difference <= self.stop.gap * abs(self.incumbent.value)
        if seconds > self.stop.seconds or small_gap:
            raise LimitReached

    def raise_lower_bound(self, bound: float) -> None:
        """Take a lower bound if it is greater than the one known."""
        self.lower_bound = max(self.lower_bound, bound)

    @contextmanager
    def in_parallel(self, work: Callable[..., None], *arguments: object) -> Iterator[None]:
        """Do this work and the body of the `with`, in parallel if there is another thread.

        Neither may touch what the other changes.
        """
        if self.executor is None:
            work(*arguments)
            yield
            return
        job = self.executor.submit(work, *arguments)
        try:
            yield
        finally:
            job.result()

    def parallel_map(self, work: Callable[[Item], Answer], items: list[Item]) -> list[Answer]:
        """Do this work for each item, two at a time if there is another thread; none may touch what another changes."""
        answers: dict[int, Answer] = {}
        waiting = iter(range(len(items)))  # of which each thread takes the next

        def work_on() -> None:
            for k in waiting:
                answers[k] = work(items[k])

        with self.in_parallel(work_on):
            work_on()
        return [answers[k] for k in range(len(items))]

    def incumbent_flags(self) -> Flags:
        """Return which sites the incumbent opens."""
        flags = np.zeros(self.presolved.rows.site_count, np.bool_)
        flags[self.incumbent.sites] = True
        return flags

    @property
    def seconds_left(self) -> float:
        """Return how many seconds are left."""
        return max(0.0, self.stop.seconds - (time.perf_counter() - self.started))

    @property
    def is_optimal(self) -> bool:
        """Return whether nothing better than the incumbent can exist."""
        return self.lower_bound >= self.incumbent.cutoff
