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
ADMINISTRATOR = "administrator-"  # before the options of the first administrator


def add_appointee(parser: CommandParser, *, required: bool) -> None:
    """The options that name somebody and their letter."""
    _add_named(parser.add_argument_group("who is appointed, and by which letter"), required=required)


def add_administrator(parser: CommandParser) -> None:
    """The same of the first administrator: each option begins with --administrator."""
    _add_named(parser.add_argument_group("the first administrator, and by which letter"), prefix=ADMINISTRATOR)


def _add_named(group: Any, *, required: bool = False, prefix: str = "") -> None:
    def add(name: str, **more: Any) -> None:
        group.add_argument(f"--{prefix}{name}", required=required, **more)

    add("given-name", metavar="NAME")
    add("family-name", metavar="NAME")
    add("national-id", metavar="CODE")
    add("phone", metavar="NUMBER", help="mobile number")
    add("letter", metavar="NUMBER", help="number of the letter of appointment")
    add("letter-on", metavar="DAY", help="its day, Jalali or Gregorian")
    add("scan", type=a_path, metavar="FILE", help="its scan: PDF, JPEG or PNG")
    add("operator", metavar="NAME", help="who sits at the machine: it is journalled")


def appointment_from(options: dict[str, Any], prefix: str = "") -> tuple[Appointee, Letter, str] | None:
    """Who is appointed, by which letter, on whose word; None if nothing is stated, refused if a part is missing."""
    begins = prefix.replace("-", "_")
    given = {name: options[begins + name] for name in OPTIONS if options[begins + name]}
    if not given:
        return None
    if missing := [f"--{prefix}{name.replace('_', '-')}" for name in OPTIONS if name not in given]:
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
