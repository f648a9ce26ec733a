"""What options of commands say of somebody who is appointed: who they are, and by which letter."""

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.management import CommandError, CommandParser

from pishkhan.language.jalali import NotADay, parse_day
from pishkhan.site.command_line.arguments import a_path
from pishkhan.site.command_line.importing import content_of
from pishkhan.site.operations.appointing import Appointee, Letter

OPTIONS = ("given_name", "family_name", "national_id", "phone", "letter", "letter_on", "scan", "operator")


def add_appointee(parser: CommandParser, *, required: bool) -> None:
    """The options that name somebody and their letter."""
    group = parser.add_argument_group("who is appointed, and by which letter")
    group.add_argument("--given-name", required=required, metavar="NAME")
    group.add_argument("--family-name", required=required, metavar="NAME")
    group.add_argument("--national-id", required=required, metavar="CODE")
    group.add_argument("--phone", required=required, metavar="NUMBER", help="mobile number")
    group.add_argument("--letter", required=required, metavar="NUMBER", help="number of the letter of appointment")
    group.add_argument("--letter-on", required=required, metavar="DAY", help="its day, Jalali or Gregorian")
    group.add_argument("--scan", required=required, type=a_path, metavar="FILE", help="its scan: PDF, JPEG or PNG")
    group.add_argument(
        "--operator", required=required, metavar="NAME", help="who sits at the machine: it is journalled"
    )


def appointment_from(options: dict[str, Any]) -> tuple[Appointee, Letter, str] | None:
    """Who is appointed, by which letter, on whose word; None if nothing is stated, refused if a part is missing."""
    given = {name: options[name] for name in OPTIONS if options[name]}
    if not given:
        return None
    if missing := [f"--{name.replace('_', '-')}" for name in OPTIONS if name not in given]:
        raise CommandError(f"An appointment needs {', '.join(missing)} as well.")
    scan: Path = given["scan"]
    appointee = Appointee(given["given_name"], given["family_name"], given["national_id"], given["phone"])
    letter = Letter(given["letter"], _day(given["letter_on"]), ContentFile(content_of(scan), name=scan.name))
    return appointee, letter, given["operator"]


def _day(text: str) -> Any:
    try:
        return parse_day(text)
    except NotADay as wrong:
        raise CommandError(f"{wrong.text.fa}\n{wrong.text.en}") from None
