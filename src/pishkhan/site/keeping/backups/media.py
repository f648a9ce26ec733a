"""The papers of a deployment, taken into a backup: what the last backup holds already is linked, not copied."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from pishkhan.site.keeping import durable
from pishkhan.site.keeping.durable import Content

from .manifest import Manifest

FOLDER = "media"
Told = Callable[[int], None]


def files_in(media: Path) -> Iterator[Path]:
    """Every file of a folder of media, relative to it, but what is only there for a while (names with a dot)."""
    for folder, folders, names in os.walk(media):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        yield from (Path(folder, name).relative_to(media) for name in sorted(names) if not name.startswith("."))


def taken(media: Path, into: Path, last: tuple[Path, Manifest] | None, told: Told) -> dict[str, Content]:
    """Take every file of a folder into a backup; return what each holds, by its path in the backup.

    A file that goes meanwhile was erased: it is left out.
    """
    held: dict[str, Content] = {}
    for file in files_in(media):
        name = f"{FOLDER}/{file.as_posix()}"
        try:
            held[name] = _linked(media / file, into / name, name, last) or durable.copy(media / file, into / name)
        except FileNotFoundError:
            continue
        told(held[name].size)
    return held


def _linked(source: Path, to: Path, name: str, last: tuple[Path, Manifest] | None) -> Content | None:
    """Link what the last backup holds, if it is the same and still whole there; None where it must be copied."""
    if last is None or name not in last[1].files:
        return None
    known, kept = last[1].files[name], last[0] / name
    try:
        here, there = source.stat(), kept.stat()
        same = (here.st_size, here.st_mtime_ns) == (there.st_size, there.st_mtime_ns)
        if not same or durable.content_of(kept) != known:
            return None
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.link(kept, to)
    except OSError:  # gone meanwhile, or a disk that has no links: copying says which
        return None
    return known
