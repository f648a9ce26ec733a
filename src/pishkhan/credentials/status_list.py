"""How licences stand: four bits each, compressed and signed, with the time it was made and how long it is believed.

It is a Status List Token in CWT (IETF draft-ietf-oauth-status-list), with one claim of our own for the first index.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from . import cose
from .cose import Malformed
from .keys import Keys

ADDRESS, EXPIRES, MADE_AT, LIST, SECONDS_TO_LIVE, FIRST = 2, 4, 6, 65533, 65534, -65537
TYPE = "application/statuslist+cwt"
BITS = 4
SIZE = 1 << 16  # licences in a list
MOST_BYTES = 200_000


class TokenStatus(IntEnum):
    """How a licence stands. 0 to 2 are as the IETF draft has them, 12 to 15 of those it leaves to applications."""

    VALID = 0
    REVOKED = 1
    SUSPENDED = 2
    TRANSFERRED = 12  # to another holder, or replaced by a newer licence
    EXPIRED = 13
    CLOSED = 14
    UNLISTED = 15  # no licence has this index yet: the list is older than the licence


_KNOWN = frozenset(int(status) for status in TokenStatus)


@dataclass(frozen=True)
class StatusList:
    """How the licences of the indices from `first` on stood when it was made."""

    address: str
    first: int
    made_at: int  # seconds since 1970
    until: int  # from this second on it is too old
    nibbles: bytes  # of SIZE indices, two in a byte, the lower first

    def covers(self, index: int) -> bool:
        return self.first <= index < self.first + SIZE

    def status_at(self, index: int) -> TokenStatus:
        """How the licence of an index stands; UNLISTED for what means nothing, too."""
        place = index - self.first
        value = self.nibbles[place // 2] >> (BITS if place % 2 else 0) & 0xF
        return TokenStatus(value) if value in _KNOWN else TokenStatus.UNLISTED

    def is_too_old_at(self, moment: datetime) -> bool:
        return moment.timestamp() >= self.until


def packed(standings: Mapping[int, TokenStatus], first: int) -> bytes:
    """The nibbles of a list: how each index stands, unlisted where nothing is said of it."""
    nibbles = bytearray(b"\xff" * (SIZE * BITS // 8))
    for index, status in standings.items():
        byte, shift = (index - first) // 2, BITS * (index % 2)
        nibbles[byte] = nibbles[byte] & ~(0xF << shift) | status << shift
    return bytes(nibbles)


def signed(status_list: StatusList, private: Ed25519PrivateKey, kid: bytes, *, seconds_to_live: int) -> bytes:
    """The list as a signed message."""
    payload = cbor2.dumps(
        {
            ADDRESS: status_list.address,
            EXPIRES: status_list.until,
            MADE_AT: status_list.made_at,
            SECONDS_TO_LIVE: seconds_to_live,
            LIST: {"bits": BITS, "lst": zlib.compress(status_list.nibbles, 9)},
            FIRST: status_list.first,
        },
        canonical=True,
    )
    return cose.sign(payload, private, kid, TYPE)


def opened(message: bytes, keys: Keys) -> StatusList:
    """The list of a message; Malformed unless a key of the issuer signed it, while it was believed."""
    if len(message) > MOST_BYTES:
        raise Malformed("It is too long.")
    parts = cose.taken_apart(message, TYPE)
    key = keys.get(parts.kid)
    if key is None or not parts.is_signed_by(key.public):
        raise Malformed("No key of the issuer signed this list.")
    status_list = _read(parts.payload)
    if not key.is_believed_at(status_list.made_at):
        raise Malformed("The key of this list was not in use when it was made.")
    return status_list


def _read(payload: bytes) -> StatusList:
    try:
        fields: dict[int, Any] = cbor2.loads(payload)
        if fields[LIST]["bits"] != BITS:
            raise Malformed("It has another number of bits.")
        nibbles = zlib.decompressobj().decompress(fields[LIST]["lst"], SIZE)
        status_list = StatusList(
            str(fields[ADDRESS]), int(fields[FIRST]), int(fields[MADE_AT]), int(fields[EXPIRES]), nibbles
        )
    except (KeyError, TypeError, ValueError, zlib.error) as wrong:
        raise Malformed("It is no status list.") from wrong
    if len(nibbles) != SIZE * BITS // 8:
        raise Malformed("It has another length.")
    return status_list
