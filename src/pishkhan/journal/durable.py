"""Files that are there whole and on the disk, or not at all: whatever stops the writer, however many write at once."""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PART = ".part"  # how a file ends that its writer has not finished, or was killed while writing


def write_new(path: Path, pieces: Iterable[bytes]) -> None:
    """Let a new file hold a content, readable by its owner alone; FileExistsError if there is a file of that name."""
    _written(path, pieces, replace=False)


def write_over(path: Path, pieces: Iterable[bytes], *, mode: int = 0o600) -> None:
    """Let a file hold a content in place of what it held; whoever reads meanwhile has the old or the new."""
    _written(path, pieces, replace=True, mode=mode)


def _written(path: Path, pieces: Iterable[bytes], *, replace: bool, mode: int = 0o600) -> None:
    make_folder(path.parent)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=PART)  # its mode is 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        if replace:
            os.replace(part, path)
        else:
            os.link(part, path)  # of two writers the second is refused
    finally:
        with suppress(FileNotFoundError):  # it was moved
            os.unlink(part)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder lie on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, open to their owner alone, and on the disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)
