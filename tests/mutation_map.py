"""Which test passes which lines, kept in var/ so that a second seed, or a new test, does not run all tests again."""

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

Passing = dict[str, tuple[float, list[tuple[str, int]]]]  # by the name of a test: its seconds, and what it passes

AT_ONCE = 50  # tests that are mapped in one process


class Known:
    """What was mapped before and is still so: the house, what tests share and the test's own file are as they were."""

    def __init__(self, file: Path, root: Path) -> None:
        self._file, self._root = file, root
        tests = [*(root / "tests").glob("*.py"), *(root / "tests").glob("*/conftest.py")]
        shared = [test for test in tests if not test.name.startswith(("test_", "mutation", "mutants", "sabotage"))]
        self._shared = digest_of(sorted([*(root / "src").rglob("*.py"), *shared]))
        self._digests: dict[str, str] = {}

    def of(self, names: Iterable[str]) -> Passing:
        """What is known of these tests."""
        current = self._current()
        return {name: current[name] for name in names if name in current}

    def keep(self, passing: Passing) -> None:
        """Keep it, beside what is known of other tests."""
        kept = {name: [self._digest(name), *result] for name, result in (self._current() | passing).items()}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(kept))

    def _current(self) -> Passing:
        kept = json.loads(self._file.read_text()) if self._file.exists() else {}
        return {name: result for name, (digest, *result) in kept.items() if digest == self._digest(name)}

    def _digest(self, name: str) -> str:
        file = name.partition("::")[0]
        if file not in self._digests:
            path = self._root / file
            self._digests[file] = self._shared + digest_of([path]) if path.exists() else ""
        return self._digests[file]


def completed(known: Known, names: Iterable[str], mapped: Callable[[list[str]], Passing]) -> Passing:
    """What all these tests pass: as known, or mapped now."""
    names = list(names)
    passing = known.of(names)
    unknown = [name for name in names if name not in passing]
    for first in range(0, len(unknown), AT_ONCE):
        passing |= mapped(unknown[first : first + AT_ONCE])
        known.keep(passing)  # what was mapped is kept, should the rest be broken off
    return {name: passing[name] for name in names if name in passing}


def digest_of(files: Iterable[Path]) -> str:
    sha256 = hashlib.sha256()
    for file in files:
        sha256.update(str(file).encode() + b"\0" + file.read_bytes() + b"\0")
    return sha256.hexdigest()
