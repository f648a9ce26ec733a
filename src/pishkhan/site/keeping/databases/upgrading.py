"""Upgrading: a backup, then a copy of the database brought up to this version and verified, then put in place."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pishkhan.language.text import Text
from pishkhan.site.keeping.backups.backing_up import DISK, Backup, back_up
from pishkhan.site.keeping.locks import nobody_runs, one_keeper
from pishkhan.site.keeping.place import Place
from pishkhan.site.keeping.placing import finish
from pishkhan.site.keeping.progress import Progress
from pishkhan.site.keeping.refusals import NotKept
from pishkhan.site.keeping.staging import staging
from pishkhan.site.keeping.subprocesses import NEWER, NOTHING, ask, brought_up

from . import engines as databases

NOT_WHOLE = Text(
    "پایگاه داده پس از روزآمد شدن درست نبود؛ همان که بود ماند.",
    "The database was not whole after it was upgraded; it stays as it was.",
)


@dataclass(frozen=True)
class Upgraded:
    """What became of an upgrade."""

    backup: Backup | None  # none was made where nothing was to be done
    migrated: list[str]
    law: int  # rows of it that came in
    entries: int

    def as_json(self) -> dict[str, Any]:
        """What the command says of it as JSON."""
        return {
            "backup": str(self.backup.folder) if self.backup else None,
            "migrated": self.migrated,
            "law": self.law,
            "entries": self.entries,
            "verified": True,
        }


def upgrade(place: Place, to: Path, keys_to: Path, passphrase_file: Path, progress: Progress) -> Upgraded:
    """Bring a deployment that nobody runs up to this version. Until its very end the database is the old one."""
    with nobody_runs(place.var):
        with one_keeper(place.var):
            finish(place)
            databases.ask_that_nobody_uses(place)
            facts: dict[str, Any] = ask(place, "facts") if databases.is_there(place) else {"entries": 0}
        if not facts["entries"]:
            raise NotKept(NOTHING)
        if facts["newer"]:
            raise NotKept(NEWER.filled(names=", ".join(facts["newer"])))
        if not facts["older"] and not ask(place, "lacking law"):
            return Upgraded(None, [], 0, facts["entries"])
        backup = back_up(place, to, keys_to, passphrase_file, progress)
        with one_keeper(place.var):
            return _brought_up(place, backup, progress)


def _brought_up(place: Place, backup: Backup, progress: Progress) -> Upgraded:
    try:
        with staging(place) as ready:
            progress.step("migrate")
            ready.database.fill_from_target()
            ready.share_keys()
            answer = brought_up(ready.place, NOT_WHOLE, law=True)
            progress.step("place")
            ready.database.put_in_place(keep=False)
    except OSError as error:
        raise NotKept(DISK.filled(why=error.strerror, path=error.filename or place.var)) from None
    return Upgraded(backup, answer["migrated"], answer["law"], answer["entries"])
