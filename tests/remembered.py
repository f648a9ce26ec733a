"""What playing something wrote: put back where the same was to be played once more, in a database that stood the same.

A case at its end takes some forty acts to come to; most tests only begin there. The first in a process plays it.
"""

import os
from inspect import signature
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

import behind_the_back
from pishkhan.files.models import StoredFile
from pishkhan.journal.clock import now, today
from pishkhan.journal.models import Entry
from pishkhan.offices import credential
from table_rows import enter, rows, write_again

_known = {}
PATCHES = {"monkeypatch", "settings"}  # a test that asks for them may change what is played


class Written(NamedTuple):
    """What was played, and what it left: new rows by model, changed rows, files; and when it was over."""

    answer: object
    new: dict
    changed: dict
    files: dict
    behind: list  # what was written without an act, to arrange it
    over: object


class Remembering:
    """Whether what is played may be put back in the test at hand."""

    allowed = True


def begin(test):
    """Begin a test."""
    Remembering.allowed = "PISHKHAN_PLAY_ANEW" not in os.environ and not PATCHES & {*signature(test).parameters}


def once(what, play):
    """What playing something answers: a key or the like, by which it is found in the database."""
    if behind_the_back.written or not Remembering.allowed:  # who knows how the database stands, or what the house does
        return play()
    where = (what, today(), *_state())
    row = _known.get(where)
    if row is None or row.over > now():
        row = _known[where] = _played(play)
    else:
        _put_back(row)
    return row.answer


def _state():
    """The history of the database, its last seal and how many there are; and in whose name it is served."""
    last = Entry.objects.order_by("-pk").values_list("digest", flat=True).first()
    folder = str(settings.MEDIA_ROOT) if StoredFile.objects.exists() else ""
    return last, Entry.objects.count(), folder, *sorted(credential._served.items())


def _played(play):
    before, files = rows(), _files()
    answer = play()
    after = rows()
    new, changed = {}, {}
    for model, there in after.items():
        known = before[model]
        new[model] = [row for key, row in there.items() if key not in known]
        changed[model] = [row for key, row in there.items() if key in known and known[key] != row]
    content = {path: _path_of(path).read_bytes() for path in _files() - files}
    return Written(answer, new, changed, content, [*behind_the_back.written], now())


def _put_back(result):
    enter(result.new)
    write_again(result.changed)
    behind_the_back.written += result.behind
    for path, content in result.files.items():
        _path_of(path).parent.mkdir(parents=True, exist_ok=True)
        _path_of(path).write_bytes(content)


def _path_of(path):
    return Path(settings.MEDIA_ROOT) / path


def _files():
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root) for path in root.rglob("*") if path.is_file()}
