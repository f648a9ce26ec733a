"""Facts in the one form that every database gives back unchanged, so that a digest survives storage."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

_encoder = msgspec.json.Encoder(order="sorted")


def canonical(fact: Any) -> Any:
    """The fact as it will come back from the database, or a TypeError or ValueError that says why it would not."""
    match fact:
        case None | bool():
            return fact
        case int() if abs(fact) < 2**63:
            return int(fact)
        case str():
            if "\0" in fact:
                raise ValueError("PostgreSQL stores no NUL.")
            fact.encode()  # a lone surrogate cannot be written
            return str(fact)
        case UUID():
            return str(fact)
        case datetime():
            if fact.tzinfo is None:
                raise ValueError(f"{fact} names no instant: it has no time zone.")
            return fact.astimezone(UTC).isoformat()
        case date():
            return fact.isoformat()
        case list() | tuple():
            return [canonical(each) for each in fact]
        case dict():
            if wrong := [key for key in fact if not isinstance(key, str)]:
                raise TypeError(f"Keys are strings, not {wrong!r}.")
            return {canonical(key): canonical(each) for key, each in fact.items()}
    raise TypeError(f"{fact!r} has no canonical form (money and measures are integers of a named unit).")


def encoded(facts: Any) -> bytes:
    """Canonical facts as bytes: JSON in UTF-8, keys in the order of their code points, no spaces, only what must be
    escaped is (docs/methods/journal.md). `json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))`
    says the same."""
    return _encoder.encode(facts)


def digest(facts: Any) -> str:
    """SHA-256, in hex, of canonical facts as bytes."""
    return sha256(encoded(facts)).hexdigest()
