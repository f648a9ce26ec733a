"""Making a backup: everything under a name that says it is not finished, proved by restoring it, then named."""

import os
import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pishkhan.journal import clock
from pishkhan.language.text import Text
from pishkhan.site.keeping import durable
from pishkhan.site.keeping.databases import engines as databases
from pishkhan.site.keeping.locks import one_keeper
from pishkhan.site.keeping.place import Place
from pishkhan.site.keeping.placing import finish
from pishkhan.site.keeping.progress import Progress
from pishkhan.site.keeping.refusals import NotKept
from pishkhan.site.keeping.staging import Staging, staging
from pishkhan.site.keeping.subprocesses import brought_up

from . import archive, manifest, media, rotation
from .manifest import Manifest

UNFINISHED, GOING = ".unfinished-", ".going-"
MOMENT = "%Y-%m-%dT%H-%M-%SZ"
NAMED = re.compile(r"(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)-[0-9a-f]{6}")
ROOM = 50 * 2**20  # bytes beside what is written

BESIDE = Text(
    "کلیدها هرگز کنار داده‌ها نمی‌مانند: «{keys}» و «{data}» باید پوشه‌هایی جدا از هم باشند.",
    "Keys never lie beside the data: '{keys}' and '{data}' must be folders apart from each other.",
)
WITHIN = Text(
    "«{path}» درون پوشهٔ «{folder}» است که از آن پشتیبان گرفته می‌شود.",
    "'{path}' lies within '{folder}', of which the backup is made.",
)
NO_FOLDER = Text(
    "پوشهٔ «{path}» ساخته یا نوشته نمی‌شود: {why}", "The folder '{path}' cannot be made or written to: {why}"
)
NO_ROOM = Text(
    "در «{path}» جا نیست: {needs} مگابایت لازم و {free} مگابایت آزاد است.",
    "There is no room in '{path}': {needs} MB are needed and {free} MB are free.",
)
NOT_WHOLE = Text(
    "پشتیبان پس از بازگرداندن آزمایشی درست نبود و نگه داشته نشد.",
    "The backup was not whole when it was restored for trial, and was not kept.",
)
ON_ONE_DISK = Text(
    "هشدار: پشتیبان روی همان دیسک سامانه است و با آن از میان می‌رود.",
    "Warning: the backup lies on the disk of the deployment, and will be lost with it.",
)
DISK = Text("نوشتن ناکام ماند: {why} ({path})", "It could not be written: {why} ({path})")


@dataclass(frozen=True)
class Backup:
    """A backup that was made and verified."""

    folder: Path
    keys: Path
    manifest: Manifest
    beside: bool  # whether it lies on the disk of the deployment
    removed: list[str]  # older ones that are not kept any longer

    def told(self) -> dict[str, Any]:
        """What the command says of it as JSON."""
        journal = self.manifest.journal
        return {
            "backup": str(self.folder),
            "keys": str(self.keys),
            "made_at": self.manifest.made_at.isoformat(),
            "entries": journal["entries"],
            "last": journal["last"],
            "checkpoint": journal["checkpoint"],
            "files": len(self.manifest.files),
            "bytes": self.manifest.size,
            "absent": self.manifest.absent,
            "beside": self.beside,
            "verified": True,
            "removed": self.removed,
        }


def back_up(place: Place, to: Path, keys_to: Path, passphrase_file: Path, progress: Progress) -> Backup:
    """Back up a deployment while it works, and prove the backup; NotKept, and nothing left, if it is not whole."""
    ask_that_they_lie_apart(place, to, keys_to, passphrase_file)
    passphrase = archive.passphrase_in(passphrase_file)
    for folder in (to, keys_to):
        _made(folder)
    with one_keeper(place.var), one_keeper(to):
        finish(place)
        _swept(to, keys_to)
        _ask_for_room(place, to)
        try:
            with staging(place) as trial:
                return _made_whole(trial, to, keys_to, passphrase, progress)
        except OSError as error:
            raise NotKept(DISK.filled(why=error.strerror, path=error.filename or f"{to}, {keys_to}")) from None
        finally:
            _swept(to, keys_to)


def ask_that_they_lie_apart(place: Place, to: Path, keys_to: Path, passphrase_file: Path) -> None:
    """NotKept if a key would lie beside what it opens, or a backup within what it is made of."""
    data, keys, opener = to.resolve(), keys_to.resolve(), passphrase_file.resolve()
    if _one_in_the_other(data, keys) or (to.exists() and keys_to.exists() and to.samefile(keys_to)):
        raise NotKept(BESIDE.filled(keys=keys_to, data=to))
    if opener.is_relative_to(data) or opener.is_relative_to(keys):
        raise NotKept(BESIDE.filled(keys=passphrase_file, data=to if opener.is_relative_to(data) else keys_to))
    for path in (data, keys):
        for folder in (place.media.resolve(), place.keys.resolve()):
            if _one_in_the_other(path, folder):
                raise NotKept(WITHIN.filled(path=path, folder=folder))


def backups_in(folder: Path) -> list[Path]:
    """The whole backups of a folder, the oldest first."""
    if not folder.is_dir():
        return []
    return sorted(each for each in folder.iterdir() if NAMED.fullmatch(each.name) and (each / manifest.NAME).exists())


def _made_whole(trial: Staging, to: Path, keys_to: Path, passphrase: bytes, progress: Progress) -> Backup:
    """Make a backup in the order in which it is consistent: database, papers (they only grow), keys."""
    place, now = trial.target, clock.now()
    name = f"{now.astimezone(UTC):{MOMENT}}-{secrets.token_hex(3)}"
    unfinished, kept_keys = to / f"{UNFINISHED}{name}", keys_to / f"{name}{archive.ENDING}"
    unfinished.mkdir(mode=0o700)
    progress.step("database")
    copied = databases.copy_out(place, unfinished)
    progress.step("media")
    last = _last_of(to)
    files = {copied.name: durable.content_of(copied)}
    files |= media.taken(place.media, unfinished, last, progress.add)
    keys = archive.gathered(place.keys)
    progress.step("trial")
    journal, papers = _tried(trial, copied, keys)
    absent = [each for each in papers if f"{media.FOLDER}/{each}" not in files]
    made = Manifest(name, now, place.engine, copied.name, journal, absent, files)
    durable.write(unfinished / manifest.NAME, manifest.rendered(made))
    durable.sync_folders(unfinished)
    archive.write(kept_keys, keys, passphrase, belongs_to=manifest.digest_of(unfinished))
    progress.step("verify")
    _proved(unfinished, kept_keys, keys, passphrase)
    durable.rename(unfinished, to / name)
    progress.step("rotation")
    return Backup(to / name, kept_keys, made, _on_one_disk(place, to), rotated(to, keys_to, now))


def _tried(trial: Staging, copied: Path, keys: archive.Keys) -> tuple[dict[str, Any], list[str]]:
    """Restore a copy beside the deployment and verify its journal; return how far it reaches and its papers."""
    archive.laid_out(keys, trial.keys)
    trial.database.fill(copied)
    answer = brought_up(trial.place, NOT_WHOLE)  # one of an older version is verified as this version will have it
    return answer["facts"], answer["papers"]


def _proved(folder: Path, kept_keys: Path, keys: archive.Keys, passphrase: bytes) -> None:
    """Read everything again as whoever restores it will."""
    found = manifest.read(folder)
    if faults := manifest.faults_of(folder, found):
        raise NotKept(NOT_WHOLE, faults)
    if archive.read(kept_keys, passphrase, belongs_to=manifest.digest_of(folder)) != keys:
        raise NotKept(NOT_WHOLE)


def rotated(to: Path, keys_to: Path, now: datetime) -> list[str]:
    """Remove the backups that are kept no longer, with their keys; return which they were."""
    made = {each: _made_at(each) for each in backups_in(to)}
    stay = rotation.kept(made.values(), now)
    gone = [each for each, moment in made.items() if moment not in stay]
    for each in gone:
        durable.rename(each, to / f"{GOING}{each.name}")  # first of all: without its keys it is no backup any more
        (keys_to / f"{each.name}{archive.ENDING}").unlink(missing_ok=True)
        shutil.rmtree(to / f"{GOING}{each.name}")
    return [each.name for each in gone]


def _made_at(folder: Path) -> datetime:
    return datetime.strptime(folder.name[: len("2026-01-01T00-00-00Z")], MOMENT).replace(tzinfo=UTC)


def _last_of(to: Path) -> tuple[Path, Manifest] | None:
    """The newest backup there that can be read."""
    for folder in reversed(backups_in(to)):
        try:
            return folder, manifest.read(folder)
        except NotKept:
            continue
    return None


def _swept(to: Path, keys_to: Path) -> None:
    """Remove what was left by who was killed, and the keys that were written for it."""
    for folder in [*to.glob(f"{UNFINISHED}*"), *to.glob(f"{GOING}*")]:
        name = folder.name.removeprefix(UNFINISHED).removeprefix(GOING)
        (keys_to / f"{name}{archive.ENDING}").unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)


def _ask_for_room(place: Place, to: Path) -> None:
    last = _last_of(to)
    held = last[1].size if last else 0
    papers = sum((place.media / each).stat().st_size for each in media.files_in(place.media))
    needs, free = databases.size(place) + max(papers - held, 0) + ROOM, shutil.disk_usage(to).free
    if free < needs:
        raise NotKept(NO_ROOM.filled(path=to, needs=needs >> 20, free=free >> 20))


def _made(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(13, os.strerror(13))
    except OSError as error:
        raise NotKept(NO_FOLDER.filled(path=folder, why=error.strerror)) from None


def _one_in_the_other(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)


def _on_one_disk(place: Place, to: Path) -> bool:
    return place.var.stat().st_dev == to.stat().st_dev
