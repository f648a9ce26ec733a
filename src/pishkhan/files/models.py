"""Files that were uploaded: what they are, whose they are, where their content lies."""

from typing import Protocol

from django.db import models
from django.db.models import Q
from uuid6 import uuid7

from pishkhan.journal.acts import Capacity
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed

from .types import MEDIA_TYPES

FOLDER = "files"  # of the media folder, in which their contents lie


class Referred(Protocol):
    """Somebody the journal can name."""

    @property
    def ref(self) -> str: ...


class StoredFile(Journalled):
    """A file as it is kept: bare of metadata, encrypted; the original name is kept as erasable words.

    People and places stand above or beside this floor: they are named by reference and by code.
    """

    sealed = Sealed("file")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, db_index=True)  # HMAC-SHA-256 of the content, under the key of the file
    size = models.PositiveBigIntegerField()  # bytes of the content as it is kept, before it is encrypted
    media_type = models.CharField(max_length=40, choices=[(each, each) for each in MEDIA_TYPES])
    division_id = models.CharField(max_length=16)  # SCI code
    uploaded_by = models.CharField(max_length=80, db_index=True)  # "person:17"
    uploaded_at = models.DateTimeField()
    # Under whose secret its key lies: of who uploaded it, or of whom it is about where it came in by office.
    whose = models.CharField(max_length=80, db_index=True)
    key = models.BinaryField()  # of its content, sealed under that secret; empty once the content was erased

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="digest_is_sha256_in_hex"),
            models.CheckConstraint(condition=Q(size__gt=0), name="a_file_is_not_empty"),
            models.CheckConstraint(condition=Q(media_type__in=list(MEDIA_TYPES)), name="a_file_is_of_an_allowed_type"),
            models.CheckConstraint(condition=~Q(whose=""), name="a_file_is_somebodys"),
        ]

    @property
    def path(self) -> str:
        """Where its content lies in storage: told by its identifier, so that the name says nothing of the content."""
        return f"{FOLDER}/{self.pk.hex[-2:]}/{self.pk}"

    def standing(self, role: str, person: Referred) -> Capacity | None:
        """Whoever uploaded a file did so in their own right."""
        return Capacity() if person.ref == self.uploaded_by else None
