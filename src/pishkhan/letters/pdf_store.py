"""The kept copies of documents: encrypted under the secret of everybody in them, under the name of their digest."""

from collections.abc import Collection
from itertools import chain

from pishkhan.files import disk
from pishkhan.journal.erasure.erasable_text import sealed, unsealed
from pishkhan.journal.models import Words

from .models import Letter

FOLDER = "letters"  # of the media folder


def write(letter: Letter, digest: str, made: bytes, pictured: Collection[str]) -> None:
    """Let a copy lie in storage, in which some are pictured. What lay there under its name was the same."""
    for whose in _everybody(letter, pictured):
        made = sealed(made, whose=whose)
    disk.put(_path(digest), made)


def read(letter: Letter, language: str, pictured: Collection[str]) -> bytes | None:
    """A kept copy; None if it is lost, or the secret of anybody in it was destroyed."""
    content = disk.get(_path(letter.copy(language)))
    for whose in reversed(_everybody(letter, pictured)):
        content = unsealed(content, whose=whose) if content is not None else None
    return content


def named(names: Collection[str]) -> set[str]:
    """Those of some names under which a letter has a copy."""
    digests = [name.rpartition("/")[2] for name in names]
    rows = chain(
        Letter.objects.filter(copy_fa__in=digests).values_list("copy_fa", flat=True),
        Letter.objects.filter(copy_en__in=digests).values_list("copy_en", flat=True),
    )
    return {_path(digest) for digest in rows}


def _everybody(letter: Letter, pictured: Collection[str]) -> list[str]:
    """Whose secrets a copy lies under: those of its record, and of its pictures."""
    recorded = Words.objects.filter(subject=letter.subject, number=1).values_list("whose", flat=True)
    return sorted({*recorded, *pictured})


def _path(digest: str) -> str:
    return f"{FOLDER}/{digest[:2]}/{digest}"
