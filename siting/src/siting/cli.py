"""The commands `siting solve`, `check`, `gains`, `generate` and `bench`: a stable contract.

Exit codes: 0 done (for `check`: nothing is wrong), 1 something is wrong with an answer, 2 something is wrong with the data.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

from siting.bench import bench
from siting.costs import METRICS, Matrix, Metric, Points
from siting.errors import ProblemError
from siting.evaluation import evaluate, marginal_gains
from siting.generator import KINDS, SIZES, written
from siting.problems import MaxCover, PMedian, Problem
from siting.readers import Table, matrix, orlib, table, tsplib
from siting.run import Stop
from siting.solution_checker import check
from siting.solver import solve

WRITTEN = 20_000  # clients up to which an answer's file holds assignment and multipliers without being asked


def parser() -> argparse.ArgumentParser:
    """Return what the command line takes."""
    top = argparse.ArgumentParser(prog="siting", description="Where the next offices help most, with a proven bound.")
    commands = top.add_subparsers(dest="command", required=True)
    solving = commands.add_parser("solve", help="open p sites and say how good that is at least")
    solving.add_argument("question", choices=("p-median", "max-cover"))
    about(solving)
    solving.add_argument("--seconds", type=float, default=60.0, help="wall clock for solving (60)")
    solving.add_argument("--gap", type=float, default=0.0, help="good enough, as a part of the value (0: until proven)")
    solving.add_argument("--rounds", type=int, help="rounds of search after the first, instead of the clock")
    solving.add_argument("--threads", type=int, default=0, help="0: as many as there are cores")
    solving.add_argument("--seed", type=int, default=0)
    solving.add_argument("--json", type=Path, help="where the answer goes; standard output unless said otherwise")
    solving.add_argument("--multipliers", action="store_true",
                         help="write assignment and multipliers too, of any number of clients (else up to 20,000)")
    solving.add_argument("--quiet", action="store_true", help="tell no progress")
    checking = commands.add_parser("check", help="look at an answer without the code that made it")
    checking.add_argument("files", type=Path, nargs="+", help="the answer; before it, the demand may stand")
    about(checking)
    gaining = commands.add_parser("gains", help="what each further site would bring, the most first")
    gaining.add_argument("question", choices=("p-median", "max-cover"), nargs="?", default="p-median")
    gaining.add_argument("--opened", type=Path, help="an answer whose sites are open too")
    about(gaining)
    gaining.add_argument("--json", type=Path)
    making = commands.add_parser("generate", help="make up demand, sites and fixed ones")
    making.add_argument("kind", choices=KINDS)
    making.add_argument("--out", type=Path, default=Path())
    making.add_argument("--seed", type=int, default=0)
    making.add_argument("--size", type=int, nargs=3, metavar=("DEMAND", "SITES", "FIXED"))
    benching = commands.add_parser("bench", help="solve made-up problems of each kind and print a table")
    benching.add_argument("--kinds", nargs="*", choices=KINDS, default=list(KINDS))
    benching.add_argument("--seconds", type=float, default=60.0)
    benching.add_argument("--threads", type=int, default=0)
    return top


def about(command: argparse.ArgumentParser) -> None:
    """Add what says which problem it is."""
    command.add_argument("--demand", type=Path, help="CSV: id, x, y or lon, lat, and weight")
    command.add_argument("--sites", type=Path, help="CSV: id, x, y or lon, lat; the demand points unless said otherwise")
    command.add_argument("--fixed", type=Path, help="CSV of sites open already: ids among the sites, or places of their own")
    command.add_argument("-p", type=int, help="how many sites to open beside the fixed ones")
    command.add_argument("--radius", type=float, help="max-cover: how far a site reaches")
    command.add_argument("--metric", choices=METRICS, help="haversine for lon, lat; else euclid")
    command.add_argument("--earth-radius", type=float, default=6371008.8, help="in the unit of the costs (metres)")
    command.add_argument("--matrix", type=Path, help=".npy or .npz: clients down, sites across")
    command.add_argument("--orlib", type=Path, help="a pmed file of OR-Library")
    command.add_argument("--tsplib", type=Path, help="a TSPLIB file with coordinates (floor-euclid unless said otherwise)")


def main(words: list[str] | None = None) -> int:
    """Run a command."""
    asked = parser().parse_args(words)
    try:
        return COMMANDS[asked.command](asked)
    except (ProblemError, OSError, json.JSONDecodeError) as error:
        print(f"siting: {error}", file=sys.stderr)
        return 2


def problem_of(asked: argparse.Namespace, question: str, p: int | None) -> Problem:
    """Put the problem together from the files."""
    demand = table(asked.demand) if asked.demand else None
    sites = table(asked.sites) if asked.sites else None
    fixed = table(asked.fixed) if asked.fixed else None
    costs, said = costs_of(asked, demand, sites)
    p = said if p is None else p
    if p is None:
        raise ProblemError("-p: how many sites?")
    clients = demand.ids if demand else ()
    names = sites.ids if sites else demand.ids if demand and costs.shape[1] == len(demand.ids) else ()
    names = list(names) or [str(k + 1) for k in range(costs.shape[1])]
    numbers: list[int] = []
    if fixed:
        costs, names, numbers = with_places(costs, names, fixed)
    weight = demand.weight if demand else None
    if question == "max-cover":
        if asked.radius is None:
            raise ProblemError("--radius: how far does a site reach?")
        return MaxCover(costs, p, weight, numbers, clients, names, radius=asked.radius)
    return PMedian(costs, p, weight, numbers, clients, names)


def costs_of(asked: argparse.Namespace, demand: Table | None, sites: Table | None) -> tuple[Points | Matrix, int | None]:
    """Return the costs, and p if the file says it."""
    if asked.orlib:
        return orlib(asked.orlib)
    if asked.matrix:
        return matrix(asked.matrix), None
    if asked.tsplib:
        points = tsplib(asked.tsplib)
        return Points(points, points, asked.metric or "floor-euclid", asked.earth_radius), None
    if demand is None or demand.points is None:
        raise ProblemError("--demand with coordinates, --matrix, --orlib or --tsplib is needed")
    there = sites or demand
    if there.points is None or there.degrees != demand.degrees:
        raise ProblemError(f"{asked.sites}: the sites need the same columns of coordinates as the demand")
    metric: Metric = asked.metric or ("haversine" if demand.degrees else "euclid")
    return Points(demand.points, there.points, metric, asked.earth_radius), None


def with_places(costs: Points | Matrix, names: list[str], fixed: Table) -> tuple[Points | Matrix, list[str], list[int]]:
    """Return costs, names and numbers with the fixed sites: those of the same name, and others at places of their own."""
    place = {name: j for j, name in enumerate(names)}
    others = [k for k, name in enumerate(fixed.ids) if name not in place]
    if others and (fixed.points is None or not isinstance(costs, Points)):
        raise ProblemError(f"fixed, row {others[0] + 2}: {fixed.ids[others[0]]!r} is not among the sites")
    if fixed.points is not None and isinstance(costs, Points):
        for k, name in enumerate(fixed.ids):
            if name in place and not np.allclose(costs.sites[place[name]], fixed.points[k], rtol=0, atol=1e-6):
                raise ProblemError(f"fixed, row {k + 2}: {name!r} is a site elsewhere")
        if others:
            costs = Points(costs.clients, np.vstack([costs.sites, fixed.points[others]]), costs.metric, costs.earth_radius)
    for k in others:
        place[fixed.ids[k]] = len(place)
    return costs, list(place), [place[name] for name in fixed.ids]


def solving(asked: argparse.Namespace) -> int:
    """Solve, and write the answer."""
    problem = problem_of(asked, asked.question, asked.p)
    told = [0.0]

    def progress(stage: str, seconds: float, value: float, bound: float) -> None:
        if seconds - told[0] >= 1.0:
            told[0] = seconds
            print(f"{seconds:7.1f} s  {stage:<18} {value:.6g} >= optimum >= {bound:.6g}", file=sys.stderr)

    result = solve(problem, Stop(asked.seconds, asked.gap, asked.rounds), asked.seed, asked.threads,
                   None if asked.quiet or asked.question == "max-cover" else progress)
    if asked.json:
        result.write(asked.json, asked.multipliers or len(result.assignment) <= WRITTEN)
    else:
        print(json.dumps(result.told(asked.multipliers), ensure_ascii=False))
    print(f"value {result.value:.10g}, bound {result.bound:.10g}, gap {100 * result.gap:.4f} %"
          f"{', proven' if result.proven else ''}, {result.seconds:.2f} s", file=sys.stderr)
    return 0


def checking(asked: argparse.Namespace) -> int:
    """Look at an answer; say what is wrong with it."""
    *before, answer = asked.files
    if before:
        asked.demand = before[0]
    told = json.loads(answer.read_text(encoding="utf-8"))
    if not isinstance(told, dict) or told.get("question") not in {"p-median", "max-cover"}:
        raise ProblemError(f"{answer}: no answer of siting")
    said = told.get("parameters", {})
    if asked.radius is None:
        asked.radius = said.get("radius")
    wrong = check(problem_of(asked, told["question"], said.get("p") if asked.p is None else asked.p), told)
    for line in wrong or ["nothing is wrong"]:
        print(line)
    return 1 if wrong else 0


def gaining(asked: argparse.Namespace) -> int:
    """Say what each further site would bring."""
    problem = problem_of(asked, asked.question, asked.p or 1)
    place = {name: j for j, name in enumerate(problem.sites)}
    opened = []
    if asked.opened:
        told = json.loads(asked.opened.read_text(encoding="utf-8"))["opened"]
        unknown = [name for name in told if name not in place]
        if unknown:
            raise ProblemError(f"{asked.opened}: {unknown[0]!r} is no site")
        opened = [place[name] for name in told]
    gains = marginal_gains(problem, opened)
    order = np.argsort(-gains, kind="stable")
    now = evaluate(problem, opened).value if len(opened) + len(problem.fixed_sites) else None
    answer = {"value": now, "gains": [[problem.sites[j], None if np.isinf(gains[j]) else float(gains[j])]
                                      for j in order.tolist() if gains[j] > 0]}
    text = json.dumps(answer, ensure_ascii=False)
    if asked.json:
        asked.json.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)
    return 0


def making(asked: argparse.Namespace) -> int:
    """Make up a problem."""
    for path in written(asked.kind, asked.out, asked.seed, tuple(asked.size) if asked.size else None):
        print(path)
    return 0


def benching(asked: argparse.Namespace) -> int:
    """Solve made-up problems and print a table."""
    for line in bench(asked.kinds, asked.seconds, asked.threads):
        print(line, flush=True)
    print(f"sizes: {SIZES}")
    return 0


COMMANDS = {"solve": solving, "check": checking, "gains": gaining, "generate": making, "bench": benching}


if __name__ == "__main__":
    sys.exit(main())
