"""The cost between a client and a site: straight lines on a plane or the earth, or a matrix, dense or sparse.

A cost is a number of 0 or more; an infinite one, or one that a sparse matrix does not store, means: there is no way.
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
EARTH_RADIUS = 6371008.8  # metres, the mean radius of IUGG 1980


class Costs(Protocol):
    """What every kind of costs offers."""

    @property
    def shape(self) -> tuple[int, int]:
        """Clients and sites."""

    @property
    def granularity(self) -> float:
        """A number of which every finite cost is a multiple, or 0 where none is known."""

    def nearest(self, sites: Ints) -> tuple[Floats, Ints]:
        """Return each client's cost to the nearest of these sites (infinite without a way), and which of them it is."""

    def row(self, client: int, sites: Ints) -> Floats:
        """Return one client's costs to these sites, by the plain formula."""

    def arrays(self) -> Sequence[npt.NDArray[np.generic]]:
        """Return the arrays that determine all costs, for the digest."""


def as_points(points: npt.ArrayLike, name: str) -> Floats:
    """Return points as an array of two columns; every number must be finite."""
    array = np.ascontiguousarray(points, dtype=np.float64)
    if array.ndim != 2 or array.shape[1] != 2 or len(array) == 0:
        raise ProblemError(f"{name}: two columns of coordinates and at least one row are needed")
    bad = np.flatnonzero(~np.isfinite(array).all(axis=1))
    if len(bad):
        raise ProblemError(f"{name}, row {bad[0] + 1}: a coordinate is missing or not finite")
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
    earth_radius: float = EARTH_RADIUS

    def __post_init__(self) -> None:
        """Take the points as arrays, and refuse what is not a place."""
        if self.metric not in METRICS:
            raise ProblemError(f"metric {self.metric!r} is none of {', '.join(METRICS)}")
        if not (np.isfinite(self.earth_radius) and self.earth_radius > 0):
            raise ProblemError("the radius of the earth must be more than 0")
        for name in ("clients", "sites"):
            array = as_points(getattr(self, name), name)
            object.__setattr__(self, name, array)
            if self.metric == "haversine":
                bad = np.flatnonzero((np.abs(array[:, 0]) > 360) | (np.abs(array[:, 1]) > 90))
                if len(bad):
                    raise ProblemError(f"{name}, row {bad[0] + 1}: longitude or latitude beyond the earth")

    @property
    def shape(self) -> tuple[int, int]:
        """Clients and sites."""
        return len(self.clients), len(self.sites)

    @property
    def granularity(self) -> float:
        """Return 1 for costs that are rounded down, else 0."""
        return 1.0 if self.metric == "floor-euclid" else 0.0

    @cached_property
    def vectors(self) -> tuple[Floats, Floats]:
        """Return clients and sites as vectors whose distance grows with the cost: on the plane, or of length 1."""
        if self.metric != "haversine":
            return self.clients, self.sites
        return unit_vectors(self.clients), unit_vectors(self.sites)

    def cost(self, distance: Floats) -> Floats:
        """Turn straight distances of `vectors` into costs."""
        if self.metric == "haversine":
            return np.asarray(2 * self.earth_radius * np.arcsin(np.minimum(distance / 2, 1.0)))
        return np.floor(distance) if self.metric == "floor-euclid" else distance

    def nearest(self, sites: Ints) -> tuple[Floats, Ints]:
        """Return each client's cost to the nearest of these sites, and which of them it is."""
        distance, which = cKDTree(self.vectors[1][sites]).query(self.vectors[0])
        return self.cost(np.asarray(distance)), sites[np.asarray(which)]

    def row(self, client: int, sites: Ints) -> Floats:
        """Return one client's costs to these sites, by the plain formula: on the earth, that of haversines."""
        x, y = self.clients[client]
        xs, ys = self.sites[sites].T
        if self.metric != "haversine":
            dx, dy = xs - x, ys - y
            return self.cost(np.sqrt(dx * dx + dy * dy))
        lat, lats = np.radians(y), np.radians(ys)
        half_lon, half_lat = np.radians(xs - x) / 2, (lats - lat) / 2
        haversine = np.sin(half_lat) ** 2 + np.cos(lat) * np.cos(lats) * np.sin(half_lon) ** 2
        return np.asarray(2 * self.earth_radius * np.arcsin(np.sqrt(np.minimum(haversine, 1.0))))

    def arrays(self) -> Sequence[npt.NDArray[np.generic]]:
        """Return the arrays that determine all costs, for the digest."""
        radius = self.earth_radius if self.metric == "haversine" else 0.0
        return [self.clients, self.sites, np.frombuffer(self.metric.encode(), np.uint8), np.array([radius])]


def unit_vectors(degrees: Floats) -> Floats:
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
        """Take the matrix as numbers, and refuse what is not a cost."""
        if hasattr(self.values, "tocsr"):
            matrix = csr_array(self.values, dtype=np.float64)
            matrix.sort_indices()
            is_bad = np.isnan(matrix.data) | (matrix.data < 0)
            bad_rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))[is_bad]
        else:
            matrix = np.ascontiguousarray(self.values, dtype=np.float64)
            if matrix.ndim != 2:
                raise ProblemError("the matrix needs two dimensions")
            bad_rows, _ = np.nonzero(np.isnan(matrix) | (matrix < 0))
        if 0 in matrix.shape:
            raise ProblemError("the matrix is empty")
        if len(bad_rows):
            raise ProblemError(f"matrix, row {bad_rows[0] + 1}: a cost is negative or not a number")
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
    def granularity(self) -> float:
        """Return a number of which every finite cost is a multiple, or 0 where none is known."""
        numbers = np.asarray(self.values.data if self.sparse else self.values).ravel()
        return granularity_of(numbers[np.isfinite(numbers)])

    def nearest(self, sites: Ints) -> tuple[Floats, Ints]:
        """Return each client's cost to the nearest of these sites (infinite without a way), and which of them it is."""
        if not self.sparse:
            chosen = self.values[:, sites]
            which = np.argmin(chosen, axis=1)
            return chosen[np.arange(len(chosen)), which], sites[which]
        nearest_cost = np.full(self.shape[0], np.inf)
        nearest_site = np.full(self.shape[0], sites[0])
        is_asked = np.full(self.shape[1], False)
        is_asked[sites] = True
        row = np.repeat(np.arange(self.shape[0]), np.diff(self.values.indptr))
        entries = is_asked[self.values.indices]
        row, site, cost = row[entries], self.values.indices[entries], self.values.data[entries]
        order = np.lexsort((site, cost, row))
        first = order[np.unique(row[order], return_index=True)[1]]
        nearest_cost[row[first]], nearest_site[row[first]] = cost[first], site[first]
        return nearest_cost, nearest_site

    def row(self, client: int, sites: Ints) -> Floats:
        """Return one client's costs to these sites."""
        if not self.sparse:
            return np.asarray(self.values[client, sites])
        low, high = self.values.indptr[client], self.values.indptr[client + 1]
        dense = np.full(self.shape[1], np.inf)
        dense[self.values.indices[low:high]] = self.values.data[low:high]
        return dense[sites]

    def arrays(self) -> Sequence[npt.NDArray[np.generic]]:
        """Return the arrays that determine all costs, for the digest."""
        if not self.sparse:
            return [self.values]
        return [self.values.indptr.astype(np.int64), self.values.indices.astype(np.int64), self.values.data]


def granularity_of(numbers: Floats) -> float:
    """Return the greatest number of which all are multiples, if it is a whole one or 1/2, 1/4, 1/8, 1/10, 1/100 of one.

    Decimals are no exact multiples; what rounding adds must stay far below the granularity when all are summed. 0 for
    none.
    """
    for factor in (1, 2, 4, 8, 10, 100):
        scaled = numbers * factor
        whole = np.rint(scaled)
        if len(whole) and np.abs(whole).max() < 2.0**40 and np.abs(scaled - whole).max() * len(whole) <= 1e-7:
            return float(np.gcd.reduce(whole.astype(np.int64))) / factor
    return 0.0


def road(graph: csr_array, clients: Ints, sites: Ints, limit: float = np.inf) -> Matrix:
    """Return the costs of the shortest paths from clients to sites on a graph, both given as nodes, by Dijkstra (1959).

    Parameters
    ----------
    graph : scipy sparse array, shape (nodes, nodes)
        Length of each directed edge, more than 0.
    limit : float
        Paths longer than this are left out.
    """
    reversed_graph = csr_array(graph).T.tocsr()
    blocks = []
    for low in range(0, len(sites), 256):
        length = dijkstra(reversed_graph, indices=sites[low : low + 256], limit=limit)[:, clients]
        site, client = np.nonzero(np.isfinite(length))
        blocks.append((client, site + low, length[site, client]))
    row, column, cost = (np.concatenate(part) for part in zip(*blocks, strict=True))
    return Matrix(csr_array((cost, (row, column)), shape=(len(clients), len(sites))))
