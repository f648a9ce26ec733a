"""Take the steps that fall due, and seal the journal."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from pishkhan.casework import clock as casework
from pishkhan.journal.verify import checkpoint
from pishkhan.licensing import clock as licensing
from pishkhan.site.retention import prune_access_log
from pishkhan.site.running import repeat


class Command(BaseCommand):
    help = "Take the steps that fall due and seal the journal, again and again, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")
        parser.add_argument("--every", type=float, default=60.0, metavar="SECONDS")

    def handle(self, *args: Any, once: bool, every: float, **options: Any) -> None:
        if once:
            self.once()
        else:
            repeat(self.once, every=every)

    def once(self) -> None:
        for case in casework.tick():
            self.stdout.write(f"{case.number}: {case.stage}")
        for licence in licensing.tick():
            self.stdout.write(f"{licence.number}: {licence.valid_until}")
        if sealed := checkpoint():
            self.stdout.write(f"checkpoint {sealed.number}: {sealed.digest}")
        prune_access_log()
