"""The demo's geography: Lorestan, loaded through the importer that a real directorate uses.

No public source has points or people per village: those are made up, by code, and marked synthetic.
"""

import csv
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from math import cos, radians, sqrt
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

from pishkhan.geography.models import Division, Population
from pishkhan.geography.rows import BOX
from pishkhan.geography.services import import_rows, provinces
from pishkhan.journal.acts import Actor

PROVINCE = "15"
CENSUS = 1395
UNKNOWN_CITY = 4_000  # people, a default for cities whose people no source gives
HIERARCHY = "django-iranian-cities==2.0.0"
LEVELS = {
    "district": (6, Division.Kind.DISTRICT),
    "rural_district": (10, Division.Kind.RURAL_DISTRICT),
    "village": (16, Division.Kind.SETTLEMENT),
}

ABAD = re.compile(r"(?<=\w) آباد\b")

Told = dict[str, Any]


def load_lorestan(by: Actor, cache: Path | None, *, role: str = "importer") -> bool:
    """Load the province; return whether its settlements could be had, or only counties and cities."""
    counties, cities = list(_counties()), list(_cities())
    hierarchy = list(_hierarchy(cache)) if cache else []
    settled = list(_settled(hierarchy, counties, cities))
    rows = [provinces()[PROVINCE] | {"kind": Division.Kind.PROVINCE}, *counties]
    districts = {told["code"] for told in hierarchy}
    rows += [
        {"code": code, "kind": Division.Kind.DISTRICT, "name": f"بخش {code}"}
        for code in sorted({city["code"][:6] for city in cities} - districts)
    ]
    rows += [told for told in hierarchy if told["kind"] != Division.Kind.SETTLEMENT]
    import_rows(
        [told | {"name": joined(told["name"])} for told in rows + cities + settled],
        name="Lorestan",
        province=PROVINCE,
        by=by,
        role=role,
    )
    return bool(settled)


def joined(name: str) -> str:
    """The name of a place with its «آباد» joined on, as it is written: the sources part it by a blank."""
    return ABAD.sub("\u200cآباد", name)


def fetch_hierarchy(cache: Path) -> bool:
    """Fetch the hierarchy of the country into a folder, once; return whether it is there."""
    if all((cache / f"{name}.csv").exists() for name in LEVELS):
        return True
    cache.mkdir(parents=True, exist_ok=True)
    for pip in _pips():
        with TemporaryDirectory(dir=cache) as folder:
            command = [*pip, "download", "--quiet", "--no-deps", "--dest", folder, HIERARCHY]
            try:
                subprocess.run(command, capture_output=True, timeout=120, check=True)  # noqa: S603  a fixed command
            except (OSError, subprocess.SubprocessError):
                continue
            _unpack(Path(folder), cache)
        return True
    return False


def _unpack(folder: Path, cache: Path) -> None:
    """Take the files out of what was fetched; each is there wholly or not at all, whenever somebody pulls the plug."""
    with ZipFile(next(folder.glob("*.whl"))) as wheel:
        for name in LEVELS:
            part = folder / f"{name}.csv"
            part.write_bytes(wheel.read(f"iranian_cities/data/{name}.csv"))
            part.replace(cache / part.name)


def _pips() -> Iterator[list[str]]:
    """Ways to run pip outside the environment of the house, which has none."""
    if uv := shutil.which("uv"):
        yield [uv, "run", "--no-project", "--quiet", "--python", sys.executable, "--with", "pip", "python", "-m", "pip"]
    for python in (Path(sys.prefix).parent / ".venv-uv" / "bin" / "python", Path(sys.base_prefix) / "bin" / "python3"):
        yield [str(python), "-m", "pip"]


def _counties() -> Iterator[Told]:
    for row in _read("counties.csv"):
        yield row | {
            "kind": Division.Kind.COUNTY,
            "quality": Division.Quality.CENTROID,
            "year": CENSUS,
            "people_quality": Population.Quality.CENSUS,
            "source": "SCI census 1395",
        }


def _cities() -> Iterator[Told]:
    for row in _read("cities.csv"):
        known = bool(row["people"])
        yield row | {
            "kind": Division.Kind.CITY,
            "quality": Division.Quality.GEOCODED,
            "year": CENSUS,
            "people": row["people"] or UNKNOWN_CITY,
            "people_quality": Population.Quality.ESTIMATE if known else Population.Quality.DEFAULT,
            "source": "GeoNames" if known else "default: no source",
        }


def _read(name: str) -> Iterator[Told]:
    with (files("pishkhan.demo") / "lorestan" / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _hierarchy(cache: Path) -> Iterator[Told]:
    """Districts, rural districts and settlements, each only if what it lies in is known."""
    known = {told["code"] for told in _read("counties.csv")}
    for name, (length, kind) in LEVELS.items():
        with (cache / f"{name}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                code, above = row["code"], {6: 4, 10: 6, 16: 10}[length]
                if code.startswith(PROVINCE) and len(code) == length and code[:above] in known and code not in known:
                    known.add(code)
                    yield {"code": code, "kind": kind, "name": row["name"]}


def _settled(hierarchy: list[Told], counties: list[Told], cities: list[Told]) -> Iterator[Told]:
    """The settlements with synthetic points and people: what is left of the county's census, by a skewed law."""
    by_county = defaultdict(list)
    for told in hierarchy:
        if told["kind"] == Division.Kind.SETTLEMENT:
            by_county[told["code"][:4]].append(told)
    for county in counties:
        villages = by_county[county["code"]]
        anchors = [county, *(city for city in cities if city["code"].startswith(county["code"]))]
        left = int(county["people"]) - sum(int(city["people"]) for city in anchors[1:])
        for village, people in zip(villages, _shares(villages, max(left, 0)), strict=True):
            lat, lon = _somewhere(village["code"], anchors, float(county["km2"]))
            yield village | {
                "lat": lat,
                "lon": lon,
                "quality": Division.Quality.SYNTHETIC,
                "people": people,
                "year": CENSUS,
                "people_quality": Population.Quality.SYNTHETIC,
                "source": "synthetic: the county's census less its cities, by a skewed law",
            }


def _shares(villages: list[Told], people: int) -> list[int]:
    """Whole numbers that add up to the people, by weights of a Pareto law drawn by code."""
    weights = [Random(village["code"]).paretovariate(1.3) for village in villages]  # noqa: S311  a demo's villages
    total = sum(weights)
    exact = [people * weight / total for weight in weights]
    shares = [int(each) for each in exact]
    order = sorted(range(len(exact)), key=lambda place: shares[place] - exact[place])
    for place in order[: people - sum(shares)]:
        shares[place] += 1
    return shares


def _somewhere(code: str, anchors: list[Told], km2: float) -> tuple[float, float]:
    """A point near the county's centroid or one of its cities, drawn by code, within the country's box."""
    draw = Random(code)  # noqa: S311  a demo's villages
    anchor, spread = draw.choice(anchors), sqrt(km2) / 4 / 111.2
    lat = float(anchor["lat"]) + draw.gauss(0, spread)
    lon = float(anchor["lon"]) + draw.gauss(0, spread / cos(radians(float(anchor["lat"]))))
    south, north, west, east = BOX
    return round(min(max(lat, south), north), 5), round(min(max(lon, west), east), 5)
