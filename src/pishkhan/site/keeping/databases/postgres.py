"""PostgreSQL databases: dumped and restored by PostgreSQL's own tools, and put in place by their names."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pishkhan.language.text import Text
from pishkhan.site.keeping.place import Place
from pishkhan.site.keeping.refusals import NotKept

MISSING = Text(
    "برنامهٔ {tool} پیدا نشد؛ بستهٔ postgresql-client را نصب کنید.",
    "The program {tool} was not found: install the package postgresql-client.",
)
OLDER = Text(
    "برنامهٔ {tool} نسخهٔ {has} است و کارساز PostgreSQL نسخهٔ {needs}؛ برنامهٔ هم‌نسخه یا تازه‌تر لازم است.",
    "The program {tool} is of version {has} and the PostgreSQL server of version {needs}: "
    "one of that version or newer is needed.",
)
FAILED = Text("برنامهٔ {tool} ناکام ماند: {why}", "The program {tool} failed: {why}")
UNREACHABLE = Text("پایگاه دادهٔ «{name}» در دسترس نیست: {why}", "The database '{name}' cannot be reached: {why}")
NOT_ALLOWED = Text(
    "کارساز PostgreSQL نپذیرفت: {why} (این نقش باید CREATEDB داشته و مالک پایگاه داده باشد.)",
    "The PostgreSQL server refused: {why} (The role needs CREATEDB and must own the database.)",
)
IN_USE = Text(
    "{count} اتصال دیگر به پایگاه دادهٔ «{name}» باز است؛ نخست برنامه‌هایشان را بایستانید.",
    "{count} other {count:connection|connections} to the database '{name}' {count:is|are} open: "
    "stop their programs first.",
)
PLACES = ("/usr/lib/postgresql", "/usr/pgsql")  # where Debian and others keep several versions
LONGEST = 63  # bytes of a name


def dump(place: Place, to: Path) -> None:
    """Write a database as it stands at one moment into a file."""
    _run("pg_dump", place, "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")


def load(place: Place, dumped: Path) -> None:
    """Fill an empty database from a dump, wholly or not at all."""
    _run("pg_restore", place, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(dumped))


def exists(place: Place) -> bool:
    """Whether the server has a database of that name."""
    with _server(place) as server:
        return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [place.name]).fetchone() is not None


def is_empty(place: Place) -> bool:
    """Whether a database has no table."""
    with connected(place) as there:
        found = there.execute("SELECT 1 FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")
        return found.fetchone() is None


def create(place: Place, *, like: Place | None = None) -> None:
    """Create an empty database, or one that is a copy of another to which nobody is connected."""
    with _server(place) as server:
        template = sql.Identifier(like.name if like else "template0")
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(place.name), template))


def drop(place: Place) -> None:
    """Drop a database, if it is there, whoever is connected to it."""
    with _server(place) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(place.name)))


def put_in_place(staged: Place, target: Place, aside: Place) -> None:
    """Let a database bear the name of another in one transaction; what bore it is renamed.

    Done again after it was cut short it ends the same.
    """
    with _server(target) as server, server.transaction():
        if not _is_there(server, staged):
            return
        if _is_there(server, target):
            _rename(server, target, aside)
        _rename(server, staged, target)


def ask_that_nobody_is_connected(place: Place) -> None:
    """NotKept while others than us are connected to a database."""
    with _server(place) as server:
        row = server.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()", [place.name]
        ).fetchone()
    if row and row[0]:
        raise NotKept(IN_USE.filled(count=row[0], name=place.name))


def size(place: Place) -> int:
    """How many bytes a database takes on its server."""
    with connected(place) as there:
        row = there.execute("SELECT pg_database_size(current_database())").fetchone()
        return int(row[0]) if row else 0


def beside(place: Place, what: str) -> Place:
    """The place of a database that stands beside another for a while."""
    return place.with_database(place.name[: LONGEST - len(what) - 1] + "_" + what)


@contextmanager
def connected(place: Place) -> "Iterator[psycopg.Connection[Any]]":
    """A connection to a database, for a block; NotKept if it cannot be reached."""
    try:
        there = psycopg.connect(make_conninfo(**_told(place)), autocommit=True)
    except psycopg.OperationalError as error:
        raise NotKept(UNREACHABLE.filled(name=place.name, why=" ".join(str(error).split()))) from None
    with there:
        yield there


@contextmanager
def _server(place: Place) -> "Iterator[psycopg.Connection[Any]]":
    """A connection to the server beside the database itself, which may not be there yet."""
    names = ["postgres", "template1"] if place.name != "postgres" else ["template1", "postgres"]
    for name in names:
        with suppress(psycopg.OperationalError):
            there = psycopg.connect(make_conninfo(**_told(place) | {"dbname": name}), autocommit=True)
            break
    else:
        with connected(place):
            raise NotKept(UNREACHABLE.filled(name="postgres", why="-"))
    with there:
        try:
            yield there
        except psycopg.Error as error:
            raise NotKept(NOT_ALLOWED.filled(why=" ".join(str(error).split()))) from None


def _is_there(server: "psycopg.Connection[Any]", place: Place) -> bool:
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [place.name]).fetchone() is not None


def _rename(server: "psycopg.Connection[Any]", here: Place, there: Place) -> None:
    server.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(here.name), sql.Identifier(there.name))
    )


def _told(place: Place) -> dict[str, Any]:
    """What the address says, without what only Django understands."""
    address = place.url.replace("pgsql://", "postgresql://", 1)
    return conninfo_to_dict(address)


def _run(tool: str, place: Place, *arguments: str) -> None:
    """Run a tool on a database. The password goes by the environment: arguments can be read by everybody."""
    told = _told(place)
    secret = {"PGPASSWORD": told.pop("password")} if "password" in told else {}
    command = [_tool(tool, place), f"--dbname={make_conninfo(**told)}", "--no-password", *arguments]
    done = subprocess.run(  # noqa: S603  its own tool
        command,
        env=os.environ | secret,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotKept(FAILED.filled(tool=tool, why=" ".join(done.stderr.split())[-600:] or done.returncode))


def _tool(name: str, place: Place) -> str:
    """The path of a tool that is no older than the server; NotKept if there is none."""
    with connected(place) as there:
        needs = there.info.server_version // 10000
    versions = [(_version(path), path) for path in _candidates(name)]
    if not versions:
        raise NotKept(MISSING.filled(tool=name))
    able = [path for version, path in versions if version >= needs]
    if not able:
        raise NotKept(OLDER.filled(tool=name, has=max(versions)[0], needs=needs))
    return able[0]


def _candidates(name: str) -> list[str]:
    """The tools of that name: those on the PATH first, then those of every version that is installed."""
    folders = [
        *os.environ.get("PATH", "").split(os.pathsep),
        *(str(each) for top in PLACES for each in sorted(Path(top).glob("*/bin"), reverse=True)),
    ]
    return [path for folder in folders if folder and (path := shutil.which(name, path=folder))]


def _version(tool: str) -> int:
    said = subprocess.run([tool, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.search(r"(\d+)\.?\d*", said)
    return int(found[1]) if found else 0
