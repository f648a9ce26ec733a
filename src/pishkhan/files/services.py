"""Storing what is uploaded: judged by its content, kept once by its digest."""

from hashlib import sha256
from typing import Any, NamedTuple, Protocol

from django.core.files.base import File
from django.core.files.storage import default_storage

from pishkhan.journal.acts import Actor, begin
from pishkhan.journal.clock import now
from pishkhan.journal.locks import retried
from pishkhan.journal.models import Entry
from pishkhan.journal.secrecy import keep

from . import refusals
from .models import StoredFile
from .types import HEAD, TAIL, ending_agrees, media_type

LIMIT = 10 * refusals.MEGABYTE  # bytes, where no other is given
NAME = 200  # letters of a name that are kept


class Coded(Protocol):
    """A place, by its code."""

    @property
    def code(self) -> str: ...


class Looked(NamedTuple):
    """What was learnt of a content in one pass over it."""

    digest: str
    size: int
    media_type: str


@retried
def store(uploaded: "File[Any]", *, by: Actor, division: Coded, role: str = "applicant", limit: int = LIMIT,
          because: Entry | None = None) -> StoredFile:
    """Take in an uploaded file, or raise a refusal that says why not. Nothing but one chunk of it is held in memory."""
    name = (uploaded.name or "").replace("\\", "/").rpartition("/")[2].replace("\0", "")[-NAME:]
    seen = look(uploaded, limit)
    if not ending_agrees(name, seen.media_type):
        raise refusals.Disguised(media_type=seen.media_type)
    file = StoredFile(digest=seen.digest, size=seen.size, media_type=seen.media_type, division_id=division.code,
                      uploaded_by=by.ref, uploaded_at=now())
    with begin(by, "files.store", file, role=role, because=because) as entry:
        entry.facts = {"digest": seen.digest, "size": seen.size, "media_type": seen.media_type,
                       "division": division.code, "name": keep(entry, "name", name, whose=by.ref)}
        _put(uploaded, file)
    return file


def look(uploaded: "File[Any]", limit: int) -> Looked:
    """Pass over a content once, and stop as soon as it is too large; a refusal if it may not be taken."""
    hashed, size, head, tail = sha256(), 0, b"", b""
    for chunk in uploaded.chunks():
        size += len(chunk)
        if size > limit:
            raise refusals.TooLarge(limit)
        hashed.update(chunk)
        head += chunk[:max(HEAD - len(head), 0)]
        tail = (tail + chunk)[-TAIL:]
    if not size:
        raise refusals.EmptyFile()
    media = media_type(head, tail)
    if media is None:
        raise refusals.NotAllowedType()
    return Looked(hashed.hexdigest(), size, media)


def _put(uploaded: "File[Any]", file: StoredFile) -> None:
    """Let the content lie in storage, whole, once.

    What another left half written when it was killed is of another size, and is replaced.
    """
    if default_storage.exists(file.path):
        if default_storage.size(file.path) == file.size:
            return
        default_storage.delete(file.path)
    uploaded.seek(0)
    name = default_storage.save(file.path, uploaded)
    if name != file.path:  # another put the same content there meanwhile
        default_storage.delete(name)
