"""Prove that the journal is whole."""

import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser

from pishkhan.casework.verify import replayed
from pishkhan.journal.models import Entry
from pishkhan.journal.verify import problems
from pishkhan.site.keeping import marks
from pishkhan.site.keeping.place import here


class Command(BaseCommand):
    help = "Prove that the journal is whole. Exit code 0 when it is, 1 with every fault named when it is not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--published", default="", metavar="DIGEST",
                            help="digest of a checkpoint that was printed outside the database")
        parser.add_argument("--lang", choices=["fa", "en"], default="en")

    def handle(self, *args: Any, published: str, lang: str, **options: Any) -> None:
        faults = 0
        for fault in [*problems(published), *replayed(), *marks.behind(here())]:
            self.stderr.write(fault.to(lang))
            faults += 1
        if faults:
            sys.exit(1)
        self.stdout.write(f"{Entry.objects.count()} entries, whole.")
