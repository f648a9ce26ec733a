"""What the commands that import have in common: the file, its columns, and faults told in words."""

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from pishkhan.geography.cells import TableRow
from pishkhan.geography.rows import NotImported
from pishkhan.journal.refusals import Refusal
from pishkhan.language.text import counted

from .arguments import a_path

LARGEST = 200 * 2**20  # bytes


def content_of(file: Path) -> bytes:
    """What a file holds; a CommandError if it cannot be read."""
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(f"{file} is larger than {LARGEST // 2**20} MB.")
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None


def columns_from(texts: list[str]) -> dict[str, str]:
    """Ours by theirs, from OURS=THEIRS."""
    pairs = [text.split("=", 1) for text in texts]
    if wrong := [pair for pair in pairs if len(pair) != 2 or not all(pair)]:
        raise CommandError(f"--column takes OURS=THEIRS, not '{wrong[0][0]}'.")
    return {pair[0]: pair[1] for pair in pairs}


@contextmanager
def refusals_in_words(language: str) -> Iterator[None]:
    """Let a refusal end the command with its sentence, and an import's with every fault."""
    try:
        yield
    except NotImported as refused:
        raise CommandError("\n".join(fault.to(language) for fault in (refused.text, *refused.faults))) from None
    except Refusal as refused:
        raise CommandError(refused.text.to(language)) from None


class TableImport(BaseCommand):
    """A command that imports the rows of a CSV, wholly or not at all. Each says how they are read and entered."""

    named: tuple[str, str]  # one, and many

    @abstractmethod
    def rows_of(self, content: bytes, columns: dict[str, str]) -> list[TableRow]:
        """The rows of a file, checked."""

    @abstractmethod
    def enter(self, rows: list[TableRow]) -> int:
        """Enter them all, and say how many."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=["import"])
        parser.add_argument("file", type=a_path)
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="OURS=THEIRS",
            help="how a column is called in the file, if otherwise than with us",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what is wrong with the file")
        parser.add_argument("--lang", choices=["fa", "en"], default="en")

    def handle(self, *args: Any, file: Path, column: list[str], dry_run: bool, lang: str, **options: Any) -> None:
        with refusals_in_words(lang):
            rows = self.rows_of(content_of(file), columns_from(column))
            count = len(rows) if dry_run else self.enter(rows)
        self.stdout.write(f"{counted(count, *self.named)} {'can be imported' if dry_run else 'imported'}.")
