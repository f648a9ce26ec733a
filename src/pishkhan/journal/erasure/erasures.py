"""The list of erasures, in the keys' folder: outside the database, so that whoever restores an older one repeats them.

It holds references only. A line is written before the act commits and another after: what crashes between the two is
listed and perhaps not done, never done and not listed. `settle` finds out which, from the journal, while the database
is there; whoever restores repeats what nobody could settle: the act was permitted and lacked nothing but its commit.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from pishkhan.journal import clock
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Refusal
from pishkhan.language.text import Text

from .erasure_list import BEGUN, DONE, WITHDRAWN, Erasure, append, read

LONGEST = timedelta(hours=1)  # no act lasts so long
_lists: tuple[Path, ...] = ()

NOT_LISTED = Text(
    "حذف انجام نشد، زیرا در فهرست حذف‌ها («{path}») نوشته نشد: {why}",
    "Nothing was erased, because it could not be written to the list of erasures '{path}': {why}",
)


class NotListed(Refusal):
    """What cannot be listed is not erased: a backup would bring it back and nobody would know."""

    status = 503


def list_in(*files: Path) -> None:
    """Give the process the file in which erasures are listed, and others (on other disks) that hold the same."""
    global _lists  # noqa: PLW0603  given once, at start-up
    _lists = files


def begin(whose: str, entry: Entry) -> None:
    """List an erasure before it is done, and that it was done once its act has committed."""
    if not _lists:
        return
    erasure = Erasure(entry.at.isoformat(), whose, entry.name, entry.act, BEGUN)
    try:
        append(_lists[0], erasure)
    except OSError as error:
        raise NotListed(NOT_LISTED.filled(path=_lists[0], why=error.strerror)) from None
    _append_elsewhere(erasure)
    transaction.on_commit(lambda: _say(replace(erasure, stands=DONE)), robust=True)


def settle() -> int:
    """Find out of every erasure that began long ago whether it was done; return how many were settled."""
    if not _lists:
        return 0
    long_ago = clock.now() - LONGEST
    unsettled = [
        erasure
        for erasure in read(_lists[0])
        if erasure.stands == BEGUN and datetime.fromisoformat(erasure.at) < long_ago
    ]
    for erasure in unsettled:
        subject, _, number = erasure.entry.rpartition("#")
        done = Entry.objects.filter(subject=subject, number=int(number), act=erasure.act).exists()
        _say(replace(erasure, stands=DONE if done else WITHDRAWN))
    return len(unsettled)


def behind() -> list[Path]:
    """The lists on other disks that lack what the first holds."""
    known = {each.key for each in read(_lists[0])} if _lists else set()
    return [file for file in _lists[1:] if known - {each.key for each in read(file)}]


def catch_up() -> None:
    """Let the lists on other disks hold what the first holds."""
    for file in behind():
        there = {each.key for each in read(file)}
        for erasure in read(_lists[0]):
            if erasure.key not in there:
                append(file, erasure)


def _say(erasure: Erasure) -> None:
    append(_lists[0], erasure)
    _append_elsewhere(erasure)


def _append_elsewhere(erasure: Erasure) -> None:
    """A disk that is not there now does not keep anybody from being erased: `behind` names it, `catch_up` mends it."""
    for file in _lists[1:]:
        try:
            append(file, erasure)
        except OSError:
            continue
