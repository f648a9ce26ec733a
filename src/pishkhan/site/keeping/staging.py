"""A place beside a deployment in which another is made ready: it takes the place, or is removed as if it never was."""

import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import durable
from .databases import engines as databases
from .databases.engines import Staged
from .place import Place

BEGINS, NOTE = ".staged-", "note.json"


@dataclass(frozen=True)
class Staging:
    """A folder, keys and a database of a deployment that is made ready, and the place it is made ready for."""

    target: Place
    mark: str
    keep: bool  # whether what it replaces is kept under another name

    @property
    def folder(self) -> Path:
        return self.target.var / f"{BEGINS}{self.mark}"

    @property
    def keys(self) -> Path:
        """In the folder of the keys, so that they are put in place on one disk and lie nowhere else."""
        return self.target.keys / f"{BEGINS}{self.mark}"

    @property
    def media(self) -> Path:
        return self.target.media / f"{BEGINS}{self.mark}"

    @property
    def database(self) -> Staged:
        return databases.staged(self.target, self.mark)

    def share_keys(self) -> None:
        """Let the command work with the keys that are there, where only a database is made ready."""
        self.keys.rmdir()
        self.keys.symlink_to(self.target.keys.absolute())

    @property
    def place(self) -> Place:
        """Where the command finds it while it is made ready."""
        return Place(self.folder, self.keys, self.database.place.url)

    def note(self) -> None:
        """Note what will have to be removed, before there is anything to remove."""
        for folder in (self.folder, self.keys, self.media):
            folder.mkdir(mode=0o700, parents=True)
        (self.folder / "media").symlink_to(self.media.absolute())
        told = {"url": self.target.url, "keys": str(self.target.keys), "mark": self.mark, "keep": self.keep}
        durable.write(self.folder / NOTE, json.dumps(told).encode())

    def remove(self) -> None:
        """Remove all of it that did not take its place."""
        self.database.remove()
        if not self.keep:
            self.database.remove_replaced()
        _removed(self.keys, self.media, self.folder)


@contextmanager
def staging(target: Place, *, keep: bool = False) -> Iterator[Staging]:
    """Make something ready beside a deployment, for a block."""
    made = Staging(target, secrets.token_hex(4), keep)
    made.note()
    try:
        yield made
    finally:
        made.remove()


def sweep(place: Place) -> None:
    """Remove what others left half made when they were killed. Only for who is the one keeper of the folder."""
    for folder in place.var.glob(f"{BEGINS}*"):
        try:
            told = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        except (OSError, ValueError):  # it was killed before there was anything else
            told = {"url": "", "keys": str(place.keys), "mark": folder.name.removeprefix(BEGINS), "keep": True}
        target = Place(place.var, Path(told["keys"]), told["url"] or place.url)
        left = Staging(target, told["mark"], told["keep"])
        if told["url"]:
            left.remove()
        _removed(left.keys, left.media, folder)


def _removed(*folders: Path) -> None:
    for folder in folders:
        if folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder, ignore_errors=True)
