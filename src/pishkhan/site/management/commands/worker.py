"""Send what waits in the outbox."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser

from pishkhan.notices.delivery import adapter_named, deliver_due
from pishkhan.site.running import repeat


class Command(BaseCommand):
    help = "Send what waits in the outbox, again and again, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, and end")
        parser.add_argument("--every", type=float, default=2.0, metavar="SECONDS")

    def handle(self, *args: Any, once: bool, every: float, **options: Any) -> None:
        adapter = adapter_named(settings.NOTICE_ADAPTER, settings.VAR)
        if once:
            deliver_due(adapter)
        else:
            repeat(lambda: deliver_due(adapter), every=every)
