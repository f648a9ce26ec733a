"""Where the next offices help most, with a proven bound (docs/methods/siting.md).

from siting import Points, PMedian, solve
result = solve(PMedian(Points(people, places, "haversine"), p=30, weight=inhabitants, fixed=offices))
"""

from siting.costs import Matrix, Points, road
from siting.errors import ProblemError, TooLargeError
from siting.evaluation import Evaluation, evaluate, marginal_gains
from siting.jit_warmup import warm_up
from siting.parameters import Parameters
from siting.problems import MaxCover, PMedian, Problem
from siting.result import Result
from siting.run import Stop
from siting.solution_checker import check
from siting.solver import solve

__all__ = [
    "Evaluation",
    "Matrix",
    "MaxCover",
    "PMedian",
    "Parameters",
    "Points",
    "Problem",
    "ProblemError",
    "Result",
    "Stop",
    "TooLargeError",
    "check",
    "evaluate",
    "marginal_gains",
    "road",
    "solve",
    "warm_up",
]
