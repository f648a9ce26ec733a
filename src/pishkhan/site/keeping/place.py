"""Where a deployment lies: its folder, its keys, its database; as the environment says it, asked in this one place."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from pishkhan.site.configuration.databases import databases
from pishkhan.site.configuration.environment import said

SQLITE, POSTGRESQL = "sqlite", "postgresql"


@dataclass(frozen=True)
class Place:
    """A folder (VAR), the folder of the keys, and the address of the database."""

    var: Path
    keys: Path
    url: str

    @property
    def engine(self) -> str:
        return SQLITE if urlsplit(self.url).scheme == "sqlite" else POSTGRESQL

    @property
    def media(self) -> Path:
        return self.var / "media"

    @property
    def file(self) -> Path:
        """The file of an SQLite database."""
        return Path(unquote(urlsplit(self.url).path)[1:]).absolute()

    @property
    def name(self) -> str:
        """The name of a PostgreSQL database."""
        return unquote(urlsplit(self.url).path).lstrip("/")

    @property
    def is_default(self) -> bool:
        """Whether the database is the one in the folder itself."""
        return self.engine == SQLITE and self.file == self.var / "pishkhan.sqlite3"

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which a process works on this place."""
        told = os.environ | {"PISHKHAN_VAR": str(self.var), "PISHKHAN_KEYS": str(self.keys), "DATABASE_URL": self.url}
        if self.is_default:  # with the options the house gives it
            del told["DATABASE_URL"]
        return told

    def with_database(self, name: str) -> "Place":
        """The same place with another database of the same server."""
        return replace(self, url=urlsplit(self.url)._replace(path=f"/{name}").geturl())

    def with_file(self, file: Path) -> "Place":
        """The same place with another file as its database."""
        return replace(self, url=url_of(file))

    def with_url(self, url: str) -> "Place":
        """The same place with the database of that address."""
        databases(url, self.var)  # which refuses what is ill written
        found = replace(self, url=url)
        return found.with_file(found.file) if found.engine == SQLITE else found


def here() -> Place:
    """The place this process was started for."""
    var = Path(said("PISHKHAN_VAR", "var")).resolve()
    keys = Path(said("PISHKHAN_KEYS", str(var / "keys"))).absolute()
    place = Place(var, keys, url_of(var / "pishkhan.sqlite3"))
    return place.with_url(told) if (told := said("DATABASE_URL")) else place


def url_of(file: Path) -> str:
    """The address of an SQLite database."""
    return f"sqlite:///{quote(str(file.absolute()))}"


@dataclass(frozen=True)
class Wishes:
    """Where backups go when nobody says otherwise."""

    to: Path | None
    keys_to: Path | None
    passphrase: Path | None

    @property
    def complete(self) -> bool:
        return None not in (self.to, self.keys_to, self.passphrase)


def wishes() -> Wishes:
    """Where the environment wants backups to go: daily, once all three are said; the keys never beside the data."""
    return Wishes(
        *(
            Path(told) if (told := said(f"PISHKHAN_BACKUP_{name}")) else None
            for name in ("TO", "KEYS_TO", "PASSPHRASE_FILE")
        )
    )
