"""Restoring a backup: made ready beside what stands there, proved, and put in its place; or, for rehearsal, removed."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pishkhan.journal.erasure import erasure_list
from pishkhan.journal.erasure.erasure_list import Erasure
from pishkhan.language.text import Text
from pishkhan.site.keeping import durable
from pishkhan.site.keeping.databases import engines as databases
from pishkhan.site.keeping.locks import nobody_runs, one_keeper
from pishkhan.site.keeping.place import Place
from pishkhan.site.keeping.placing import finish, put_in_place
from pishkhan.site.keeping.progress import Progress
from pishkhan.site.keeping.refusals import NotKept
from pishkhan.site.keeping.staging import Staging, staging
from pishkhan.site.keeping.subprocesses import ask, brought_up

from . import archive, manifest, media
from .archive import LAST_SEAL
from .backing_up import DISK, NO_FOLDER, NO_ROOM, ROOM, backups_in
from .manifest import Manifest

NO_BACKUP = Text("در «{path}» پشتیبان درستی نیست.", "There is no whole backup in '{path}'.")
FAULTY = Text("این پشتیبان بازگردانده نمی‌شود: درست نیست.", "This backup is not restored: it is not whole.")
OTHER_ENGINE = Text(
    "این پشتیبان از {engine} است؛ نخست به همان بازگردانید و سپس «pishkhan move-database» را اجرا کنید.",
    "This is a backup of {engine}: restore it to that, then run 'pishkhan move-database'.",
)
NOT_EMPTY = Text(
    "آنجا خالی نیست؛ برای گذاشتن پشتیبان به جای آن --over را بیفزایید.",
    "It is not empty there: add --over to put the backup in the place of what there is.",
)
NEWER_THERE = Text(
    "پایگاه دادهٔ آنجا از پشتیبان تازه‌تر است: {count} ثبت (تا {last}) پس از آن انجام شده و با --over کنار می‌رود.",
    "The database there is newer than the backup: {count} {count:entry|entries} (up to {last}) {count:was|were} "
    "made since, and "
    "--over would put them aside.",
)
NOTHING_NEWER = Text(
    "پایگاه دادهٔ آنجا {entries} ثبت دارد (تا {last}) و چیزی ندارد که پشتیبان نداشته باشد.",
    "The database there has {entries} {entries:entry|entries} (up to {last}), and nothing that the backup lacks.",
)
ANOTHER_THERE = Text(
    "پایگاه دادهٔ آنجا از آن سامانهٔ دیگری است ({entries} ثبت، استان {province}) و با --over کنار می‌رود.",
    "The database there is of another deployment ({entries} {entries:entry|entries}, province {province}): "
    "--over would put it aside.",
)
UNREADABLE_THERE = Text(
    "پایگاه دادهٔ آنجا خوانده نمی‌شود و با --over کنار می‌رود: {why}",
    "The database there cannot be read, and --over would put it aside: {why}",
)
PAPERS_THERE = Text(
    "پوشهٔ مدارک («{path}») خالی نیست و با --over کنار می‌رود.",
    "The media folder '{path}' is not empty, and --over would put what it holds aside.",
)
OTHER_KEYS = Text(
    "در «{path}» کلید دیگری (master.key) هست و با --over کنار می‌رود.",
    "There is another master.key in '{path}', and --over would put it aside.",
)


@dataclass(frozen=True)
class Restored:
    """What became of a restore."""

    backup: Manifest
    entries: int
    migrated: list[str]
    repeated: int  # erasures that were done again
    known_until: str  # up to when the list of erasures is known
    aside: str  # how the database that stood there is called now

    def told(self) -> dict[str, Any]:
        """What the command says of it as JSON."""
        return {
            "backup": self.backup.name,
            "made_at": self.backup.made_at.isoformat(),
            "entries": self.entries,
            "migrated": self.migrated,
            "erasures_repeated": self.repeated,
            "erasures_known_until": self.known_until,
            "aside": self.aside,
            "verified": True,
        }


@dataclass(frozen=True)
class Opened:
    """A backup that was read whole, with its keys and every erasure that is known."""

    folder: Path
    manifest: Manifest
    keys: archive.Keys
    erasures: list[Erasure]
    known_until: str


def restore(
    place: Place, source: Path, keys_from: Path, passphrase_file: Path, progress: Progress, *, over: bool = False
) -> Restored:
    """Put a backup in place, wholly or not at all. What stands there is put aside only when `over` says so."""
    opened = _opened(place, source, keys_from, passphrase_file, progress)
    _folder(place.var)
    with one_keeper(place.var), nobody_runs(place.var):
        finish(place)
        databases.ask_that_nobody_uses(place)
        _ask_what_stands_there(place, opened, over)
        _ask_for_room(place, opened.manifest.size)
        try:
            with staging(place, keep=True) as ready:
                restored = _made_ready(ready, opened, progress)
                progress.step("media")
                _papers_laid_out(opened, ready.media, progress)
                progress.step("place")
                return Restored(*restored, aside=put_in_place(ready))
        except OSError as error:
            raise NotKept(DISK.filled(why=error.strerror, path=error.filename or place.var)) from None


def rehearse(place: Place, source: Path, keys_from: Path, passphrase_file: Path, progress: Progress) -> Restored:
    """Restore the newest backup beside the deployment, verify it, remove it, and record the day."""
    opened = _opened(place, source, keys_from, passphrase_file, progress)
    with one_keeper(place.var):
        finish(place)
        _ask_for_room(place, opened.manifest.files[opened.manifest.database].size)
        with staging(place) as ready:
            restored = Restored(*_made_ready(ready, opened, progress), aside="")
    ask(place, "record rehearsal", {"name": restored.backup.name, "entries": restored.entries})
    return restored


def _opened(place: Place, source: Path, keys_from: Path, passphrase_file: Path, progress: Progress) -> Opened:
    """Read a backup whole: every byte of it is as it was written, and the keys are its own."""
    folder = _newest(source)
    found = manifest.read(folder)
    progress.step("check")
    if faults := manifest.faults_of(folder, found):
        raise NotKept(FAULTY, faults)
    if found.engine != place.engine:
        raise NotKept(OTHER_ENGINE.filled(engine=found.engine))
    passphrase = archive.passphrase_in(passphrase_file)
    file = keys_from if keys_from.is_file() else keys_from / f"{found.name}{archive.ENDING}"
    keys = archive.read(file, passphrase, belongs_to=manifest.digest_of(folder))
    listed, known_until = _erasures_known(place, file.parent, keys, passphrase, found)
    return Opened(folder, found, keys, listed, known_until)


def _newest(source: Path) -> Path:
    """The backup itself, or the newest of a folder of backups."""
    if (source / manifest.NAME).exists():
        return source
    if found := backups_in(source):
        return found[-1]
    raise NotKept(NO_BACKUP.filled(path=source))


def _erasures_known(
    place: Place, keys_from: Path, keys: archive.Keys, passphrase: bytes, found: Manifest
) -> tuple[list[Erasure], str]:
    """Every erasure that any list at hand knows, and up to when they know."""
    newest, moment = keys, found.name
    for file in sorted(keys_from.glob(f"*{archive.ENDING}"), reverse=True):
        try:
            newest, moment = archive.read(file, passphrase), file.name.removesuffix(archive.ENDING)
            break
        except NotKept:  # of other keys, or damaged: the next knows less and is better than nothing
            continue
    lists = [
        _listed(newest),
        _listed(keys),
        *(erasure_list.read(folder / erasure_list.NAME) for folder in (keys_from, place.keys)),
    ]
    listed = erasure_list.merged(lists)
    known = max(f"{moment[:13]}:{moment[14:16]}:{moment[17:19]}+00:00", *(each.at[:19] for each in listed), "")
    return listed, known


def _listed(keys: archive.Keys) -> list[Erasure]:
    return erasure_list.parsed(keys.get(erasure_list.NAME, b"").decode(errors="replace"))


def _made_ready(ready: Staging, opened: Opened, progress: Progress) -> tuple[Manifest, int, list[str], int, str]:
    """Fill keys and database, bring them up to this version, erase again what was erased, and verify."""
    archive.laid_out(opened.keys, ready.keys)
    (ready.keys / erasure_list.NAME).unlink(missing_ok=True)
    for erasure in opened.erasures:
        erasure_list.append(ready.keys / erasure_list.NAME, erasure)
    progress.step("database")
    ready.database.fill(opened.folder / opened.manifest.database)
    progress.step("migrate")
    answer = brought_up(ready.place, FAULTY, erasures=True)
    for mark in (ready.keys / LAST_SEAL, ready.media / f".{LAST_SEAL}"):  # from now on the journal reaches so far
        if answer["seal"]:
            durable.write(mark, json.dumps(answer["seal"]).encode())
    return opened.manifest, answer["entries"], answer["migrated"], answer["repeated"], opened.known_until


def _papers_laid_out(opened: Opened, to: Path, progress: Progress) -> None:
    for file in media.files_in(opened.folder / media.FOLDER):
        progress.add(durable.copy(opened.folder / media.FOLDER / file, to / file).size)


def _ask_what_stands_there(place: Place, opened: Opened, over: bool) -> None:
    """NotKept if anything would be replaced and nobody said it may be; with what would be lost."""
    if over:
        return
    faults = list(_what_stands_there(place, opened))
    if faults:
        raise NotKept(NOT_EMPTY, faults)


def _what_stands_there(place: Place, opened: Opened) -> Iterable[Text]:
    if databases.is_there(place):
        yield _of_the_database(place, opened.manifest)
    if next(iter(media.files_in(place.media)), None):
        yield PAPERS_THERE.filled(path=place.media)
    master = place.keys / "master.key"
    if master.exists() and master.read_bytes() != opened.keys["master.key"]:
        yield OTHER_KEYS.filled(path=place.keys)


def _of_the_database(place: Place, backup: Manifest) -> Text:
    """What is to be said of a database that stands where a backup is to go."""
    try:
        there = ask(place, "facts")
        if there["entries"] and there["origin"] != backup.journal["origin"]:
            return ANOTHER_THERE.filled(entries=there["entries"], province=there["province"])
        more = there["entries"] - backup.journal["entries"]
        if there["entries"] and not more and there["last"]["digest"] != backup.journal["last"]["digest"]:
            return ANOTHER_THERE.filled(entries=there["entries"], province=there["province"])
    except NotKept as refused:
        return UNREADABLE_THERE.filled(why=refused.text)
    said = NEWER_THERE if more > 0 else NOTHING_NEWER
    return said.filled(count=more, entries=there["entries"], last=there["last"] and there["last"]["at"])


def _ask_for_room(place: Place, needs: int) -> None:
    free = shutil.disk_usage(place.var).free
    if free < needs + ROOM:
        raise NotKept(NO_ROOM.filled(path=place.var, needs=(needs + ROOM) >> 20, free=free >> 20))


def _folder(path: Path) -> None:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NotKept(NO_FOLDER.filled(path=path, why=error.strerror)) from None
