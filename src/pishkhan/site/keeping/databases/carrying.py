"""Moving a deployment's database to another engine or server: made ready under another name, proved, then named."""

from dataclasses import dataclass
from typing import Any

from pishkhan.language.text import Text
from pishkhan.site.keeping import durable
from pishkhan.site.keeping.backups.backing_up import DISK
from pishkhan.site.keeping.locks import nobody_runs, one_keeper
from pishkhan.site.keeping.place import SQLITE, Place
from pishkhan.site.keeping.placing import finish
from pishkhan.site.keeping.progress import Progress
from pishkhan.site.keeping.refusals import NotKept
from pishkhan.site.keeping.staging import Staging, staging
from pishkhan.site.keeping.subprocesses import NEWER, NOTHING, ask, ask_and_hear, brought_up

from . import engines as databases
from . import postgres

THE_SAME = Text("پایگاه داده هم‌اکنون همان‌جاست.", "The database is there already.")
NOT_EMPTY = Text("پایگاه دادهٔ مقصد خالی نیست.", "The database to move to is not empty.")
NOT_BROUGHT_UP = Text(
    "پایگاه داده از این نسخه نیست؛ نخست «pishkhan upgrade» را اجرا کنید.",
    "The database is not of this version: run 'pishkhan upgrade' first.",
)
FAULTY = Text("پایگاه داده درست نیست؛ جابه‌جا نشد.", "The database is not whole, and was not moved.")


@dataclass(frozen=True)
class Moved:
    """What became of a move."""

    tables: dict[str, list[Any]]  # rows and digest, by table
    entries: int

    def told(self) -> dict[str, Any]:
        """What the command says of it as JSON."""
        return {
            "tables": {table: {"rows": rows, "digest": digest} for table, (rows, digest) in self.tables.items()},
            "rows": sum(rows for rows, _ in self.tables.values()),
            "entries": self.entries,
            "verified": True,
        }


def move(place: Place, url: str, progress: Progress) -> Moved:
    """Carry every row to an empty database; ours is left as it is. Until the very end there is nothing at the other."""
    target = place.with_url(url)
    if target.url == place.url:
        raise NotKept(THE_SAME)
    with one_keeper(place.var), nobody_runs(place.var):
        finish(place)
        _ask_that_it_can_be_moved(place, target)
        try:
            with staging(target) as ready:
                ready.share_keys()
                moved = _carried(place, ready, progress)
                if target.engine == SQLITE:
                    target.file.unlink(missing_ok=True)  # it is empty
                ready.database.put_in_place(keep=False)
        except OSError as error:
            raise NotKept(DISK.filled(why=error.strerror, path=error.filename or target.var)) from None
    return moved


def _ask_that_it_can_be_moved(place: Place, target: Place) -> None:
    if databases.is_there(target):
        raise NotKept(NOT_EMPTY)
    facts: dict[str, Any] = ask(place, "facts") if databases.is_there(place) else {"entries": 0}
    if not facts["entries"]:
        raise NotKept(NOTHING)
    if facts["newer"]:
        raise NotKept(NEWER.filled(names=", ".join(facts["newer"])))
    if facts["older"]:
        raise NotKept(NOT_BROUGHT_UP)
    if faults := ask(place, "verify")["faults"]:
        raise NotKept(FAULTY, [Text(*each) for each in faults])


def _carried(place: Place, ready: Staging, progress: Progress) -> Moved:
    """Fill the other database and verify it."""
    schema = ready.folder / "schema.sqlite3"
    made = ready.place
    if ready.target.engine == SQLITE:
        made = made.with_file(schema)
    else:
        postgres.create(ready.database.place)
    progress.step("migrate")
    ask(made, "tables")
    progress.step("tables", 1)
    tables = ask_and_hear(place, "move", {"url": ready.database.place.url, "schema": str(schema)}, progress.come)
    progress.step("verify")
    answer = brought_up(ready.place, FAULTY)
    if ready.target.engine == SQLITE:
        durable.sync_file(ready.database.place.file)
    return Moved(tables, answer["entries"])
