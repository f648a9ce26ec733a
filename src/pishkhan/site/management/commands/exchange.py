"""Send packages to the issuer and the inquiry bodies, and take in their answers."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from pishkhan.exchange.models import Item
from pishkhan.exchange.services import content_of, partner_of, send, take_in
from pishkhan.geography.models import Division
from pishkhan.journal.durable import write_over
from pishkhan.language.text import counted
from pishkhan.people.models import Account, Person
from pishkhan.site.command_line.arguments import a_path
from pishkhan.site.command_line.importing import content_of as file_content
from pishkhan.site.command_line.importing import refusals_in_words


class Command(BaseCommand):
    help = (
        "Exchange packages (docs/methods/exchange.md): 'export' writes what a partner is to be asked into a "
        "folder, 'import' takes in its answers. Both are acts of the officer who is named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=["export", "import"])
        parser.add_argument("file", type=a_path, help="the package of answers, or the folder to write into")
        parser.add_argument("--partner", required=True, help="tax, security, …, or issuer")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="the officer whose act it is")
        parser.add_argument("--place", default="", metavar="CODE", help="for export: whose cases are asked about")
        parser.add_argument("--lang", choices=["fa", "en"], default="en")

    def handle(
        self, *args: Any, deed: str, file: Path, partner: str, by: str, place: str, lang: str, **options: Any
    ) -> None:
        officer = Account.objects.filter(username=by, is_active=True).select_related("person").first()
        if officer is None:
            raise CommandError(f"Nobody signs in as '{by}'.")
        with refusals_in_words(lang):
            if deed == "export":
                self._export(file, partner, officer.person, place)
            else:
                self._import(file, partner, officer.person, lang)

    def _export(self, folder: Path, partner: str, officer: Person, place: str) -> None:
        division = Division.objects.filter(code=place).first()
        if division is None:
            raise CommandError(f"--place: no division has the code '{place}'.")
        if not folder.is_dir():  # asked first: sending cannot be taken back
            raise CommandError(f"{folder} is no folder.")
        package = send(partner_of(partner), division, by=officer)
        target = folder / f"{package.reference}.zip"
        try:
            write_over(target, [content_of(package)])
        except OSError as error:
            raise CommandError(
                f"{target} cannot be written: {error.strerror}. The package {package.reference} is "
                "made, and can be fetched from its page."
            ) from None
        self.stdout.write(f"{target}\n{counted(package.count, 'row', 'rows')}, sha256 {package.digest}")

    def _import(self, file: Path, partner: str, officer: Person, lang: str) -> None:
        package = take_in(file_content(file), partner_of(partner), by=officer)
        for item in package.items.order_by("number"):
            self.stdout.write(f"row {item.number} {item.reference}: {Item.Outcome(item.outcome).text.to(lang)}")
        self.stdout.write(f"{counted(package.count, 'row', 'rows')} taken in.")
