"""Import the ATMs and booths of banks."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandParser

from pishkhan.inspections.machine_importing import COLUMNS, checked_machines, import_machines, read_machines
from pishkhan.site.importing import columns_from, content_of, refusals_in_words


class Command(BaseCommand):
    help = f"Import banks' ATMs and booths from a CSV, wholly or not at all. Columns: {', '.join(COLUMNS)}."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=["import"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--column", action="append", default=[], metavar="OURS=THEIRS",
                            help="how a column is called in the file, if otherwise than with us")
        parser.add_argument("--dry-run", action="store_true", help="only say what is wrong with the file")
        parser.add_argument("--lang", choices=["fa", "en"], default="en")

    def handle(self, *args: Any, file: Path, column: list[str], dry_run: bool, lang: str, **options: Any) -> None:
        with refusals_in_words(lang):
            rows = checked_machines(read_machines(content_of(file), columns_from(column)))
            count = len(rows) if dry_run else import_machines(rows)
        self.stdout.write(f"{count} machines {'can be imported' if dry_run else 'imported'}.")
