"""The commands `siting solve`, `check`, `gains`, `generate` and `bench`: a stable contract.

Exit codes: 0 done (for `check`: nothing is wrong), 1 something is wrong with an answer, 2 something is wrong with the
data.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

from siting.bench import bench
from siting.costs import EARTH_RADIUS, METRICS, Matrix, Metric, Points
from siting.errors import ProblemError
from siting.evaluation import evaluate, marginal_gains
from siting.generator import KINDS, SIZES, write_instance
from siting.problems import MaxCover, PMedian, Problem
from siting.readers import Table, read_matrix, read_orlib, read_table, read_tsplib
from siting.run import Stop
from siting.solution_checker import check
from siting.solver import solve

MAX_WRITTEN = 20_000  # clients up to which an answer's file holds assignment and multipliers without being asked
QUESTIONS = ("p-median", "max-cover")


def make_parser() -> argparse.ArgumentParser:
    """Return what the command line takes."""
    description = "Where the next offices help most, with a proven bound."
    parser = argparse.ArgumentParser(prog="siting", description=description)
    commands = parser.add_subparsers(dest="command", required=True)
    add_solve_arguments(commands.add_parser("solve", help="open p sites and say how good that is at least"))
    check_parser = commands.add_parser("check", help="look at an answer without the code that made it")
    check_parser.add_argument("files", type=Path, nargs="+", help="the answer; before it, the demand may stand")
    add_problem_arguments(check_parser)
    gains = commands.add_parser("gains", help="what each further site would bring, the most first")
    gains.add_argument("question", choices=QUESTIONS, nargs="?", default="p-median")
    gains.add_argument("--opened", type=Path, help="an answer whose sites are open too")
    add_problem_arguments(gains)
    gains.add_argument("--json", type=Path)
    generate = commands.add_parser("generate", help="make up demand, sites and fixed ones")
    generate.add_argument("kind", choices=KINDS)
    generate.add_argument("--out", type=Path, default=Path())
    generate.add_argument("--seed", type=int, default=0)
    generate.add_argument("--size", type=int, nargs=3, metavar=("DEMAND", "SITES", "FIXED"))
    bench_parser = commands.add_parser("bench", help="solve made-up problems of each kind and print a table")
    bench_parser.add_argument("--kinds", nargs="*", choices=KINDS, default=list(KINDS))
    bench_parser.add_argument("--seconds", type=float, default=60.0)
    bench_parser.add_argument("--threads", type=int, default=0)
    return parser


def add_solve_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `siting solve`."""
    command.add_argument("question", choices=QUESTIONS)
    add_problem_arguments(command)
    command.add_argument("--seconds", type=float, default=60.0, help="wall clock for solving (60)")
    command.add_argument("--gap", type=float, default=0.0, help="good enough, as a part of the value (0: until proven)")
    command.add_argument("--rounds", type=int, help="rounds of search after the first, instead of the clock")
    command.add_argument("--threads", type=int, default=0, help="0: as many as there are cores")
    command.add_argument("--seed", type=int, default=0)
    command.add_argument("--json", type=Path, help="where the answer goes; standard output unless said otherwise")
    command.add_argument(
        "--multipliers",
        action="store_true",
        help="write assignment and multipliers too, of any number of clients (else up to 20,000)",
    )
    command.add_argument("--quiet", action="store_true", help="tell no progress")


def add_problem_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments that say which problem it is."""
    command.add_argument("--demand", type=Path, help="CSV: id, x, y or lon, lat, and weight")
    command.add_argument(
        "--sites", type=Path, help="CSV: id, x, y or lon, lat; the demand points unless said otherwise"
    )
    command.add_argument(
        "--fixed", type=Path, help="CSV of sites open already: ids among the sites, or places of their own"
    )
    command.add_argument("-p", type=int, help="how many sites to open beside the fixed ones")
    command.add_argument("--radius", type=float, help="max-cover: how far a site reaches")
    command.add_argument("--metric", choices=METRICS, help="haversine for lon, lat; else euclid")
    command.add_argument("--earth-radius", type=float, default=EARTH_RADIUS, help="in the unit of the costs (metres)")
    command.add_argument("--matrix", type=Path, help=".npy or .npz: clients down, sites across")
    command.add_argument("--orlib", type=Path, help="a pmed file of OR-Library")
    command.add_argument(
        "--tsplib", type=Path, help="a TSPLIB file with coordinates (floor-euclid unless said otherwise)"
    )


def main(words: list[str] | None = None) -> int:
    """Run a command."""
    arguments = make_parser().parse_args(words)
    try:
        return COMMANDS[arguments.command](arguments)
    except (ProblemError, OSError, json.JSONDecodeError) as error:
        print(f"siting: {error}", file=sys.stderr)
        return 2


def read_problem(arguments: argparse.Namespace, question: str, p: int | None) -> Problem:
    """Put the problem together from the files."""
    demand = read_table(arguments.demand) if arguments.demand else None
    sites = read_table(arguments.sites) if arguments.sites else None
    fixed = read_table(arguments.fixed) if arguments.fixed else None
    costs, p_of_file = read_costs(arguments, demand, sites)
    p = p_of_file if p is None else p
    if p is None:
        raise ProblemError("-p: how many sites?")
    clients = demand.ids if demand else ()
    names = sites.ids if sites else demand.ids if demand and costs.shape[1] == len(demand.ids) else ()
    names = list(names) or [str(k + 1) for k in range(costs.shape[1])]
    fixed_numbers: list[int] = []
    if fixed:
        costs, names, fixed_numbers = add_fixed_sites(costs, names, fixed)
    weight = demand.weight if demand else None
    if question == "max-cover":
        if arguments.radius is None:
            raise ProblemError("--radius: how far does a site reach?")
        return MaxCover(costs, p, weight, fixed_numbers, clients, names, radius=arguments.radius)
    return PMedian(costs, p, weight, fixed_numbers, clients, names)


def read_costs(
    arguments: argparse.Namespace, demand: Table | None, sites: Table | None
) -> tuple[Points | Matrix, int | None]:
    """Return the costs, and p if the file says it."""
    if arguments.orlib:
        return read_orlib(arguments.orlib)
    if arguments.matrix:
        return read_matrix(arguments.matrix), None
    if arguments.tsplib:
        points = read_tsplib(arguments.tsplib)
        return Points(points, points, arguments.metric or "floor-euclid", arguments.earth_radius), None
    if demand is None or demand.points is None:
        raise ProblemError("--demand with coordinates, --matrix, --orlib or --tsplib is needed")
    places = sites or demand
    if places.points is None or places.degrees != demand.degrees:
        raise ProblemError(f"{arguments.sites}: the sites need the same columns of coordinates as the demand")
    metric: Metric = arguments.metric or ("haversine" if demand.degrees else "euclid")
    return Points(demand.points, places.points, metric, arguments.earth_radius), None


def add_fixed_sites(
    costs: Points | Matrix, names: list[str], fixed: Table
) -> tuple[Points | Matrix, list[str], list[int]]:
    """Return costs, names and numbers with the fixed sites: those of the same name, others at places of their own."""
    number = {name: j for j, name in enumerate(names)}
    others = [k for k, name in enumerate(fixed.ids) if name not in number]
    if others and (fixed.points is None or not isinstance(costs, Points)):
        raise ProblemError(f"fixed, row {others[0] + 2}: {fixed.ids[others[0]]!r} is not among the sites")
    if fixed.points is not None and isinstance(costs, Points):
        for k, name in enumerate(fixed.ids):
            if name in number and not np.allclose(costs.sites[number[name]], fixed.points[k], rtol=0, atol=1e-6):
                raise ProblemError(f"fixed, row {k + 2}: {name!r} is a site elsewhere")
        if others:
            sites = np.vstack([costs.sites, fixed.points[others]])
            costs = Points(costs.clients, sites, costs.metric, costs.earth_radius)
    for k in others:
        number[fixed.ids[k]] = len(number)
    return costs, list(number), [number[name] for name in fixed.ids]


def run_solve(arguments: argparse.Namespace) -> int:
    """Solve, and write the answer."""
    problem = read_problem(arguments, arguments.question, arguments.p)
    last_report = [0.0]

    def progress(stage: str, seconds: float, value: float, bound: float) -> None:
        if seconds - last_report[0] >= 1.0:
            last_report[0] = seconds
            print(f"{seconds:7.1f} s  {stage:<18} {value:.6g} >= optimum >= {bound:.6g}", file=sys.stderr)

    result = solve(
        problem,
        Stop(arguments.seconds, arguments.gap, arguments.rounds),
        arguments.seed,
        arguments.threads,
        None if arguments.quiet or arguments.question == "max-cover" else progress,
    )
    if arguments.json:
        result.write(arguments.json, arguments.multipliers or len(result.assignment) <= MAX_WRITTEN)
    else:
        print(json.dumps(result.to_dict(arguments.multipliers), ensure_ascii=False))
    print(
        f"value {result.value:.10g}, bound {result.bound:.10g}, gap {100 * result.gap:.4f} %"
        f"{', proven' if result.proven else ''}, {result.seconds:.2f} s",
        file=sys.stderr,
    )
    return 0


def run_check(arguments: argparse.Namespace) -> int:
    """Check an answer, and say what is wrong with it."""
    *before, path = arguments.files
    if before:
        arguments.demand = before[0]
    answer = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(answer, dict) or answer.get("question") not in QUESTIONS:
        raise ProblemError(f"{path}: no answer of siting")
    parameters = answer.get("parameters", {})
    if arguments.radius is None:
        arguments.radius = parameters.get("radius")
    p = parameters.get("p") if arguments.p is None else arguments.p
    errors = check(read_problem(arguments, answer["question"], p), answer)
    for line in errors or ["nothing is wrong"]:
        print(line)
    return 1 if errors else 0


def run_gains(arguments: argparse.Namespace) -> int:
    """Say what each further site would bring."""
    problem = read_problem(arguments, arguments.question, arguments.p or 1)
    opened = read_opened(arguments.opened, problem) if arguments.opened else []
    gains = marginal_gains(problem, opened)
    order = np.argsort(-gains, kind="stable")
    value = evaluate(problem, opened).value if len(opened) + len(problem.fixed_sites) else None
    answer = {
        "value": value,
        "gains": [
            [problem.sites[j], None if np.isinf(gains[j]) else float(gains[j])] for j in order.tolist() if gains[j] > 0
        ],
    }
    text = json.dumps(answer, ensure_ascii=False)
    if arguments.json:
        arguments.json.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)
    return 0


def read_opened(path: Path, problem: Problem) -> list[int]:
    """Return the numbers of the sites that an answer opens."""
    number = {name: j for j, name in enumerate(problem.sites)}
    opened = json.loads(path.read_text(encoding="utf-8"))["opened"]
    unknown = [name for name in opened if name not in number]
    if unknown:
        raise ProblemError(f"{path}: {unknown[0]!r} is no site")
    return [number[name] for name in opened]


def run_generate(arguments: argparse.Namespace) -> int:
    """Make up a problem."""
    size = tuple(arguments.size) if arguments.size else None
    for path in write_instance(arguments.kind, arguments.out, arguments.seed, size):
        print(path)
    return 0


def run_bench(arguments: argparse.Namespace) -> int:
    """Solve made-up problems and print a table."""
    for line in bench(arguments.kinds, arguments.seconds, arguments.threads):
        print(line, flush=True)
    print(f"sizes: {SIZES}")
    return 0


COMMANDS = {"solve": run_solve, "check": run_check, "gains": run_gains, "generate": run_generate, "bench": run_bench}


if __name__ == "__main__":
    sys.exit(main())
