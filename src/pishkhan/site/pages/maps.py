"""Maps that the server draws from what the database knows: no tiles, no outside server. Each has a table beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pishkhan.geography.distance import KM_PER_DEGREE, degrees_around
from pishkhan.geography.models import Division
from pishkhan.geography.outline import Ring, outline_of
from pishkhan.geography.selectors import lying_in

WIDTH = 900
MARGIN = 0.06  # of the width of what is shown
LEAST_DEGREES = 0.04
RADIUS, RADIUS_HERE = 5, 9  # of a dot
HERE = "here"
SHAPE = 1.5  # how much wider than high a map is


@dataclass(frozen=True)
class Line:
    """A way on a map through points (latitude and longitude), and what it is."""

    points: tuple[tuple[float, float], ...]
    kind: str  # "route-1"


@dataclass(frozen=True)
class Dot:
    """A point on a map (WGS84 degrees): what it is, what it is called, and where it leads."""

    lat: float
    lon: float
    kind: str  # "office", "here", "visit", "route-1"
    label: str
    href: str = ""
    key: str = ""  # of the row beside the map that is about the same: `data-dot`


def drawn(
    dots: Sequence[Dot],
    *,
    region: str,
    language: str,
    around: Dot | None = None,
    km: float = 0,
    lines: Sequence[Line] = (),
) -> dict[str, Any]:
    """A map as its template draws it: of the dots and lines, or of so many kilometres around one of the dots."""
    if around is not None and km:
        high, wide = degrees_around(around.lat, km)
        wide *= SHAPE
        box = (around.lat - high, around.lat + high, around.lon - wide, around.lon + wide)
    else:
        box = _box([(dot.lat, dot.lon) for dot in dots] or [(lat, lon) for _, lat, lon in _towns(region, language)])
    frame = _Frame(*box)
    return {
        "width": WIDTH,
        "height": round(frame.height),
        "outline": [frame.path(ring) for ring in outline_of(region)] if region else [],
        "here": [{"x": x, "y": y} for dot, x, y in frame.within(dots) if dot.kind == HERE],
        "marks": SafeString("".join(_mark(*placed) for placed in frame.within(dots))),
        "lines": [{"kind": line.kind, "points": frame.path(line.points)} for line in lines],
        "towns": [{"x": x, "y": y, "name": name} for name, x, y in frame.named(_towns(region, language))],
        "reach": round(km / KM_PER_DEGREE * frame.scale * 0.9) if around else 0,
        "features": {
            "type": "FeatureCollection",
            "features": [*map(_edge, outline_of(region) if region else ()), *map(_way, lines), *map(_feature, dots)],
            "towns": [{"name": name, "lat": lat, "lon": lon} for name, lat, lon in _towns(region, language)],
        },
        "style": settings.MAP_STYLE,
        "bounds": [box[2], box[0], box[3], box[1]],
    }


def _mark(dot: Dot, x: float, y: float) -> SafeString:
    """A dot as SVG, on one line: there may be hundreds. It is a link where it leads somewhere."""
    circle = format_html(
        '<circle class="dot {}" cx="{}" cy="{}" r="{}"><title lang="en">{}</title></circle>',
        dot.kind,
        f"{x:g}",
        f"{y:g}",
        RADIUS_HERE if dot.kind == HERE else RADIUS,
        dot.label,
    )
    if not dot.href:
        return format_html('<g data-dot="{}">{}</g>', dot.key, circle)
    return format_html(
        '<a href="{}" tabindex="-1" aria-label="{}" data-dot="{}">{}</a>', dot.href, dot.label, dot.key, circle
    )


class _Frame:
    """A piece of the earth, flat enough: degrees east are shortened by the cosine of the latitude."""

    def __init__(self, south: float, north: float, west: float, east: float) -> None:
        self._north, self._west = north, west
        self._squeeze = cos(radians((south + north) / 2))
        self.scale = WIDTH / ((east - west) * self._squeeze)
        self.height = (north - south) * self.scale

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        return (round((lon - self._west) * self._squeeze * self.scale, 1), round((self._north - lat) * self.scale, 1))

    def path(self, points: Iterable[tuple[float, float]]) -> str:
        """Points as SVG joins them."""
        return " ".join("{:g},{:g}".format(*self.at(*point)) for point in points)

    def within(self, dots: Iterable[Dot]) -> Iterable[tuple[Dot, float, float]]:
        for dot in dots:
            x, y = self.at(dot.lat, dot.lon)
            if 0 <= x <= WIDTH and 0 <= y <= self.height:
                yield dot, x, y

    def named(self, towns: Iterable[tuple[str, float, float]]) -> Iterable[tuple[str, float, float]]:
        """Towns within the frame, none so near another that their names would meet."""
        taken: list[tuple[float, float]] = []
        for name, lat, lon in towns:
            x, y = self.at(lat, lon)
            inside = 40 <= x <= WIDTH - 40 and 20 <= y <= self.height - 8
            if inside and not any(abs(x - a) < 90 and abs(y - b) < 26 for a, b in taken):
                taken.append((x, y))
                yield name, x, y


def _box(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    lats, lons = [lat for lat, _ in points] or [33.5], [lon for _, lon in points] or [48.4]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    squeeze = cos(radians(lat))
    high, wide = max(lats) - min(lats), (max(lons) - min(lons)) * squeeze
    half = max(high, wide / SHAPE, LEAST_DEGREES) * (0.5 + MARGIN)
    return lat - half, lat + half, lon - half * SHAPE / squeeze, lon + half * SHAPE / squeeze


@lru_cache(maxsize=64)
def _towns(region: str, language: str) -> tuple[tuple[str, float, float], ...]:
    """The towns of a region; kept by the process: a map of the country changes with an import, not with a request."""
    rows = Division.objects.filter(lying_in(region, field="code"), kind=Division.Kind.CITY, lat__isnull=False)
    name = "name_en" if language.startswith("en") else "name"
    return tuple(
        (row[0] or row[1], row[2], row[3]) for row in rows.order_by("code").values_list(name, "name", "lat", "lon")
    )


def _edge(ring: Ring) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"kind": "outline"},
        "geometry": {"type": "LineString", "coordinates": [[lon, lat] for lat, lon in ring]},
    }


def _way(line: Line) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"kind": line.kind},
        "geometry": {"type": "LineString", "coordinates": [[lon, lat] for lat, lon in line.points]},
    }


def _feature(dot: Dot) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [dot.lon, dot.lat]},
        "properties": {"kind": dot.kind, "label": dot.label, "href": dot.href, "key": dot.key},
    }
