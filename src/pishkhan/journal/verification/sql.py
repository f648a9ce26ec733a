"""Questions put to tables that formats name: verifying stands on the database itself, not on models of one version."""

from collections.abc import Sequence
from typing import Any

from django.db import connection


def select(columns: str, source: str, *clauses: str) -> str:
    """A query. Its tables and columns come from declared formats, never from whoever asks; values are bound."""
    return " ".join(("SELECT", columns, "FROM", source, *clauses))


def any_of(values: Sequence[Any]) -> str:
    """A condition that some column is one of so many values."""
    return f"IN ({', '.join(['%s'] * len(values))})"


def ask(query: str, told: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(query, told)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
