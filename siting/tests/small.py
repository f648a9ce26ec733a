"""Small problems, and their optima by going through every set."""

import itertools

import numpy as np
from hypothesis import strategies as st

from siting import Matrix, MaxCover, PMedian, Points, Problem


def best_by_force(problem: Problem) -> float:
    """Return the best value over all sets of p sites, by its definition."""
    n, m = problem.costs.shape
    cost = np.array([problem.costs.row(i, np.arange(m)) for i in range(n)])
    free = [j for j in range(m) if j not in set(problem.fixed_sites.tolist())]
    values = []
    for some in itertools.combinations(free, problem.p):
        nearest = cost[:, [*problem.fixed_sites.tolist(), *some]].min(axis=1)
        if isinstance(problem, MaxCover):
            values.append(problem.weights[nearest <= problem.radius].sum())
        else:
            counts = (problem.weights > 0) & np.isfinite(cost).any(axis=1)
            values.append((problem.weights[counts] * nearest[counts]).sum())
    return max(values) if isinstance(problem, MaxCover) else min(values)


@st.composite
def costs(draw):
    """Points on a coarse grid (with duplicates), places on the earth, or a matrix with ways that do not exist."""
    n, m = draw(st.integers(1, 14)), draw(st.integers(1, 14))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    kind = draw(st.sampled_from(["euclid", "floor-euclid", "haversine", "same", "matrix", "holes"]))
    if kind in ("matrix", "holes"):
        values = np.round(random.random((n, m)) * 20, draw(st.sampled_from([0, 1, 6])))
        if kind == "holes":
            values[random.random((n, m)) < 0.4] = np.inf
        return Matrix(values)
    coarse = draw(st.sampled_from([4, 60, 1e6]))
    here, there = (np.floor(random.random((k, 2)) * coarse) * (60 / coarse) for k in (n, m))
    if kind == "same":
        return Points(here, here, "floor-euclid")
    return Points(here, there, kind)


@st.composite
def problems(draw):
    """A p-median or a maximal covering of up to 14 points, some with fixed sites and weights of 0."""
    ways = draw(costs())
    n, m = ways.shape
    fixed = draw(st.lists(st.integers(0, m - 1), unique=True, max_size=m // 2))
    p = draw(st.integers(0 if fixed else 1, min(m - len(fixed), 6)))
    weight = draw(st.one_of(st.none(), st.lists(st.sampled_from([0, 1, 2, 3, 0.7, 1000]), min_size=n, max_size=n)))
    if draw(st.booleans()):
        return PMedian(ways, p, weight, fixed)
    radius = draw(st.sampled_from([0, 3, 7.5, 20, 2e6]))
    return MaxCover(ways, p, weight, fixed, radius=radius)
