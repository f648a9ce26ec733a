"""The document that goes out by a step, as the step declares it, within its act."""

from dataclasses import dataclass
from typing import Any

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Stated, Step
from pishkhan.journal.models import Entry
from pishkhan.letters.kinds import Kind
from pishkhan.letters.services import issue


@dataclass(frozen=True)
class Draft:
    """A document that is to go out: of which kind, about what, to which party, with what in it."""

    kind: Kind
    about: str  # "case:42"
    to: str  # "person:17", "organisation:3"
    facts: dict[str, Any]


def send_documents(case: Case, step: Step, entry: Entry, stated: Stated) -> None:
    """Let the documents of a step go out. Last of what a step does: their numbers lock a series."""
    if step.letter is not None:
        for draft in step.letter.write(case, step, entry, stated):
            issue(draft.kind, about=draft.about, to=draft.to, division=case.division, facts=draft.facts, because=entry)
