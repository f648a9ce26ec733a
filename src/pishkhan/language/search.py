"""One form of a text for search, the same for what is stored and what is asked, and one for the alphabet's order."""

import re
import unicodedata

from .digits import ascii_digits
from .typed import typed

_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "ۀ": "ه",
        "ة": "ه",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ؤ": "و",
        "ئ": "ی",
        "ٱ": "ا",
        "ھ": "ه",
        "ە": "ه",
        "ہ": "ه",
        "ۂ": "ه",
        "ۃ": "ه",
        "ێ": "ی",
        "ې": "ی",
        "ے": "ی",
        "ڕ": "ر",
        "ڵ": "ل",
        "ۆ": "و",
        "ۇ": "و",
        "ڤ": "و",
        "\u200c": " ",
        "\u200d": "",
        "\u0640": "",
    }
)
_ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_ORDER = {
    letter: chr(ord("A") + place) if place < 26 else chr(ord("a") + place - 26)
    for place, letter in enumerate(_ALPHABET)
}


def folded(text: str) -> str:
    """The text as it is searched: letters that look alike are one, no marks, ASCII digits, single spaces."""
    plain = unicodedata.normalize("NFKC", typed(text)).translate(_LETTERS)
    plain = "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))
    return " ".join(ascii_digits(plain).translate(_LETTERS).casefold().split())


def gapless(text: str) -> str:
    """The folded text without its spaces: so that a name is found however its parts are joined."""
    return folded(text).replace(" ", "")


def searchable(*texts: str) -> str:
    """What a search column holds: the folded words, and once more without gaps."""
    words = folded(" ".join(filter(None, texts)))
    return f"{words} {words.replace(' ', '')}" if " " in words else words


def sort_key(text: str) -> str:
    """A key in the order of the Persian alphabet, of ASCII letters alone, which every database orders alike by code."""
    plain = unicodedata.normalize("NFKC", typed(text)).replace("\u200c", " ")
    return "".join(
        _ORDER.get(letter, _ORDER.get(folded(letter), f"z{letter.casefold()}" if letter.isascii() else ""))
        for letter in re.sub(r"\s+", " ", plain.strip())
    )[:200]
