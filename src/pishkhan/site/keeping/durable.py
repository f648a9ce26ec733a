"""Files that are whole and on the disk before anybody relies on them."""

import os
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pishkhan.journal.durable import sync_folder, write_over

__all__ = ["Content", "content_of", "copy", "rename", "sync_file", "sync_folder", "sync_folders", "write"]
CHUNK = 1 << 20  # bytes


class Content(NamedTuple):
    """What a file holds, in short."""

    size: int
    sha256: str


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    write_over(path, [content])


def rename(here: Path, there: Path) -> None:
    """Give a file or folder another name, for good: what bore that name is replaced."""
    os.replace(here, there)
    sync_folder(there.parent)
    if here.parent != there.parent:
        sync_folder(here.parent)


def copy(here: Path, there: Path) -> Content:
    """Copy a file to the disk, and say what was copied."""
    hashed, size = sha256(), 0
    there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(there, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(here, "rb") as source, os.fdopen(handle, "wb") as target:
        while chunk := source.read(CHUNK):
            target.write(chunk)
            hashed.update(chunk)
            size += len(chunk)
        target.flush()
        os.fsync(target.fileno())
    seen = here.stat()
    os.utime(there, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    return Content(size, hashed.hexdigest())


def content_of(path: Path) -> Content:
    """What a file holds."""
    hashed, size = sha256(), 0
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            hashed.update(chunk)
            size += len(chunk)
    return Content(size, hashed.hexdigest())


def sync_file(path: Path) -> None:
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def sync_folders(top: Path) -> None:
    """Let every name below a folder be on the disk."""
    for folder, _, _ in os.walk(top):
        sync_folder(Path(folder))
