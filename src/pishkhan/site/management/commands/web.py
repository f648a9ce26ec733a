"""Serve pages and the API."""

import os
from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command

from pishkhan.site.command_line.arguments import number
from pishkhan.site.operations.running import web_command
from pishkhan.site.operations.serving import add_place, place_from

MOST_WORKERS = 512


class Command(BaseCommand):
    help = "Serve pages and the API, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        add_place(parser)
        parser.add_argument("--workers", type=number(1, MOST_WORKERS), default=2)

    def handle(self, *args: Any, workers: int, **options: Any) -> None:
        place = place_from(options)
        call_command("collectstatic", interactive=False, verbosity=0)
        command = web_command(place.host, place.port, workers, place.certificate)
        os.execv(command[0], command)  # noqa: S606  our own interpreter, no shell
