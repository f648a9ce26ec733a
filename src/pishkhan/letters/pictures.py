"""Pictures in documents: made small and bare of what cameras write into them, then kept, so that they stay the same."""

import warnings
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

from pishkhan.files.contents import is_erased
from pishkhan.files.models import StoredFile
from pishkhan.files.refusals import ContentErased, ContentLost
from pishkhan.files.selectors import content_of
from pishkhan.files.services import Coded, store
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.models import Entry
from pishkhan.people.roles import Role

SIDE, QUALITY = 900, 72  # pixels of the longer side; of JPEG
MOST_PIXELS = 60_000_000  # that are opened: a phone's camera has fewer
PICTURES = "pictures"


def bare(content: bytes) -> bytes | None:
    """A picture as a document shows it: upright, small, in colour, without metadata; None if it cannot be opened."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return None
                upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return None
    upright.thumbnail((SIDE, SIDE))
    fresh = Image.new("RGB", upright.size)  # what a picture carries beside its points stays behind
    fresh.paste(upright)
    made = BytesIO()
    fresh.save(made, "JPEG", quality=QUALITY)
    return made.getvalue()


def kept_for_print(file: StoredFile, *, division: Coded, because: Entry) -> dict[str, str] | None:
    """Keep a bare copy of a picture for a document, erased with it; how its record names it. None without one."""
    try:
        made = bare(content_of(file))
    except (ContentErased, ContentLost):
        return None
    if made is None:
        return None
    copy = store(
        ContentFile(made, name="picture.jpg"),
        by=SYSTEM,
        division=division,
        role=Role.SYSTEM,
        because=because,
        whose=file.whose,
    )
    return {"file": str(copy.pk), "digest": copy.digest}


def pictures_of(record: Mapping[str, Any]) -> list[bytes]:
    """The pictures that a record names, in its order; empty where one was erased, is lost or was altered."""
    files = _files_of(record)
    return [_content(files.get(UUID(picture["file"])), picture["digest"]) for picture in record.get(PICTURES, [])]


def owners_of(record: Mapping[str, Any]) -> set[str]:
    """Under whose secrets the pictures lie that a record names."""
    return {file.whose for file in _files_of(record).values()}


def any_erased(record: Mapping[str, Any]) -> bool:
    """Whether a picture that a record names was erased."""
    return any(is_erased(file) for file in _files_of(record).values())


def _files_of(record: Mapping[str, Any]) -> dict[UUID, StoredFile]:
    return StoredFile.objects.in_bulk([UUID(picture["file"]) for picture in record.get(PICTURES, [])])


def _content(file: StoredFile | None, digest: str) -> bytes:
    try:
        return content_of(file) if file and file.digest == digest else b""
    except (ContentErased, ContentLost):
        return b""
