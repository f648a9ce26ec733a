"""The journal: acts that happened, one chain for each subject."""

from typing import TYPE_CHECKING, Any, NoReturn

from django.db import models

from .sealing.canonical import canonical, digest
from .sealing.declarations import sealing_of

if TYPE_CHECKING:
    from .acts import Actor


class Journalled(models.Model):
    """A subject of the journal. Its row remembers its last entry, so that a cut tail is noticed."""

    revision = models.PositiveIntegerField(default=0, editable=False)  # the number of its last entry
    head = models.CharField(max_length=64, default="", editable=False)  # the digest of its last entry

    class Meta:
        abstract = True

    @property
    def subject(self) -> str:
        return f"{label_of(type(self))}:{self.pk}"


def label_of(model: type[models.Model]) -> str:
    """The stable name of a model's rows, by which the journal and whatever refers to them know them."""
    return sealing_of(model).label


class Permanent(models.Model):
    """A row that is written once. The database refuses to change or remove it too (permanence.py)."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("What the journal holds cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("What the journal holds cannot be removed.")


class Entry(Permanent):
    """One act. Actor, subject and cause are named by identifier: the journal stands below them all."""

    subject = models.CharField(max_length=80)  # "case:42"
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=80)  # "new-licence.issue"
    actor = models.CharField(max_length=80)  # "person:17", "clock", "importer", "system"
    role = models.CharField(max_length=40)
    on_behalf_of = models.CharField(max_length=80, blank=True)  # "organisation:3"
    acting = models.BooleanField(default=False)  # as an acting head
    because = models.CharField(max_length=100, blank=True)  # the entry that caused it, "case:42#7"
    happened_on = models.DateField()
    at = models.DateTimeField(db_index=True)  # recorded
    facts = models.JSONField(default=dict)
    bound = models.JSONField(default=dict)  # what else was written or given in the act (docs/methods/journal.md)
    state = models.CharField(max_length=64, default="")  # the digest of the subject's rows as the act left them
    digest = models.CharField(max_length=64)

    # While the act lasts, not stored with it: who acts, the words it writes, the secrets it looked up and destroyed,
    # and the state in which it found a subject that was altered.
    by: "Actor"
    written: "list[Words]"
    secrets: dict[str, bytes]
    erased: list[str]
    found: str

    class Meta:
        ordering = ["subject", "number"]
        constraints = [models.UniqueConstraint(fields=["subject", "number"], name="one_entry_per_number")]

    @property
    def name(self) -> str:
        return f"{self.subject}#{self.number}"

    def seal(self, previous: str) -> str:
        """The digest that ties this entry to the one before it."""
        return digest(
            canonical(
                [
                    previous,
                    self.subject,
                    self.number,
                    self.act,
                    self.actor,
                    self.role,
                    self.on_behalf_of,
                    self.acting,
                    self.because,
                    self.happened_on,
                    self.at,
                    self.facts,
                    self.bound,
                    self.state,
                ]
            )
        )


class Seal(Permanent):
    """The head of one subject as a checkpoint found it. The checkpoint's entry holds the root of its seals."""

    checkpoint = models.PositiveIntegerField()
    subject = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "number"], name="one_seal_per_entry")]
        indexes = [models.Index(fields=["checkpoint", "id"], name="seals_of_a_checkpoint")]


class Secret(models.Model):
    """The key of one person or case, itself encrypted. Destroy it, and what was sealed with it says nothing."""

    whose = models.CharField(max_length=80, unique=True)
    wrapped = models.BinaryField()


class Words(models.Model):
    """What a person wrote when doing something, encrypted under the secret of the one it is about. Erasable.

    The ciphertext is bound to its place: moved to another, it cannot be read. Its entry holds its digest.
    """

    subject = models.CharField(max_length=80)
    number = models.PositiveIntegerField()  # of the entry that holds its keyed digest
    field = models.CharField(max_length=40)
    whose = models.CharField(max_length=80, db_index=True)
    ciphertext = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "number", "field"], name="one_text_per_field")]

    @property
    def place(self) -> str:
        """Where it belongs: what its encryption is bound to."""
        return f"{self.subject}#{self.number}/{self.field}"


class Series(models.Model):
    """The last number given in a series without gaps, in one Jalali year."""

    code = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="one_series_per_year")]

    @property
    def order(self) -> tuple[str, int]:
        """Its place among the series in the order of locks: by name, not by when it was first used."""
        return self.code, self.year


class Access(models.Model):
    """Who looked at personal data, or was refused: a log, no act. Pruned by age."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    what = models.CharField(max_length=80)
    refused = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["subject", "at"], name="looks_at_a_subject")]
