"""The tables of a database as rows that do not depend on its engine: counted, digested, copied into another."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connections, models
from django.db.migrations.recorder import MigrationRecorder

from pishkhan.language.text import Text
from pishkhan.site.keeping.refusals import NotKept

AT_ONCE = 1000  # rows
MODULUS = 2**256
# What is left behind: attempts that are counted for minutes, and what a database keeps for itself.
LEFT_BEHIND = {"people_cache", "sqlite_sequence"}
UNKNOWN_TABLES = Text(
    "جدول‌هایی هست که این سامانه نمی‌شناسد: {tables}.", "There are tables that this version does not know: {tables}."
)


class Measured(NamedTuple):
    """How many rows a table has, and a digest of them that does not depend on their order."""

    rows: int
    digest: str


def all_models(alias: str) -> list[type[models.Model]]:
    """A model for each table; NotKept if a table has none, since its rows would be lost in silence."""
    found = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy
    ]
    found.append(MigrationRecorder.Migration)
    tables = set(connections[alias].introspection.table_names()) - LEFT_BEHIND
    if unknown := tables - {model._meta.db_table for model in found}:
        raise NotKept(UNKNOWN_TABLES.filled(tables=", ".join(sorted(unknown))))
    return sorted(found, key=lambda model: model._meta.db_table)


def rows_of(model: type[models.Model], alias: str) -> Iterator[tuple[Any, ...]]:
    """Every row of a table, as its columns, in whatever order; few are in memory."""
    names = [field.attname for field in model._meta.concrete_fields]
    return model._base_manager.using(alias).order_by("pk").values_list(*names).iterator(AT_ONCE)


def measured(model: type[models.Model], alias: str) -> Measured:
    """The rows of a table, counted and digested: the sum of the digests of the rows."""
    count, total = 0, 0
    for row in rows_of(model, alias):
        count, total = count + 1, (total + _digest(row)) % MODULUS
    return Measured(count, f"{total:064x}")


def copied(model: type[models.Model], source: str, target: str) -> None:
    """Copy every row of a table into an empty one of another database."""
    names = [field.attname for field in model._meta.concrete_fields]
    rows = (model(**dict(zip(names, row, strict=True))) for row in rows_of(model, source))
    for chunk in _chunks(rows):
        model._base_manager.using(target).bulk_create(chunk)


def last_given(model: type[models.Model], alias: str) -> int | None:
    """The last number a table gave its rows by itself; None if it gives none."""
    field, there = model._meta.pk, connections[alias]
    if not isinstance(field, models.AutoField | models.BigAutoField):
        return None
    with there.cursor() as cursor:
        if there.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
            row = cursor.fetchone()
            return row[0] if row else 0
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [model._meta.db_table, field.column])
        cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {cursor.fetchone()[0]}")  # noqa: S608
        return int(cursor.fetchone()[0])


def go_on_from(model: type[models.Model], last: int, alias: str) -> None:
    """Let a table give the number after `last` to its next row, so that no number is given twice."""
    field, there = model._meta.pk, connections[alias]
    if field is None or not last:
        return
    with there.cursor() as cursor:
        if there.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [model._meta.db_table, last])
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [model._meta.db_table, field.column, last]
            )


def _digest(row: Iterable[Any]) -> int:
    text = json.dumps([_plain(value) for value in row], sort_keys=True, separators=(",", ":"))
    return int.from_bytes(sha256(text.encode()).digest())


def _plain(value: Any) -> Any:
    """A value as both engines give it back."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case bytes() | memoryview() | bytearray():
            return {"bytes": bytes(value).hex()}
        case UUID():
            return str(value)
        case Decimal():
            return format(value.normalize(), "f")
        case timedelta():
            return value.total_seconds()
        case list() | tuple():
            return [_plain(each) for each in value]
        case dict():
            return {key: _plain(each) for key, each in value.items()}
    return value


def _chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while chunk := list(islice(left, AT_ONCE)):
        yield chunk
