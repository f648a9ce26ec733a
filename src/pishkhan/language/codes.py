"""Codes that people are told and type back: random, not guessable, with a check letter.

Ten letters of Crockford's base 32 (50 bits) and one check letter: the polynomial of the letters over the field of 32
elements (x⁵ + x² + 1) at its generator. It needs no signs besides the letters, as Crockford's modulo 37 does, and finds
any one wrong letter and any two neighbours that changed places.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .identifiers import NotValid
from .text import Text
from .typed import typed_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
WRONG = Text(
    "کد پیگیری درست نیست: یازده حرف و رقم، مانند آنچه به شما داده شده.",
    "Not a tracking code: eleven letters and digits, as you were told.",
)


_choose: ContextVar[Callable[[str], str]] = ContextVar("choose", default=secrets.choice)


@contextmanager
def chosen_by(choose: Callable[[str], str]) -> Iterator[None]:
    """Draw the codes of a block otherwise: those of a demo, whose documents are alike in every play of it."""
    token = _choose.set(choose)
    try:
        yield
    finally:
        _choose.reset(token)


def fresh_code() -> str:
    """A new random code."""
    letters = "".join(_choose.get()(ALPHABET) for _ in range(LENGTH))
    return letters + _check(letters)


def code(text: str) -> str:
    """The code that a person typed, whatever its case, hyphens and look-alike letters; NotValid if it is none."""
    letters = typed_code(text).upper().translate(_MEANT)
    if len(letters) != LENGTH + 1 or not set(letters) <= set(ALPHABET) or letters[-1] != _check(letters[:-1]):
        raise NotValid(WRONG)
    return letters


def _check(letters: str) -> str:
    value = 0
    for letter in letters:
        value = _times_generator(value ^ ALPHABET.index(letter))
    return ALPHABET[value]


def _times_generator(element: int) -> int:
    return element << 1 ^ (0b100101 if element & 0b10000 else 0)
