"""Start an empty province with an administrator."""

from argparse import FileType
from typing import Any, TextIO

from django.core.management import BaseCommand, CommandError, CommandParser, call_command

from pishkhan.journal.refusals import Refusal
from pishkhan.site.command_line.appointee import ADMINISTRATOR, add_administrator, add_appointee, appointment_from
from pishkhan.site.operations.appointing import NewAccount
from pishkhan.site.operations.bootstrap import FirstInOffice, open_for
from pishkhan.site.operations.health import said_at_start


class Command(BaseCommand):
    help = (
        "Start an empty province with an administrator and its first director, each by a letter: both choose a "
        "password with a code that is told once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--province", required=True, metavar="CODE", help="SCI code of the province, such as 15")
        parser.add_argument("--administrator", default="admin", metavar="NAME", help="name to sign in with")
        parser.add_argument(
            "--director", default="director", metavar="NAME", help="name the first director signs in with"
        )
        parser.add_argument(
            "--password-file",
            metavar="FILE",
            type=FileType(encoding="utf-8"),
            help="for scripts: the administrator's own password, in the first line; - for standard input",
        )
        add_appointee(parser, required=False)
        add_administrator(parser)

    def handle(
        self,
        *args: Any,
        province: str,
        administrator: str,
        director: str,
        password_file: TextIO | None,
        **options: Any,
    ) -> None:
        named = appointment_from(options)
        first = FirstInOffice(*named, username=director) if named else None
        ruling = appointment_from(options, ADMINISTRATOR)
        ruler = FirstInOffice(*ruling, username=administrator) if ruling else None
        call_command("migrate", verbosity=0)
        password = password_file.readline().rstrip("\r\n") if password_file else None
        try:
            opened, directing = open_for(province, administrator, password, director=first, ruler=ruler)
        except Refusal as refusal:
            raise CommandError(f"{refusal.text.fa}\n{refusal.text.en}") from None
        self.stdout.write(
            f"استان {province} باز شد.  Province {province} is open.\n"
            f"sign in as: {opened.username}\n{_next_step(opened)}"
            "next:       pishkhan serve"
        )
        if ruler is None:
            self.stdout.write(
                "administrator: without a name or a letter; --administrator-letter and its like state them, or\n"
                "            another is appointed in their stead: pishkhan appoint --role administrator"
            )
        self.stdout.write(
            f"director:   {directing.username}\n{_next_step(directing)}"
            if directing
            else "director:   none yet, by letter: pishkhan appoint --role director"
        )
        for warning in said_at_start():
            self.stderr.write(warning.en)


def _next_step(opened: NewAccount) -> str:
    if not opened.code:
        return ""
    return f"one-time code: {opened.code}  (told once: choose the password at /account/code/)\n"
