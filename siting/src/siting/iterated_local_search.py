"""Iterated local search (Lourenço, Martin and Stützle 2003) around one solution, in portions of work.

Between two portions others may do something else, and the clock is looked at.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

import numpy as np

from siting.arrays import Flags, Floats, Ints
from siting.incumbent import Incumbent
from siting.lagrangian import p_smallest
from siting.local_search import Solution, improve, make_solution, perturb_and_improve
from siting.parameters import Parameters
from siting.sparse_rows import Columns, Rows, total_cost


@dataclass
class IteratedLocalSearch:
    """A search in these rows for p sites that are better than the incumbent.

    Attributes
    ----------
    average_y : float64, shape (m,)
        How much of each site the relaxation opens: a restart prefers sites that it opens more of.
    seed : int
        Of the restarts; the random numbers of compiled code follow from `seed_random`.
    client_range : pair of int, optional
        The clients, from and to, around which sites are swapped; all unless said otherwise.
    to_sites : callable
        From flags of these rows to site numbers of the presolved problem.
    starts : list of flags
        Solutions to begin at next.
    portion_work : int
        How many entries a portion reads; `work_per_check` until it is set.
    """

    incumbent: Incumbent
    rows: Rows
    columns: Columns
    p: int
    average_y: Floats
    seed: int
    parameters: Parameters
    client_range: tuple[int, int] | None = None
    to_sites: Callable[[Flags], Ints] = np.flatnonzero
    starts: list[Flags] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Compute what stays the same."""
        self.tolerance = 1e-9 * abs(self.incumbent.value) / max(len(self.rows.cap), 1)
        self.portion_work = self.parameters.work_per_check
        self.portion_swaps = self.parameters.search.swaps_per_portion
        self.swap_log = np.zeros((max(self.portion_swaps, self.p), 2), np.int32)
        self.reach = max(4, 2 * self.rows.site_count // max(self.p, 1))
        self.random = np.random.default_rng(self.seed)

    def descend(self, is_open: Flags) -> Generator[None, None, Solution]:
        """Begin at these sites, yield after some swaps, and offer and return the local optimum."""
        solution = make_solution(self.rows, is_open)
        swaps = 1
        while swaps:
            _, swaps = improve(self.rows, self.columns, solution, self.tolerance, self.swap_log[: self.portion_swaps])
            yield
        self.offer(solution)
        return solution

    def offer(self, solution: Solution) -> None:
        """Offer a solution to the incumbent if it is better by the rows."""
        if total_cost(self.rows, solution.is_open) < self.incumbent.value:
            self.incumbent.offer(self.to_sites(solution.is_open))

    def portions(self, is_open: Flags) -> Iterator[None]:
        """Yield after each portion of the search, which begins at these sites."""
        solution, idle = (yield from self.descend(is_open)), 0
        first, last = self.client_range or (0, len(self.rows.cap))
        max_idle = self.parameters.search.max_idle * len(self.rows.site)
        while True:
            while self.starts:
                other = yield from self.descend(self.starts.pop(0))
                if total_cost(self.rows, other.is_open) < total_cost(self.rows, solution.is_open):
                    solution, idle = other, 0
            if idle > max_idle:
                solution, idle = (yield from self.descend(self.random_start())), 0
            change = perturb_and_improve(
                self.rows,
                self.columns,
                solution,
                self.tolerance,
                self.reach,
                self.portion_work,
                self.swap_log,
                first,
                last,
            )
            idle = idle + self.portion_work if change > -self.tolerance else 0
            self.offer(solution)
            yield

    def random_start(self) -> Flags:
        """Return p sites at random, preferring those that the relaxation opens more of."""
        weight, tie_break = self.random.random(len(self.average_y)), self.random.random(len(self.average_y))
        return p_smallest(-self.average_y * weight - 1e-9 * tie_break, self.p)
