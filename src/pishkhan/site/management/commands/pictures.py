"""Make pictures of every page."""

import importlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser

from pishkhan.site.arguments import a_path


class Command(BaseCommand):
    help = "Make pictures of every page of this database: Persian on a desk and on a phone, English on a desk."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--into", type=a_path, default=settings.VAR / "pictures")
        parser.add_argument("--readme", action="store_true", help="only the eight of the README")

    def handle(self, *args: Any, into: Path, readme: bool, **options: Any) -> None:
        browsing = importlib.import_module("pishkhan.site.browsing")
        made = list((browsing.chosen_pictures if readme else browsing.pictured)(into))
        self.stdout.write(f"{len(made)} pictures in {into}")
