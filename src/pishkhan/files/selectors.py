"""Stored files and their content. Whoever serves one asks first whether the person may see it."""

from collections.abc import Iterator
from io import BytesIO

from django.db.models import QuerySet
from django.http import FileResponse

from pishkhan.journal.erasure.erasable_text import destroyed, words_of
from pishkhan.language.text import Text

from . import contents
from .models import Referred, StoredFile
from .types import MEDIA_TYPES, ending_of

# The content is a stranger's: it is never sniffed, never run, never kept by a cache, never drawn on by another site.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}
LOST = Text(
    "محتوای پروندهٔ {key} در پوشهٔ رسانه نیست، ناقص است یا با کلید خود باز نمی‌شود.",
    "The content of file {key} is missing from the media folder, cut off, or not opened by its key.",
)


def files_of(person: Referred) -> QuerySet[StoredFile]:
    """The files a person uploaded, newest first."""
    return StoredFile.objects.filter(uploaded_by=person.ref).order_by("-pk")


def content_of(file: StoredFile) -> bytes:
    """The content of a file. ContentErased or ContentLost, in words, if there is none."""
    return contents.read(file)


def name_of(file: StoredFile) -> str:
    """The name it was uploaded under, with an ending; once that was erased, its identifier."""
    ending = MEDIA_TYPES[file.media_type][0]
    name = words_of(file.subject).get((1, "name")) or f"{file.pk}"
    return name if ending_of(name) else f"{name}.{ending}"


def response_for(file: StoredFile) -> FileResponse:
    """The answer that hands a file over, as an attachment that no browser runs."""
    return FileResponse(
        BytesIO(content_of(file)),
        content_type=file.media_type,
        as_attachment=True,
        filename=name_of(file),
        headers=HEADERS,
    )


def lost_contents() -> Iterator[Text]:
    """The files whose content ought to lie in the media folder and does not, or cannot be opened, a sentence each.

    Each is read as a whole: nothing less tells whether content and key still belong together.
    """
    gone = destroyed()
    for file in StoredFile.objects.order_by("pk").iterator():
        erased = file.whose in gone and contents.is_erased(file)
        if not erased and not contents.lies_whole(file):
            yield LOST.filled(key=file.pk)
