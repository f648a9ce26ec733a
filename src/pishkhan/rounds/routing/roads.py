"""Roads of a region, read from a file: an OpenStreetMap extract (.osm.pbf) as a network, or a matrix as CSV.

A network holds the nodes of ways that cars may use, and for each stretch its length and the time it takes; points
begin at the nearest node, and distances are shortest times by Dijkstra's algorithm (SciPy). A matrix has the columns
from_lat, from_lon, to_lat, to_lon, metres, seconds.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import osmium
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from pishkhan.geography.distance import km_between, nearest
from pishkhan.geography.models import Division
from pishkhan.journal.acts import IMPORTER, Actor, begin
from pishkhan.journal.clock import today
from pishkhan.journal.locks import retried
from pishkhan.language.tables import NotATable, read_table
from pishkhan.language.text import Text
from pishkhan.language.typed import typed_code
from pishkhan.rounds import refusals
from pishkhan.rounds.models import Roads

from .travel import Point, StraightLines, Whole

# Kilometres an hour where the map tells no limit: what a car keeps up on a way of a class (a default of ours).
SPEEDS = {
    "motorway": 100,
    "motorway_link": 60,
    "trunk": 85,
    "trunk_link": 50,
    "primary": 70,
    "primary_link": 45,
    "secondary": 60,
    "secondary_link": 40,
    "tertiary": 50,
    "tertiary_link": 35,
    "unclassified": 40,
    "residential": 25,
    "living_street": 10,
    "service": 15,
    "track": 15,
    "road": 30,
}
MATRIX = ("from_lat", "from_lon", "to_lat", "to_lon", "metres", "seconds")
NO_ROADS = Text("در این فایل راهی برای خودرو نیست.", "There is no road for cars in this file.")
UNREADABLE = Text("این فایل خوانا نیست: {why}", "This file cannot be read: {why}")
NOT_A_NUMBER = Text("در یک ردیف ماتریس عدد نیست.", "A row of the matrix holds what is no number.")


@retried
def read_roads(path: Path, *, division: Division, name: str, by: Actor = IMPORTER, role: str = "importer") -> Roads:
    """Read roads in, so that plans can be reckoned with them."""
    kind = Roads.Kind.MATRIX if path.suffix == ".csv" else Roads.Kind.NETWORK
    arrays = _matrix(path) if kind == Roads.Kind.MATRIX else _network(path)
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)
    row = Roads(
        kind=kind,
        division=division,
        name=name,
        digest=sha256(path.read_bytes()).hexdigest(),
        content=packed.getvalue(),
        read_on=today(),
    )
    with begin(by, "rounds.read-roads", row, role=role) as entry:
        entry.facts = {"kind": kind, "name": name, "digest": row.digest}
    return row


@dataclass(frozen=True)
class Network:
    """Shortest ways in time along the roads; to a point from its nearest node in a straight line."""

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    graph: Any  # seconds of each stretch, by node and node
    lengths: Any  # metres of the same
    beside: StraightLines

    def between(self, points: Sequence[Point]) -> tuple[Whole, Whole]:
        """Metres and seconds; OffTheRoads if no way leads from one point to another."""
        nodes, off = self._nearest(points)
        seconds, before = dijkstra(self.graph, indices=nodes, return_predecessors=True)
        if np.isinf(seconds[:, nodes]).any():
            raise refusals.OffTheRoads()
        metres = np.array([_along(self.lengths, before[row], start, nodes) for row, start in enumerate(nodes)])
        walk = off[:, None] + off[None, :]
        times = np.rint(seconds[:, nodes] + walk * 3.6 / self.beside.speed).astype(np.int64)
        metres = np.rint(metres + walk).astype(np.int64)
        np.fill_diagonal(metres, 0)
        np.fill_diagonal(times, 0)
        return metres, times

    def _nearest(self, points: Sequence[Point]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        lat, lon = np.array(points, float).reshape(-1, 2).T
        nodes, km = nearest(lat, lon, self.lat, self.lon)
        return nodes.astype(np.intp), km * 1000 * self.beside.detour / 100


@dataclass(frozen=True)
class Listed:
    """What a matrix tells; OffTheRoads of what it does not."""

    travel: dict[tuple[Point, Point], tuple[int, int]]

    def between(self, points: Sequence[Point]) -> tuple[Whole, Whole]:
        size = len(points)
        metres, seconds = np.zeros((size, size), np.int64), np.zeros((size, size), np.int64)
        for row, start in enumerate(points):
            for column, end in enumerate(points):
                if start != end:
                    if (start, end) not in self.travel:
                        raise refusals.OffTheRoads()
                    metres[row, column], seconds[row, column] = self.travel[start, end]
        return metres, seconds


def travel_by(roads: Roads, beside: StraightLines) -> Network | Listed:
    """How roads that were read in tell distances."""
    with np.load(io.BytesIO(bytes(roads.content))) as arrays:
        if roads.kind == Roads.Kind.MATRIX:
            travel = {
                ((a, b), (c, d)): (int(metres), int(seconds)) for a, b, c, d, metres, seconds in arrays["rows"].tolist()
            }
            return Listed(travel)
        size = len(arrays["lat"])
        ends = (arrays["start"], arrays["end"])
        return Network(
            arrays["lat"],
            arrays["lon"],
            csr_array((arrays["seconds"], ends), shape=(size, size)),
            csr_array((arrays["metres"], ends), shape=(size, size)),
            beside,
        )


def _along(lengths: Any, before: NDArray[np.int32], start: int, nodes: NDArray[np.intp]) -> list[float]:
    """How long the quickest ways from one node to some others are."""
    points = []
    for node in nodes:
        metres, at = 0.0, int(node)
        while at != start:
            metres += float(lengths[int(before[at]), at])
            at = int(before[at])
        points.append(metres)
    return points


def _matrix(path: Path) -> dict[str, Any]:
    try:
        rows = read_table(path.read_bytes(), {}, known=MATRIX, needed=MATRIX)
        return {
            "rows": np.array([[float(typed_code(row[name])) for name in MATRIX] for row in rows], float).reshape(-1, 6)
        }
    except NotATable as wrong:
        raise refusals.UnreadableRoads(wrong.text) from None
    except ValueError:
        raise refusals.UnreadableRoads(NOT_A_NUMBER) from None


def _network(path: Path) -> dict[str, Any]:
    reader = _Ways()
    try:
        reader.apply_file(str(path), locations=True)
    except RuntimeError as wrong:
        raise refusals.UnreadableRoads(UNREADABLE.filled(why=str(wrong))) from None
    if not reader.stretches:
        raise refusals.UnreadableRoads(NO_ROADS)
    best: dict[tuple[int, int], tuple[float, float]] = {}
    for start, end, metres, seconds in reader.stretches:
        if (start, end) not in best or seconds < best[start, end][1]:
            best[start, end] = (metres, seconds)
    points = np.array(reader.points, float)
    return {
        "lat": points[:, 0],
        "lon": points[:, 1],
        "start": np.array([option[0] for option in best], np.int32),
        "end": np.array([option[1] for option in best], np.int32),
        "metres": np.array([option[0] for option in best.values()], float),
        "seconds": np.array([option[1] for option in best.values()], float),
    }


class _Ways(osmium.SimpleHandler):
    """Gathers the nodes and stretches of ways that cars may use, each in the directions in which they may."""

    def __init__(self) -> None:
        super().__init__()
        self.points: list[Point] = []
        self.stretches: list[tuple[int, int, float, float]] = []
        self._number: dict[int, int] = {}

    def way(self, way: Any) -> None:
        """A way of the map."""
        speed = SPEEDS.get(way.tags.get("highway", ""))
        if speed is None or way.tags.get("access") in ("no", "private"):
            return
        limit = way.tags.get("maxspeed", "")
        speed = min(int(limit), 130) if limit.isdigit() and int(limit) else speed
        nodes = [self._numbered(node) for node in way.nodes if node.location.valid()]
        ways = way.tags.get("oneway", "no")
        for start, end in pairwise(nodes):
            metres = _metres(self.points[start], self.points[end])
            if start != end and ways != "-1":
                self.stretches.append((start, end, metres, max(metres * 3.6 / speed, 0.001)))
            if start != end and ways not in ("yes", "1", "true"):
                self.stretches.append((end, start, metres, max(metres * 3.6 / speed, 0.001)))

    def _numbered(self, node: Any) -> int:
        number = self._number.setdefault(node.ref, len(self.points))
        if number == len(self.points):
            self.points.append((node.location.lat, node.location.lon))
        return number


def _metres(start: Point, end: Point) -> float:
    return km_between(*start, *end) * 1000
