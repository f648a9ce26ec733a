"""Trying sabotages: on a copy of the house, in one place at a time, to see whether the named tests notice."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import NamedTuple

HOUSE = Path(__file__).parent.parent
LEFT_OUT = ignore_patterns("__pycache__", ".*", "*.sqlite*", "var", "siting", "pictures")


class Mutant(NamedTuple):
    """A sabotage: what it does, which tests must notice, in which file, what is said there, what is said instead."""

    name: str
    tests: str
    file: str
    old: str
    new: str


def killed(mutant: Mutant) -> bool:
    """Whether the tests fail once the file says something else."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "house"
        copytree(HOUSE, copy, ignore=LEFT_OUT)
        target = copy / "src" / "pishkhan" / mutant.file
        text = target.read_text()
        if mutant.old not in text:
            sys.exit(f"{mutant.file} no longer says {mutant.old!r}: mend the list of mutants.")
        target.write_text(text.replace(mutant.old, mutant.new))
        run = tested(copy, mutant.tests)
        noticed = re.search(r"\d+ (failed|errors?)", run.stdout) is not None
        if run.returncode and not noticed:
            sys.exit(run.stdout + run.stderr)  # the tests did not run: no proof of anything
        return noticed


def tested(house: Path, tests: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-n", "2", f"tests/{tests}"],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(house / "src"), "PISHKHAN_VAR": str(house / "var")},
    )


def tried(mutants: Iterable[Mutant], named: str) -> int:
    """Try those whose name holds what is named (all, if nothing is), and print which were killed; 1 if one was not."""
    mutants, alive = [mutant for mutant in mutants if named in mutant.name], []
    with tempfile.TemporaryDirectory() as folder:
        copytree(HOUSE, copy := Path(folder) / "house", ignore=LEFT_OUT)
        for tests in sorted({mutant.tests for mutant in mutants}):
            if tested(copy, tests).returncode:
                sys.exit(f"{tests} fails without any sabotage.")
    for mutant in mutants:
        dead = killed(mutant)
        print("killed  " if dead else "ALIVE   ", mutant.name, flush=True)
        alive += [mutant.name] * (not dead)
    print(f"{len(mutants) - len(alive)} of {len(mutants)} killed")
    return bool(alive)
