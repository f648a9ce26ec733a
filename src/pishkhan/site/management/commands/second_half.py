"""Print the second half of a letter with a code, where there is no second person to print it."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from pishkhan.journal.refusals import Refusal
from pishkhan.site.operations.halves import print_second_half_here


class Command(BaseCommand):
    help = (
        "Print the second half of a letter that somebody began for an account, where nobody else can print it. It is "
        "journalled under the name of the operator, and everybody at work there is told."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--account", required=True, metavar="NAME", help="whose account the letter is for")
        parser.add_argument(
            "--operator", required=True, metavar="NAME", help="who sits at the machine: it is journalled"
        )

    def handle(self, *args: Any, account: str, operator: str, **options: Any) -> None:
        try:
            printed = print_second_half_here(account, operator=operator)
        except Refusal as refusal:
            raise CommandError(f"{refusal.text.fa}\n{refusal.text.en}") from None
        self.stdout.write(f"second half: {printed.half}  (told once: it follows the first at /account/code/)")
