"""Making a PDF of a record: the same bytes from the same record, whoever makes it, wherever and whenever."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import segno
import typst

from pishkhan.language.text import LANGUAGES

HERE = Path(__file__).parent
FONTS, TEMPLATES = HERE / "fonts", HERE / "typst"
# PDF/A-2b (ISO 19005-2) for archives, PDF/UA-1 (ISO 14289-1) for who listens: tags, language, alternative texts
STANDARDS: list[Literal["a-2b", "ua-1"]] = ["a-2b", "ua-1"]
UNKNOWN = "?"  # in place of a letter that the font has not: PDF/A allows no letter without a shape
CORRECTION = "m"  # of a QR code: a seventh of it may be soiled (ISO/IEC 18004, level M)


def pdf_of(template: str, record: Mapping[str, Any], language: str, pictures: Iterable[bytes] = ()) -> bytes:
    """The document of a record in a language, as PDF/A-2b and PDF/UA-1.

    Nothing but the record, its pictures, the templates, the fonts and the compiler that the lock names has a part in
    it: no clock, no time zone, no font of the machine. `record["made"]` is the moment it bears: year, month, day, hour,
    minute, second in UTC.
    """
    if language not in LANGUAGES:
        raise ValueError(f"There is no edition of a document in {language!r}.")
    inputs = {
        "record": written(record),
        "language": language,
        "qr": json.dumps(qr_rows(record.get("verification_url", ""))),
        "pictures": json.dumps([list(picture) for picture in pictures], separators=(",", ":")),
    }
    return typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=[*STANDARDS],
    )


def written(record: Mapping[str, Any]) -> str:
    """A record as JSON in its one form, with letters that the font has not told as a question mark."""
    return json.dumps(_shown(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def qr_rows(text: str) -> list[list[int]]:
    """A QR code of a text, row by row from the top, each the lengths of its runs of modules: dark ones above zero."""
    if not text:
        return []
    matrix = segno.make_qr(text, error=CORRECTION, boost_error=False).matrix
    return [
        [length if dark else -length for dark, length in ((dark, len(list(run))) for dark, run in groupby(row))]
        for row in matrix
    ]


def _with_a_shape(letter: str) -> str:
    """A letter as it can be drawn; what steers the direction of text from within is left out, lest it mislead."""
    if ord(letter) in coverage() or letter == "\n":
        return letter
    if letter.isspace():
        return "" if letter == "\r" else " "
    return "" if unicodedata.category(letter) == "Cf" else UNKNOWN


@cache
def coverage() -> frozenset[int]:
    """The code points that the font has a shape for, as fonts/coverage.txt lists them."""
    spans = [span.split("-") for span in (FONTS / "coverage.txt").read_text().split()]
    return frozenset(point for span in spans for point in range(int(span[0], 16), int(span[-1], 16) + 1))


def _shown(fact: Any) -> Any:
    if isinstance(fact, str):
        return "".join(map(_with_a_shape, fact))
    if isinstance(fact, Mapping):
        return {key: _shown(value) for key, value in fact.items()}
    return [_shown(value) for value in fact] if isinstance(fact, list | tuple) else fact
