"""How far a database reaches, asked in plain SQL: its tables may be of an older version, or of a newer one."""

from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from pishkhan.files.models import StoredFile
from pishkhan.journal.verification.checkpoints import CHECKPOINT, JOURNAL

FIRST = "SELECT digest FROM journal_entry ORDER BY id LIMIT 1"
COUNT = "SELECT count(*) FROM journal_entry"
LAST = "SELECT subject, number, digest, at FROM journal_entry ORDER BY id DESC LIMIT 1"
SEALED = "SELECT number, digest FROM journal_entry WHERE subject = %s AND act = %s ORDER BY number DESC LIMIT 1"
DEPLOYMENT = 'SELECT "use", division_id FROM site_deployment ORDER BY id LIMIT 1'
HOLDS = "SELECT 1 FROM journal_entry WHERE digest = %s"
PAPERS_AT_ONCE = 1000


def of_database() -> dict[str, Any]:
    """Whose the database is, how many entries it has, its last entry and checkpoint, and of which version it is."""
    if "journal_entry" not in connection.introspection.table_names():
        return {"entries": 0}
    with connection.cursor() as cursor:
        (entries,) = _row(cursor, COUNT) or (0,)
        origin, last = _row(cursor, FIRST), _row(cursor, LAST)
        checkpoint, deployment = _row(cursor, SEALED, JOURNAL, CHECKPOINT), _row(cursor, DEPLOYMENT)
    applied, known = versions()
    return {
        "entries": entries,
        "origin": origin and origin[0],
        "last": last and {"name": f"{last[0]}#{last[1]}", "digest": last[2], "at": str(last[3])},
        "checkpoint": checkpoint and {"number": checkpoint[0], "digest": checkpoint[1]},
        "use": deployment and deployment[0],
        "province": deployment and deployment[1],
        "newer": sorted(applied - known),
        "older": sorted(known - applied),
    }


def versions() -> tuple[set[str], set[str]]:
    """The migrations that were applied to the database, and those this version of the house knows."""
    loader = MigrationLoader(connection)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    applied = {".".join(key) for key in loader.applied_migrations if key not in replaced}
    return applied, {".".join(key) for key in loader.disk_migrations}


def holds(digest: str) -> bool:
    """Whether the journal holds an entry of that digest."""
    with connection.cursor() as cursor:
        return _row(cursor, HOLDS, digest) is not None


def papers() -> list[str]:
    """Where in the media folder the papers lie that rows name; those that were erased lie nowhere."""
    return sorted({file.path for file in StoredFile.objects.exclude(key=b"").order_by("pk").iterator(PAPERS_AT_ONCE)})


def _row(cursor: Any, question: str, *facts: str) -> Any:
    cursor.execute(question, facts)
    return cursor.fetchone()
