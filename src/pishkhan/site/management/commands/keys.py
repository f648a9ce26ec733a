"""List, rotate, withdraw or publish the keys that sign licences; make a new key of sessions."""

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from pishkhan.credentials.models import SigningKey
from pishkhan.credentials.services import withdraw
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.durable import write_over
from pishkhan.journal.refusals import Refusal
from pishkhan.language.text import counted
from pishkhan.offices.credential import NoAddress, list_numbers, may_sign, published_keys, rotate_keys, status_list
from pishkhan.site.command_line.arguments import a_path
from pishkhan.site.configuration.keys import make_session_key


class Command(BaseCommand):
    help = "List, rotate, withdraw or publish the keys that sign licences; make a new key of sessions."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        what.add_parser("session", help="make a new key of sessions: everybody has to sign in again")
        what.add_parser("list", help="every key, with the days on which it is believed")
        what.add_parser("rotate", help="let a new key sign from today on; what the others signed stays good")
        taken = what.add_parser("withdraw", help="believe a key no longer, whatever it signed")
        taken.add_argument("kid", metavar="KEY")
        published = what.add_parser("publish", help="write keys.json and status/N.cwt, to be verified with elsewhere")
        published.add_argument("folder", type=a_path, metavar="FOLDER")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        try:
            {
                "list": self._list,
                "rotate": self._rotate,
                "withdraw": self._withdraw,
                "publish": self._publish,
                "session": self._session,
            }[what](options)
        except Refusal as refusal:
            raise CommandError(f"{refusal.text.fa}\n{refusal.text.en}") from None

    def _session(self, options: dict[str, Any]) -> None:
        make_session_key(settings.KEYS)
        self.stdout.write("Sessions have a new key. Start web again: everybody has to sign in again.")

    def _list(self, options: dict[str, Any]) -> None:
        for row in SigningKey.objects.order_by("valid_from", "pk"):
            until = f"withdrawn {row.withdrawn_on}" if row.withdrawn_on else row.valid_until or "signs"
            self.stdout.write(f"{row.kid}  from {row.valid_from}  until {until}  {row.public}")

    def _rotate(self, options: dict[str, Any]) -> None:
        row = rotate_keys(by=SYSTEM)
        self.stdout.write(f"{row.kid} signs from {row.valid_from} on. Back up the folder of the keys.")

    def _withdraw(self, options: dict[str, Any]) -> None:
        row = SigningKey.objects.filter(kid=options["kid"]).first()
        if row is None:
            raise CommandError(f"There is no key {options['kid']}.")
        withdraw(row, by=SYSTEM)
        self.stdout.write(f"{row.kid} is believed no longer. Print anew what it signed.")

    def _publish(self, options: dict[str, Any]) -> None:
        folder: Path = options["folder"]
        if not may_sign():
            raise NoAddress()
        os.umask(0o022)  # what is published is for everybody to read; what else lies there is left as it is
        (folder / "status").mkdir(parents=True, exist_ok=True)
        text = json.dumps(published_keys().published(), ensure_ascii=False, indent=2)
        write_over(folder / "keys.json", [text.encode(), b"\n"], mode=0o644)
        for number in list_numbers():
            write_over(folder / "status" / f"{number}.cwt", [status_list(number)[1]], mode=0o644)
        self.stdout.write(f"{folder}: keys.json and {counted(len(list_numbers()), 'status list', 'status lists')}.")
