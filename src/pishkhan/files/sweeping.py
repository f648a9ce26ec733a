"""What lies in the media folder and belongs to no row: left by a process that was killed, or by a database of before.

It is laid aside for some days and then removed: whoever restored the wrong backup can still undo it. Nobody can read it
meanwhile, for the keys of contents lie in the rows.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from uuid import UUID

from pishkhan.journal.durable import PART
from pishkhan.journal.models import Secret

from . import disk
from .models import FOLDER, StoredFile

OLD_ENOUGH = 60 * 60  # seconds: no upload takes that long
ASIDE, KEPT_ASIDE = "swept", 30 * 24 * 60 * 60  # the folder, and for how many seconds
AT_ONCE = 500  # names asked about in one query
Named = Callable[[Collection[str]], Collection[str]]  # of some names, those that a row names


def sweep(folders: Mapping[str, Named]) -> int:
    """Lay aside what is older than an hour and that no row names, in any folder; return of how many files."""
    old = sorted(name for name, age in disk.names() if age > OLD_ENOUGH and _is_ours(name))
    unfinished = [name for name in old if name.endswith(PART)]
    strays = [*_strays([name for name in old if not name.endswith(PART)], {FOLDER: _named, **folders})]
    for name in [*unfinished, *(name for name, age in disk.names() if age > KEPT_ASIDE and _is_aside(name))]:
        disk.remove(name)
    for name in strays:
        disk.move(name, f"{ASIDE}/{name}")
    return len(strays) + len(unfinished)


def _strays(names: list[str], folders: Mapping[str, Named]) -> Iterator[str]:
    for folder in sorted({_folder(name) for name in names}):
        here = [name for name in names if _folder(name) == folder]
        for first in range(0, len(here), AT_ONCE):
            batch = here[first : first + AT_ONCE]
            kept = folders[folder](batch) if folder in folders else ()
            yield from (name for name in batch if name not in kept)


def _named(names: Collection[str]) -> set[str]:
    """Those that are the content of a file. Of an erased one the content is removed, should it still be there."""
    keys = [key for key in map(key_in, names) if key is not None]
    rows = StoredFile.objects.filter(pk__in=keys)
    alive = set(Secret.objects.filter(whose__in={row.whose for row in rows}).values_list("whose", flat=True))
    for row in rows:
        if not row.key or row.whose not in alive:
            disk.remove(row.path)
    return {row.path for row in rows}


def key_in(name: str, part: int = -1) -> UUID | None:
    """The identifier that is a part of a name; None if that part is none."""
    try:
        return UUID(name.split("/")[part])
    except (ValueError, IndexError):
        return None


def _folder(name: str) -> str:
    return name.partition("/")[0]


def _is_ours(name: str) -> bool:
    """Whether a name is of what was taken in: hidden is what backups and restores keep in the media folder."""
    return not name.startswith(".") and not _is_aside(name)


def _is_aside(name: str) -> bool:
    return _folder(name) == ASIDE
