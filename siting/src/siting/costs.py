"""What it costs a client to go to a site: straight lines on a plane or the earth, or a matrix, dense or sparse.

A cost is a number of 0 or more; an infinite one, or one that a sparse matrix leaves out, says that there is no way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from siting.arrays import Floats, Ints
from siting.errors import ProblemError

Metric = Literal["haversine", "euclid", "floor-euclid"]
METRICS: tuple[Metric, ...] = ("haversine", "euclid", "floor-euclid")
EARTH = 6371008.8


class Costs(Protocol):
    """What every kind of costs can tell."""

    @property
    def shape(self) -> tuple[int, int]:
        """Clients and sites."""

    @property
    def grain(self) -> float:
        """A number of which every finite cost is a multiple, or 0 where none is known."""

    def to(self, sites: Ints) -> tuple[Floats, Ints]:
        """Return each client's cost to the nearest of these sites (infinite without a way), and which of them it is."""

    def row(self, client: int, sites: Ints) -> Floats:
        """Return one client's costs to these sites, by the plain formula."""

    def parts(self) -> Sequence[npt.NDArray[np.generic]]:
        """Return the arrays that say everything, for the digest."""


def located(points: npt.ArrayLike, what: str) -> Floats:
    """Return points as an array of two columns; every number must be finite."""
    array = np.ascontiguousarray(points, dtype=np.float64)
    if array.ndim != 2 or array.shape[1] != 2 or len(array) == 0:
        raise ProblemError(f"{what}: two columns of coordinates and at least one row are needed")
    bad = np.flatnonzero(~np.isfinite(array).all(axis=1))
    if len(bad):
        raise ProblemError(f"{what}, row {bad[0] + 1}: a coordinate is missing or not finite")
    return array


@dataclass(frozen=True, eq=False)
class Points:
    """Clients and sites as points, straight lines between them.

    Parameters
    ----------
    clients, sites : array_like, shape (n, 2) and (m, 2)
        x and y on a plane, or longitude and latitude in degrees for "haversine".
    metric : {"haversine", "euclid", "floor-euclid"}
        Great circle, straight line, or straight line rounded down as TSPLIB has it.
    earth_radius : float
        In the unit that the costs shall have; metres unless said otherwise.
    """

    clients: Floats
    sites: Floats
    metric: Metric = "euclid"
    earth_radius: float = EARTH

    def __post_init__(self) -> None:
        """Take the points as arrays and refuse what is no place."""
        if self.metric not in METRICS:
            raise ProblemError(f"metric {self.metric!r} is none of {', '.join(METRICS)}")
        if not (np.isfinite(self.earth_radius) and self.earth_radius > 0):
            raise ProblemError("the radius of the earth must be more than 0")
        for what in ("clients", "sites"):
            array = located(getattr(self, what), what)
            object.__setattr__(self, what, array)
            if self.metric == "haversine":
                bad = np.flatnonzero((np.abs(array[:, 0]) > 360) | (np.abs(array[:, 1]) > 90))
                if len(bad):
                    raise ProblemError(f"{what}, row {bad[0] + 1}: longitude or latitude beyond the earth")

    @property
    def shape(self) -> tuple[int, int]:
        """Clients and sites."""
        return len(self.clients), len(self.sites)

    @property
    def grain(self) -> float:
        """Return 1 for costs that are rounded down, else 0."""
        return 1.0 if self.metric == "floor-euclid" else 0.0

    @cached_property
    def places(self) -> tuple[Floats, Floats]:
        """Return clients and sites as vectors whose distance grows with the cost: on the plane, or of length 1."""
        if self.metric != "haversine":
            return self.clients, self.sites
        return on_sphere(self.clients), on_sphere(self.sites)

    def cost(self, chord: Floats) -> Floats:
        """Turn straight distances of `places` into costs."""
        if self.metric == "haversine":
            return np.asarray(2 * self.earth_radius * np.arcsin(np.minimum(chord / 2, 1.0)))
        return np.floor(chord) if self.metric == "floor-euclid" else chord

    def to(self, sites: Ints) -> tuple[Floats, Ints]:
        """Return each client's cost to the nearest of these sites, and which of them it is."""
        chord, which = cKDTree(self.places[1][sites]).query(self.places[0])
        return self.cost(np.asarray(chord)), sites[np.asarray(which)]

    def row(self, client: int, sites: Ints) -> Floats:
        """Return one client's costs to these sites, by the plain formula: on the earth, that of haversines."""
        here, there = self.clients[client], self.sites[sites]
        if self.metric != "haversine":
            east, north = there[:, 0] - here[0], there[:, 1] - here[1]
            return self.cost(np.sqrt(east * east + north * north))
        lat, lats = np.radians(here[1]), np.radians(there[:, 1])
        half_east, half_north = np.radians(there[:, 0] - here[0]) / 2, (lats - lat) / 2
        inside = np.sin(half_north) ** 2 + np.cos(lat) * np.cos(lats) * np.sin(half_east) ** 2
        return np.asarray(2 * self.earth_radius * np.arcsin(np.sqrt(np.minimum(inside, 1.0))))

    def parts(self) -> Sequence[npt.NDArray[np.generic]]:
        """Return the arrays that say everything, for the digest."""
        radius = self.earth_radius if self.metric == "haversine" else 0.0
        return [self.clients, self.sites, np.frombuffer(self.metric.encode(), np.uint8), np.array([radius])]


def on_sphere(degrees: Floats) -> Floats:
    """Return longitudes and latitudes as vectors of length 1."""
    lon, lat = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


@dataclass(frozen=True, eq=False)
class Matrix:
    """Costs as given: clients down, sites across.

    Parameters
    ----------
    values : array_like or scipy sparse array, shape (n, m)
        What a sparse array does not store is infinite; what it stores as 0 is 0.
    """

    values: Any

    def __post_init__(self) -> None:
        """Take the matrix as numbers and refuse what is no cost."""
        if hasattr(self.values, "tocsr"):
            matrix = csr_array(self.values, dtype=np.float64)
            matrix.sort_indices()
            numbers, row_of = matrix.data, np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        else:
            matrix = np.ascontiguousarray(self.values, dtype=np.float64)
            if matrix.ndim != 2:
                raise ProblemError("the matrix needs two dimensions")
            bad_rows, _ = np.nonzero(np.isnan(matrix) | (matrix < 0))
            numbers, row_of = np.zeros(0), bad_rows
            if len(bad_rows):
                raise ProblemError(f"matrix, row {bad_rows[0] + 1}: a cost is negative or not a number")
        if 0 in matrix.shape:
            raise ProblemError("the matrix is empty")
        bad = np.flatnonzero(np.isnan(numbers) | (numbers < 0))
        if len(bad):
            raise ProblemError(f"matrix, row {row_of[bad[0]] + 1}: a cost is negative or not a number")
        object.__setattr__(self, "values", matrix)

    @property
    def sparse(self) -> bool:
        """Whether what is not stored is infinite."""
        return not isinstance(self.values, np.ndarray)

    @property
    def shape(self) -> tuple[int, int]:
        """Clients and sites."""
        return int(self.values.shape[0]), int(self.values.shape[1])

    @cached_property
    def grain(self) -> float:
        """Return a number of which every finite cost is a multiple, or 0 where none is known."""
        numbers = np.asarray(self.values.data if self.sparse else self.values).ravel()
        return grain_of(numbers[np.isfinite(numbers)])

    def to(self, sites: Ints) -> tuple[Floats, Ints]:
        """Return each client's cost to the nearest of these sites (infinite without a way), and which of them it is."""
        if not self.sparse:
            chosen = self.values[:, sites]
            which = np.argmin(chosen, axis=1)
            return chosen[np.arange(len(chosen)), which], sites[which]
        best = np.full(self.shape[0], np.inf)
        where = np.full(self.shape[0], sites[0])
        place = np.full(self.shape[1], False)
        place[sites] = True
        rows = np.repeat(np.arange(self.shape[0]), np.diff(self.values.indptr))
        use = place[self.values.indices]
        rows, across, cost = rows[use], self.values.indices[use], self.values.data[use]
        order = np.lexsort((across, cost, rows))
        first = order[np.unique(rows[order], return_index=True)[1]]
        best[rows[first]], where[rows[first]] = cost[first], across[first]
        return best, where

    def row(self, client: int, sites: Ints) -> Floats:
        """Return one client's costs to these sites."""
        if not self.sparse:
            return np.asarray(self.values[client, sites])
        low, high = self.values.indptr[client], self.values.indptr[client + 1]
        whole = np.full(self.shape[1], np.inf)
        whole[self.values.indices[low:high]] = self.values.data[low:high]
        return whole[sites]

    def parts(self) -> Sequence[npt.NDArray[np.generic]]:
        """Return the arrays that say everything, for the digest."""
        if not self.sparse:
            return [self.values]
        return [self.values.indptr.astype(np.int64), self.values.indices.astype(np.int64), self.values.data]


def grain_of(numbers: Floats) -> float:
    """Return the greatest number of which all are multiples, if it is a whole one or 1/2, 1/4, 1/8, 1/10, 1/100 of one.

    Decimals are no exact multiples; what rounding adds must stay far below the grain when all are summed. 0 for none.
    """
    for parts in (1, 2, 4, 8, 10, 100):
        scaled = numbers * parts
        near = np.rint(scaled)
        if len(near) and np.abs(near).max() < 2.0**40 and np.abs(scaled - near).max() * len(near) <= 1e-7:
            return float(np.gcd.reduce(near.astype(np.int64))) / parts
    return 0.0


def road(graph: csr_array, clients: Ints, sites: Ints, limit: float = np.inf) -> Matrix:
    """Return the costs of the shortest ways from clients to sites on a graph, both given as nodes.

    Parameters
    ----------
    graph : scipy sparse array, shape (nodes, nodes)
        Length of each directed edge, more than 0.
    limit : float
        Ways longer than this are left out.
    """
    backwards = csr_array(graph).T.tocsr()
    blocks = []
    for low in range(0, len(sites), 256):
        length = dijkstra(backwards, indices=sites[low:low + 256], limit=limit)[:, clients]
        which, client = np.nonzero(np.isfinite(length))
        blocks.append((client, which + low, length[which, client]))
    down, across, cost = (np.concatenate(part) for part in zip(*blocks, strict=True))
    return Matrix(csr_array((cost, (down, across)), shape=(len(clients), len(sites))))
