"""Whether a test itself wrote into tables without an act, as many do to arrange what they ask about."""

import sys
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

from django.db.models import Model, QuerySet

from pishkhan.journal import locks
from pishkhan.journal.verification.verify import problems

HERE = str(Path(__file__).parent)
DJANGO = "/django/"
WRITES = [
    (QuerySet, "update"),
    (QuerySet, "delete"),
    (QuerySet, "_raw_delete"),
    (QuerySet, "create"),
    (QuerySet, "bulk_create"),
    (QuerySet, "get_or_create"),
    (Model, "save"),
    (Model, "delete"),
]
BEHIND = "had been changed outside any act before"
written = []  # which ways of writing the test at hand used


def listen():
    """Note from now on what tests write, each by the name of the method."""
    for kind, name in WRITES:
        setattr(kind, name, _noting(getattr(kind, name)))


@contextmanager
def unheard():
    """What is written in the block is not noted: it is put back as acts had written it."""
    known = [*written]
    yield
    written[:] = known


def faults_of_acts():
    """What is wrong with the journal, but for what the test itself wrote without an act to arrange it."""
    return [fault for fault in problems() if BEHIND not in fault.en]


def _noting(write):
    @wraps(write)
    def noting(*args, **kwargs):
        if locks._current.get() is None and _asked_by_a_test():
            written.append(write.__qualname__)
        return write(*args, **kwargs)

    return noting


def _asked_by_a_test():
    frame = sys._getframe(2)
    while frame and (DJANGO in frame.f_code.co_filename or frame.f_code.co_filename == __file__):
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename.startswith(HERE)
