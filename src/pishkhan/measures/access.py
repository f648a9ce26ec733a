"""Straight-line access to the nearest active office (docs/methods/access.md)."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from pishkhan.geography.distance import nearest_km
from pishkhan.geography.selectors import populated_places
from pishkhan.offices.selectors import points_of_active

BEYOND = (5, 10, 20)  # kilometres


@dataclass(frozen=True)
class Access:
    """How far people live from the nearest active office of the region, in a straight line."""

    people: int  # of cities and settlements with a point
    synthetic: int  # of them, those whose point or number was made up
    mean_km: float | None  # person-weighted; None where no active office has a point
    beyond: dict[int, int]  # people farther than so many kilometres


def straight_line_access(region: str, on: date, *, known_on: date | None = None) -> Access:
    """The access of a region's people on a day, as known at the end of another (now, if none is named).

    The great-circle distance from each city or settlement to the nearest premises of an office active that day,
    weighted by its people. Offices beyond the region are not counted.
    """
    places = populated_places(region)
    people, made_up = int(places.people.sum()), int(places.people[places.synthetic].sum())
    points = points_of_active(on, known_on=known_on, place=region)
    if not len(points) or not people:
        return Access(people, made_up, None, {})
    km = nearest_km(places.lat, places.lon, points[:, 0], points[:, 1])
    return Access(
        people,
        made_up,
        float(np.average(km, weights=places.people)),
        {limit: int(places.people[km > limit].sum()) for limit in BEYOND},
    )


@dataclass(frozen=True)
class Gain:
    """What one more office at a point would change for a region's people, in a straight line."""

    people_nearer: int  # whose nearest office it would be
    mean_km: float | None  # of those people, to the nearest active office now; None where no office has a point
    mean_km_then: float  # of those people, to the point


def gain_of(lat: float, lon: float, region: str, on: date) -> Gain:
    """The gain of an office at a point (WGS84 degrees) over the offices of a region active on a day."""
    places = populated_places(region)
    points = points_of_active(on, place=region)
    now, then = (nearest_km(places.lat, places.lon, to[:, 0], to[:, 1]) for to in (points, np.array([(lat, lon)])))
    nearer = then < now
    people = places.people[nearer]
    if not people.sum():
        return Gain(0, None, 0.0)
    mean = float(np.average(now[nearer], weights=people)) if len(points) else None
    return Gain(int(people.sum()), mean, float(np.average(then[nearer], weights=people)))
