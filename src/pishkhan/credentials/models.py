"""The keys with which licences are signed: their public halves, and the days of their use."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed

from . import cose
from .keys import Key


class SigningKey(Journalled):
    """A key that signs what is recorded from a day on, until the next key; its private half lies in the vault."""

    sealed = Sealed("signing-key")

    kid = models.CharField(max_length=8, unique=True)
    public = models.CharField(max_length=43)  # base64url
    valid_from = models.DateField()  # it signs from this day on, and what it signed is believed
    valid_until = models.DateField(null=True, blank=True)  # the last day on which it is believed
    withdrawn_on = models.DateField(null=True, blank=True)  # it is believed no longer, whatever it signed

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="a_key_is_believed_for_a_day"
            )
        ]

    @property
    def key(self) -> Key:
        return Key(cose.from_text(self.public), self.valid_from, self.valid_until)

    def signs(self, day: date) -> bool:
        return self.withdrawn_on is None and self.valid_from <= day
