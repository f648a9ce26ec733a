"""Make pictures of every page."""

import importlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Make pictures of every page of this database: Persian on a desk and on a phone, English on a desk."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--into", type=Path, default=settings.VAR / "pictures")

    def handle(self, *args: Any, into: Path, **options: Any) -> None:
        made = list(importlib.import_module("pishkhan.site.browsing").pictured(into))
        self.stdout.write(f"{len(made)} pictures in {into}")
