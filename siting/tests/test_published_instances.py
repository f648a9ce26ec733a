"""OR-Library's p-medians, where SITING_INSTANCES names the folder that holds them."""

import os
from pathlib import Path

import pytest

from siting import PMedian, check, solve
from siting.readers import read_orlib

FOLDER = Path(os.environ["SITING_INSTANCES"])
OPTIMA = dict(line.split() for line in (FOLDER / "pmedopt.txt").read_text().splitlines()[1:] if line.strip())


@pytest.mark.parametrize("name", sorted(OPTIMA, key=lambda name: int(name[4:])))
def test_every_optimum_is_found_and_proven(name):
    problem = PMedian(*read_orlib(FOLDER / f"{name}.txt"))

    result = solve(problem)

    assert result.proven
    assert result.value == float(OPTIMA[name])
    assert check(problem, result) == []
    assert result.seconds < (60 if problem.p < 30 else 5)
