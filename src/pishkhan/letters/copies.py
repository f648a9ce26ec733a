"""The kept copies of documents: encrypted under the secret of everybody in them, under the name of their digest."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from pishkhan.journal.models import Words
from pishkhan.journal.secrecy import sealed, unsealed

from .models import Letter


def write(letter: Letter, digest: str, made: bytes) -> None:
    """Let a copy lie in storage. What lies there under its name already is the same, or was never finished."""
    for whose in _everybody(letter):
        made = sealed(made, whose=whose)
    path = _path(digest)
    if default_storage.exists(path):
        default_storage.delete(path)
    default_storage.save(path, ContentFile(made))


def read(letter: Letter, language: str) -> bytes | None:
    """A kept copy; None if it is lost, or the secret of anybody in it was destroyed."""
    path = _path(letter.copy(language))
    if not default_storage.exists(path):
        return None
    with default_storage.open(path, "rb") as file:
        content: bytes | None = file.read()
    for whose in reversed(_everybody(letter)):
        content = unsealed(content, whose=whose) if content is not None else None
    return content


def _everybody(letter: Letter) -> list[str]:
    """Whose secrets the record of a letter lies under."""
    return sorted(Words.objects.filter(subject=letter.subject, number=1).values_list("whose", flat=True).distinct())


def _path(digest: str) -> str:
    return f"letters/{digest[:2]}/{digest}"
