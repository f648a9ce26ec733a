"""Local search in portions, so that something else can go on meanwhile and the clock be looked at."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

import numpy as np

from siting.arrays import Flags, Floats, Ints
from siting.incumbent import Incumbent
from siting.lagrangian import p_smallest
from siting.local_search import Plan, improve, plan_of, shake
from siting.node import WORK
from siting.sparse_rows import Columns, Rows, total_cost

IDLE = 20  # times as many entries as there are, gone through without an improvement, after which it begins elsewhere
SWAPS = 1000  # improving swaps in a portion


@dataclass
class Search:
    """A search for p sites of these rows that are better than the best.

    Attributes
    ----------
    share : float64, shape (m,)
        How much of each site the relaxation opens: where a search that found nothing for long begins anew.
    seed : int
        Of where it begins anew; what is random within compiled code goes on from what was seeded there.
    part : pair of int, optional
        The clients, from and to, around whom sites are changed; all unless said otherwise.
    back : callable
        From flags of these rows to the numbers of the sites in the first rows.
    suggested : list of flags
        Sets to begin at that are to be tried next.
    """

    incumbent: Incumbent
    rows: Rows
    columns: Columns
    p: int
    share: Floats
    seed: int
    part: tuple[int, int] | None = None
    back: Callable[[Flags], Ints] = np.flatnonzero
    suggested: list[Flags] = field(default_factory=list)
    work: int = WORK

    def __post_init__(self) -> None:
        """Reckon what stays the same."""
        self.slack = 1e-9 * abs(self.incumbent.value) / max(len(self.rows.cap), 1)
        self.log = np.zeros(2 * max(SWAPS, self.p), np.int32)
        self.reach = max(4, 2 * self.rows.site_count // max(self.p, 1))
        self.random = np.random.default_rng(self.seed)

    def improved(self, chosen: Flags) -> Generator[None, None, Plan]:
        """Begin with these sites, yield after some swaps, and offer and return what no swap improves."""
        plan = plan_of(self.rows, chosen)
        swaps = 1
        while swaps:
            _, swaps = improve(self.rows, self.columns, plan, self.slack, self.log[:2 * SWAPS])
            yield
        self.offer(plan)
        return plan

    def offer(self, plan: Plan) -> None:
        """Take the plan if it is truly better than the best."""
        if total_cost(self.rows, plan.opened) < self.incumbent.value:
            self.incumbent.offer(self.back(plan.opened))

    def portions(self, chosen: Flags) -> Iterator[None]:
        """Yield after each portion of search, first around these sites."""
        plan, idle = (yield from self.improved(chosen)), 0
        while True:
            while self.suggested:
                other = yield from self.improved(self.suggested.pop(0))
                if total_cost(self.rows, other.opened) < total_cost(self.rows, plan.opened):
                    plan, idle = other, 0
            if idle > IDLE * len(self.rows.site):
                plan, idle = (yield from self.improved(self.elsewhere())), 0
            change = shake(self.rows, self.columns, plan, self.slack, self.reach, self.work, self.log,
                           *(self.part or (0, len(self.rows.cap))))
            idle = idle + self.work if change > -self.slack else 0
            self.offer(plan)
            yield

    def elsewhere(self) -> Flags:
        """Return p sites at random, those rather that the relaxation opens more of."""
        luck, tie = self.random.random(len(self.share)), self.random.random(len(self.share))
        return p_smallest(-self.share * luck - 1e-9 * tie, self.p)
