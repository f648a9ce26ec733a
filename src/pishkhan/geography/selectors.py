"""Questions about where things lie, what places are called, and how many people live there."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db.models import OuterRef, Q, Subquery
from numpy.typing import NDArray

from pishkhan.language.search import folded, gapless

from .models import Division, Population

LENGTHS = {
    Division.Kind.PROVINCE: 2,
    Division.Kind.COUNTY: 4,
    Division.Kind.DISTRICT: 6,
    Division.Kind.RURAL_DISTRICT: 10,
    Division.Kind.CITY: 10,
    Division.Kind.SETTLEMENT: 16,
}
POPULATED = (Division.Kind.CITY, Division.Kind.SETTLEMENT)


def lying_in(place: str, field: str = "division") -> Q:
    """Rows whose division's code begins with a code, as a range: it uses the index on every database."""
    begins = place.rstrip("9")  # what follows 1599… is 16, not 1600: that would let 16 itself in
    if not begins:
        return Q(**{f"{field}__gte": place})
    return Q(**{f"{field}__gte": place, f"{field}__lt": f"{begins[:-1]}{int(begins[-1]) + 1}"})


def searched(written: str) -> Q:
    """Rows whose search column holds what was written, however its letters and gaps are."""
    return Q(search__contains=folded(written)) | Q(search__contains=gapless(written))


def ancestors(code: str) -> list[str]:
    """The codes of what a division lies in, the province first, itself last."""
    return [code[:length] for length in (2, 4, 6, 10, 16) if length <= len(code)]


def place_name(code: str, language: str = "fa") -> str:
    """The name of a place with what it lies in: «خرم آباد، شهرستان …». One query."""
    rows = {row.code: row for row in Division.objects.filter(code__in=ancestors(code))}
    named = [rows[ancestor] for ancestor in reversed(ancestors(code)) if ancestor in rows]
    names = [row.text.to(language) for row in named]
    return (", " if language.startswith("en") else "، ").join(dict.fromkeys(names))


def counties_of(places: Iterable[str]) -> list[tuple[str, str]]:
    """The counties in some regions, by code, as they are called. One query."""
    there = Q(pk__in=())
    for place in places:
        there |= lying_in(place[:4], field="code")
    rows = Division.objects.filter(there, kind=Division.Kind.COUNTY).order_by("sort_key", "code")
    return list(rows.values_list("code", "name"))


def people_in(code: str) -> int | None:
    """The people of a division in the latest year that is known; None if none is."""
    row = Population.objects.filter(division__code=code).order_by("-year").first()
    return row.people if row else None


@dataclass(frozen=True)
class PopulatedPlaces:
    """Cities and settlements with a point and people: parallel arrays."""

    codes: list[str]
    lat: NDArray[np.float64]  # degrees
    lon: NDArray[np.float64]
    people: NDArray[np.int64]
    synthetic: NDArray[np.bool_]  # whether the point or the number of people was made up


def populated_places(region: str) -> PopulatedPlaces:
    """The cities and settlements in a region that have a point and people. One query."""
    latest = Population.objects.filter(division=OuterRef("code")).order_by("-year")
    rows = list(
        Division.objects.filter(lying_in(region, field="code"), kind__in=POPULATED, lat__isnull=False)
        .annotate(people=Subquery(latest.values("people")[:1]), known=Subquery(latest.values("quality")[:1]))
        .filter(people__gt=0)
        .order_by("code")
        .values_list("code", "lat", "lon", "people", "quality", "known")
    )
    made_up = [row[4] == Division.Quality.SYNTHETIC or row[5] == Population.Quality.SYNTHETIC for row in rows]
    return PopulatedPlaces(
        [row[0] for row in rows],
        np.array([row[1] for row in rows], float),
        np.array([row[2] for row in rows], float),
        np.array([row[3] for row in rows], np.int64),
        np.array(made_up, bool),
    )
