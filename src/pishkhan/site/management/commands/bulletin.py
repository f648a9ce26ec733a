"""Print the figures of a period."""

import json
from datetime import date
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from pishkhan.language.digits import ascii_digits
from pishkhan.language.jalali import NotADay, parse_day
from pishkhan.measures.bulletin import as_json, as_text, asked_for
from pishkhan.measures.figures import Period
from pishkhan.site.command_line.importing import refusals_in_words


class Command(BaseCommand):
    help = "Print the figures of a region and a period, each with the records behind it. Days are Jalali or Gregorian."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", required=True, metavar="CODE", help="SCI code, such as 15 or 1503")
        parser.add_argument("--from", dest="from_on", required=True, metavar="DATE", help="first day")
        parser.add_argument("--to", dest="to_on", required=True, metavar="DATE", help="last day")
        parser.add_argument("--as-known-on", metavar="DATE", help="leave out what was recorded after that day")
        parser.add_argument("--format", choices=["json", "text"], default="text")
        parser.add_argument("--lang", choices=["fa", "en"], default="fa")

    def handle(
        self,
        *args: Any,
        region: str,
        from_on: str,
        to_on: str,
        as_known_on: str | None = None,
        format: str,
        lang: str,
        **options: Any,
    ) -> None:
        with refusals_in_words(lang):
            period = asked_for(
                Period(
                    ascii_digits(region).strip(),
                    _day("--from", from_on, lang),
                    _day("--to", to_on, lang),
                    _day("--as-known-on", as_known_on, lang) if as_known_on else None,
                )
            )
        if format == "json":
            self.stdout.write(json.dumps(as_json(period), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(as_text(period, lang))


def _day(option: str, text: str, language: str) -> date:
    try:
        return parse_day(text)
    except NotADay as wrong:
        raise CommandError(f"{option}: {wrong.text.to(language)}") from None
