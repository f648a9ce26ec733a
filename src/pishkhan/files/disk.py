"""Bytes in the media folder: each file whole or not there at all, and readable by its owner alone."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from django.core.files.storage import default_storage

PART = ".part"  # ends the name of what is still being written
FOLDER_MODE, FILE_MODE = 0o700, 0o600


def put(name: str, content: bytes) -> None:
    """Let a content lie under a name: first beside it, on the disk for good, and only then in its place."""
    target = path_of(name)
    _made(target.parent)
    part = target.with_name(f"{target.name}.{token_hex(8)}{PART}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _synced(target.parent)


def get(name: str) -> bytes | None:
    """What lies under a name; None if nothing does."""
    try:
        return path_of(name).read_bytes()
    except FileNotFoundError:
        return None


def size_of(name: str) -> int | None:
    """How many bytes lie under a name; None if nothing does."""
    try:
        return path_of(name).stat().st_size
    except FileNotFoundError:
        return None


def remove(name: str) -> None:
    """Let nothing lie under a name, for good."""
    path = path_of(name)
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        _synced(path.parent)


def move(name: str, to: str) -> None:
    """Let what lies under a name lie under another; nothing happens if another process moved it meanwhile."""
    target = path_of(to)
    _made(target.parent)
    with suppress(FileNotFoundError):
        path_of(name).replace(target)
        os.utime(target)


def names() -> Iterator[tuple[str, float]]:
    """Every name under which something lies, and how many seconds ago it was written, by the clock of the machine.

    The machine's own, for it is what the times of files are written by, whatever day a demo stands at.
    """
    root, now = path_of(""), time.time()
    for folder, _, files in os.walk(root):
        for file in files:
            path = Path(folder, file)
            with suppress(FileNotFoundError):
                yield path.relative_to(root).as_posix(), now - path.stat().st_mtime


def path_of(name: str) -> Path:
    """Where on this machine what has a name lies."""
    return Path(default_storage.path(name))


def _made(folder: Path) -> None:
    if not folder.is_dir():
        _made(folder.parent)
        folder.mkdir(FOLDER_MODE, exist_ok=True)


def _synced(folder: Path) -> None:
    """See to it that the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
