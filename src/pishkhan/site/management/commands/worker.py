"""Send what waits in the outbox."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from pishkhan.notices.delivery import deliver_due
from pishkhan.site.running import repeat
from pishkhan.site.sending import ways


class Command(BaseCommand):
    help = "Send what waits in the outbox, again and again, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, and end")
        parser.add_argument("--every", type=float, default=2.0, metavar="SECONDS")

    def handle(self, *args: Any, once: bool, every: float, **options: Any) -> None:
        try:
            adapter = ways()
        except ValueError as wrong:
            raise CommandError(str(wrong)) from None
        if once:
            deliver_due(adapter)
        else:
            repeat(lambda: deliver_due(adapter), every=every)
