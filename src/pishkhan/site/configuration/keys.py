"""The keys of a deployment: files in a folder apart from the database, each 32 bytes, written whole or not at all."""

import secrets
from contextlib import suppress
from pathlib import Path

from pishkhan.journal.durable import write_new, write_over
from pishkhan.language.text import Text, verbatim

from .faults import Misconfigured

SIZE = 32  # bytes
MASTER, SESSION = "master.key", "session.key"

MISSING = {
    MASTER: Text(
        "کلید اصلی {path} نیست. این پایگاه داده با آن رمز شده است: پشتیبان کلیدها را به جای خود "
        "برگردانید، یا جای درست را با PISHKHAN_KEYS بگویید. کلید تازه‌ای ساخته نشد.",
        "The master key {path} is missing, and this database is encrypted under it: put back the copy of the "
        "keys, or name the right folder by PISHKHAN_KEYS. No new key was made.",
    ),
    SESSION: Text(
        "کلید نشست‌ها {path} نیست: پشتیبان کلیدها را به جای خود برگردانید، یا با «pishkhan keys session» "
        "یکی تازه بسازید؛ آنگاه همه باید دوباره وارد شوند.",
        "The key of sessions {path} is missing: put back the copy of the keys, or make a new one with "
        "'pishkhan keys session'; then everybody has to sign in again.",
    ),
}
UNREADABLE = Text("کلید {path} خوانده نمی‌شود: {why}", "The key {path} cannot be read: {why}")
DAMAGED = Text(
    "کلید {path} آسیب دیده است: {found} بایت به جای {size} بایت کلید دارد. پشتیبان آن را برگردانید.",
    "The key {path} is damaged: it holds {found} {found:byte|bytes} of a key, not {size}. Put back its copy.",
)


def read(folder: Path, name: str) -> bytes:
    """A key; Misconfigured, with what to do about it, if it is missing, cannot be read, or is no whole key."""
    path = folder / name
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        raise Misconfigured(MISSING[name].filled(path=verbatim(path))) from None
    except OSError as error:
        raise Misconfigured(UNREADABLE.filled(path=verbatim(path), why=error.strerror)) from None
    if len(key) != SIZE or not any(key):  # a file system that lost its power may leave zeroes
        raise Misconfigured(DAMAGED.filled(path=verbatim(path), found=len(key) if any(key) else 0, size=SIZE))
    return key


def make(folder: Path) -> None:
    """Make the keys that are missing. Of two processes that start at once both get what the first one made."""
    for name in (MASTER, SESSION):
        with suppress(FileExistsError):
            write_new(folder / name, [secrets.token_bytes(SIZE)])


def make_session_key(folder: Path) -> None:
    """Make a new key of sessions, whatever was there: whoever is signed in is so no longer."""
    write_over(folder / SESSION, [secrets.token_bytes(SIZE)])


def session_secret(folder: Path) -> str:
    """What Django signs sessions with; read when it is first needed, for most commands never need it."""
    return read(folder, SESSION).hex()
