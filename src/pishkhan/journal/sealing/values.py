"""Values as each database gives them, in the form in which the journal seals them (docs/methods/journal.md).

SQLite lets any value stand in any column. One that is none of its column's kind never looks like what was sealed:
bytes would be written as the text that is their Base64, an infinity as nothing, and 'no' as true.
"""

import json
from collections.abc import Callable
from datetime import UTC
from hashlib import sha256
from typing import Any

import msgspec

Convert = Callable[[Any], Any]
INSTANTS = (19, 26)  # letters of "2022-09-16 03:30:00", and of the same with microseconds

_json = msgspec.json.Decoder(float_hook=lambda written: repr(float(written)))


def odd(value: Any) -> str:
    """A value of a kind that its column does not hold. No text that is sealed holds NUL."""
    return f"\0{type(value).__name__} {value!r}"


def _of(kind: type[Any], convert: Convert | None = None) -> Convert:
    """Values of one kind alone, converted."""
    if convert is None:
        return lambda value: value if type(value) is kind else odd(value)
    return lambda value: convert(value) if type(value) is kind else odd(value)


def _instant(text: str) -> str:
    if text[10:11] != " " or len(text) not in INSTANTS:
        return odd(text)
    return f"{text[:10]}T{text[11:]}+00:00"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON. Of a key that stands there twice, SQLite reads the first value and Python the last."""
    found = dict(pairs)
    return found if len(found) == len(pairs) else {odd(pairs): None}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_float=lambda written: repr(float(written)))
    except ValueError:
        return odd(text)


CONVERTERS: dict[str, dict[str, Convert]] = {
    "sqlite": {
        "boolean": lambda value: bool(value) if type(value) is int and value in (0, 1) else odd(value),
        "integer": _of(int),
        "float": _of(float, repr),
        "text": _of(str),
        "date": _of(str),
        "time": _of(str),
        "instant": _of(str, _instant),
        "json": _of(str, _parsed),
        "uuid": _of(str, lambda text: f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"),
        "bytes": _of(bytes, lambda content: sha256(content).hexdigest()),
    },
    "postgresql": {
        "float": repr,
        "instant": lambda moment: moment.astimezone(UTC).isoformat(),
        "date": lambda day: day.isoformat(),
        "time": lambda hour: hour.isoformat(),
        "uuid": str,
        "bytes": lambda content: sha256(content).hexdigest(),
        "json": _json.decode,
    },
}
