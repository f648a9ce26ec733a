"""What the commands that import have in common: the file, its columns, and faults told in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import CommandError

from pishkhan.geography.rows import NotImported
from pishkhan.journal.refusals import Refusal

LARGEST = 200 * 2**20  # bytes


def content_of(file: Path) -> bytes:
    """What a file holds; a CommandError if it cannot be read."""
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(f"{file} is larger than {LARGEST // 2**20} MB.")
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None


def columns_from(told: list[str]) -> dict[str, str]:
    """Ours by theirs, from OURS=THEIRS."""
    pairs = [each.split("=", 1) for each in told]
    if wrong := [pair for pair in pairs if len(pair) != 2 or not all(pair)]:
        raise CommandError(f"--column takes OURS=THEIRS, not '{wrong[0][0]}'.")
    return {pair[0]: pair[1] for pair in pairs}


@contextmanager
def refusals_in_words(language: str) -> Iterator[None]:
    """Let a refusal end the command with its sentence, and an import's with every fault."""
    try:
        yield
    except NotImported as refused:
        raise CommandError("\n".join(each.to(language) for each in (refused.text, *refused.faults))) from None
    except Refusal as refused:
        raise CommandError(refused.text.to(language)) from None
