"""Documents that went out: under which number, about what, to whom. What stands in them is kept as erasable words."""

from django.db import models

from pishkhan.geography.models import Division
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed

from .kinds import KINDS, Kind


class Letter(Journalled):
    """A document as it went out: a record from which its PDF is made again, in either language, byte for byte."""

    sealed = Sealed("letter")

    number = models.CharField(max_length=30, unique=True)  # "L-15-1401-00042": no gaps, per province and Jalali year
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=80, db_index=True)  # "case:42", "licence:7"
    to = models.CharField(max_length=80, db_index=True)  # the party it is for, or about: "person:17", "organisation:3"
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    issued_on = models.DateField()
    # The keyed digest of each edition's PDF, once it was made: also the name under which the kept copy lies.
    copy_fa = models.CharField(max_length=64, blank=True)
    copy_en = models.CharField(max_length=64, blank=True)

    @property
    def declared(self) -> Kind:
        return KINDS[self.kind]

    def copy(self, language: str) -> str:
        """The keyed digest of the edition in a language; empty while it was not made."""
        return self.copy_en if language == "en" else self.copy_fa
