"""Bring an empty database up to this version, and never back. What holds a journal is brought up by `upgrade` alone."""

from typing import Any

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db.migrations import Migration

from pishkhan.language.text import Text, counted
from pishkhan.regulation.services import load_edition
from pishkhan.site.keeping.databases import facts
from pishkhan.site.keeping.databases.migrating import GrowingExecutor
from pishkhan.site.operations.deployment import deployment
from pishkhan.site.operations.schema import UPGRADE, newer

BACK = Text(
    "این دستور پایگاه داده را به عقب نمی‌برد: آنچه جدول‌ها دارند، دفتر هم، از میان می‌رفت. نسخهٔ پیشین را از "
    "پشتیبان برگردانید.",
    "This command takes no database back: what its tables hold, the journal among them, would be lost. Restore "
    "the backup of the earlier version.",
)
setattr(migrate, "MigrationExecutor", GrowingExecutor)  # noqa: B010  which Django's command makes by name


class Command(migrate.Command):
    """Django's own, but that it changes no rows which nobody would seal anew, and loses none."""

    help = "Bring the database up to this version. It is never taken back."
    _called_from_command_line: bool

    def handle(self, *args: Any, **options: Any) -> None:
        held = facts.of_database()
        if wrong := newer() or (UPGRADE if held["entries"] and held["older"] else None):
            raise CommandError(f"{wrong.fa}\n{wrong.en}")
        super().handle(*args, **options)
        if self._called_from_command_line and deployment():
            self.stdout.write(f"Entered: {counted(load_edition(), 'row', 'rows')} of the law that is shipped.")

    def migration_progress_callback(self, action: str, migration: Migration | None = None, fake: bool = False) -> None:
        if action == "unapply_start" and self._called_from_command_line:  # before anything of it is done
            raise CommandError(f"{BACK.fa}\n{BACK.en}")
        super().migration_progress_callback(action, migration, fake)
