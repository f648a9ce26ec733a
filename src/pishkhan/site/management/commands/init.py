"""Start an empty province with an administrator."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser, call_command

from pishkhan.journal.refusals import Refusal
from pishkhan.site.command_line.appointee import add_appointee, appointment_from
from pishkhan.site.operations.bootstrap import FirstDirector, open_for
from pishkhan.site.operations.health import said_at_start


class Command(BaseCommand):
    help = "Start an empty province with an administrator, and its first director by a letter; passwords are told once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--province", required=True, metavar="CODE", help="SCI code of the province, such as 15")
        parser.add_argument("--administrator", default="admin", metavar="NAME", help="name to sign in with")
        parser.add_argument(
            "--director", default="director", metavar="NAME", help="name the first director signs in with"
        )
        add_appointee(parser, required=False)

    def handle(self, *args: Any, province: str, administrator: str, director: str, **options: Any) -> None:
        named = appointment_from(options)
        first = FirstDirector(*named, username=director) if named else None
        call_command("migrate", verbosity=0)
        try:
            opened, directing = open_for(province, administrator, first)
        except Refusal as refusal:
            raise CommandError(f"{refusal.text.fa}\n{refusal.text.en}") from None
        self.stdout.write(
            f"استان {province} باز شد.  Province {province} is open.\n"
            f"sign in as: {opened.username}\npassword:   {opened.password}  (told once)\n"
            "next:       pishkhan serve"
        )
        self.stdout.write(
            f"director:   {directing.username}\npassword:   {directing.password}  (told once)"
            if directing
            else "director:   none yet, by letter: pishkhan appoint --role director"
        )
        for warning in said_at_start():
            self.stderr.write(warning.en)
