"""Say what is wrong with this deployment."""

import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser

from pishkhan.site.operations.health import what_is_wrong


class Command(BaseCommand):
    help = "Say what is wrong with this deployment. Exit code 0 when nothing is, 1 with every fault named."
    requires_system_checks: list[str] = []  # they are among what it asks itself

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--lang", choices=["fa", "en"], default="en")

    def handle(self, *args: Any, lang: str, **options: Any) -> None:
        faults = [fault.to(lang) for fault in what_is_wrong()]
        if faults:
            self.stderr.write("\n".join(faults))
            sys.exit(1)
        self.stdout.write("All is well.")
