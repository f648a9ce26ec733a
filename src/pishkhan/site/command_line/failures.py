"""How a command ends when something goes wrong: one sentence on the error stream, and an exit status.

0 all is well, 1 refused or failed, 2 wrongly used or wrongly set up, 130 stopped by Ctrl-C, 141 nobody reads any more.
`PISHKHAN_TRACEBACK=1` shows developers where it came from.
"""

import errno
import os
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.db import Error as DatabaseFailed
from environs import EnvError, EnvValidationError

from pishkhan.journal.refusals import Refusal
from pishkhan.site.configuration.faults import Misconfigured, Misused

REFUSED, MISUSED, INTERRUPTED, UNREAD = 1, 2, 130, 141
TRACEBACK = "PISHKHAN_TRACEBACK"
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
UNEXPECTED = "Something failed on our side ({kind}: {why}). PISHKHAN_TRACEBACK=1 shows where."


def ended(command: Callable[[], int]) -> int:
    """Run a command to its end, and give its exit status; whatever went wrong is said."""
    try:
        status = command()
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as asked:
        return _closed(asked.code if isinstance(asked.code, int) else MISUSED if asked.code else 0)
    except BrokenPipeError:
        return _unread()
    except Exception as error:  # nothing lies above: what is not told here ends in a traceback
        return _closed(_said(error))
    return status


def sentence_of(error: Exception) -> tuple[str, int]:
    """What is said of a failure, and the exit status it ends in."""
    match error:
        case CommandError():
            return str(error), error.returncode
        case Misused():
            return error.text.en, MISUSED
        case Refusal() | Misconfigured():
            return error.text.en, REFUSED
        case EnvValidationError():
            return _of_a_variable(error), MISUSED
        case ImproperlyConfigured() | EnvError():
            return str(error), MISUSED
        case DatabaseFailed() | sqlite3.Error() | psycopg.Error():
            return f"The database cannot be used: {_on_one_line(error)}", REFUSED
        case UnicodeError():
            return f"This is no text in UTF-8: {error}", REFUSED
        case OSError():
            return _of_the_system(error), REFUSED
        case subprocess.CalledProcessError():
            return f"{' '.join(map(str, error.cmd))} ended with status {error.returncode}.", REFUSED
        case ModuleNotFoundError():
            return f"{error.name} is not installed: some commands need pip install 'pishkhan[browser]'.", REFUSED
    return UNEXPECTED.format(kind=type(error).__name__, why=_on_one_line(error)), REFUSED


def _said(error: Exception) -> int:
    sentence, status = sentence_of(error)
    if os.environ.get(TRACEBACK):
        traceback.print_exception(error)
    with suppress(OSError):  # where the error stream is closed there is nobody to tell
        sys.stderr.write(f"pishkhan: {sentence.strip() or type(error).__name__}\n")
    return status


def _of_a_variable(error: EnvValidationError) -> str:
    wrong = error.error_messages
    why = " ".join(map(str, wrong)) if isinstance(wrong, list) else str(wrong)
    return f"{str(error).partition(' invalid:')[0]} cannot be used. {why}"


def _of_the_system(error: OSError) -> str:
    why = "there is no space left" if error.errno in NO_ROOM else error.strerror or str(error)
    return f"{error.filename}: {why}" if error.filename else f"{why[:1].upper()}{why[1:]}."


def _on_one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _closed(status: int) -> int:
    """Write out what was printed; if that cannot be, say so, and let nothing try once more at the very end."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return _unread()
    except OSError as error:
        _drop_output()
        return status or _said(error)
    return status


def _unread() -> int:
    _drop_output()
    return UNREAD


def _drop_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
