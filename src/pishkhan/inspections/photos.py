"""The content of photos: taken in piece by piece, kept only if it is what the report named."""

from hashlib import sha256
from io import BytesIO
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, UnidentifiedImageError

from pishkhan.files.refusals import FileRefused
from pishkhan.files.services import store
from pishkhan.journal.acts import act
from pishkhan.journal.locks import retried
from pishkhan.journal.refusals import Missing
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

from .evidence import Photo
from .field_refusals import NotAPhoto, NotThePhoto, WrongChunk

CHUNK = 256 * 1024  # bytes of a piece; the last is shorter
SIDE = 2000  # pixels of the longer side at most: a phone shrinks to 1,600


def photo_of(key: UUID, by: Person) -> Photo:
    """A photo that one's own report names."""
    photo = Photo.objects.select_related("visit", "file").filter(pk=key, visit__inspector=by).first()
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
        photo = take_piece(photo, offset, content[offset:offset + CHUNK], by=by)
    return photo


@retried
def _completed(photo: Photo, *, by: Person) -> Photo:
    content = b"".join(_piece(photo, offset) for offset in range(0, photo.size, CHUNK))
    try:
        with act(by, "photo.take_in", on=photo, role=Role.INSPECTOR) as entry:
            if photo.file_id is None:
                _ask_the_content(photo, content)
                photo.file = store(ContentFile(content, name=f"{photo.pk}.jpg"), by=by, division=photo.visit.division,
                                   because=entry)
                entry.facts = {"file": photo.file.subject, "digest": photo.digest}
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
    return f"arriving/{photo.pk}/{offset:08}"


def _lies(photo: Photo, offset: int) -> bool:
    """Whether a piece lies here whole: one that was half written when its writer was killed does not count."""
    path = _path(photo, offset)
    return default_storage.exists(path) and default_storage.size(path) == _length(photo, offset)


def _put(photo: Photo, offset: int, content: bytes) -> None:
    path = _path(photo, offset)
    if default_storage.exists(path):
        default_storage.delete(path)
    name = default_storage.save(path, ContentFile(content))
    if name != path:  # another put it there meanwhile
        default_storage.delete(name)


def _piece(photo: Photo, offset: int) -> bytes:
    path = _path(photo, offset)
    if not default_storage.exists(path):  # another completed it meanwhile, or it is to be sent from the beginning
        raise WrongChunk(offset_of(photo))
    with default_storage.open(path) as piece:
        return bytes(piece.read())


def _forget(photo: Photo) -> None:
    for offset in range(0, photo.size, CHUNK):
        default_storage.delete(_path(photo, offset))
