"""Straight-line distances on the sphere (docs/methods/access.md)."""

from math import cos, pi, radians

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

EARTH_KM = 6371.0088  # mean radius, IUGG 1980
KM_PER_DEGREE = EARTH_KM * pi / 180  # along a meridian


def nearest_km(lat: ArrayLike, lon: ArrayLike, to_lat: ArrayLike, to_lon: ArrayLike) -> NDArray[np.float64]:
    """The great-circle distance of each point to the nearest of others.

    Parameters
    ----------
    lat, lon : array_like, shape (n,)
        Points, WGS84 degrees.
    to_lat, to_lon : array_like, shape (m,)
        The others, WGS84 degrees.

    Returns
    -------
    ndarray, shape (n,)
        Kilometres; infinite where there are no others.
    """
    return nearest(lat, lon, to_lat, to_lon)[1]


def nearest(
    lat: ArrayLike, lon: ArrayLike, to_lat: ArrayLike, to_lon: ArrayLike
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Which of others lies nearest to each point, by its place among them (-1 where there are none), and how far.

    Arguments as those of `nearest_km`.
    """
    sources, targets = _unit_vectors(lat, lon), _unit_vectors(to_lat, to_lon)
    if not len(targets):
        return np.full(len(sources), -1), np.full(len(sources), np.inf)
    chord, which = cKDTree(targets).query(sources)
    km = 2 * EARTH_KM * np.arcsin(np.clip(chord / 2, 0, 1))
    return np.asarray(which, np.int64), np.asarray(km, float)


def km_between(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """The great-circle distance of two points, in kilometres."""
    return float(haversine_km(lat, lon, to_lat, to_lon))


def haversine_km(lat: ArrayLike, lon: ArrayLike, to_lat: ArrayLike, to_lon: ArrayLike) -> NDArray[np.float64]:
    """The great-circle distances of points, in kilometres; the arguments, WGS84 degrees, are broadcast together."""
    north, east, to_north, to_east = (np.radians(np.asarray(degrees, float)) for degrees in (lat, lon, to_lat, to_lon))
    haversine = np.sin((to_north - north) / 2) ** 2
    haversine = haversine + np.cos(north) * np.cos(to_north) * np.sin((to_east - east) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(haversine, 0, 1))))


def degrees_around(lat: float, km: float) -> tuple[float, float]:
    """How many degrees of latitude and of longitude lie within a distance of a point: half a box around it."""
    return km / KM_PER_DEGREE, km / KM_PER_DEGREE / max(cos(radians(lat)), 0.01)


def _unit_vectors(lat: ArrayLike, lon: ArrayLike) -> NDArray[np.float64]:
    """Points on the unit sphere, shape (n, 3): chords there order as arcs do."""
    north, east = np.radians(np.asarray(lat, float)), np.radians(np.asarray(lon, float))
    return np.column_stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])
