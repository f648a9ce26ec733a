"""Send what waits in the outbox, and route the plans of rounds that wait."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from pishkhan.notices.delivery import deliver_due
from pishkhan.rounds.services import route_waiting
from pishkhan.site.command_line.arguments import seconds
from pishkhan.site.operations.running import repeat
from pishkhan.site.operations.sending import ways


class Command(BaseCommand):
    help = "Send what waits in the outbox and route the plans that wait, again and again, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")
        parser.add_argument("--every", type=seconds, default=2.0, metavar="SECONDS")

    def handle(self, *args: Any, once: bool, every: float, **options: Any) -> None:
        try:
            adapter = ways()
        except ValueError as wrong:
            raise CommandError(str(wrong)) from None

        def work() -> None:
            deliver_due(adapter)
            route_waiting()

        if once:
            work()
        else:
            repeat(work, every=every, name="worker")
