"""One-time codes: by which an account begins, and by which its holder comes back to it."""

from django.db import models
from django.db.models import F, Q

from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.language.text import Text
from pishkhan.people.models import Person


class Purpose(models.TextChoices):
    """What a code lets its holder do, beside choosing a password."""

    OPENING = "opening"  # nothing more: there was none yet
    PASSWORD = "password"  # nothing more: the old one is forgotten  # noqa: S105  a word, no password
    FACTOR = "factor"  # their second factor is lost, and goes


class Way(models.TextChoices):
    """By which a code reaches its holder."""

    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"  # in two halves, printed by two people
    SCREEN = "screen"  # of the machine, to whom begins a deployment


PURPOSES = {
    Purpose.OPENING: Text("گذرواژهٔ نخست", "First password"),
    Purpose.PASSWORD: Text("گذرواژهٔ فراموش‌شده", "Forgotten password"),
    Purpose.FACTOR: Text("گذرواژه و گام دومِ ازدست‌رفته", "Password and lost second factor"),
}
WAYS = {
    Way.SMS: Text("پیامک", "SMS"),
    Way.EMAIL: Text("رایانامه", "E-mail"),
    Way.LETTER: Text("نامه در دو نیمه", "Letter in two halves"),
    Way.SCREEN: Text("صفحهٔ دستگاه", "Screen of the machine"),
}


class Ending(models.TextChoices):
    """Why a code is good no more before its time is over."""

    USED = "used"
    REPLACED = "replaced"  # by a newer one
    WITHDRAWN = "withdrawn"


class OneTimeCode(models.Model):
    """A code with which its holder, and nobody else, chooses a password. Written by acts on its person.

    Only keyed hashes are stored. A letter's code is of two halves, each printed by another person.
    """

    sealed = Sealed("one-time-code", of="person")

    person = models.ForeignKey(Person, models.PROTECT, related_name="one_time_codes")
    purpose = models.CharField(max_length=10, choices=Purpose)
    way = models.CharField(max_length=10, choices=Way)
    hashed = models.CharField(max_length=64)  # of a letter: its first half
    hashed_second = models.CharField(max_length=64, blank=True)
    first_by = models.CharField(max_length=40, blank=True)  # who printed the first half
    second_by = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)  # right or wrong
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | Q(ended_at__isnull=False) & ~Q(ending=""),
                name="what_has_ended_says_why",
            ),
            models.CheckConstraint(
                condition=Q(way="letter") & ~Q(first_by="")
                | ~Q(way="letter") & Q(first_by="", second_by="", hashed_second=""),
                name="a_letter_is_printed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(second_by="", hashed_second="")
                | ~Q(second_by="") & ~Q(hashed_second="") & ~Q(second_by=F("first_by")),
                name="two_halves_by_two_people",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(way="letter", ended_at=None), name="one_letter_at_a_time"
            ),
        ]

    @property
    def is_whole(self) -> bool:
        """Whether there is all of it: of a letter both halves."""
        return self.way != Way.LETTER or bool(self.second_by)

    def purpose_text(self, language: str) -> str:
        """What it is for, in a language."""
        return PURPOSES[Purpose(self.purpose)].to(language)

    def way_text(self, language: str) -> str:
        """By which way it goes, in a language."""
        return WAYS[Way(self.way)].to(language)
