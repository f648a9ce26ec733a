"""The public keys of an issuer, as it publishes them: a JWK set (RFC 7517, RFC 8037) with the days each is believed.

{"issuer": "https://…", "kinds": {"1": {"fa": …, "en": …}},
 "keys": [{"kty": "OKP", "crv": "Ed25519", "kid": …, "x": …, "valid_from": "2022-03-21", "valid_until": null}]}
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from pishkhan.journal.clock import day_of
from pishkhan.language.text import Text

from . import cose
from .cose import KID_BYTES, Malformed

PUBLIC_BYTES = 32


def kid_of(public: bytes) -> bytes:
    """The name of a key: the first four bytes of the SHA-256 of its 32."""
    return sha256(public).digest()[:KID_BYTES]


@dataclass(frozen=True)
class Key:
    """A public key, and the days on which what it signed is believed, both included."""

    public: bytes
    valid_from: date
    valid_until: date | None = None

    @property
    def kid(self) -> bytes:
        return kid_of(self.public)

    def is_believed_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def is_believed_at(self, seconds: float) -> bool:
        return self.is_believed_on(day_of(datetime.fromtimestamp(seconds, UTC)))


class Keys:
    """The keys of an issuer by name, and what it calls the kinds of its licences."""

    def __init__(self, keys: Iterable[Key], kinds: Mapping[int, Text], issuer: str = "") -> None:
        self._keys = {key.kid: key for key in keys}
        self.kinds, self.issuer = dict(kinds), issuer

    def get(self, kid: bytes) -> Key | None:
        return self._keys.get(kid)

    def kind(self, number: int) -> Text:
        """What a kind is called; its number if the issuer does not say."""
        return self.kinds.get(number) or Text(str(number), str(number))

    def published(self) -> dict[str, Any]:
        """What stands at the well-known address."""
        return {
            "issuer": self.issuer,
            "kinds": {str(number): {"fa": text.fa, "en": text.en} for number, text in self.kinds.items()},
            "keys": [
                {
                    "kty": "OKP",
                    "crv": "Ed25519",
                    "use": "sig",
                    "alg": "Ed25519",
                    "kid": key.kid.hex(),
                    "x": cose.in_text(key.public),
                    "valid_from": key.valid_from.isoformat(),
                    "valid_until": key.valid_until.isoformat() if key.valid_until else None,
                }
                for key in self._keys.values()
            ],
        }


def read(text: str | bytes) -> Keys:
    """The keys of a published document; Malformed if it is none, or names a key by another's name."""
    try:
        data = json.loads(text)
        kinds = {int(number): Text(kind["fa"], kind["en"]) for number, kind in data.get("kinds", {}).items()}
        return Keys([_key(key) for key in data["keys"]], kinds, str(data.get("issuer", "")))
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Malformed("It is no document of keys.") from wrong


def _key(fields: dict[str, Any]) -> Key:
    until = fields.get("valid_until")
    key = Key(
        cose.from_text(fields["x"]),
        date.fromisoformat(fields["valid_from"]),
        date.fromisoformat(until) if until else None,
    )
    if (fields["kty"], fields["crv"], fields["kid"]) != ("OKP", "Ed25519", key.kid.hex()) or len(
        key.public
    ) != PUBLIC_BYTES:
        raise Malformed("A key is not what it is called.")
    return key
