"""Asking a database in a process of its own, which works on whatever place one names."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from pishkhan.language.text import Text

from .place import Place
from .refusals import NotKept

REFUSED = 3  # the exit status of a question that was refused in words
NOTHING = Text("پایگاه داده خالی است.", "The database is empty.")
NEWER = Text(
    "پایگاه داده از نسخهٔ تازه‌تری از سامانه است ({names})؛ با همان نسخه اجرا کنید.",
    "The database is of a newer version of the house ({names}): run this with that version.",
)
FAILED = Text(
    "پرسش «{question}» از پایگاه داده ناکام ماند: {why}", "The database could not be asked '{question}': {why}"
)


def ask(place: Place, question: str, options: Any = None) -> Any:
    """The answer to a question of `inside`; NotKept in its words, or with the last line of what went wrong."""
    return ask_and_hear(place, question, options, lambda done, of: None)


def brought_up(place: Place, not_whole: Text, *, erasures: bool = False, law: bool = False) -> Any:
    """Bring a database up to this version where nobody uses it, verify it, and say all that is to be known of it.

    With `erasures` what is listed beside its keys is erased again; with `law` it gets what this version ships of it.
    """
    answer = ask(place, "bring up", {"erasures": erasures, "law": law})
    if not answer["facts"]["entries"]:
        raise NotKept(NOTHING)
    if answer["facts"]["newer"]:
        raise NotKept(NEWER.filled(names=", ".join(answer["facts"]["newer"])))
    if answer["faults"]:
        raise NotKept(not_whole, [Text(*fault) for fault in answer["faults"]])
    return answer


def ask_and_hear(place: Place, question: str, options: Any, hear: Callable[[int, int], None]) -> Any:
    """The same, and hear meanwhile how far it has come."""
    command = [sys.executable, "-m", "pishkhan.site.keeping.inside", question, json.dumps(options)]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as answer:
        with subprocess.Popen(  # noqa: S603  ours
            command,
            env=place.environment,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=subprocess.PIPE,
        ) as process:
            said = _heard(process, hear)
        answer.seek(0)
        lines = answer.read().splitlines()
    if process.returncode == 0:
        return json.loads(lines[-1])
    if process.returncode == REFUSED:
        first, *rest = (Text(*load) for load in json.loads(said[-1]))
        raise NotKept(first, rest)
    raise NotKept(FAILED.filled(question=question, why=said[-1] if said else process.returncode))


def _heard(process: "subprocess.Popen[str]", hear: Callable[[int, int], None]) -> list[str]:
    """What was said on the error stream, but how far it has come."""
    said = []
    for line in process.stderr or ():
        if line.startswith('{"done"'):
            come = json.loads(line)
            hear(come["done"], come["of"])
        elif line.strip():
            said.append(line.strip())
    return said
