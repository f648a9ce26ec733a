"""Sealing anew, by an act on each, the subjects whose rows a migration changed: a part of `pishkhan upgrade`."""

from collections.abc import Iterator
from typing import cast

from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.erasure.erasable_text import secret_for
from pishkhan.journal.locks import retried
from pishkhan.journal.models import Journalled
from pishkhan.journal.verification.chains import RESEAL, entries_of
from pishkhan.journal.verification.checkpoints import record_formats, recorded_formats
from pishkhan.journal.verification.verify import keys_of, problems
from pishkhan.language.text import Text

from .declarations import Format, formats, sealed_models, sealing_of
from .states import subjects


def problems_before() -> Iterator[Text]:
    """What is wrong before a migration: asked in the formats in which the rows were sealed, of tables as they are."""
    return problems(given=recorded_formats())


@retried
def reseal() -> int:
    """Seal anew what a migration changed; return how many subjects. Only where `problems_before` found nothing.

    Each gets an entry of its own, so that what it was before and that it was a migration stays in its chain.
    """
    changed = [(found, key) for found in formats().journalled for key in _changed(found)]
    for found, key in changed:
        with act(SYSTEM, RESEAL, on=_row(found, key), role=SYSTEM.ref) as entry:
            entry.facts = {"version": found.version}
    record_formats()
    return len(changed)


def _changed(found: Format) -> Iterator[object]:
    """The keys of the subjects whose rows are not as their last entry sealed them."""
    for keys in keys_of(found):
        there = subjects(formats(), found.label, " BETWEEN %s AND %s", [keys[0], keys[-1]], secret_for)
        states = {entry.subject: entry.state for entry in entries_of([subject.name for subject in there])}
        yield from (subject.key for subject in there if states.get(subject.name) != subject.state)


def _row(found: Format, key: object) -> Journalled:
    model = next(model for model in sealed_models() if sealing_of(model).label == found.label)
    return cast("Journalled", model._base_manager.get(pk=key))
