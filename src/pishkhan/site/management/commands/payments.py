"""Take in a bank's file."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from pishkhan.journal.acts import IMPORTER
from pishkhan.language.text import counted
from pishkhan.payments.importing import import_bank_file
from pishkhan.payments.models import BankRow
from pishkhan.people.roles import Role
from pishkhan.site.command_line.arguments import a_path
from pishkhan.site.command_line.importing import content_of, refusals_in_words
from pishkhan.site.operations.deployment import deployment


class Command(BaseCommand):
    help = (
        "Take in a bank's file (docs/methods/bank-file.md): every row is booked on its demand note, or kept with "
        "what stands in its way. The same file is refused the second time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=["import"])
        parser.add_argument("file", type=a_path)
        parser.add_argument("--bank", default="", help="its short code, such as melli")
        parser.add_argument("--lang", choices=["fa", "en"], default="en")

    def handle(self, *args: Any, file: Path, bank: str, lang: str, **options: Any) -> None:
        current_deployment = deployment()
        if current_deployment is None:
            raise CommandError("This database was not opened for a province yet: 'pishkhan init' or 'pishkhan demo'.")
        with refusals_in_words(lang):
            taken = import_bank_file(
                content_of(file), bank=bank, division=current_deployment.division, by=IMPORTER, role=Role.IMPORTER
            )
        for row in taken.rows.order_by("number"):
            self.stdout.write(f"row {row.number}: {BankRow.Outcome(row.outcome).text.to(lang)}")
        self.stdout.write(f"{counted(taken.count, 'row', 'rows')} taken in.")
