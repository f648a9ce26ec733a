"""The folders and files of a deployment: whether there is room, whether they can be written, who else can read them."""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from pishkhan.language.text import Text, verbatim

PROBE = bytes(64 * 2**10)
NEARLY_FULL = Text(
    "در {folder} تنها {free} مگابایت جا مانده است؛ کمتر از {least} مگابایت کم است. جا باز کنید.",
    "Only {free} MB are left in {folder}, and less than {least} MB is too little. Make room.",
)
UNWRITABLE = Text(
    "در {folder} نمی‌توان نوشت ({why}): تا درست نشود چیزی ثبت نمی‌شود.",
    "{folder} cannot be written ({why}): nothing can be recorded until it is mended.",
)
OPEN = Text(
    "جز مالک هم به {path} دسترسی دارند؛ آن را ببندید: {command}",
    "Others than its owner can get at {path}. Close it: {command}",
)
FILE, FOLDER, OTHERS = 0o600, 0o700, 0o077


def short_of_room() -> Iterator[Text]:
    """The disks that are nearly full, each by the first folder of ours that lies on it."""
    disks = {folder.stat().st_dev: folder for folder in reversed([_existing(each) for each in _folders()])}
    for folder in disks.values():
        free = shutil.disk_usage(folder).free
        if free < settings.LEAST_FREE:
            yield NEARLY_FULL.filled(folder=verbatim(folder), free=free // 2**20, least=settings.LEAST_FREE // 2**20)


def unwritable() -> Iterator[Text]:
    """The folders in which nothing can be written now, each tried with a file that leaves no trace."""
    refused = []
    for folder in _folders():
        try:
            with tempfile.TemporaryFile(dir=_existing(folder)) as file:
                file.write(PROBE)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            refused.append(folder)
            yield UNWRITABLE.filled(folder=verbatim(folder), why=error.strerror)
    for path in _database_files():
        if path.parent not in refused and not os.access(path, os.W_OK):
            yield UNWRITABLE.filled(folder=verbatim(path), why=os.strerror(errno.EACCES))


def open_to_others() -> Iterator[Text]:
    """The keys, the papers' folders and the database's files that others than their owner can get at."""
    if os.name != "posix":
        return
    licences = settings.KEYS / "licences"
    closed = [(folder, FOLDER) for folder in (settings.KEYS, licences) if folder.is_dir()]
    closed += [(path, FILE) for folder, _ in closed for path in sorted(folder.iterdir()) if path.is_file()]
    for path, mode in [*closed, *_media_folders(), *((path, FILE) for path in _database_files())]:
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & OTHERS:
            yield OPEN.filled(path=verbatim(path), command=verbatim(f"chmod {mode:o} {path}"))


def _media_folders() -> list[tuple[Path, int]]:
    """The folder of papers and those that stand in it, with the mode that each should have."""
    media = Path(settings.MEDIA_ROOT)
    inside = sorted(path for path in media.iterdir() if path.is_dir()) if media.is_dir() else []
    return [(folder, FOLDER) for folder in (media, *inside)]


def _folders() -> list[Path]:
    """The folders in which a deployment writes every day."""
    files = _database_files()
    return list(dict.fromkeys([Path(settings.VAR), Path(settings.MEDIA_ROOT), *(path.parent for path in files[:1])]))


def _database_files() -> list[Path]:
    """The files of SQLite that are there."""
    if connection.vendor != "sqlite":
        return []
    name = str(connection.settings_dict["NAME"])
    return [path for path in map(Path, (name, f"{name}-wal", f"{name}-shm")) if path.exists()]


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    while not folder.exists():
        folder = folder.parent
    return folder
