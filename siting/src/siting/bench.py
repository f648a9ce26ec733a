"""How long made-up problems take here: one line each."""

import resource
from collections.abc import Iterator

from siting.costs import Points
from siting.generator import generate_points
from siting.jit_warmup import warm_up
from siting.problems import PMedian, Problem
from siting.run import Stop
from siting.solver import solve

LINE = "{:<44} {:>16} {:>16} {:>9} {:>7} {:>8} {:>8}"


def cases(kinds: list[str]) -> Iterator[tuple[str, Problem]]:
    """Yield made-up problems with their names."""
    for kind in kinds:
        demand, weight, sites, fixed = generate_points(kind)
        costs = Points(demand, sites, "euclid" if kind == "grid" else "haversine")
        size = f"{kind} {len(demand):,} x {len(sites):,}"
        if len(fixed):
            more = {"province": 30, "nation": 500}[kind]
            yield f"{size}, {len(fixed):,} + {more}", PMedian(costs, more, weight, fixed)
        p = len(fixed) or 5_000
        yield f"{size}, p = {p:,}", PMedian(costs, p, weight)


def bench(kinds: list[str], seconds: float, threads: int) -> Iterator[str]:
    """Yield the lines of a table."""
    yield f"compiling (or loading): {warm_up():.1f} s"
    yield LINE.format("problem", "value", "bound", "gap %", "proven", "s", "peak GB")
    for name, problem in cases(kinds):
        result = solve(problem, Stop(seconds), threads=threads)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        yield LINE.format(
            name,
            f"{result.value:.6g}",
            f"{result.bound:.6g}",
            f"{100 * result.gap:.4f}",
            "yes" if result.proven else "no",
            f"{result.seconds:.2f}",
            f"{peak:.2f}",
        )
