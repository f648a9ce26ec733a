"""The second book: who looked at personal data and what was refused. Outside any act."""

from . import clock
from .models import Access


def note(actor: str, subject: str, what: str, *, refused: bool = False) -> None:
    """Note that an actor looked at a subject, or was refused to."""
    Access(at=clock.now(), actor=actor, subject=subject, what=what, refused=refused).save(force_insert=True)
