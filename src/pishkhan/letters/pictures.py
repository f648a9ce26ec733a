"""Pictures in documents: made small and bare of what cameras write into them, then kept, so that they stay the same."""

import warnings
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

from pishkhan.files.models import StoredFile
from pishkhan.files.selectors import open_content
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
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError,
            Image.DecompressionBombWarning):
        return None
    upright.thumbnail((SIDE, SIDE))
    fresh = Image.new("RGB", upright.size)  # what a picture carries beside its points stays behind
    fresh.paste(upright)
    made = BytesIO()
    fresh.save(made, "JPEG", quality=QUALITY)
    return made.getvalue()


def kept_for_print(file: StoredFile, *, division: Coded, because: Entry) -> dict[str, str] | None:
    """Keep a bare copy of a picture for a document; how its record names it. None if it cannot be opened."""
    with open_content(file) as content:
        made = bare(content.read())
    if made is None:
        return None
    copy = store(ContentFile(made, name="picture.jpg"), by=SYSTEM, division=division, role=Role.SYSTEM, because=because)
    return {"file": str(copy.pk), "digest": copy.digest}


def pictures_of(record: Mapping[str, Any]) -> list[bytes]:
    """The pictures that a record names, in its order; empty where one is lost or altered."""
    named = record.get(PICTURES, [])
    files = StoredFile.objects.in_bulk([each["file"] for each in named], field_name="pk")
    return [_content(files, each["file"], each["digest"]) for each in named]


def _content(files: Mapping[Any, StoredFile], key: str, digest: str) -> bytes:
    file = next((each for pk, each in files.items() if str(pk) == key), None)
    try:
        with open_content(file) if file else BytesIO() as content:
            found: bytes = content.read()
    except OSError:
        return b""
    return found if sha256(found).hexdigest() == digest else b""
