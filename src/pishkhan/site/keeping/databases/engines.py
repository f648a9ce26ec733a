"""A database of either engine: copied, filled from a copy, put in place of another."""

from dataclasses import dataclass
from pathlib import Path

from pishkhan.site.keeping import durable
from pishkhan.site.keeping.place import SQLITE, Place

from . import postgres, sqlite

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}  # how a copy is called, by engine


def copy_out(place: Place, folder: Path) -> Path:
    """Copy a database, as it stands at one moment, into a folder; return the file."""
    file = folder / NAMES[place.engine]
    if place.engine == SQLITE:
        sqlite.snapshot(place.file, file)
    else:
        postgres.dump(place, file)
        durable.sync_file(file)
    return file


def size(place: Place) -> int:
    """How many bytes a database takes; 0 if there is none."""
    if place.engine == SQLITE:
        wal = place.file.with_name(place.file.name + "-wal")
        return sum(file.stat().st_size for file in (place.file, wal) if file.exists())
    return postgres.size(place) if postgres.exists(place) else 0


def is_there(place: Place) -> bool:
    """Whether there is a database with anything in it."""
    if place.engine == SQLITE:
        return place.file.exists() and place.file.stat().st_size > 0
    return postgres.exists(place) and not postgres.is_empty(place)


def ask_that_nobody_uses(place: Place) -> None:
    """NotKept while somebody has a database open that is to be replaced."""
    if place.engine == SQLITE:
        sqlite.ask_that_nobody_uses(place.file)
    elif postgres.exists(place):
        postgres.ask_that_nobody_is_connected(place)


@dataclass(frozen=True)
class Staged:
    """A database that stands beside the one whose place it is to take, until it does or is removed."""

    place: Place
    target: Place
    mark: str

    def fill(self, copied: Path) -> None:
        """Fill it from a copy."""
        if self.place.engine == SQLITE:
            durable.copy(copied, self.place.file)
        else:
            postgres.create(self.place)
            postgres.load(self.place, copied)

    def fill_from_target(self) -> None:
        """Let it be a copy of the one whose place it is to take."""
        if self.place.engine == SQLITE:
            sqlite.snapshot(self.target.file, self.place.file)
        else:
            postgres.ask_that_nobody_is_connected(self.target)
            postgres.create(self.place, like=self.target)

    def put_in_place(self, *, keep: bool) -> str:
        """Let it take the place, in one move; return how what stood there is called now, if it is kept."""
        if self.place.engine == SQLITE:
            aside = self.target.file.with_name(f"{self.target.file.name}.replaced-{self.mark}")
            sqlite.put_in_place(self.place.file, self.target.file, aside if keep else None)
            return str(aside) if aside.exists() else ""
        postgres.put_in_place(self.place, self.target, self._replaced)
        if keep:
            return self._replaced.name if postgres.exists(self._replaced) else ""
        self.remove_replaced()
        return ""

    @property
    def _replaced(self) -> Place:
        """Where a PostgreSQL database goes that this one replaces."""
        return postgres.beside(self.target, f"replaced_{self.mark}")

    def remove_replaced(self) -> None:
        """Remove what it replaced, where that is not to be kept."""
        if self.place.engine != SQLITE:
            postgres.drop(self._replaced)

    def remove(self) -> None:
        """Remove it, if it did not take its place."""
        if self.place.engine == SQLITE:
            for ending in ("", "-wal", "-shm", "-journal"):
                self.place.file.with_name(self.place.file.name + ending).unlink(missing_ok=True)
        else:
            postgres.drop(self.place)


def staged(target: Place, mark: str) -> Staged:
    """A database beside another, on the same disk or server; it is not made yet."""
    if target.engine == SQLITE:
        return Staged(target.with_file(target.file.with_name(f"{target.file.name}.staged-{mark}")), target, mark)
    return Staged(postgres.beside(target, f"staged_{mark}"), target, mark)
