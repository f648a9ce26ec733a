"""The database of a deployment: one set of options, whether its address was given or not.

SQLite: what is acknowledged lies on the disk (`synchronous=FULL` syncs the write-ahead log at each commit), a writing
transaction takes the lock at once (IMMEDIATE, so nothing it reads is stale), and `INSERT OR REPLACE` does not slip past
the triggers that guard the journal (`recursive_triggers`). PostgreSQL: the same is asked of each session.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import dj_database_url

from pishkhan.language.text import Text

from .faults import Misused

PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON"
SQLITE_OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS}
MAY_BE_SET = {"timeout": float, "cached_statements": int}  # of SQLite, in the query string
MOST = 10_000  # that they may be: seconds, statements
SESSION = "-c synchronous_commit=on -c default_transaction_isolation=read\\ committed"
SQLITE, POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"
FILE = "pishkhan.sqlite3"

UNREADABLE = Text(
    "DATABASE_URL نشانی پایگاه داده نیست؛ نمونه: postgres://user:password@host:5432/name یا "
    "sqlite:////var/lib/pishkhan/pishkhan.sqlite3.",
    "DATABASE_URL is no address of a database: write postgres://user:password@host:5432/name or "
    "sqlite:////var/lib/pishkhan/pishkhan.sqlite3.",
)
UNKNOWN = Text(
    "DATABASE_URL پایگاهی از نوع «{scheme}» را نام می‌برد؛ تنها postgres و sqlite به کار می‌آید.",
    "DATABASE_URL names a database of the kind '{scheme}': only postgres and sqlite are supported.",
)
IN_MEMORY = Text(
    "DATABASE_URL پایگاهی در حافظه را نام می‌برد که با پایان برنامه از میان می‌رود؛ پرونده‌ای را نام ببرید.",
    "DATABASE_URL names a database in memory, which is lost when the process ends: name a file.",
)
NOT_YOURS = Text(
    "گزینهٔ «{option}» را نمی‌توان در DATABASE_URL گذاشت: یا شناخته نیست یا ماندگاری داده به آن بسته است.",
    "DATABASE_URL cannot set '{option}': it is not known, or the safety of the data depends on it.",
)
NO_NUMBER = Text(
    "«{option}» در DATABASE_URL عددی از ۰ تا {most} است.", "'{option}' in DATABASE_URL is a number from 0 to {most}."
)


def databases(url: str, folder: Path) -> dict[str, Any]:
    """Django's DATABASES for an address; for none, a file in the folder. Misused if the address will not do.

    A relative path of a file is taken from the working directory at start, as that of PISHKHAN_VAR is.
    """
    told = _parsed(url) if url else {"ENGINE": SQLITE, "NAME": str(folder / FILE)}
    return {"default": _sqlite(told, folder) if told["ENGINE"] == SQLITE else _postgresql(told)}


def _parsed(url: str) -> dict[str, Any]:
    scheme = url.partition(":")[0]
    try:
        told = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except dj_database_url.UnknownSchemeError:
        raise Misused(UNKNOWN.filled(scheme=scheme)) from None
    except ValueError:
        raise Misused(UNREADABLE) from None
    if told["ENGINE"] not in (SQLITE, POSTGRESQL):
        raise Misused(UNKNOWN.filled(scheme=scheme))
    if (told["ENGINE"] == POSTGRESQL and not told["NAME"]) or "\0" in str(told["NAME"]):
        raise Misused(UNREADABLE)
    return told


def _sqlite(told: dict[str, Any], folder: Path) -> dict[str, Any]:
    name, options = str(told["NAME"]), told.get("OPTIONS", {})
    if ":memory:" in name or "mode=memory" in name:
        raise Misused(IN_MEMORY)
    if name.startswith("file:"):
        raise Misused(UNREADABLE)
    _refuse(name for name in options if name not in MAY_BE_SET)
    chosen = {name: _number(name, written) for name, written in options.items()}
    return told | {
        "NAME": str(Path(name).absolute()),
        "OPTIONS": SQLITE_OPTIONS | chosen,
        "CONN_MAX_AGE": 0,
        "TEST": {"NAME": str(folder / "test.sqlite3")},
    }  # a file: threads race on it


def _postgresql(told: dict[str, Any]) -> dict[str, Any]:
    options = told.get("OPTIONS", {})
    _refuse(name for name in options if name in ("isolation_level", "client_encoding"))
    session = f"{options['options']} {SESSION}" if options.get("options") else SESSION  # the last word is ours
    return told | {"OPTIONS": options | {"options": session, "client_encoding": "UTF8"}}


def _number(option: str, written: Any) -> float:
    try:
        number: float = MAY_BE_SET[option](written)
    except ValueError:
        number = -1
    if not 0 <= number <= MOST:  # nor what is no number
        raise Misused(NO_NUMBER.filled(option=option, most=MOST))
    return number


def _refuse(options: Iterable[str]) -> None:
    for option in options:
        raise Misused(NOT_YOURS.filled(option=option))
