"""Bytes in the media folder: each file whole or not there at all, and readable by its owner alone."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.core.files.storage import default_storage

from pishkhan.journal.durable import make_folder, sync_folder, write_over


def put(name: str, content: bytes) -> None:
    """Let a content lie under a name: first beside it, on the disk for good, and only then in its place."""
    write_over(path_of(name), [content])


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
        sync_folder(path.parent)


def move(name: str, to: str) -> None:
    """Let what lies under a name lie under another; nothing happens if another process moved it meanwhile."""
    target = path_of(to)
    make_folder(target.parent)
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
