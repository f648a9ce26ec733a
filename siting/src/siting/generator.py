"""Generated provinces, nations and grids, for trials: the same seed, the same places, on every machine."""

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt

from siting.arrays import Floats

KINDS = ("province", "nation", "grid")
Sizes = tuple[int, int, int]
SIZES: dict[str, Sizes] = {
    "province": (3_000, 3_000, 298),
    "nation": (100_000, 100_000, 15_000),
    "grid": (1_000_000, 20_000, 0),
}


def generate_points(
    kind: str, seed: int = 0, sizes: Sizes | None = None, spread: float = 2.0
) -> tuple[Floats, Floats, Floats, npt.NDArray[np.int64]]:
    """Return demand points, their weights, sites, and which sites are fixed.

    A province or a nation has towns whose people follow a heavy-tailed law, villages around them, and offices where
    people are; every point is demand and site (longitude, latitude). A grid has one demand point in each cell of a
    square (of 1,000 metres), whose people follow a lognormal law of `spread` (2, the heavy tail of populations of
    cells; with it 55 people to a cell, as Iran has to a square kilometre), and sites at random.
    """
    demand, count, offices = sizes or SIZES[kind]
    random = np.random.default_rng(seed)
    if kind == "grid":
        side = int(np.ceil(np.sqrt(demand)))
        across, down = np.meshgrid(np.arange(side), np.arange(side))
        points = np.column_stack([across.ravel(), down.ravel()])[:demand].astype(np.float64) * 1000.0
        weight = np.ceil(random.lognormal(4.0 - spread**2 / 2, spread, demand))
        sites = np.round(random.random((count, 2)) * side * 1000.0, 1)
        fixed = random.choice(count, offices, replace=False)
        return points, weight, sites, np.sort(fixed).astype(np.int64)
    wide = 1.5 if kind == "province" else 8.0
    towns = random.random((max(4, demand // 60), 2)) * wide
    share = random.pareto(1.2, len(towns)) + 0.1
    home = random.choice(len(towns), demand, p=share / share.sum())
    points = towns[home] + random.normal(0, wide / 12 / np.sqrt(len(towns) / 50), (demand, 2))
    points = np.round(points + np.array([48.0, 32.0]), 6)
    weight = np.ceil((random.pareto(1.1, demand) + 0.05) * 200)
    sites = points[:count]
    chance = weight[:count] / weight[:count].sum()
    fixed = random.choice(len(sites), offices, replace=False, p=chance)
    return points, weight, sites, np.sort(fixed).astype(np.int64)


def write_instance(kind: str, folder: Path, seed: int = 0, sizes: Sizes | None = None) -> list[Path]:
    """Write demand.csv, sites.csv and, where some are fixed, fixed.csv; return the files."""
    points, weight, sites, fixed = generate_points(kind, seed, sizes)
    folder.mkdir(parents=True, exist_ok=True)
    names = ("x", "y") if kind == "grid" else ("lon", "lat")
    files = [
        write_csv(
            folder / "demand.csv",
            ("id", *names, "weight"),
            [(f"d{k + 1}", *map(str, point), str(weight[k])) for k, point in enumerate(points.tolist())],
        ),
        write_csv(
            folder / "sites.csv",
            ("id", *names),
            [(f"s{k + 1}", *map(str, point)) for k, point in enumerate(sites.tolist())],
        ),
    ]
    if len(fixed):
        files.append(
            write_csv(
                folder / "fixed.csv",
                ("id", *names),
                [(f"s{k + 1}", *map(str, sites[k].tolist())) for k in fixed.tolist()],
            )
        )
    return files


def write_csv(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> Path:
    """Write a CSV."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([columns, *rows])
    return path
