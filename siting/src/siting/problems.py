"""The two questions: p sites so that people are near one, and p sites so that most people are within reach of one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from siting.arrays import Floats, Ints
from siting.costs import Costs, Points, grain_of
from siting.errors import ProblemError


@dataclass(frozen=True, eq=False)
class Problem:
    """What both questions have in common.

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
        """Refuse what makes no problem."""
        n, m = self.costs.shape
        self._name("clients", n)
        self._name("sites", m)
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

    def _name(self, what: str, count: int) -> None:
        names = tuple(getattr(self, what)) or tuple(str(k + 1) for k in range(count))
        if len(names) != count:
            raise ProblemError(f"{what}: {len(names)} names for {count} rows")
        if len(set(names)) != count:
            seen: set[str] = set()
            twice = next(row for row, name in enumerate(names) if name in seen or seen.add(name))  # type: ignore[func-returns-value]
            raise ProblemError(f"{what}, row {twice + 1}: {names[twice]!r} stands there twice")
        object.__setattr__(self, what, names)

    def _set_weight(self, n: int) -> None:
        weight = np.ones(n) if self.weight is None else np.ascontiguousarray(self.weight, dtype=np.float64)
        if weight.shape != (n,):
            raise ProblemError(f"weight: {len(weight)} numbers for {n} clients")
        bad = np.flatnonzero(~(np.isfinite(weight) & (weight >= 0)))
        if len(bad):
            raise ProblemError(f"weight, row {bad[0] + 1} ({self.clients[bad[0]]}): must be a finite number of 0 or more")
        object.__setattr__(self, "weight", weight)

    @property
    def weights(self) -> Floats:
        """Return the weights as an array."""
        assert self.weight is not None  # noqa: S101
        return self.weight

    @property
    def kept(self) -> Ints:
        """Return the fixed sites, ascending."""
        return np.asarray(self.fixed, dtype=np.int64)

    @property
    def digest(self) -> str:
        """Return a SHA-256 over everything the answer depends on."""
        total = hashlib.sha256(type(self).__name__.encode())
        for part in [*self.costs.parts(), self.weights, self.kept, np.array([self.p], np.int64), *self.extras()]:
            total.update(str((part.dtype.str, part.shape)).encode())
            total.update(np.ascontiguousarray(part).tobytes())
        for name in (*self.clients, *self.sites):
            total.update(name.encode() + b"\0")
        return total.hexdigest()

    @cached_property
    def reached(self) -> npt.NDArray[np.bool_]:
        """Return which clients some site reaches."""
        if isinstance(self.costs, Points):
            return np.ones(self.costs.shape[0], np.bool_)
        return np.isfinite(self.costs.to(np.arange(self.costs.shape[1]))[0])

    @property
    def grain(self) -> float:
        """Return a number of which every finite value is a multiple, or 0 where none is known."""
        raise NotImplementedError

    def extras(self) -> list[npt.NDArray[np.generic]]:
        """Return what one kind of problem has more than the other, for the digest."""
        return []

    def with_fixed(self, opened: Ints) -> Ints:
        """Return the fixed and the opened sites, ascending."""
        return np.union1d(self.kept, np.asarray(opened, dtype=np.int64))


@dataclass(frozen=True, eq=False)
class PMedian(Problem):
    """Open p sites so that the sum of weight times cost to the nearest open site is least.

    A client that no site reaches counts for nothing and is named in the result; one that some site reaches, but no open
    one, makes the value infinite.
    """

    @property
    def grain(self) -> float:
        """Return a number of which every finite value is a multiple, or 0."""
        return self.costs.grain * grain_of(self.weights)


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
        """Refuse what makes no problem."""
        super().__post_init__()
        if not (np.isfinite(self.radius) and self.radius >= 0):
            raise ProblemError(f"the radius must be a finite number of 0 or more, not {self.radius}")

    def extras(self) -> list[npt.NDArray[np.generic]]:
        """Return the radius, for the digest."""
        return [np.array([self.radius])]

    @property
    def grain(self) -> float:
        """Return a number of which every value is a multiple, or 0."""
        return grain_of(self.weights)

