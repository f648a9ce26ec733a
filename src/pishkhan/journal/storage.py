"""What a disk or a database that cannot be written or reached says, as a refusal in words.

SQLite, PostgreSQL and the file system each have their own codes for it; whoever asked hears one of five sentences.
"""

import errno
import sqlite3
from collections.abc import Callable, Iterator

from django.db import Error

from pishkhan.language.text import Text

from .refusals import Busy, Unavailable

NO_ROOM = Text(
    "جای سامانه روی دیسک پر شده است؛ چیزی ثبت نشد. آنچه نوشته‌اید را نگه دارید و راهبر را آگاه کنید.",
    "The disk is full, and nothing was written. Keep what you wrote, and tell the administrator.",
)
READ_ONLY = Text(
    "اکنون نمی‌توان در پایگاه داده نوشت؛ چیزی ثبت نشد. آنچه نوشته‌اید را نگه دارید و راهبر را آگاه کنید.",
    "The database cannot be written now, and nothing was written. Keep what you wrote, and tell the administrator.",
)
NO_STORE = Text(
    "پرونده‌های سامانه اکنون خواندنی یا نوشتنی نیستند؛ چیزی ثبت نشد. راهبر را آگاه کنید.",
    "Files cannot be read or written now, and nothing was written. Tell the administrator.",
)
UNREACHABLE = Text(
    "اکنون به پایگاه داده نمی‌رسیم. پیش از آنکه دوباره بفرستید ببینید آنچه فرستادید ثبت شده است یا نه.",
    "The database cannot be reached now. Before you send it again, look whether what you sent was recorded.",
)
DAMAGED = Text(
    "پایگاه داده آسیب دیده است یا دیسک خطا می‌دهد؛ چیزی ثبت نشد. راهبر را آگاه کنید.",
    "The database is damaged, or its disk fails, and nothing was written. Tell the administrator.",
)
PRIMARY = 0xFF  # the part of SQLite's error code that says which error it is; the rest says of what sort
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
OF_FILES = (
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.ENOENT,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.EEXIST,
    errno.EIO,
    errno.ELOOP,
    errno.ESTALE,
)


class DiskFull(Unavailable):
    """There is no room left for what was to be written."""

    status = 507

    def __init__(self) -> None:
        super().__init__(NO_ROOM)


class Storage(Unavailable):
    """What was to be read or written cannot be, for the sake of the disk or the database."""


OF_SQLITE: dict[int, Callable[[], Unavailable]] = {
    sqlite3.SQLITE_BUSY: Busy,
    sqlite3.SQLITE_LOCKED: Busy,
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_READONLY: lambda: Storage(READ_ONLY),
    sqlite3.SQLITE_PERM: lambda: Storage(READ_ONLY),
    sqlite3.SQLITE_CANTOPEN: lambda: Storage(UNREACHABLE),
    sqlite3.SQLITE_IOERR: lambda: Storage(DAMAGED),
    sqlite3.SQLITE_CORRUPT: lambda: Storage(DAMAGED),
    sqlite3.SQLITE_NOTADB: lambda: Storage(DAMAGED),
}
OF_POSTGRESQL: dict[str, Callable[[], Unavailable]] = {
    "40001": Busy,
    "40P01": Busy,
    "55P03": Busy,
    "53100": DiskFull,
    "25006": lambda: Storage(READ_ONLY),
    "53200": lambda: Storage(UNREACHABLE),
    "53300": lambda: Storage(UNREACHABLE),
    "57P01": lambda: Storage(UNREACHABLE),
    "57P02": lambda: Storage(UNREACHABLE),
    "57P03": lambda: Storage(UNREACHABLE),
    "58030": lambda: Storage(DAMAGED),
    "XX001": lambda: Storage(DAMAGED),
    "XX002": lambda: Storage(DAMAGED),
}
CONNECTION = "08"  # the class of PostgreSQL's codes for a connection that failed
LOST = ("OperationalError", "InterfaceError")  # of psycopg without a code: the server was not reached


def refusal_of(error: BaseException) -> Unavailable | None:
    """The refusal that an error of a disk or database amounts to; None if it is an error of another kind."""
    for cause in _causes(error):
        if isinstance(cause, OSError) and (refusal := _of_files(cause)):
            return refusal
        if isinstance(cause, Error) and cause.__cause__ and (refusal := _of_database(cause.__cause__)):
            return refusal
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _of_files(error: OSError) -> Unavailable | None:
    if error.errno in FULL:
        return DiskFull()
    named = error.errno in OF_FILES and error.filename is not None
    if named or isinstance(error, FileExistsError | NotADirectoryError):  # a file stands where a folder should
        return Storage(NO_STORE)
    return None


def _of_database(error: BaseException) -> Unavailable | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        made = OF_SQLITE.get(code & PRIMARY)
        return made() if made else None
    state = getattr(error, "sqlstate", None)
    if state is None:
        return Storage(UNREACHABLE) if type(error).__name__ in LOST else None
    if state.startswith(CONNECTION):
        return Storage(UNREACHABLE)
    made = OF_POSTGRESQL.get(state)
    return made() if made else None
