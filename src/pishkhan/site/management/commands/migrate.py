"""Bring an empty database up to this version. What holds a journal is brought up by `pishkhan upgrade` alone."""

from typing import Any

from django.core.management import CommandError
from django.core.management.commands import migrate

from pishkhan.site.keeping import facts
from pishkhan.site.schema import UPGRADE


class Command(migrate.Command):
    """Django's own, but that it changes no rows which nobody would seal anew."""

    def handle(self, *args: Any, **options: Any) -> None:
        held = facts.of_database()
        if held["entries"] and held["older"]:
            raise CommandError(f"{UPGRADE.fa}\n{UPGRADE.en}")
        super().handle(*args, **options)
