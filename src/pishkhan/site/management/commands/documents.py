"""Make documents again, and prove that they are made as they went out."""

import json
import sys
from pathlib import Path
from typing import Any

import typst
from django.core.management import BaseCommand, CommandError, CommandParser

from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.durable import write_over
from pishkhan.language.digits import ascii_digits
from pishkhan.language.text import LANGUAGES, plural
from pishkhan.letters.kinds import KINDS
from pishkhan.letters.models import Letter
from pishkhan.letters.refusals import Erased
from pishkhan.letters.rendering import pdf_of
from pishkhan.letters.selectors import faults_of
from pishkhan.letters.services import document
from pishkhan.licensing.documents import letters_of
from pishkhan.licensing.licences.extracts import issue_extract
from pishkhan.offices.models import Licence
from pishkhan.people.roles import Role
from pishkhan.site.command_line.arguments import a_path
from pishkhan.site.command_line.importing import refusals_in_words


class Command(BaseCommand):
    help = (
        "Make the documents of a case, a licence, or of one number, as PDF in both languages. A licence that has "
        "none yet is given an extract of the register. With --check, make all again and compare: exit code 1, with "
        "every fault named, when any is made otherwise than it went out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "subject",
            nargs="?",
            default="",
            metavar="CASE_OR_LICENCE",
            help="number of a case, a licence or a document",
        )
        parser.add_argument("--out", type=a_path, default=Path(), metavar="DIR", help="folder to write to")
        parser.add_argument("--check", action="store_true", help="make all again and compare")
        parser.add_argument(
            "--record",
            type=a_path,
            nargs="+",
            default=[],
            metavar="FILE",
            help="make the documents of records ({kind: record} as JSON); asks no database",
        )
        parser.add_argument("--lang", choices=LANGUAGES, default="en", help="of what is said here")

    def handle(
        self, *args: Any, subject: str, out: Path, check: bool, record: list[Path], lang: str, **options: Any
    ) -> None:
        if not (subject or check or record):
            raise CommandError("Say the number of a case or licence, or --check, or --record FILE.")
        if record:
            self._from_records(record, _folder(out))
        if subject:
            with refusals_in_words(lang):
                self._of(ascii_digits(subject).strip(), _folder(out))
        if check:
            self._check(lang)

    def _of(self, subject: str, folder: Path) -> None:
        letters = letters_of(subject)
        if not letters and (licence := Licence.objects.filter(number=subject).first()):
            letters = [issue_extract(licence, by=SYSTEM, role=Role.SYSTEM)]
        if not letters:
            raise CommandError(f"There is no document of {subject}.")
        for letter in letters:
            for language in LANGUAGES:
                self._write(folder / f"{letter.number}-{letter.kind}-{language}.pdf", document(letter, language))

    def _from_records(self, files: list[Path], folder: Path) -> None:
        for file in files:
            for kind, record in _records_in(file).items():
                for language in LANGUAGES:
                    self._write(folder / f"{file.stem}-{kind}-{language}.pdf", _made(file, kind, record, language))

    def _write(self, file: Path, content: bytes) -> None:
        write_over(file, [content])
        self.stdout.write(str(file))

    def _check(self, lang: str) -> None:
        """Make every document that was ever made again; those that nobody has asked for yet are made now."""
        count = faults = erased = 0
        for letter in Letter.objects.order_by("pk").iterator():
            try:
                for language in LANGUAGES:
                    document(letter, language)
            except Erased:
                erased += 1
                continue
            count += 1
            for fault in faults_of(letter):
                self.stderr.write(fault.to(lang))
                faults += 1
        if faults:
            sys.exit(1)
        self.stdout.write(
            f"{count} {plural(count, 'document', 'documents')}, each made again in both languages "
            f"as it went out; {erased} erased."
        )


def _records_in(file: Path) -> dict[str, dict[str, Any]]:
    """The records of a file by kind of document; a CommandError if they are none."""
    try:
        records = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as wrong:
        raise CommandError(f"{file} is no JSON: {wrong}") from None
    if not isinstance(records, dict) or not all(isinstance(record, dict) for record in records.values()):
        raise CommandError(f"{file} holds no records: it should be an object, {{kind: record}}.")
    if strange := sorted(set(records) - set(KINDS)):
        raise CommandError(f"{file}: there is no document '{strange[0]}'; there are {', '.join(sorted(KINDS))}.")
    return records


def _made(file: Path, kind: str, record: dict[str, Any], language: str) -> bytes:
    try:
        return pdf_of(kind, record, language)
    except (typst.TypstError, LookupError, TypeError, ValueError, AttributeError) as wrong:
        raise CommandError(
            f"{file}: the record of '{kind}' lacks something or is otherwise than it should be "
            f"({type(wrong).__name__}: {' '.join(str(wrong).split())})."
        ) from None


def _folder(out: Path) -> Path:
    out.mkdir(parents=True, exist_ok=True)
    return out
