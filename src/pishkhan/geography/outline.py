"""The outline of a region, drawn around the places that lie in it: for maps, and no border of law."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import cos, radians

import numpy as np
from scipy.spatial import Delaunay, QhullError

from .distance import KM_PER_DEGREE
from .models import Division
from .selectors import lying_in

REACH_KM = 22  # places that are farther apart are no neighbours: a gap between them is outside
LEAST_PLACES = 30  # fewer show no shape
Ring = tuple[tuple[float, float], ...]  # of latitudes and longitudes, in degrees


@lru_cache(maxsize=64)
def outline_of(region: str) -> tuple[Ring, ...]:
    """The rings around the places of a region, by its code; none if too few have a point. Kept by the process."""
    rows = Division.objects.filter(lying_in(region, field="code"), lat__isnull=False).order_by("code")
    points = [(lat, lon) for lat, lon in rows.values_list("lat", "lon") if lat is not None and lon is not None]
    return rings_around(points) if len(points) >= LEAST_PLACES else ()


def rings_around(points: Sequence[tuple[float, float]], reach_km: float = REACH_KM) -> tuple[Ring, ...]:
    """The outer edges of the triangles between neighbouring points (an alpha shape) as rings, the longest first."""
    there = np.array(sorted(set(points)))
    flat = (there - there.mean(axis=0)) * KM_PER_DEGREE * [1, cos(radians(float(there[:, 0].mean())))]
    try:
        triangles = Delaunay(flat).simplices
    except QhullError:
        return ()
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    lengths = np.hypot(*(flat[edges[:, 0]] - flat[edges[:, 1]]).T).reshape(3, -1)
    near = (lengths <= reach_km).all(axis=0)
    kept = np.sort(edges.reshape(3, -1, 2)[:, near].reshape(-1, 2), axis=1)
    pairs, counts = np.unique(kept, axis=0, return_counts=True)
    rings = _joined([(int(one), int(other)) for one, other in pairs[counts == 1]])
    rings.sort(key=len, reverse=True)
    return tuple(tuple((float(there[at, 0]), float(there[at, 1])) for at in ring) for ring in rings)


def _joined(edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Edges joined end to end into closed rings."""
    beside: dict[int, list[int]] = {}
    for one, other in edges:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    rings = []
    for start in list(beside):
        while beside[start]:
            ring = [start]
            while beside[ring[-1]]:
                following = beside[ring[-1]].pop()
                beside[following].remove(ring[-1])
                ring.append(following)
            rings.append(ring)
    return [ring for ring in rings if len(ring) > 3]
