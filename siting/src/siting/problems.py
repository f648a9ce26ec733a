"""The two questions: p sites so that people are near one, and p sites so that most people are within reach of one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from siting.arrays import Floats, Ints
from siting.costs import Costs, Points, granularity_of
from siting.errors import ProblemError


@dataclass(frozen=True, eq=False)
class Problem:
    """What both problems have in common.

    Parameters
    ----------
    costs : Points or Matrix
        n clients, m sites.
    p : int
        How many sites to open beside the fixed ones.
    weight : array_like, shape (n,), optional
        How much each client counts, 0 or more; 1 unless said otherwise.
    fixed : sequence of int
        Sites that are open already.
    clients, sites : sequence of str, optional
        Names, which errors and results use; the numbers from 1 on unless said otherwise.

    Raises
    ------
    ProblemError
        Where something is wrong, with the row.
    """

    costs: Costs
    p: int
    weight: Floats | None = None
    fixed: Sequence[int] | Ints = ()
    clients: Sequence[str] = field(default=())
    sites: Sequence[str] = field(default=())

    def __post_init__(self) -> None:
        """Refuse data that do not make a problem."""
        n, m = self.costs.shape
        self._set_names("clients", n)
        self._set_names("sites", m)
        self._set_weight(n)
        fixed = np.unique(np.asarray(self.fixed, dtype=np.int64))
        if len(fixed) != len(self.fixed) or (len(fixed) and (fixed[0] < 0 or fixed[-1] >= m)):
            raise ProblemError("fixed: a site is named twice or is not among the sites")
        object.__setattr__(self, "fixed", fixed)
        if isinstance(self.p, bool) or int(self.p) != self.p or self.p < 0:
            raise ProblemError(f"p must be a whole number of 0 or more, not {self.p}")
        if self.p + len(fixed) < 1:
            raise ProblemError("no site is fixed, so p must be 1 or more")
        if self.p + len(fixed) > m:
            raise ProblemError(f"p is {self.p}, but only {m - len(fixed)} sites can be opened")

    def _set_names(self, kind: str, count: int) -> None:
        names = tuple(getattr(self, kind)) or tuple(str(k + 1) for k in range(count))
        if len(names) != count:
            raise ProblemError(f"{kind}: {len(names)} names for {count} rows")
        if len(set(names)) != count:
            seen: set[str] = set()
            for row, name in enumerate(names):
                if name in seen:
                    raise ProblemError(f"{kind}, row {row + 1}: {name!r} stands there twice")
                seen.add(name)
        object.__setattr__(self, kind, names)

    def _set_weight(self, n: int) -> None:
        weight = np.ones(n) if self.weight is None else np.ascontiguousarray(self.weight, dtype=np.float64)
        if weight.shape != (n,):
            raise ProblemError(f"weight: {len(weight)} numbers for {n} clients")
        bad = np.flatnonzero(~(np.isfinite(weight) & (weight >= 0)))
        if len(bad):
            name = self.clients[bad[0]]
            raise ProblemError(f"weight, row {bad[0] + 1} ({name}): must be a finite number of 0 or more")
        object.__setattr__(self, "weight", weight)

    @property
    def weights(self) -> Floats:
        """Return the weights as an array."""
        assert self.weight is not None  # noqa: S101
        return self.weight

    @property
    def fixed_sites(self) -> Ints:
        """Return the fixed sites, ascending."""
        return np.asarray(self.fixed, dtype=np.int64)

    @property
    def digest(self) -> str:
        """Return the SHA-256 of everything that determines the answer."""
        digest = hashlib.sha256(type(self).__name__.encode())
        p = np.array([self.p], np.int64)
        for array in [*self.costs.arrays(), self.weights, self.fixed_sites, p, *self.extra_arrays()]:
            digest.update(str((array.dtype.str, array.shape)).encode())
            digest.update(np.ascontiguousarray(array).tobytes())
        for name in (*self.clients, *self.sites):
            digest.update(name.encode() + b"\0")
        return digest.hexdigest()

    @cached_property
    def reachable(self) -> npt.NDArray[np.bool_]:
        """Return which clients can reach some site."""
        if isinstance(self.costs, Points):
            return np.ones(self.costs.shape[0], np.bool_)
        return np.isfinite(self.costs.nearest(np.arange(self.costs.shape[1]))[0])

    @property
    def granularity(self) -> float:
        """Return a number of which every finite value is a multiple, or 0 where none is known."""
        raise NotImplementedError

    def extra_arrays(self) -> list[npt.NDArray[np.generic]]:
        """Return the data that one kind of problem has beside those of both, for the digest."""
        return []

    def with_fixed(self, opened: Ints) -> Ints:
        """Return the fixed and the opened sites, ascending."""
        return np.union1d(self.fixed_sites, np.asarray(opened, dtype=np.int64))


@dataclass(frozen=True, eq=False)
class PMedian(Problem):
    """Open p sites so that the sum of weight times cost to the nearest open site is least.

    A client that no site reaches counts for nothing and is named in the result; one that some site reaches, but no open
    one, makes the value infinite.
    """

    @property
    def granularity(self) -> float:
        """Return a number of which every finite value is a multiple, or 0."""
        return self.costs.granularity * granularity_of(self.weights)


@dataclass(frozen=True, eq=False)
class MaxCover(Problem):
    """Open p sites so that the weight of the clients within a radius of an open site is most.

    Parameters
    ----------
    radius : float
        In the unit of the costs; a client exactly at it is covered.
    """

    radius: float = 0.0

    def __post_init__(self) -> None:
        """Refuse data that do not make a problem."""
        super().__post_init__()
        if not (np.isfinite(self.radius) and self.radius >= 0):
            raise ProblemError(f"the radius must be a finite number of 0 or more, not {self.radius}")

    def extra_arrays(self) -> list[npt.NDArray[np.generic]]:
        """Return the radius, for the digest."""
        return [np.array([self.radius])]

    @property
    def granularity(self) -> float:
        """Return a number of which every value is a multiple, or 0."""
        return granularity_of(self.weights)
