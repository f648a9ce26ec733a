"""Which documents go out by a step: said once, by whoever knows what stands in them, and sent within its act."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pishkhan.journal.models import Entry
from pishkhan.letters.kinds import Kind
from pishkhan.letters.services import issue

from .models import Case
from .procedure import Stated, Step


@dataclass(frozen=True)
class Draft:
    """A document that is to go out: of which kind, about what, to which party, with what in it."""

    kind: Kind
    about: str  # "case:42"
    to: str  # "person:17", "organisation:3"
    facts: dict[str, Any]


Writer = Callable[[Case, Step, Entry, Stated], Iterable[Draft]]
_writers: list[Writer] = []


def declare_writer(writer: Writer) -> Writer:
    """Say which documents go out by the steps of cases; the writer is asked once a step is taken, within its act."""
    _writers.append(writer)
    return writer


def send_documents(case: Case, step: Step, entry: Entry, stated: Stated) -> None:
    """Let the documents of a step go out. Last of what a step does: their numbers lock a series."""
    for writer in _writers:
        for draft in writer(case, step, entry, stated):
            issue(draft.kind, about=draft.about, to=draft.to, division=case.division, facts=draft.facts, because=entry)
