"""What is asked of a database, in a process of its own that works on it: a question by name, what it needs as JSON,
the answer as JSON on the output. Exit status 3 and sentences as JSON on the error stream when it is refused.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pishkhan.site.configuration.settings")
django.setup()

# ruff: noqa: E402  these need Django set up
from pishkhan.casework.verify import replayed
from pishkhan.journal.erasure import erasure_list
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Refusal
from pishkhan.journal.verification.verify import problems
from pishkhan.site.operations.deployment import keep_its_day

from . import marks
from .backups import erasing, standing
from .databases import bringing_up, facts, moving
from .place import here
from .subprocesses import REFUSED


def _verify(progress: Any) -> Any:
    faults = [*problems(), *replayed(), *marks.behind(here())]
    return {"faults": faults, "entries": Entry.objects.count()}


def _bring_up(progress: Any) -> Any:
    """Bring a database up that is not in use, erase again what is listed beside it if that is asked, and verify it."""
    journal = facts.of_database()
    if not journal["entries"] or journal["newer"]:
        return {"facts": journal}
    done = bringing_up.bring_up(law=progress["law"])
    repeated = erasing.repeat(erasure_list.read(here().keys / erasure_list.NAME)) if progress["erasures"] else 0
    return {
        "facts": journal,
        "migrated": done.migrated,
        "law": done.law,
        "repeated": repeated,
        "seal": marks.last_seal(),
        "papers": facts.papers(),
    } | _verify(None)


def _move(result: Any) -> Any:
    def say(done: int, of: int) -> None:
        sys.stderr.write(json.dumps({"done": done, "of": of}) + "\n")
        sys.stderr.flush()

    return moving.move(result["url"], Path(result["schema"]), say)


QUESTIONS: dict[str, Callable[[Any], Any]] = {
    "facts": lambda data: facts.of_database(),
    "verify": _verify,
    "tables": lambda data: bringing_up.bring_up().migrated,
    "lacking law": lambda data: bringing_up.lacking_law(),
    "bring up": _bring_up,
    "move": _move,
    "record backup": standing.record_backup,
    "record rehearsal": standing.record_rehearsal,
}


def main(question: str, result: str) -> int:
    """Answer a question on standard output."""
    keep_its_day()
    try:
        answer = QUESTIONS[question](json.loads(result))
    except Refusal as refusal:
        sys.stderr.write(json.dumps([refusal.text, *getattr(refusal, "faults", ())]) + "\n")
        return REFUSED
    finally:
        connections.close_all()  # what is left open is told of on the error stream, after the refusal
    sys.stdout.write(json.dumps(answer) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
