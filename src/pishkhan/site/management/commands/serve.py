"""Run web, worker and clock together on this machine."""

import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser

from pishkhan.language.text import LANGUAGES
from pishkhan.site.operations.serving import add_place, place_from, serve_at


class Command(BaseCommand):
    help = (
        "Run web, worker and clock together on this machine, until stopped (Ctrl-C or SIGTERM). Its address "
        "is printed once it listens."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_place(parser)
        parser.add_argument("--lang", choices=LANGUAGES, default="fa")

    def handle(self, *args: Any, lang: str, **options: Any) -> None:
        serve_at(place_from(options), lang, sys.stdout)
