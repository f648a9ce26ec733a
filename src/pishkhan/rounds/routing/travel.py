"""How far it is and how long it takes between points: along straight lines with a detour, by a network, or as told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pishkhan.geography.distance import haversine_km

Point = tuple[float, float]  # latitude and longitude, WGS84 degrees
Whole = NDArray[np.int64]


class Travel(Protocol):
    """Some way to tell distances."""

    def between(self, points: Sequence[Point]) -> tuple[Whole, Whole]:
        """Metres and seconds from each point to each, two arrays of shape (n, n)."""
        ...


@dataclass(frozen=True)
class StraightLines:
    """The great circle times a detour (percent: 142 is 1.42), at a mean speed (kilometres an hour)."""

    detour: int
    speed: int

    def between(self, points: Sequence[Point]) -> tuple[Whole, Whole]:
        """By the haversine formula (docs/methods/rounds.md)."""
        lat, lon = np.array(points, float).reshape(-1, 2).T
        straight = haversine_km(lat[:, None], lon[:, None], lat, lon)
        metres = np.rint(straight * 1000 * self.detour / 100).astype(np.int64)
        return metres, np.rint(metres * 3.6 / self.speed).astype(np.int64)
