"""Import divisions, people and points."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from pishkhan.geography.rows import COLUMNS, READERS
from pishkhan.geography.services import import_file
from pishkhan.journal.acts import IMPORTER
from pishkhan.language.text import plural
from pishkhan.site.command_line.arguments import a_path
from pishkhan.site.command_line.importing import columns_from, content_of, refusals_in_words
from pishkhan.site.operations.deployment import deployment


class Command(BaseCommand):
    help = f"Import divisions from CSV or GeoJSON, wholly or not at all. Columns: {', '.join(COLUMNS)}."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=["import"])
        parser.add_argument("file", type=a_path)
        parser.add_argument("--province", metavar="CODE", help="where every row lies; that of the deployment, if none")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="OURS=THEIRS",
            help="how a column is called in the file, if otherwise than with us",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what is wrong with the file")
        parser.add_argument("--lang", choices=["fa", "en"], default="en")

    def handle(
        self, *args: Any, file: Path, province: str | None, column: list[str], dry_run: bool, lang: str, **options: Any
    ) -> None:
        found = deployment()
        if found is None and province is None:
            raise CommandError("Name the province (--province), or open one first: pishkhan init --province CODE")
        form = file.suffix.lower().lstrip(".").replace("json", "geojson").replace("geogeo", "geo")
        if form not in READERS:
            raise CommandError(f"A file ends in .csv, .geojson or .json, not in '{file.suffix}'.")
        with refusals_in_words(lang):
            count, warnings = import_file(
                content_of(file),
                form=form,
                name=file.name,
                columns=columns_from(column),
                dry_run=dry_run,
                province=province or (found.division_id if found else ""),
                by=IMPORTER,
                role="importer",
            )
        for warning in warnings:
            self.stderr.write(warning.to(lang))
        self.stdout.write(
            f"{count} {plural(count, 'division', 'divisions')} {'can be imported' if dry_run else 'imported'}."
        )
