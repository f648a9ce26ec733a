"""One solving: what is known by now, how long it may go on, and what is done beside one another."""

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
from siting.presolve import Store

Progress = Callable[[str, float, float, float], None]
Given = TypeVar("Given")
Made = TypeVar("Made")


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
    incumbent: Incumbent
    stop: Stop
    progress: Progress | None
    began: float
    seed: int
    helper: ThreadPoolExecutor | None
    dual: LagrangianDual = field(init=False)
    bound: float = 0.0
    method: list[str] = field(default_factory=list)

    def look(self, stage: str) -> None:
        """Tell how far it is; raise when it is enough."""
        seconds = time.perf_counter() - self.began
        if self.progress:
            self.progress(stage, seconds, self.incumbent.value, self.bound)
        short = self.incumbent.value - self.bound
        if seconds > self.stop.seconds or (self.stop.gap > 0 and short <= self.stop.gap * abs(self.incumbent.value)):
            raise Enough

    @contextmanager
    def beside(self, work: Callable[..., None], *given: object) -> Iterator[None]:
        """Do this work and, on another thread if there is one, what is within; neither may touch what the other changes."""
        if self.helper is None:
            work(*given)
            yield
            return
        job = self.helper.submit(work, *given)
        try:
            yield
        finally:
            job.result()

    def each(self, work: Callable[[Given], Made], given: list[Given]) -> list[Made]:
        """Do this work for each of these, two at a time if there is another thread; none may touch what another changes."""
        made: dict[int, Made] = {}
        waiting = iter(range(len(given)))  # of which each thread takes the next

        def go_on() -> None:
            for k in waiting:
                made[k] = work(given[k])

        with self.beside(go_on):
            go_on()
        return [made[k] for k in range(len(given))]

    def flags(self) -> Flags:
        """Return which sites the incumbent opens."""
        flags = np.zeros(self.store.rows.site_count, np.bool_)
        flags[self.incumbent.sites] = True
        return flags

    @property
    def left(self) -> float:
        """Return how many seconds are left."""
        return max(0.0, self.stop.seconds - (time.perf_counter() - self.began))

    @property
    def proven(self) -> bool:
        """Return whether nothing better can exist."""
        return self.bound >= self.incumbent.cutoff
