"""The journal without its guard: to sabotage it, and to empty a test database. Nothing else may lift it."""

from contextlib import contextmanager

from django.db import connection

from pishkhan.journal.sealing.triggers import GUARDS, guard

LIFT = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {name}" for name in GUARDS["sqlite"]],
    "postgresql": [f"DROP FUNCTION IF EXISTS {name}() CASCADE" for name in ("journal_permanent", "journal_follows")],
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
