"""Print in which form the journal seals the rows of each table."""

import json
from typing import Any

from django.core.management import BaseCommand

from pishkhan.journal.sealing.declarations import formats


class Command(BaseCommand):
    help = "Print in which form the journal seals the rows of each table, as JSON (docs/methods/journal.md)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(formats_as_text(), ending="")


def formats_as_text() -> str:
    """The formats of this version, a line each."""
    return "[\n" + ",\n".join(json.dumps(found) for found in formats().as_facts()) + "\n]\n"
