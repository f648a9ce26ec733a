"""Locks, taken in one order for the whole house, so that no two acts wait for each other in a ring."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from random import SystemRandom
from sqlite3 import SQLITE_BUSY
from time import sleep
from typing import Any, ParamSpec, TypeVar

from django.db import Error, OperationalError, connection, models, transaction

from .refusals import Busy
from .storage import refusal_of

# the deployment, body, meeting, agenda item, complaint, case, call or division, office, and number series last
ORDER = (
    "site.deployment",
    "meetings.seatproposal",
    "meetings.body",
    "meetings.meeting",
    "meetings.minutes",
    "meetings.agendaitem",
    "meetings.resolution",
    "exchange.package",
    "complaints.complaint",
    "casework.case",
    "casework.waiver",
    "licensing.call",
    "licensing.places",
    "geography.gazetteer",
    "geography.division",
    "rounds.plan",
    "inspections.checklistedition",
    "inspections.visit",
    "inspections.objection",
    "inspections.waiver",
    "inspections.photo",
    "inspections.submission",
    "inspections.machine",
    "notices.proof",
    "payments.bankfile",
    "payments.demandnote",
    "letters.letter",
    "offices.office",
    "offices.licence",
    "offices.undertaking",
    "counter.agency",
    "counter.service",
    "counter.profile",
    "people.appointment",
    "people.person",
    "people.organisation",
    "regulation.number",
    "regulation.holiday",
    "regulation.instrument",
    "regulation.adoption",
    "geography.import",
    "files.storedfile",
    "rounds.duty",
    "rounds.absence",
    "rounds.correction",
    "rounds.roads",
    "credentials.signingkey",
    "journal.series",
)
log = logging.getLogger(__name__)
DEADLOCK, SERIALISATION = "40P01", "40001"
TRIES, PAUSE = 4, 0.05  # how often an act is tried in all, and the seconds that it pauses at most after its first try
SYSTEM_RANDOM = SystemRandom()
PRIMARY = 0xFF  # the part of SQLite's error code that says which error it is; the rest says of what sort
Place = tuple[int, Any]


@dataclass
class Transaction:
    """What the transaction of the outermost act remembers: what is locked, what its next entry must tell of, and what
    is to be done if it comes to nothing."""

    held: list[Place] = field(default_factory=list)
    along: dict[str, dict[str, Any]] = field(default_factory=dict)
    undoing: list[Callable[[], object]] = field(default_factory=list)


_current: ContextVar[Transaction | None] = ContextVar("transaction", default=None)

P = ParamSpec("P")
R = TypeVar("R")


class OutOfOrder(Exception):
    """A defect of ours: rows were locked against the order of the house."""


@contextmanager
def one_transaction() -> Iterator[None]:
    """The transaction of the outermost act; inner acts join it, and it remembers what is locked.

    A full disk, or a database that cannot be written, ends it with a refusal in words: nothing was written then.
    """
    if _current.get() is not None:
        with transaction.atomic():
            yield
        return
    this = Transaction()
    token = _current.set(this)
    try:
        with transaction.atomic():
            yield
            if this.along:
                raise OutOfOrder(f"No entry tells of {this.along}.")
    except BaseException as error:
        for deed in reversed(this.undoing):
            with suppress(OSError):  # what cannot be taken away now is swept later; why it came to nothing is told
                deed()
        _refuse_in_words(error)
        raise
    finally:
        _current.reset(token)


def _refuse_in_words(error: BaseException) -> None:
    """Raise the refusal that a full disk or a database that cannot be written amounts to; nothing for other errors."""
    refusal = refusal_of(error) if isinstance(error, Error | OSError) else None
    if refusal is None or isinstance(refusal, Busy):  # `retried` tries that again
        return
    log.error("%s (%s)", refusal.text.en, error)
    raise refusal from error


def is_acting() -> bool:
    """Whether the transaction of an act is under way."""
    return _current.get() is not None


def if_undone(deed: Callable[[], object]) -> None:
    """Do something if the transaction comes to nothing: take away what no database takes back, such as a file."""
    _within().undoing.append(deed)


def lock(*rows: models.Model) -> None:
    """Lock rows, and read each afresh in place: nothing known before the wait is believed after it."""
    held = _within().held
    for place, row in sorted(((_place(row), row) for row in rows), key=lambda pair: pair[0]):
        if place not in held and held and place < max(held):
            raise OutOfOrder(f"{row._meta.label_lower} comes before {ORDER[max(held)[0]]}.")
        row.refresh_from_db(from_queryset=_for_update(type(row)))
        held.append(place)


def retried(act: Callable[P, R]) -> Callable[P, R]:
    """Do an act again when PostgreSQL gave it up for another's sake; Busy when that, or SQLite's wait, was in vain.

    Whoever tries again may meet the same other once more (its first lock is free before the other is awake), so it
    pauses for a while that nobody else pauses, and tries TRIES times in all.
    """

    @wraps(act)
    def again(*args: P.args, **kwargs: P.kwargs) -> R:
        for turn in range(1, TRIES + 1):
            try:
                return act(*args, **kwargs)
            except OperationalError as error:
                if not _given_up_for_another(error) or connection.in_atomic_block:
                    raise
                if turn == TRIES or connection.vendor == "sqlite":
                    raise Busy from error
            sleep(SYSTEM_RANDOM.uniform(0, PAUSE * turn))
        raise AssertionError  # the last turn returns or raises

    return again


def _given_up_for_another(error: OperationalError) -> bool:
    if getattr(error.__cause__, "sqlite_errorcode", 0) & PRIMARY == SQLITE_BUSY:
        return True
    return getattr(error.__cause__, "sqlstate", None) in (DEADLOCK, SERIALISATION)


def take_along(kind: str, name: str, fact: Any) -> None:
    """Let the next entry of this transaction tell of something that was written or given, by kind and name."""
    _within().along.setdefault(kind, {})[name] = fact


def taken_along() -> list[tuple[str, dict[str, Any]]]:
    """What this entry must tell of, by kind; it is told once."""
    along, _within().along = _within().along, {}
    return list(along.items())


def _within() -> Transaction:
    current = _current.get()
    if current is None:
        raise OutOfOrder("Rows are locked, and numbers given, inside an act only.")
    return current


def _place(row: models.Model) -> Place:
    if row._meta.label_lower not in ORDER:
        raise OutOfOrder(f"{row._meta.label_lower} has no place in the order of locks.")
    return ORDER.index(row._meta.label_lower), getattr(row, "order", row.pk)


def _for_update(model: type[models.Model]) -> models.QuerySet[Any]:
    return model._base_manager.select_for_update()
