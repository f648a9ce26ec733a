"""Fill a vacant directorship, or replace a lost administrator, by a letter; everybody at work there is told."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from pishkhan.geography.models import Division
from pishkhan.journal.refusals import Refusal
from pishkhan.people.roles import COUNTRY, Role
from pishkhan.site.command_line.appointee import add_appointee, appointment_from
from pishkhan.site.operations.appointing import appoint_at_machine
from pishkhan.site.operations.deployment import deployment

EVERYWHERE = "country"


class Command(BaseCommand):
    help = (
        "Appoint a director where there is none, or an administrator in the stead of one who is lost, by a letter. "
        "It is journalled under the name of the operator, and everybody at work there is told."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", required=True, choices=[Role.DIRECTOR.value, Role.ADMINISTRATOR.value])
        parser.add_argument(
            "--place",
            required=True,
            metavar="CODE",
            help=f"SCI code of the province, such as 15; '{EVERYWHERE}' for a national administrator",
        )
        parser.add_argument(
            "--account", required=True, metavar="NAME", help="name to sign in with, if there is none yet"
        )
        parser.add_argument("--acting", action="store_true", help="as an acting head")
        add_appointee(parser, required=True)

    def handle(self, *args: Any, role: str, place: str, account: str, acting: bool, **options: Any) -> None:
        current_deployment, named = deployment(), appointment_from(options)
        if current_deployment is None or named is None:
            raise CommandError("Open a province first: pishkhan init --province CODE")
        home = current_deployment.division if place == EVERYWHERE else Division.objects.filter(code=place).first()
        if home is None:
            raise CommandError(f"There is no place of code '{place}' here.")
        appointee, letter, operator = named
        try:
            appointment, opened = appoint_at_machine(
                appointee,
                role,
                place=COUNTRY if place == EVERYWHERE else place,
                letter=letter,
                operator=operator,
                username=account,
                home=home,
                acting=acting,
            )
        except Refusal as refusal:
            raise CommandError(f"{refusal.text.fa}\n{refusal.text.en}") from None
        self.stdout.write(f"appointment {appointment.pk}: {role} of {place}\nsign in as: {opened.username}")
        if opened.code:
            self.stdout.write(f"one-time code: {opened.code}  (told once: choose the password at /account/code/)")
