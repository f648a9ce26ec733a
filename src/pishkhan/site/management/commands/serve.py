"""Run web, worker and clock together on this machine."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from pishkhan.site.running import together


class Command(BaseCommand):
    help = "Run web, worker and clock together on this machine, until stopped (Ctrl-C or SIGTERM)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        self.stdout.write(f"http://{host}:{port}")
        together(host, port)
