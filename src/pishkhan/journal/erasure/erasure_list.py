"""The list of erasures as a file: a line of JSON each time an erasure begins and when it is known how it ended."""

import errno
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "erasures.log"
BEGUN, DONE, WITHDRAWN = "begun", "done", "withdrawn"


@dataclass(frozen=True)
class Erasure:
    """One secret that was destroyed: whose, when, by which entry, and how far it is known to have come."""

    at: str
    whose: str
    entry: str
    act: str
    stands: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.at, self.whose, self.entry, self.act

    @property
    def subject(self) -> str:
        return self.entry.rpartition("#")[0]


def read(file: Path) -> list[Erasure]:
    """The erasures of a list, each as it stands, in their order. A line that was cut short is passed over."""
    try:
        return parsed(file.read_text(encoding="utf-8", errors="replace"))
    except FileNotFoundError:
        return []


def parsed(text: str) -> list[Erasure]:
    """The erasures of a list's text."""
    erasures = []
    for line in text.splitlines():
        try:
            erasures.append(Erasure(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return merged([erasures])


def merged(lists: Iterable[Iterable[Erasure]]) -> list[Erasure]:
    """Several lists as one, in the order of time; what one of them knows to be done or withdrawn is that."""
    found: dict[tuple[str, str, str, str], Erasure] = {}
    for erasure in (erasure for each in lists for erasure in each):
        if erasure.key not in found or erasure.stands != BEGUN:
            found[erasure.key] = erasure
    return sorted(found.values(), key=lambda erasure: erasure.key)


def append(file: Path, erasure: Erasure) -> None:
    """Add a line to a list, on the disk before this returns. A line that was cut short before it stays apart."""
    is_new = not file.exists()
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        line = (("\n" if torn else "") + json.dumps(asdict(erasure)) + "\n").encode()
        if os.write(handle, line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        _sync(file.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
