"""Running the tests of a mutant in a process forked from one that has the house, the tests and a database ready."""

import ast
import json
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from _pytest.runner import runtestprotocol
from django.db import connection, connections
from django.db.backends.sqlite3.creation import DatabaseCreation

import mutation_map as mapping
import mutation_swapping as swapping
from mutations import changes

ROOT = Path(__file__).parent.parent
KILLED, ALIVE, ANEW = "killed", "alive", "anew"  # the last: its module must be imported anew
STILL, SLOW = 0, 3  # exit statuses of a child: all passed; took too long
ENOUGH, ENOUGH_ANEW = 45, 12  # seconds: how long the tests of one mutant take at most, without the mutant
OWN = ("pishkhan", "django", "ninja", "allauth", "csp", "whitenoise", "environs", "hypothesis", "schemathesis", "tests")
NO_SETTINGS = re.compile(r"django\.(core|db|forms|http|template|urls|utils|views)\b")


class Ready:
    """A plugin of pytest that runs no test itself: it maps who passes what, then tries mutants."""

    def __init__(
        self,
        app: str,
        mutants: list["Mutated"],
        reading: list[str],
        is_asked: Callable[[str], bool],
        report: Callable[..., None],
    ) -> None:
        self.app, self.mutants, self.reading, self.is_asked, self.report = app, mutants, reading, is_asked, report
        self.passing: mapping.Passing = {}
        self.kept = ROOT / "var" / "mutation" / f"{app}-passed.json"
        self.database: Path | None = None
        self.results: dict[int, tuple[str, list[str]]] = {}

    def pytest_runtestloop(self, session):
        self.items = {item.nodeid: item for item in session.items if self.is_asked(item.nodeid)}
        first = next((item for item in session.items if "law" in item.fixturenames), session.items[0])
        last = runtestprotocol(first, nextitem=session, log=False)  # makes the database, and reads the law
        if any(report.failed for report in last):
            sys.exit(f"{first.nodeid} fails without any mutant:\n{last[-1].longreprtext}")
        connections.close_all()
        made = connection.settings_dict["NAME"]
        self.database = Path(shutil.copyfile(made, f"{made}.ready"))
        swapping.find_the_living()
        at_import = set(swapping.passed)
        self.report(f"{len(self.items)} tests of {self.app} are asked")
        known = mapping.Known(self.kept, ROOT)
        self.passing = mapping.completed(known, self.items, lambda names: forked(lambda: self._map(names), minutes=90))
        for index, mutant in enumerate(self.mutants):
            self.results[index] = self._tried(mutant, at_import)
            if self.results[index][0] == ALIVE:
                self.report(f"  not noticed: {mutant.path.name}:{mutant.at} {mutant.change}")
        return True

    def _map(self, names):
        """Run tests once; per test the seconds it takes and what it passes, if it succeeds."""
        self.report(f"  {len(names)} of them are run, to see what they pass")
        result, items = {}, [self.items[name] for name in names]
        for item, after in pairwise([*items, items[0].session]):
            swapping.passed.clear()
            began = process_time()
            reports = runtestprotocol(item, nextitem=after if after.parent is item.parent else item.session, log=False)
            if any(report.failed for report in reports):
                self.report(f"{item.nodeid} fails without any mutant and is left out")
            else:
                result[item.nodeid] = [round(process_time() - began, 3), sorted(swapping.passed)]
        return result

    def _tried(self, mutant, at_import):
        path, named_at_import = str(mutant.path), (str(mutant.path), mutant.line) in at_import
        if not mutant.function:
            return ANEW, self._reading(path)
        names = self._chosen(lambda file, line: (file, line) == (path, mutant.line))
        if not names:
            return (ANEW, self._reading(path)) if named_at_import else (ALIVE, [])
        try:
            outcome = forked(lambda: self._alive(mutant, names), cpu=limit(self.seconds(names)))
        except ChildDied:
            return KILLED, names
        if outcome == ALIVE and named_at_import:
            return ANEW, list(dict.fromkeys([*self._reading(path), *names]))
        return outcome, names

    def _reading(self, path):
        """The tests that read what a module declares, or says when it is imported."""
        read = [name for name in self.passing if name.partition("::")[0] in self.reading]
        passing = self._chosen(lambda file, line: file == path, ENOUGH_ANEW)
        return list(dict.fromkeys([*read, *(passing or self._chosen(lambda file, line: True, ENOUGH_ANEW))]))

    def _chosen(self, wanted, enough=ENOUGH):
        """The names of tests that pass what is wanted: those of the app first, the fastest of them first."""
        fitting = [
            (not name.startswith(f"tests/{self.app}/"), seconds, name)
            for name, (seconds, places) in self.passing.items()
            if any(wanted(*place) for place in places)
        ]
        chosen, total = [], 0.0
        for _, seconds, name in sorted(fitting):
            if chosen and total + seconds > enough:
                break
            chosen, total = [*chosen, name], total + seconds
        return chosen

    def seconds(self, names: Iterable[str]) -> float:
        return sum(self.passing[name][0] for name in names)

    def _alive(self, mutant, names):
        try:
            swapping.swap(str(mutant.path), mutant.tree())
        except swapping.Unlike:
            return ANEW
        items = [self.items[name] for name in names]
        for item in items:
            if any(report.failed for report in runtestprotocol(item, nextitem=item.session, log=False)):
                return KILLED
        return ALIVE


class Mutated:
    """One change of one file."""

    def __init__(self, path: Path, number: int, *, only_functions: bool) -> None:
        self.path, self.number, self._only_functions = path, number, only_functions
        change = self._changes()[1][number]
        self.kind, self.function, self.line, self.at = change.kind, change.function, change.line, change.at
        self.change = f"{change.old} -> {change.new}"

    def _changes(self):
        tree = ast.parse(self.path.read_text())
        return tree, changes(tree, only_functions=self._only_functions)

    def tree(self) -> ast.Module:
        tree, result = self._changes()
        result[self.number].put()
        return ast.fix_missing_locations(tree)


class ChildDied(Exception):
    """A forked process ended in another way than by answering."""


def forked(question, *, cpu: int | None = None, minutes: int = 10):
    """The answer of a process of its own, which has a copy of the database. ChildDied if it took too long or broke."""
    with tempfile.TemporaryDirectory(prefix="pishkhan-mutant-") as folder:
        answer = Path(folder) / "answer"
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            _answer(question, answer, cpu, minutes)
        os.waitpid(child, 0)
        if not answer.exists():
            raise ChildDied
        return json.loads(answer.read_text())


def _answer(question, answer, cpu, minutes):
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if cpu:
            resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 5))
        signal.alarm(minutes * 60)  # for what waits and takes no time of a processor
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        copied = answer.parent / "test.sqlite3"
        shutil.copyfile(connection.settings_dict["NAME"], copied)
        connection.settings_dict["NAME"] = str(copied)
        text = json.dumps(question())
        answer.with_suffix(".new").write_text(text)
        answer.with_suffix(".new").rename(answer)
    finally:
        os._exit(0)


def preload(names: Iterable[str]) -> None:
    """Import what is not of the house and needs no settings: once for all processes that import the house anew."""
    for name in names:
        if name.partition(".")[0] not in OWN or NO_SETTINGS.match(name):
            with suppress(Exception):
                import_module(name)


def limit(seconds: float) -> int:
    return int(10 + 5 * seconds)


def anew(mutant: Mutated, names: list[str], database: Path, seconds: float) -> str:
    """Try a mutant in a process that imports the house anew."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (limit(seconds) + 60, limit(seconds) + 65))
            signal.alarm(900)
            status = _imported_anew(mutant, names, database)
        finally:
            os._exit(status)
    return ALIVE if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == STILL else KILLED


def _imported_anew(mutant, names, database):
    tree, path = mutant.tree(), str(mutant.path)
    sys.meta_path.insert(0, swapping.Hook(lambda _: compile(tree, path, "exec"), {path}))
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    with tempfile.TemporaryDirectory(prefix="pishkhan-mutant-") as folder:
        copied = Path(folder) / "test.sqlite3"
        shutil.copyfile(database, copied)

        def as_copied(self, *args, **kwargs):
            self.connection.close()
            self.connection.settings_dict["NAME"] = str(copied)
            return str(copied)

        DatabaseCreation.create_test_db = as_copied
        return int(pytest.main([*OPTIONS, "-x", "-q", *names]))


OPTIONS = ["-p", "no:randomly", "-p", "no:xdist", "-p", "no:schemathesis"]
