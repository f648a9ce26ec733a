"""The sites that each client can use, nearest first: by a k-d tree for points, by sorting for a matrix."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from siting.arrays import Flags, Floats, Indices, Ints
from siting.costs import Matrix, Points
from siting.jit import jit
from siting.parameters import PresolveParameters
from siting.problems import MaxCover, Problem

ROUNDING = 1 - 1e-12  # what a distance that was left out may be shorter by
COVERING_CHUNK = 1000  # clients
MATRIX_CHUNK = 2_000_000  # entries


class RowBlock(NamedTuple):
    """Rows of some clients, one after the other: how many sites each has, the sites, and their costs."""

    length: Ints
    site: Indices
    cost: Floats


def rows_of_points(
    problem: Problem,
    costs: Points,
    clients: Ints,
    sites: Ints,
    cap: Floats,
    max_length: int,
    threads: int,
    parameters: PresolveParameters,
) -> tuple[RowBlock, Floats, Flags]:
    """Return the nearest sites below each cap, the new caps, and whether these are exact.

    Rows grow as long as they end below their cap and are shorter than the maximum. A row that is cut short gets the
    cost at which it was cut as its cap, which is then not exact.
    """
    tree = cKDTree(costs.vectors[1][sites])
    cap, cap_is_exact = cap.copy(), np.zeros(len(clients), np.bool_)
    pieces: list[tuple[Ints, RowBlock]] = []
    pending = np.arange(len(clients))
    max_length = min(max_length, len(sites))
    length = max_length if np.isinf(cap).any() else min(parameters.first_row_length, len(sites))
    while len(pending):
        unfinished = []
        can_grow = parameters.growth * length * len(pending) < parameters.max_lookup
        last = max_length if can_grow else length
        for low in range(0, len(pending), parameters.chunk):
            part = pending[low : low + parameters.chunk]
            block, cut, is_exact = query_nearest(problem, costs, tree, clients[part], cap[part], length, threads)
            done = is_exact | (length >= last)
            cap_is_exact[part] = is_exact
            cap[part[done]] = cut[done]
            pieces.append((part[done], select_rows(block, done)))
            unfinished.append(part[~done])
        pending = np.concatenate(unfinished)
        length = min(length * parameters.growth, max_length)
    return join_blocks(pieces, len(clients)), cap, cap_is_exact


def query_nearest(
    problem: Problem, costs: Points, tree: cKDTree, clients: Ints, cap: Floats, length: int, threads: int
) -> tuple[RowBlock, Floats, Flags]:
    """Return so many nearest sites of each client below its cap, its new cap, and whether no site is missing."""
    distance, site = tree.query(costs.vectors[0][clients], k=np.arange(1, length + 1), workers=threads)
    weight = problem.weights[clients]
    cost = weight[:, None] * costs.cost(distance)
    has_all = length == tree.n
    cut = np.full(len(clients), np.inf) if has_all else weight * costs.cost(distance[:, -1] * ROUNDING)
    is_exact = has_all | (cap <= cut)
    cut = np.minimum(cut, cap)
    keep = cost < cut[:, None]
    return RowBlock(keep.sum(axis=1), site[keep].astype(np.int32), cost[keep]), cut, is_exact


def select_rows(block: RowBlock, selected: Flags) -> RowBlock:
    """Return the selected rows of a block."""
    if selected.all():
        return block
    entries = np.repeat(selected, block.length)
    return RowBlock(block.length[selected], block.site[entries], block.cost[entries])


def join_blocks(pieces: list[tuple[Ints, RowBlock]], n: int) -> RowBlock:
    """Return one block of n clients from blocks of some of them."""
    length = np.zeros(n, np.int64)
    for clients, block in pieces:
        length[clients] = block.length
    start = np.append(0, np.cumsum(length))
    site = np.empty(start[-1], np.int32)
    cost = np.empty(start[-1], np.float64)
    for clients, block in pieces:
        scatter_rows(start, clients, block, site, cost)
    return RowBlock(length, site, cost)


@jit
def scatter_rows(start: Ints, clients: Ints, block: RowBlock, site: Indices, cost: Floats) -> None:
    """Write the rows of a block to where they begin."""
    k = 0
    for r in range(len(clients)):
        first = start[clients[r]]
        for s in range(block.length[r]):
            site[first + s] = block.site[k]
            cost[first + s] = block.cost[k]
            k += 1


def rows_of_matrix(
    problem: Problem, costs: Matrix, clients: Ints, sites: Ints, cap: Floats, max_length: int
) -> tuple[RowBlock, Floats, Flags]:
    """Return the nearest sites of a matrix below each cap, the new caps, and whether these are exact."""
    cap, cap_is_exact = cap.copy(), np.ones(len(clients), np.bool_)
    pieces: list[tuple[Ints, RowBlock]] = []
    length = min(max_length, len(sites))
    chunk = max(1, MATRIX_CHUNK // len(sites))
    for low in range(0, len(clients), chunk):
        part = np.arange(low, min(low + chunk, len(clients)))
        cost = problem.weights[clients[part]][:, None] * dense_rows(costs, clients[part])[:, sites]
        order = np.argsort(cost, axis=1, kind="stable")[:, :length].astype(np.int32)
        cost = np.take_along_axis(cost, order, 1)
        if 0 < length < len(sites):
            cap_is_exact[part] = cap[part] <= cost[:, -1]
            cap[part] = np.minimum(cap[part], cost[:, -1])
        keep = cost < cap[part][:, None]
        pieces.append((part, RowBlock(keep.sum(axis=1), order[keep], cost[keep])))
    return join_blocks(pieces, len(clients)), cap, cap_is_exact


def dense_rows(costs: Matrix, clients: Ints) -> Floats:
    """Return rows of a matrix with infinite costs where a sparse one stores nothing."""
    values = costs.values[clients]
    if not costs.sparse:
        return np.asarray(values)
    is_stored = values.copy()
    is_stored.data = np.ones_like(values.data)
    return np.where(is_stored.toarray() > 0, values.toarray(), np.inf)


def covering_rows(problem: MaxCover, clients: Ints, sites: Ints) -> RowBlock:
    """Return the sites within the radius of each client, at no cost."""
    costs = problem.costs
    if isinstance(costs, Points):
        chunks = covering_sites_of_points(costs, problem.radius, clients, sites)
    else:
        assert isinstance(costs, Matrix)  # noqa: S101
        chunks = covering_sites_of_matrix(costs, problem.radius, clients, sites)
    pieces: list[tuple[Ints, RowBlock]] = []
    for part, covering in chunks:
        length = np.array([len(one) for one in covering], dtype=np.int64)
        site = np.concatenate([*covering, np.zeros(0, np.int32)]).astype(np.int32)
        pieces.append((part, RowBlock(length, site, np.zeros(len(site)))))
    return join_blocks(pieces, len(clients))


def covering_sites_of_matrix(
    costs: Matrix, radius: float, clients: Ints, sites: Ints
) -> Iterator[tuple[Ints, list[Indices]]]:
    """Yield clients by the chunk, with the sites within the radius of each, ascending."""
    for part in np.array_split(np.arange(len(clients)), max(1, len(clients) // COVERING_CHUNK)):
        values = costs.values[clients[part]]
        if costs.sparse:
            near = [
                np.sort(values.indices[low:high][values.data[low:high] <= radius])
                for low, high in zip(values.indptr, values.indptr[1:], strict=False)
            ]
            yield part, [np.flatnonzero(np.isin(sites, one)).astype(np.int32) for one in near]
        else:
            yield part, [np.flatnonzero(row <= radius).astype(np.int32) for row in values[:, sites]]


def covering_sites_of_points(
    costs: Points, radius: float, clients: Ints, sites: Ints
) -> Iterator[tuple[Ints, list[Indices]]]:
    """Yield clients by the chunk, with the sites within the radius of each, ascending."""
    tree = cKDTree(costs.vectors[1][sites])
    max_distance = distance_of_radius(costs, radius)
    for low in range(0, len(clients), COVERING_CHUNK):
        part = np.arange(low, min(low + COVERING_CHUNK, len(clients)))
        vectors = costs.vectors[0][clients[part]]
        near = tree.query_ball_point(vectors, max_distance, return_sorted=True)
        yield (
            part,
            [
                covering(costs, radius, vectors[row], tree.data, np.asarray(some, np.int32))
                for row, some in enumerate(near)
            ],
        )


def covering(costs: Points, radius: float, vector: Floats, vectors: Floats, sites: Indices) -> Indices:
    """Return those of some sites that are within the radius of a client."""
    distance = np.sqrt(((vector - vectors[sites]) ** 2).sum(axis=1))
    return sites[costs.cost(distance) <= radius]


def distance_of_radius(costs: Points, radius: float) -> float:
    """Return a straight distance that nothing within the radius exceeds."""
    if costs.metric == "haversine":
        return 2.0 * float(np.sin(min(radius / (2 * costs.earth_radius), np.pi / 2))) * (1 + 1e-9) + 1e-12
    return (radius + (1.0 if costs.metric == "floor-euclid" else 0.0)) * (1 + 1e-9) + 1e-12
