"""Serve pages and the API."""

import os
from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command

from pishkhan.site.running import web_command


class Command(BaseCommand):
    help = "Serve pages and the API, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        command = web_command(host, port, workers)
        os.execv(command[0], command)  # noqa: S606  our own interpreter, no shell
