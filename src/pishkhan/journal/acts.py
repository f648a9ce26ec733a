"""The one way to change anything: inside an act, which locks, checks, writes, and records."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from pishkhan.language.text import Text

from . import clock
from .erasure.erasable_text import digest_of_stored, secret_for, secrets_of
from .locks import lock, one_transaction, taken_along
from .models import Entry, Journalled, Words, label_of
from .refusals import NotPermitted
from .sealing.canonical import canonical
from .sealing.states import state_of


@dataclass(frozen=True)
class Capacity:
    """The standing in which somebody acts: on behalf of which organisation, and whether as an acting head."""

    on_behalf_of: str = ""
    acting: bool = False


class Actor(Protocol):
    """Who acts: a person, the clock, an importer, the system."""

    @property
    def ref(self) -> str: ...

    def capacity(self, role: str, *, over: Any) -> Capacity | None:
        """The capacity in which the actor holds a role over a row today; None if it does not hold it."""
        ...


@dataclass(frozen=True)
class Machine:
    """An actor that is no person. It holds the role of its own name, everywhere, and no other."""

    ref: str

    def capacity(self, role: str, *, over: Any) -> Capacity | None:
        return Capacity() if role == self.ref else None


CLOCK, SYSTEM, IMPORTER = Machine("clock"), Machine("system"), Machine("importer")


@contextmanager
def act(
    by: Actor, name: str, *, on: Journalled, role: str, because: Entry | None = None, happened_on: date | None = None
) -> Iterator[Entry]:
    """Do one act wholly and record it, or do none of it.

    `on` is locked and read afresh; what the body changes on it is saved with the entry.
    `happened_on` is for what was done on an earlier day and is recorded only now.
    """
    with one_transaction():
        lock(on)
        found = _altered_state(on)
        with _recorded(by, name, on, role, because, happened_on) as entry:
            entry.found = found
            yield entry


@contextmanager
def begin(
    by: Actor, name: str, row: Journalled, *, role: str, because: Entry | None = None, happened_on: date | None = None
) -> Iterator[Entry]:
    """Create a row and write entry 1 about it, `because` of an act on something else if one caused it."""
    with one_transaction():
        row.save(force_insert=True)
        with _recorded(by, name, row, role, because, happened_on) as entry:
            yield entry


@contextmanager
def _recorded(
    by: Actor, name: str, row: Journalled, role: str, because: Entry | None, happened_on: date | None
) -> Iterator[Entry]:
    capacity = by.capacity(role, over=row)
    if capacity is None:
        raise NotPermitted(NOT_YOURS.filled(act=name, role=role))
    at = clock.now()
    entry = Entry(
        subject=row.subject,
        number=row.revision + 1,
        act=name,
        actor=by.ref,
        role=role,
        on_behalf_of=capacity.on_behalf_of,
        acting=capacity.acting,
        because=because.name if because else "",
        happened_on=happened_on or clock.day_of(at),
        at=at,
    )
    entry.by, entry.written, entry.secrets, entry.erased, entry.found = by, [], {}, [], ""
    yield entry
    if entry.written:
        Words.objects.bulk_create(entry.written)
    row.save(force_update=True)
    entry.facts, entry.bound = canonical(entry.facts), canonical(_bound(entry))
    entry.state = state_of(
        label_of(type(row)), row.pk, lambda whose: None if whose in entry.erased else secret_for(whose)
    )
    entry.digest = entry.seal(row.head)
    entry.save(force_insert=True)
    row.revision, row.head = entry.number, entry.digest
    row.save(force_update=True, update_fields=["revision", "head"])


def _altered_state(row: Journalled) -> str:
    """The state in which an act finds a row, where it is not the one that the last act left; else "".

    So the act does not seal in silence what somebody wrote into the tables meanwhile: it says so for ever.
    """
    left = Entry.objects.filter(subject=row.subject, number=row.revision).values_list("state", flat=True).first()
    found = state_of(label_of(type(row)), row.pk, lambda whose: secrets_of([whose]).get(whose))
    return "" if found == left else found


def _bound(entry: Entry) -> dict[str, Any]:
    """What an entry seals beside its facts: words, erasures, what was given or sent since the last entry, and in what
    state it found its subject if no act had left it so."""
    words = {row.field: {"whose": row.whose, "stored": digest_of_stored(row)} for row in entry.written}
    told = ("found", entry.found), ("words", words), ("erased", entry.erased), *taken_along()
    return {name: held for name, held in told if held}


NOT_YOURS = Text(
    "این کار ({act}) در اختیار نقش «{role}» است و شما این نقش را در این محدوده ندارید.",
    "{act} is reserved to the role '{role}', which you do not hold here.",
)
