"""Making and trying one-time codes: random, kept as keyed hashes, compared in constant time, tried a few times each.

A message brings eight digits; a half of a letter is eight letters of Crockford's alphabet (40 bits). A code is known by
its length, so that whoever guesses at a message spends no try of a letter.
"""

import hmac
import secrets
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F, QuerySet

from pishkhan.journal.clock import now
from pishkhan.journal.erasure.erasable_text import keyed
from pishkhan.language.codes import ALPHABET
from pishkhan.language.digits import ascii_digits
from pishkhan.people.models import Person

from .models import OneTimeCode, Way

DIGITS = HALF = 8
TRIES = {Way.LETTER: 100}  # of eighty bits, which nobody guesses: a stranger shall not make it void
TRIES_OF_DIGITS = 5
SKEW = timedelta(minutes=2)  # by which the clocks of two machines may differ
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


def fresh_digits() -> str:
    """The code of a message."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def fresh_half() -> str:
    """Half the code of a letter."""
    return "".join(secrets.choice(ALPHABET) for _ in range(HALF))


def hash_of(person: Person, code: str) -> str:
    """The hash that is kept of a code or half: of this person's, so that it is nobody else's."""
    return keyed("one-time-code", f"{person.pk}:{code}")


def live(codes: "QuerySet[OneTimeCode]") -> "QuerySet[OneTimeCode]":
    """Those of some codes that are good now. One that was made later than now was made before the clock was set "
    "back."""
    moment = now()
    return codes.filter(ended_at=None, until__gt=moment, made_at__lte=moment + SKEW)


def matching(person: Person, typed: str) -> OneTimeCode | None:
    """The code of a person that somebody typed, whole and good; None if it is none of theirs.

    It counts before it looks. Never within an act: what is refused there would not be counted.
    """
    code = ascii_digits(typed).upper().translate(_MEANT)
    return next((row for row in _tried(person, code) if _is(row, person, code)), None)


def _tried(person: Person, code: str) -> Iterator[OneTimeCode]:
    """The codes that it could be, each with a try more, but those that were tried too often."""
    for row in live(person.one_time_codes.order_by("pk")):
        if row.is_whole and len(code) == (2 * HALF if row.way == Way.LETTER else DIGITS):
            most = TRIES.get(Way(row.way), TRIES_OF_DIGITS)
            if OneTimeCode.objects.filter(pk=row.pk, attempts__lt=most).update(attempts=F("attempts") + 1):
                yield row


def _is(row: OneTimeCode, person: Person, code: str) -> bool:
    if row.way != Way.LETTER:
        return hmac.compare_digest(row.hashed, hash_of(person, code))
    first = hmac.compare_digest(row.hashed, hash_of(person, code[:HALF]))
    second = hmac.compare_digest(row.hashed_second, hash_of(person, code[HALF:]))
    return first and second
