"""SQLite databases as files: copied while others write, and put in place in one move."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from pishkhan.language.text import Text
from pishkhan.site.keeping import durable
from pishkhan.site.keeping.refusals import NotKept

BUSY = 20.0  # seconds to wait for whoever writes
NO_DATABASE = Text("پایگاه داده‌ای در «{path}» نیست.", "There is no database at '{path}'.")
DAMAGED = Text("پایگاه دادهٔ «{path}» خراب است: {why}", "The database '{path}' is damaged: {why}")
IN_USE = Text("پایگاه دادهٔ «{path}» را فرایند دیگری باز دارد.", "Another process has the database '{path}' open.")


def snapshot(database: Path, to: Path) -> None:
    """Copy a database as it stands at one moment, what lies in its -wal included, into one file on the disk."""
    if not database.exists():
        raise NotKept(NO_DATABASE.filled(path=database))
    try:
        with closing(_opened(database)) as source, closing(_created(to)) as target:
            source.backup(target)  # in one step: whoever writes meanwhile does not make it begin anew
            target.execute("PRAGMA journal_mode=DELETE")
            target.execute("PRAGMA ignore_check_constraints=ON")  # they ask functions that Django brings
            (fault,) = target.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise NotKept(DAMAGED.filled(path=database, why=error)) from None
    if fault != "ok":
        raise NotKept(DAMAGED.filled(path=database, why=fault))
    durable.sync_file(to)


def put_in_place(staged: Path, database: Path, aside: Path | None) -> None:
    """Let a database be in place of another in one move; what stood there goes aside, if it is to be kept.

    Done again after it was cut short it ends the same.
    """
    if staged.exists():
        _emptied_wal(staged)
        if database.exists():
            _emptied_wal(database)
            if aside and not aside.exists():
                os.link(database, aside)
        durable.rename(staged, database)


def ask_that_nobody_uses(database: Path) -> None:
    """NotKept while another process has a database open."""
    if database.exists():
        _is_alone(database)


def _emptied_wal(database: Path) -> None:
    """Bring everything from the -wal into the file itself: a -wal that stayed would be taken for the new database's."""
    if not _is_alone(database):
        _set_aside_the_wal(database)  # what stands there is no database any more: nothing can be brought into it


def _is_alone(database: Path) -> bool:
    """Whether a database is one, and lies in one file now; NotKept while another process has it open."""
    try:
        with closing(_opened(database)) as there:
            there.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise NotKept(IN_USE.filled(path=database)) from None
        return False
    return True


def _set_aside_the_wal(database: Path) -> None:
    for ending in ("-wal", "-shm"):
        stray = database.with_name(database.name + ending)
        if stray.exists():
            durable.rename(stray, stray.with_name(stray.name + ".stray"))


def _opened(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY, isolation_level=None)


def _created(path: Path) -> sqlite3.Connection:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return sqlite3.connect(path, isolation_level=None)
