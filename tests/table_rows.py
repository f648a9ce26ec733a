"""Rows of every table as the driver tells them, entered as it takes them: no query is made up, no value converted."""

from datetime import time
from functools import cache
from typing import NamedTuple

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

OURS = ("pishkhan.", "allauth.")
MOST = 9_000  # values that a statement takes on either database


class Table(NamedTuple):
    """A table, and what is said to it."""

    model: type
    width: int
    select: str
    insert: str
    one: str  # the places of a row
    update: str


@cache
def _tables():
    return tuple(_table(model) for model in apps.get_models() if model.__module__.startswith(OURS))


def _table(model):
    fields = sorted(model._meta.local_concrete_fields, key=lambda field: not field.primary_key)
    name, columns = _quoted(model._meta.db_table), [_quoted(field.column) for field in fields]
    casts = ["::jsonb" if field.db_type(connection) == "jsonb" else "" for field in fields]
    data = ", ".join(column + ("::text" if cast else "") for column, cast in zip(columns, casts, strict=True))
    text = ", ".join(f"{column} = %s{cast}" for column, cast in zip(columns[1:], casts[1:], strict=True))
    return Table(
        model,
        len(columns),
        f"SELECT {data} FROM {name} ORDER BY {columns[0]}",  # an entry follows the one before
        f"INSERT INTO {name} ({', '.join(columns)}) VALUES ",
        "(" + ", ".join(f"%s{cast}" for cast in casts) + ")",
        f"UPDATE {name} SET {text} WHERE {columns[0]} = %s",
    )


def _quoted(name):
    return connection.ops.quote_name(name)


def rows():
    """What stands in every table, by key."""
    result = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(table.select)
            result[table.model] = {row[0]: row for row in cursor.fetchall()}
    return result


def enter(new):
    """Enter rows, by model, and let the keys that are given next follow on."""
    with connection.cursor() as cursor:
        for table in _tables():
            result, size = new.get(table.model, ()), MOST // table.width
            for begin in range(0, len(result), size):
                some = result[begin : begin + size]
                insert = table.insert + ", ".join([table.one] * len(some))
                cursor.execute(insert, [_taken(value) for row in some for value in row])
        for statement in _following(tuple(model for model, outcome in new.items() if outcome)):
            cursor.execute(statement)


def write_again(changed):
    """Write rows, by model, that are there already."""
    with connection.cursor() as cursor:
        for table in _tables():
            for key, *values in changed.get(table.model, ()):
                cursor.execute(table.update, [*map(_taken, values), key])


def _taken(value):
    """A value as the driver takes it: that of SQLite tells an hour and takes none."""
    return value.isoformat() if isinstance(value, time) else value


@cache
def _following(models):
    return connection.ops.sequence_reset_sql(no_style(), list(models))
