"""The incumbent: the best solution known, its true cost, and the cutoff for a better one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from siting.arrays import Ints

TrueCost = Callable[[Ints], float]


@dataclass
class Incumbent:
    """The best solution known, and how far below it a better one must lie.

    Attributes
    ----------
    value : float
        Its true cost: the upper bound.
    sites : int64
        The open sites, by their numbers in the presolved problem; fixed ones left out.
    granularity : float
        All true values are multiples of this; 0 where that is not known.
    true_cost : callable
        The true cost of a set of open sites.
    bound_limit : float
        No lower bound above this is proven: a set whose cost by the rows is this has a greater true cost, and so may
        others have.
    """

    value: float
    sites: Ints
    granularity: float
    true_cost: TrueCost
    bound_limit: float = np.inf

    @property
    def cutoff(self) -> float:
        """Return the cost from which on a set is no improvement."""
        return self.value - max(self.granularity * (1 - 1e-6), 1e-9 * abs(self.value))

    def offer(self, sites: Ints) -> float:
        """Take a set of open sites if its true cost is below the value; return its true cost."""
        cost = self.true_cost(sites)
        if cost < self.value:
            self.value, self.sites = cost, np.sort(sites)
        return cost

    def merge(self, other: "Incumbent") -> None:
        """Take what another search, begun with a copy of this incumbent, has found."""
        if other.value < self.value:
            self.value, self.sites = other.value, other.sites
        self.bound_limit = min(self.bound_limit, other.bound_limit)

    def merge_changes(self, others: Sequence["Incumbent"]) -> None:
        """Merge searches begun with copies of this incumbent; try their changes together where these leave p sites."""
        before = self.sites
        inserted = np.setdiff1d(np.concatenate([other.sites for other in others]), before)
        kept = before[np.all([np.isin(before, other.sites) for other in others], axis=0)]
        for other in others:
            self.merge(other)
        if len(kept) + len(inserted) == len(before):
            self.offer(np.append(kept, inserted))
