"""Who would lose access if an office were closed, and which neighbours would take them (docs/methods/access.md)."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from pishkhan.geography.distance import nearest, nearest_km
from pishkhan.geography.selectors import populated_places
from pishkhan.offices.models import Office
from pishkhan.offices.selectors import active_offices, premises_of

MOST_NEIGHBOURS = 6


@dataclass(frozen=True)
class Neighbour:
    """An office that would take people of the one that is closed."""

    office: Office
    people: int
    km: float  # in a straight line, the mean of those people


@dataclass(frozen=True)
class Loss:
    """What closing an office would change for a region's people, in a straight line."""

    people: int  # whose nearest office it is
    mean_km: float  # of those people, to it
    mean_km_then: float | None  # of those people, to the next; None where no other office has a point
    neighbours: tuple[Neighbour, ...]  # those that take most first

    @property
    def added_km(self) -> float | None:
        """How much farther those people would have it, on average."""
        return None if self.mean_km_then is None else self.mean_km_then - self.mean_km


def loss_of(office: Office, on: date) -> Loss | None:
    """What closing an office on a day would change; None where its point or the people of its region are not known."""
    region = office.division_id[:2]
    others = list(active_offices(on, place=region).exclude(pk=office.pk).order_by("pk"))
    premises, places = premises_of([office, *others], on), populated_places(region)
    here = premises.get(office.pk)
    if here is None or here.lat is None or here.lon is None or not len(places.people):
        return None
    there = [neighbour for neighbour in others if neighbour.pk in premises and premises[neighbour.pk].lat is not None]
    lat, lon = ([getattr(premises[neighbour.pk], name) for neighbour in there] for name in ("lat", "lon"))
    now = nearest_km(places.lat, places.lon, [here.lat], [here.lon])
    which, then = nearest(places.lat, places.lon, lat, lon)
    loses = now < then
    people = places.people[loses]
    if not people.sum():
        return Loss(0, 0.0, None, ())
    taken = [
        Neighbour(
            there[place],
            int(people[which[loses] == place].sum()),
            float(np.average(then[loses & (which == place)], weights=people[which[loses] == place])),
        )
        for place in np.unique(which[loses])
        if place >= 0
    ]
    return Loss(
        int(people.sum()),
        float(np.average(now[loses], weights=people)),
        float(np.average(then[loses], weights=people)) if there else None,
        tuple(sorted(taken, key=lambda neighbour: -neighbour.people)[:MOST_NEIGHBOURS]),
    )
