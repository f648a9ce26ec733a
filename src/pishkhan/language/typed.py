"""One reading of everything that is typed or pasted: in forms, addresses, the API, tables and commands.

Text copied from a PDF, a chat or a spreadsheet brings marks that no eye sees, Arabic letters for Persian ones and
dashes of many kinds. Whatever was typed is read here, once, as it was meant.
"""

import re
import unicodedata

from .digits import ascii_digits, persian
from .text import Text

_CONTROLS = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_UNSEEN = re.compile(f"[{_CONTROLS}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_BLANKS = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f\u3000]")
_FORMS = re.compile(
    "[\ufb50-\ufdff\ufe70-\ufefc]+"
)  # letters as old fonts and PDFs write them, one sign for each shape
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})
_NEEDLESS_JOINERS = re.compile("\u200c*(?<![^\\s\u200c])\u200c+|\u200c+(?=[\\s\u200c]|$)")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u0640\ufe58\ufe63\uff0d", "-"))
_SLASHES = str.maketrans(dict.fromkeys("\u2044\u2215\uff0f", "/"))
_GROUPED = re.compile(r"\d{1,3}(?:([,٬،'’ ])\d{3})(?:\1\d{3})*")
_WHOLE = re.compile(r"[+-]?\d{1,18}")
_CURRENCY = re.compile(r"\s*(ریال|rials?|irr)$", re.IGNORECASE)
_TOMAN = re.compile(r"تومان|تومن|tomans?", re.IGNORECASE)

NO_NUMBER = Text(
    "«{given}» عدد درست نیست؛ عدد را مانند {like} بنویسید.", "'{given}' is no whole number; write one like {like}."
)
IN_TOMAN = Text("مبلغ را به ریال بنویسید، نه تومان.", "Write the amount in rial, not in toman.")
LIKE = Text(persian("250000"), "250000")


class NotANumber(ValueError):
    """The text is no whole number; `.text` says what one looks like."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


def typed(text: str) -> str:
    """Words as they were meant: no marks that nobody sees, plain blanks, ی and ک, and half-spaces only within words.

    Lines, digits and everything that is seen stay."""
    if text.isascii() and text.isprintable():
        return text
    plain = _FORMS.sub(lambda shapes: unicodedata.normalize("NFKC", shapes[0]), unicodedata.normalize("NFC", text))
    plain = _BLANKS.sub(" ", _UNSEEN.sub("", plain)).translate(_LETTERS)
    return _NEEDLESS_JOINERS.sub("", plain)


def typed_code(text: str) -> str:
    """A code, number or day as it was meant: ASCII digits, hyphens and slashes, without joiners or blanks around."""
    plain = typed(text).replace("\u200c", "").replace("\u200d", "")
    return ascii_digits(plain).translate(_DASHES).translate(_SLASHES).strip()


def whole_number(text: str) -> int:
    """The whole number that a text names, in any digits, its thousands grouped or not; NotANumber if it names none."""
    plain = typed_code(text)
    if _TOMAN.search(plain):
        raise NotANumber(IN_TOMAN)
    plain = _CURRENCY.sub("", plain)
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"\D", "", plain)
    if not _WHOLE.fullmatch(plain):
        raise NotANumber(NO_NUMBER.filled(given=text[:20], like=LIKE))
    return int(plain)
