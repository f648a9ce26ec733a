"""Where the next offices help most, with a proven bound (docs/methods/siting.md).

    from siting import Points, PMedian, solve
    result = solve(PMedian(Points(people, places, "haversine"), p=30, weight=inhabitants, fixed=offices))
"""

from siting.checking import check
from siting.costs import Matrix, Points, road
from siting.errors import ProblemError, TooLargeError
from siting.evaluating import Worth, evaluate, marginal_gains
from siting.problems import MaxCover, PMedian, Problem
from siting.result import Result
from siting.running import Stop
from siting.solving import solve
from siting.warming import warm

__all__ = ["Matrix", "MaxCover", "PMedian", "Points", "Problem", "ProblemError", "Result", "Stop", "TooLargeError",
           "Worth", "check", "evaluate", "marginal_gains", "road", "solve", "warm"]
