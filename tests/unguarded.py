"""The journal without its guard: to sabotage it, and to empty a test database. Nothing else may lift it."""

from contextlib import contextmanager

from django.db import connection

from pishkhan.journal.permanence import TABLES, guard

LIFT = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for table in TABLES for verb in ("update", "delete")],
    "postgresql": ["DROP FUNCTION IF EXISTS journal_permanent() CASCADE"],
}


@contextmanager
def lifted():
    with connection.cursor() as cursor:
        for statement in LIFT[connection.vendor]:
            cursor.execute(statement)
    try:
        yield
    finally:
        guard(connection)
