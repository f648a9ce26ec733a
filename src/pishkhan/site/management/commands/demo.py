"""Load Lorestan and play its half year."""

import sys
import time
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command

from pishkhan.demo.scripts.story import ARTICLE, BEGINS, ENDS, YEAR_BEGINS, draw_story
from pishkhan.demo.stage.places import fetch_hierarchy
from pishkhan.language.jalali import NotADay, jalali, jalali_date, parse_day
from pishkhan.site.command_line.arguments import number
from pishkhan.site.command_line.importing import refusals_in_words
from pishkhan.site.operations.demonstration import PROVINCE, stage
from pishkhan.site.operations.serving import add_place, place_from, serve_at

MOST_SEED = 2**32 - 1
EARLIEST, LATEST = jalali_date(1400, 11, 10), jalali_date(1401, 12, 29)


class Command(BaseCommand):
    help = "Load Lorestan, play its half year through the real services, print the bulletin, and serve it."
    requires_system_checks: list[str] = []  # there may be no tables yet

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seed", type=number(0, MOST_SEED), default=ARTICLE, help="another story (default: the article's)"
        )
        parser.add_argument("--until", default=jalali(ENDS), metavar="DATE", help="the last day that is played")
        parser.add_argument("--no-serve", action="store_true", help="stop after the bulletin")
        add_place(parser)
        parser.add_argument("--lang", choices=["fa", "en"], default="fa")

    def handle(self, *args: Any, seed: int, until: str, no_serve: bool, lang: str, **options: Any) -> None:
        last = _day(until)
        place = None if no_serve else place_from(options)  # asked first: playing takes minutes
        cache = settings.VAR / "geography"
        if not fetch_hierarchy(cache):
            self.stderr.write("The villages could not be fetched: the map has counties and cities only.")
        began = time.monotonic()
        with refusals_in_words(lang):
            played = stage(draw_story(seed, last), cache if (cache / "village.csv").exists() else None, lang)
        if played:
            self.stderr.write(f"played in {time.monotonic() - began:.0f} s")
        call_command(
            "bulletin",
            region=PROVINCE,
            from_on=jalali(min(YEAR_BEGINS, last)),
            to_on=jalali(last),
            lang=lang,
            format="text",
            stdout=self.stdout,
        )
        if place is not None:
            sys.stdout.flush()
            serve_at(place, lang, sys.stderr)


def _day(text: str) -> date:
    try:
        day = parse_day(text)
    except NotADay as wrong:
        raise CommandError(f"--until: {wrong.text.en}") from None
    if not EARLIEST <= day <= LATEST:
        raise CommandError(
            f"--until lies between {jalali(EARLIEST)} and {jalali(LATEST)}: the story begins on "
            f"{jalali(BEGINS)}, and after {jalali(ENDS)} only what is under way goes on."
        )
    return day
