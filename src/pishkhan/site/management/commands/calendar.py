"""Take in a list of days off, or say which days of a year are off."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.clock import today
from pishkhan.language.jalali import NotADay, jalali, jalali_date, jalali_year
from pishkhan.language.text import counted
from pishkhan.people.roles import Role
from pishkhan.regulation.holidays.days_off import days_off
from pishkhan.regulation.holidays.importing import COLUMNS, Becomes, import_days, planned, read_list
from pishkhan.site.command_line.arguments import a_path
from pishkhan.site.command_line.importing import content_of, refusals_in_words
from pishkhan.site.law.calendar_pages import BECOMES
from pishkhan.site.law.moved_terms import notifier
from pishkhan.site.operations.deployment import deployment


class Command(BaseCommand):
    help = (
        "Take in days off from CSV or iCalendar, wholly or not at all; or list those of a year. "
        f"Columns of a CSV: {', '.join(COLUMNS)}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=["import", "show"])
        parser.add_argument("file", type=a_path, nargs="?", help="the list that is imported")
        parser.add_argument("--year", type=int, help="the Jalali year that is shown")
        parser.add_argument("--source", default="", help="who announced the days, and where")
        parser.add_argument("--country", action="store_true", help="for the whole country, and not this province alone")
        parser.add_argument("--dry-run", action="store_true", help="only say what would become of off day")
        parser.add_argument("--lang", choices=["fa", "en"], default="en")

    def handle(self, *args: Any, deed: str, file: Path | None, country: bool, lang: str, **options: Any) -> None:
        current_deployment = deployment()
        place = "" if country or current_deployment is None else current_deployment.division_id
        if deed == "show":
            self._show(options["year"] or jalali_year(today()), place, lang)
        elif file is None or not (options["source"].strip() or options["dry_run"]):
            raise CommandError("import takes a file, and with --source who announced the days.")
        else:
            with refusals_in_words(lang):
                self._import(file, place, lang, options)

    def _show(self, year: int, place: str, lang: str) -> None:
        try:
            first, after = jalali_date(year, 1, 1), jalali_date(year + 1, 1, 1)
        except NotADay as wrong:
            raise CommandError(wrong.text.to(lang)) from None
        for off in days_off(first, after, place=place):
            if jalali_year(off.day) == year:
                unsure = " (not confirmed)" if off.tentative else ""
                self.stdout.write(f"{jalali(off.day)} {off.name.to(lang)} [{off.for_whom}]{unsure}")

    def _import(self, file: Path, place: str, lang: str, options: dict[str, Any]) -> None:
        listed = read_list(content_of(file))
        for row in planned(listed, place):
            if row.becomes != Becomes.KNOWN:
                self.stdout.write(f"{jalali(row.listed.day)} {row.name.to(lang)}: {BECOMES[row.becomes].to(lang)}")
        if not options["dry_run"]:
            count = import_days(
                listed,
                place=place,
                source=options["source"],
                by=IMPORTER,
                role=Role.IMPORTER,
                following=notifier(place),
            )
            self.stdout.write(f"{counted(count, 'day off', 'days off')} of the list entered.")
