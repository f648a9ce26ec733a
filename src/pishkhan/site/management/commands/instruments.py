"""Import instruments of the law with their articles."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandParser

from pishkhan.journal.acts import IMPORTER
from pishkhan.language.text import counted
from pishkhan.people.roles import Role
from pishkhan.regulation.instruments.importing import COLUMNS, read_instruments
from pishkhan.regulation.instruments.services import enter_instruments
from pishkhan.site.command_line.arguments import a_path
from pishkhan.site.command_line.importing import content_of, refusals_in_words


class Command(BaseCommand):
    help = (
        "Import instruments of the country's law from CSV or XLSX, a row for each article, wholly or not at all. "
        f"Columns: {', '.join(COLUMNS)}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=["import"])
        parser.add_argument("file", type=a_path)
        parser.add_argument("--dry-run", action="store_true", help="only say what is wrong with the file")
        parser.add_argument("--lang", choices=["fa", "en"], default="en")

    def handle(self, *args: Any, file: Path, dry_run: bool, lang: str, **options: Any) -> None:
        with refusals_in_words(lang):
            rows = read_instruments(content_of(file))
            if not dry_run:
                enter_instruments(rows, by=IMPORTER, place="", role=Role.IMPORTER)
        self.stdout.write(
            f"{counted(len(rows), 'instrument', 'instruments')} {'can be imported' if dry_run else 'imported'}."
        )
