"""The content of photos: taken in piece by piece, kept only if it is what the report named.

The digest that the phone told is asked of the bytes as they were sent; what is kept is bare of what a camera wrote.
"""

from collections.abc import Collection
from hashlib import sha256
from io import BytesIO
from uuid import UUID

from django.core.files.base import ContentFile
from PIL import Image, UnidentifiedImageError

from pishkhan.files import disk
from pishkhan.files.refusals import FileRefused
from pishkhan.files.services import store
from pishkhan.files.sweeping import key_in
from pishkhan.inspections.evidence import Photo
from pishkhan.inspections.wording import whose_words
from pishkhan.journal.acts import act
from pishkhan.journal.erasure.erasable_text import sealed, unsealed
from pishkhan.journal.locks import retried
from pishkhan.journal.refusals import Missing
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

from .field_refusals import NotAPhoto, NotThePhoto, WrongChunk

FOLDER = "arriving"  # of the media folder: pieces of photos, sealed, until the whole is here
SEALING = 28  # bytes by which sealing makes a piece longer
CHUNK = 256 * 1024  # bytes of a piece; the last is shorter
SIDE = 2000  # pixels of the longer side at most: a phone shrinks to 1,600


def photo_of(key: UUID, by: Person) -> Photo:
    """A photo that one's own report names."""
    rows = Photo.objects.select_related("visit__case", "visit__machine__bank", "file")
    photo = rows.filter(pk=key, visit__inspector=by).first()
    if photo is None:
        raise Missing()
    return photo


def offset_of(photo: Photo) -> int:
    """How many bytes of its content lie here, from the beginning."""
    if photo.file_id:
        return photo.size
    offset = 0
    while offset < photo.size and _lies(photo, offset):
        offset += _length(photo, offset)
    return offset


def take_piece(photo: Photo, offset: int, content: bytes, *, by: Person) -> Photo:
    """Take in the piece that begins at an offset, and the whole once the last one has come. Again: nothing more."""
    there = offset_of(photo)
    if offset < there:
        return photo if photo.file_id or there < photo.size else _completed(photo, by=by)
    if offset > there or len(content) != _length(photo, offset):
        raise WrongChunk(there)
    _put(photo, offset, content)
    return _completed(photo, by=by) if offset + len(content) == photo.size else photo


def take_whole(photo: Photo, content: bytes, *, by: Person) -> Photo:
    """Take in all pieces of a content."""
    for offset in range(0, len(content), CHUNK):
        photo = take_piece(photo, offset, content[offset : offset + CHUNK], by=by)
    return photo


@retried
def _completed(photo: Photo, *, by: Person) -> Photo:
    content = b"".join(_piece(photo, offset) for offset in range(0, photo.size, CHUNK))
    try:
        with act(by, "photo.take_in", on=photo, role=Role.INSPECTOR) as entry:
            if photo.file_id is None:
                _ask_the_content(photo, content)
                photo.file = store(
                    ContentFile(content, name=f"{photo.pk}.jpg"),
                    by=by,
                    division=photo.visit.division,
                    because=entry,
                    whose=whose_words(photo.visit),
                )
                entry.facts = {"file": photo.file.subject, "digest": photo.digest, "kept": photo.file.digest}
    except (NotThePhoto, NotAPhoto, FileRefused):
        _forget(photo)  # it is sent from the beginning
        raise
    _forget(photo)
    return photo


def _ask_the_content(photo: Photo, content: bytes) -> None:
    """Whether it is what the report named, and a whole photo of a size that nothing chokes on."""
    if len(content) != photo.size or sha256(content).hexdigest() != photo.digest:
        raise NotThePhoto()
    try:
        with Image.open(BytesIO(content), formats=["JPEG"]) as image:
            if max(image.size) > SIDE:  # told by its header, before anything is unpacked
                raise NotAPhoto(SIDE)
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise NotAPhoto(SIDE) from None


def _length(photo: Photo, offset: int) -> int:
    return min(CHUNK, photo.size - offset)


def _path(photo: Photo, offset: int) -> str:
    return f"{FOLDER}/{photo.pk}/{offset:08}"


def _lies(photo: Photo, offset: int) -> bool:
    """Whether a piece lies here whole."""
    return disk.size_of(_path(photo, offset)) == _length(photo, offset) + SEALING


def _put(photo: Photo, offset: int, content: bytes) -> None:
    disk.put(_path(photo, offset), sealed(content, whose=whose_words(photo.visit)))


def _piece(photo: Photo, offset: int) -> bytes:
    """A piece in the clear. If it is gone, another completed it meanwhile, or it is to be sent from the beginning."""
    kept = disk.get(_path(photo, offset))
    content = None if kept is None else unsealed(kept, whose=whose_words(photo.visit))
    if content is None:
        disk.remove(_path(photo, offset))
        raise WrongChunk(offset_of(photo))
    return content


def _forget(photo: Photo) -> None:
    for offset in range(0, photo.size, CHUNK):
        disk.remove(_path(photo, offset))


def named_pieces(names: Collection[str]) -> set[str]:
    """Those of some names that are pieces of a photo which has still to come whole."""
    keys = {key for name in names if (key := key_in(name, 1))}
    wanting = set(Photo.objects.filter(pk__in=keys, file=None).values_list("pk", flat=True))
    return {name for name in names if key_in(name, 1) in wanting}
