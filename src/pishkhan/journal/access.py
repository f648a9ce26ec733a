"""The second book: who looked at personal data and what was refused. Outside any act."""

from typing import Any

from . import clock
from .models import Access, Journalled


def note(actor: str, subject: str, what: str, *, refused: bool = False) -> None:
    """Note that an actor looked at a subject, or was refused to."""
    Access(at=clock.now(), actor=actor, subject=subject, what=what, refused=refused).save(force_insert=True)


def note_refused(actor: str, model: type[Journalled], what: str, **named: Any) -> None:
    """Note that an actor was refused a row that they named, or named one that is not there.

    One that is there stands in the log by its subject, so that those over it read who tried.
    """
    row = model._base_manager.filter(**named).first()
    note(actor, row.subject if row else what, what, refused=True)
