"""Stored files and their content. Whoever serves one asks first whether the person may see it."""

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse

from pishkhan.journal.secrecy import words_of

from .models import Referred, StoredFile
from .types import MEDIA_TYPES

# The content is a stranger's: it is never sniffed, never run, never kept by a cache, never drawn on by another site.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


def files_of(person: Referred) -> QuerySet[StoredFile]:
    """The files a person uploaded, newest first."""
    return StoredFile.objects.filter(uploaded_by=person.ref).order_by("-pk")


def open_content(file: StoredFile) -> "File[bytes]":
    """The content of a file, opened for reading."""
    return default_storage.open(file.path, "rb")


def name_of(file: StoredFile) -> str:
    """The name it was uploaded under; once that was erased, its identifier and ending."""
    return words_of(file.subject).get((1, "name")) or f"{file.pk}.{MEDIA_TYPES[file.media_type][0]}"


def response_for(file: StoredFile) -> FileResponse:
    """The answer that hands a file over, as an attachment that no browser runs."""
    return FileResponse(open_content(file), content_type=file.media_type, as_attachment=True, filename=name_of(file),
                        headers=HEADERS)
