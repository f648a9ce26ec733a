"""Take the steps that fall due, and seal the journal."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from pishkhan.casework import clock as casework
from pishkhan.enforcement import complaint_terms
from pishkhan.journal.clock import today
from pishkhan.journal.verify import checkpoint
from pishkhan.licensing import clock as licensing
from pishkhan.offices.selectors import status_of
from pishkhan.offices.status import Status
from pishkhan.site.keeping.daily import Daily
from pishkhan.site.retention import forget_old_places, prune_access_log
from pishkhan.site.running import repeat


class Command(BaseCommand):
    help = "Take the steps that fall due and seal the journal, again and again, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")
        parser.add_argument("--every", type=float, default=60.0, metavar="SECONDS")

    def handle(self, *args: Any, once: bool, every: float, **options: Any) -> None:
        daily = Daily()
        if once:
            self.once(daily, wait=True)
        else:
            repeat(lambda: self.once(daily), every=every)

    def once(self, daily: Daily, *, wait: bool = False) -> None:
        for case in casework.tick():
            self.stdout.write(f"{case.number}: {case.stage}")
        for licence in licensing.tick():
            waived = status_of(licence, today()) == Status.WAIVED
            self.stdout.write(f"{licence.number}: {'renewal waived' if waived else 'reminded of renewal'}")
        for complaint in complaint_terms.tick():
            self.stdout.write(f"{complaint.number}: before the director")
        if sealed := checkpoint():
            self.stdout.write(f"checkpoint {sealed.number}: {sealed.digest}")
        prune_access_log()
        forget_old_places()
        daily.look_after(wait=wait)
