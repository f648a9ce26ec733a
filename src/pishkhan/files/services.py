"""Storing what is uploaded: judged by its content, bared of metadata, encrypted; and erasing it."""

from functools import partial
from typing import Any, Protocol

from django.core.files.base import File
from django.db import transaction

from pishkhan.journal.acts import Actor, act, begin
from pishkhan.journal.clock import now
from pishkhan.journal.erasure.erasable_text import keep, sealed
from pishkhan.journal.locks import if_undone, one_transaction, retried
from pishkhan.journal.models import Entry

from . import contents, refusals
from .judging import Judged, judged
from .models import StoredFile
from .types import clean_name, ending_agrees

LIMIT = 10 * refusals.MEGABYTE  # bytes, where no other is given
NAME = 200  # letters of a name that are kept


class Coded(Protocol):
    """A place, by its code."""

    @property
    def code(self) -> str: ...


@retried
def store(
    uploaded: "File[Any]",
    *,
    by: Actor,
    division: Coded,
    role: str = "applicant",
    limit: int = LIMIT,
    because: Entry | None = None,
    whose: str = "",
) -> StoredFile:
    """Take in an uploaded file, or raise a refusal that says why not. It is held in memory, up to the limit.

    It belongs to whoever uploads it, and is erased with them, unless it is said whose it is.
    """
    name = clean_name(uploaded.name or "")[-NAME:]
    sent = sent_of(uploaded, limit)
    kept = judged(sent)
    if not ending_agrees(name, kept.media_type):
        raise refusals.Disguised(media_type=kept.media_type)
    file = StoredFile(
        size=len(kept.content),
        media_type=kept.media_type,
        division_id=division.code,
        uploaded_by=by.ref,
        uploaded_at=now(),
        whose=whose or by.ref,
    )
    with one_transaction():
        key = _written(file, kept)
        with begin(by, "files.store", file, role=role, because=because) as entry:
            entry.facts = {
                "digest": file.digest,
                "size": file.size,
                "media_type": file.media_type,
                "division": division.code,
                "name": keep(entry, "name", name, whose=file.whose),
            }
            if kept.content != sent:
                entry.facts["sent"] = contents.digest_of(key, sent)
    return file


@retried
def entrust(file: StoredFile, whose: str, *, because: Entry) -> StoredFile:
    """Let a file that came in by office belong to whom it is about: it is erased with them, not with the officer."""
    if file.whose == whose:
        return file
    with act(because.by, "files.entrust", on=file, role="applicant", because=because) as entry:
        key = contents.key_of(file)
        if key is None:
            raise refusals.ContentLost()
        file.whose, file.key = whose, sealed(key, whose=whose)
        entry.facts = {"whose": whose}
    return file


def erase_contents(whose: str) -> int:
    """Erase the contents of all that belongs to a person or complaint; return of how many. Call it inside an act.

    The keys go with the act, the bytes from the disk once it is done; should the machine fail between the two, the
    clock's sweep takes them away.
    """
    files = list(StoredFile.objects.filter(whose=whose).exclude(key=b""))
    StoredFile.objects.filter(pk__in=[each.pk for each in files]).update(key=b"")
    for each in files:
        transaction.on_commit(partial(contents.remove, each), robust=True)
    return len(files)


def sent_of(uploaded: "File[Any]", limit: int) -> bytes:
    """The bytes of an upload, read no further than to where it is seen to be too large."""
    uploaded.seek(0)
    read = bytearray()
    for chunk in uploaded.chunks():
        read += chunk
        if len(read) > limit:
            raise refusals.TooLarge(limit)
    return bytes(read)


def _written(file: StoredFile, kept: Judged) -> bytes:
    """Write the content before the row, so that no row lacks one; take it away if the act comes to nothing."""
    key = contents.new_key()
    file.digest = contents.digest_of(key, kept.content)
    if_undone(partial(contents.remove, file))
    contents.write(file, kept.content, key)
    return key
