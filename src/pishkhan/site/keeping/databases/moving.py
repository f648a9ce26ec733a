"""Every row of one database into another of whatever engine, and the proof that none is missing or changed."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
from django.db import DatabaseError, connections, models, transaction

from pishkhan.language.text import Text
from pishkhan.site.keeping.refusals import NotKept

from . import tables

SOURCE, TARGET = "default", "target"
DOES_NOT_FIT = Text(
    "سطرهای جدول {table} در پایگاه دادهٔ تازه جا نمی‌گیرند: {why}",
    "The rows of the table {table} do not fit into the new database: {why}",
)
DIFFERS = Text(
    "جدول {table} در پایگاه دادهٔ تازه همان نیست: {source} در برابر {target}.",
    "The table {table} is not the same in the new database: {source} against {target}.",
)
BROKEN_LINK = Text(
    "پیوندی در جدول {table} به سطری است که نیست.", "The table {table} refers to a row that is not there."
)
Told = Callable[[int, int], None]


def move(url: str, schema: Path, told: Told) -> dict[str, tables.Measured]:
    """Copy every table of our database into another. One of PostgreSQL has the tables already; of SQLite it is an empty
    file, which gets those of the file `schema`.

    What guards the other's journal is lifted while it is filled, and stands again before this returns.
    """
    connections.databases[TARGET] = connections.databases[SOURCE] | dj_database_url.parse(url)
    connections.databases[TARGET]["OPTIONS"] = _options(url)
    models_of = tables.all_models(SOURCE)
    last = {model: tables.last_given(model, SOURCE) for model in models_of}
    with transaction.atomic(SOURCE), _unguarded(models_of, schema):
        for done, model in enumerate(models_of, 1):
            _fill(model)
            told(done, len(models_of))
        for model, number in last.items():
            if number:
                tables.go_on_from(model, number, TARGET)
    return {model._meta.db_table: _compared(model) for model in models_of}


def _fill(model: type[models.Model]) -> None:
    try:
        tables.copied(model, SOURCE, TARGET)
    except DatabaseError as error:
        raise NotKept(DOES_NOT_FIT.filled(table=model._meta.db_table, why=" ".join(str(error).split()))) from None


def _compared(model: type[models.Model]) -> tables.Measured:
    source, target = tables.measured(model, SOURCE), tables.measured(model, TARGET)
    if source != target:
        raise NotKept(DIFFERS.filled(table=model._meta.db_table, source=source, target=target))
    return source


@contextmanager
def _unguarded(models_of: list[type[models.Model]], schema: Path) -> Iterator[None]:
    """The other database, empty, for a block: in one transaction, at whose end its guards stand and its links hold."""
    target = connections[TARGET]
    with target.cursor() as cursor:
        if target.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys=OFF")  # as long as there are no unique indexes for them to lead to
    with transaction.atomic(TARGET), target.cursor() as cursor:
        if target.vendor == "sqlite":
            yield from _bare(cursor, schema)
        else:
            yield from _disarmed(cursor, [target.ops.quote_name(model._meta.db_table) for model in models_of])


def _bare(cursor: Any, schema: Path) -> Iterator[None]:
    """SQLite: tables alone while it is filled, then the indexes and triggers of the schema."""
    with closing(sqlite3.connect(schema)) as there:
        statements = there.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
            "ORDER BY type = 'table' DESC, type = 'trigger', rowid"
        ).fetchall()
    tables_first = [sql for (sql,) in statements if sql.startswith("CREATE TABLE")]
    for sql in tables_first:
        cursor.execute(sql)
    yield
    for (sql,) in statements[len(tables_first) :]:
        cursor.execute(sql)
    cursor.execute("PRAGMA foreign_key_check")
    if row := cursor.fetchone():
        raise NotKept(BROKEN_LINK.filled(table=row[0]))


def _disarmed(cursor: Any, names: list[str]) -> Iterator[None]:
    """PostgreSQL: triggers rest while it is filled, and links are asked for at its end."""
    for name in names:
        cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    for name in names:
        cursor.execute(f"TRUNCATE {name} CASCADE")
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for name in names:
        cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")


def _options(url: str) -> dict[str, Any]:
    """SQLite's options are the house's own; those of PostgreSQL stand in the address."""
    parsed = dj_database_url.parse(url)
    if parsed["ENGINE"].endswith("sqlite3"):
        return {"transaction_mode": "IMMEDIATE", "timeout": 20}
    return dict(parsed.get("OPTIONS", {}))
