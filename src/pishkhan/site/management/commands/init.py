"""Start an empty province with an administrator."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser, call_command

from pishkhan.journal.refusals import Refusal
from pishkhan.site.operations.bootstrap import open_for
from pishkhan.site.operations.health import said_at_start


class Command(BaseCommand):
    help = "Start an empty province with an administrator, whose password is told once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--province", required=True, metavar="CODE", help="SCI code of the province, such as 15")
        parser.add_argument("--administrator", default="admin", metavar="NAME", help="name to sign in with")

    def handle(self, *args: Any, province: str, administrator: str, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        try:
            opened = open_for(province, administrator)
        except Refusal as refusal:
            raise CommandError(f"{refusal.text.fa}\n{refusal.text.en}") from None
        self.stdout.write(
            f"استان {province} باز شد.  Province {province} is open.\n"
            f"sign in as: {opened.username}\npassword:   {opened.password}  (told once)\n"
            "next:       pishkhan serve"
        )
        for warning in said_at_start():
            self.stderr.write(warning.en)
