"""Prove that the journal is whole, and that the tables are as it left them."""

import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser

from pishkhan.casework.verify import replayed
from pishkhan.journal.clock import TEHRAN
from pishkhan.journal.models import Entry
from pishkhan.journal.verification.checkpoints import not_sealed_yet
from pishkhan.journal.verification.verify import problems
from pishkhan.language.jalali import jalali
from pishkhan.language.text import Text
from pishkhan.site.command_line.arguments import a_digest
from pishkhan.site.keeping import marks
from pishkhan.site.keeping.place import here

WHOLE = Text("{count} ثبت، همه درست.", "{count} {count:entry|entries}, whole.")
WAITING = Text(
    "{count} ثبت از {since} هنوز مهر نشده است.", "{count} of them are not sealed yet, the first since {since}."
)


class Command(BaseCommand):
    help = (
        "Prove that the journal is whole and that the tables are as it left them. "
        "Exit code 0 when it is so, 1 with every fault named when it is not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--published",
            type=a_digest,
            metavar="DIGEST",
            help="digest of a checkpoint that was printed outside the database",
        )
        parser.add_argument("--lang", choices=["fa", "en"], default="en")

    def handle(self, *args: Any, published: str | None, lang: str, **options: Any) -> None:
        faults = 0
        for fault in [*problems(published or ""), *replayed(), *marks.behind(here())]:
            self.stderr.write(fault.to(lang))
            faults += 1
        if faults:
            sys.exit(1)
        self.stdout.write(WHOLE.filled(count=Entry.objects.count()).to(lang))
        count, since = not_sealed_yet()
        if since:
            moment = since.astimezone(TEHRAN)
            told = f"{jalali(moment.date())} {moment:%H:%M}"
            self.stdout.write(WAITING.filled(count=count, since=told).to(lang))
