"""Put many offices and cases beside a demo's own, to measure with."""

import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pishkhan.language.text import counted
from pishkhan.site.command_line.arguments import number, share
from pishkhan.site.command_line.importing import refusals_in_words
from pishkhan.site.operations.simulation import OPEN_SHARE, simulate


class Command(BaseCommand):
    help = "Put many offices and cases beside a demo's own, to measure with. Refuses wherever it is no demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--offices", type=number(0), default=20_000)
        parser.add_argument("--cases", type=number(0), default=200_000)
        parser.add_argument("--under-way", type=share, default=OPEN_SHARE, help="share of the cases that are")

    def handle(self, *args: Any, offices: int, cases: int, under_way: float, **options: Any) -> None:
        columns = (TextColumn("{task.description:>10}"), BarColumn(40), MofNCompleteColumn(), TimeElapsedColumn())
        with refusals_in_words("en"), Progress(*columns, console=Console(stderr=True)) as progress:
            bars = {
                name: progress.add_task(name, total=max(count, 1))
                for name, count in (("offices", offices), ("cases", cases))
            }
            simulate(offices, cases, lambda name, done, total: progress.update(bars[name], completed=done), under_way)
        sys.stdout.write(f"{counted(offices, 'office', 'offices')} and {counted(cases, 'case', 'cases')}.\n")
