"""Change the house in many small ways, drawn by a seed; for each, the tests that pass the changed place must notice.

    make mutation APP=people SEED=1 SAMPLE=60     on SQLite; nothing is written into the checkout but into var/
    AGAIN=yes                                     only what survived the last time with this seed
    TESTS=own                                     only by the tests of the app itself: quicker, and stricter

Locks that only PostgreSQL has cannot be missed here: they are sabotaged in `make mutants`.
"""

import ast
import json
import os
import random
import re
import shutil
import sys
import tempfile
import tomllib
from collections import Counter
from functools import partial
from pathlib import Path

FOLDER = tempfile.mkdtemp(prefix="pishkhan-mutation-")
os.environ["PISHKHAN_TESTS"] = os.environ["PISHKHAN_VAR"] = FOLDER  # before the settings are read
os.environ["PISHKHAN_PLAY_ANEW"] = "yes"  # by the house as it is changed, not as another test left it
os.environ.pop("DATABASE_URL", None)
sys.path.insert(0, str(Path(__file__).parent.parent))  # as `python -m pytest` does

import pytest  # noqa: E402

import mutation_run as run  # noqa: E402
import mutation_swapping as swapping  # noqa: E402

HOUSE, TESTS = run.ROOT / "src" / "pishkhan", run.ROOT / "tests"
NO_RULES = (
    "pages",
    "forms",
    "form_fields",
    "error_schemas",
    "api",
    "apps",
    "urls",
    "refusals",
    "words",
    "exports",
    "__init__",
)
SLOW = {"browser", "keeping", "demo", "test_every_page.py", "test_any_request.py", "test_two_of_everything.py"}
ALSO = {
    "licensing": ["casework/test_every_procedure.py"],
    "enforcement": ["casework/test_every_procedure.py"],
    "measures": ["site/test_pages.py"],
    "offices": ["register/test_verification.py"],
}
READING = {  # what an app declares, not only what it does: asked of whatever is said when it is imported
    "licensing": ["casework/test_the_manual.py"],
    "enforcement": ["casework/test_the_manual.py"],
}
# Of the tests that are derived from each procedure, an app asks those of these: the rest pass the same lines again.
PROCEDURES = {"enforcement": r"violation", "licensing": r"(?!violation)", "casework": r"violation|transfer|closure"}


def files_of(app: str) -> list[Path]:
    """The modules of an app in which rules stand: not its pages, forms, addresses and sentences."""
    return [
        file
        for file in sorted((HOUSE / app).rglob("*.py"))
        if "migrations" not in file.parts
        and not any(file.stem == name or file.stem.endswith(f"_{name}") for name in NO_RULES)
    ]


def places(app: str) -> list[run.Mutated]:
    """All that can be changed in an app."""
    places = []
    for file in files_of(app):
        only = file.stem == "models"
        count = len(run.changes(ast.parse(file.read_text()), only_functions=only))
        places += [partial(run.Mutated, file, number, only_functions=only) for number in range(count)]
    return places


def tests_of(app: str) -> list[str]:
    """The files of tests that may pass an app: its own, and (unless TESTS is "own") those that ask it something."""
    asking = re.compile(rf"from pishkhan\.{app}(\.(?!models|roles)| import )")  # most tests only arrange by the rest
    own = sorted((TESTS / app).glob("test_*.py"))
    others = (
        []
        if os.environ.get("TESTS") == "own"
        else [
            file
            for file in sorted(TESTS.glob("*/test_*.py"))
            if not {file.parent.name, file.name} & SLOW and asking.search(file.read_text())
        ]
    )
    also = [TESTS / name for item in (ALSO, READING) for name in item.get(app, ())]
    every = dict.fromkeys([*own, *also, *others])
    return [str(file.relative_to(run.ROOT)) for file in every]


def is_asked(app: str, name: str) -> bool:
    """Whether a test is asked about an app: one that is derived from a procedure only if that is the app's."""
    _, derived, about = name.partition("test_every_procedure.py::")[2].partition("[")
    return not derived or bool(re.match(PROCEDURES.get(app, "closure"), about))


def excused(app: str) -> dict[tuple[str, str, str], str]:
    """What changes nothing that anybody could notice, each with its reason."""
    data = tomllib.loads((TESTS / "equivalent_mutants.toml").read_text())
    return {(item["file"], item["function"], item["change"]): item["reason"] for item in data.get(app, [])}


def in_ready_process(app: str, mutants: list[run.Mutated], answer: Path) -> None:
    """Map the tests and try what can be tried by changing living functions; what cannot is answered as `anew`."""
    sys.meta_path.insert(0, swapping.Hook(swapping.noting, {str(file) for file in files_of(app)}))
    reading = [f"tests/{name}" for name in READING.get(app, ())]
    ready = run.Ready(app, mutants, reading, partial(is_asked, app), say)
    status = pytest.main([*run.OPTIONS, "-q", "--no-header", "--no-summary", *tests_of(app)], plugins=[ready])
    if ready.passing:
        data = {index: (state, names, ready.seconds(names)) for index, (state, names) in ready.results.items()}
        copied = ready.database.rename(answer.with_suffix(".sqlite3")) if ready.database else ""
        answer.write_text(json.dumps({"told": data, "database": str(copied), "modules": list(sys.modules)}))
    os._exit(int(status))


def tried(app: str, mutants: list[run.Mutated]) -> list[tuple[str, list[str]]]:
    """What became of each mutant, and which tests were asked."""
    answer = Path(FOLDER) / "answer.json"
    child = os.fork()
    if child == 0:
        try:
            in_ready_process(app, mutants, answer)
        finally:
            os._exit(1)
    os.waitpid(child, 0)
    if not answer.exists():
        sys.exit("The tests did not run.")
    data = json.loads(answer.read_text())
    outcomes = [data["told"][str(index)] for index in range(len(mutants))]
    remaining = [index for index, (state, _, _) in enumerate(outcomes) if state == run.ANEW]
    say(f"{len(remaining)} of them are imported anew")
    run.preload(data["modules"])
    for index in remaining:
        _, names, seconds = outcomes[index]
        state = run.anew(mutants[index], names, Path(data["database"]), seconds) if names else run.ALIVE
        outcomes[index] = state, names, seconds
    return [(state, names) for state, names, _ in outcomes]


def drawn(app: str, seed: int, size: int) -> list[run.Mutated]:
    every = places(app)
    say(f"{len(every)} places in {app}, of which {min(size, len(every))} are drawn by seed {seed}")
    return [place() for place in random.Random(seed).sample(every, min(size, len(every)))]


def key_of(mutant: run.Mutated) -> tuple[str, str, str]:
    """What names a mutant: its file within the app, the function, the change."""
    within = mutant.path.relative_to(HOUSE).parts[1:]
    return "/".join(within), mutant.function, mutant.change


def say(*words: object) -> None:
    sys.__stdout__.write(" ".join(str(word) for word in words) + "\n")
    sys.__stdout__.flush()


def main(app: str, seed: int = 1, size: int = 60, *, again: bool = False) -> int:
    mutants = drawn(app, seed, size)
    kept, excuses = run.ROOT / "var" / "mutation" / f"{app}-{seed}-{size}.json", excused(app)
    if again:
        last = json.loads(kept.read_text())
        mutants = [mutant for mutant in mutants if list(key_of(mutant)) in last]
    wanted = [mutant for mutant in mutants if key_of(mutant) not in excuses]
    outcomes = list(zip(wanted, tried(app, wanted), strict=True))
    alive = [(mutant, names) for mutant, (state, names) in outcomes if state != run.KILLED]
    for mutant in mutants:
        if reason := excuses.get(key_of(mutant)):
            say(f"equivalent  {app}/{mutant.path.name}:{mutant.at} {mutant.change}: {reason}")
    for mutant, names in alive:
        say(
            f"ALIVE  {app}/{mutant.path.name}:{mutant.at} in {mutant.function or 'the module'} ({mutant.kind}; "
            f"{len(names)} tests): {mutant.change}"
        )
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps([key_of(mutant) for mutant, _ in alive], ensure_ascii=False))
    dead = len(wanted) - len(alive)
    say(f"kinds alive: {dict(Counter(mutant.kind for mutant, _ in alive))}")
    say(
        f"{app}: {dead} of {len(wanted)} killed = {100 * dead / max(len(wanted), 1):.1f} %; "
        f"{len(mutants) - len(wanted)} of {len(mutants)} equivalent; seed {seed}"
    )
    return 0


if __name__ == "__main__":
    try:
        sys.exit(
            main(
                os.environ["APP"],
                int(os.environ.get("SEED") or 1),
                int(os.environ.get("SAMPLE") or 60),
                again=bool(os.environ.get("AGAIN")),
            )
        )
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
