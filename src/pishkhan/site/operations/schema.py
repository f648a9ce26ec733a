"""Whether the tables of the database are those of this version."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from pishkhan.language.text import Text

OLDER = Text(
    "پایگاه داده از نسخه‌ای کهنه‌تر است؛ مهاجرت‌های اعمال‌نشده: {names}. دستور «pishkhan upgrade» را اجرا کنید.",
    "The database is of an older version. Migrations not applied: {names}. Run 'pishkhan upgrade'.",
)
NEWER = Text(
    "پایگاه داده از نسخه‌ای تازه‌تر از این برنامه است ({names}): برنامه را به‌روز کنید.",
    "The database is of a newer version than this program ({names}): use that version.",
)
EMPTY = Text(
    "در پایگاه داده هنوز هیچ جدولی نیست: «pishkhan init» یا «pishkhan migrate».",
    "The database holds no tables yet: 'pishkhan init' or 'pishkhan migrate'.",
)
UPGRADE = Text(
    "این پایگاه داده دفتر دارد و تنها با «pishkhan upgrade» روزآمد می‌شود که دفتر را پیش از آن می‌آزماید و "
    "آنچه دگرگون می‌شود را دوباره مهر می‌کند.",
    "This database holds a journal, and 'pishkhan upgrade' alone brings it up: it verifies the journal "
    "before, and seals anew what changes.",
)
SHOWN = 3  # migrations that a sentence names


def misfit() -> Text | None:
    """Why this version cannot work on the database as it stands; None if it can."""
    executor = MigrationExecutor(connection)
    if found := _newer(executor):
        return found
    if not executor.loader.applied_migrations:
        return EMPTY
    older = list(_unapplied(executor))
    return OLDER.filled(names=_named(older)) if older else None


def newer() -> Text | None:
    """That a version after this one worked on the database, if so."""
    return _newer(MigrationExecutor(connection))


def _newer(executor: MigrationExecutor) -> Text | None:
    unknown = list(_unknown(executor))
    return NEWER.filled(names=_named(unknown)) if unknown else None


def _unapplied(executor: MigrationExecutor) -> Iterator[str]:
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield f"{migration.app_label}.{migration.name}"


def _unknown(executor: MigrationExecutor) -> Iterator[str]:
    """What was applied that this version does not know, in the apps that it has."""
    ours = {app.label for app in apps.get_app_configs()}
    for label, name in sorted(executor.loader.applied_migrations):
        if label in ours and (label, name) not in executor.loader.disk_migrations:
            yield f"{label}.{name}"


def _named(migrations: list[str]) -> str:
    rest = len(migrations) - SHOWN
    return ", ".join(migrations[:SHOWN]) + (f", … (+{rest})" if rest > 0 else "")
