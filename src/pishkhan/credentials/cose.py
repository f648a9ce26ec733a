"""Signed messages: COSE_Sign1 (RFC 9052) with Ed25519, in the one form that we write and accept.

A message has exactly one spelling: tag 18, four elements, protected headers in the order of their labels, no others,
the shortest lengths, nothing after. So every other pattern of bits is refused, outside of what is signed included.
"""

import base64
import re
from typing import NamedTuple

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALGORITHM, KEY_ID, TYPE = 1, 4, 16  # labels of headers (RFC 9052, RFC 9596)
EDDSA = -8  # RFC 9053
BEGINS, NO_UNPROTECTED = b"\xd2\x84", b"\xa0"
KID_BYTES, SIGNATURE_BYTES = 4, 64
_KID_AT = slice(5, 5 + KID_BYTES)  # in the protected headers: after the map, the algorithm, and the head of the id
_LENGTHS = {0x58: (1, 24), 0x59: (2, 256), 0x5A: (4, 65536)}  # head: bytes of the length, and the least it is for
_TEXT = re.compile(r"[A-Za-z0-9_-]+")


class Malformed(ValueError):
    """Bytes or text that are no message of ours, or a message that no key of ours signed."""


class Message(NamedTuple):
    """A message taken apart; nothing in it is to be believed before `is_signed_by`."""

    kid: bytes
    protected: bytes
    payload: bytes
    signature: bytes

    def is_signed_by(self, public: bytes) -> bool:
        """Whether the key (32 bytes) made the signature (RFC 8032)."""
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(self.signature, _signed(self.protected, self.payload))
        except InvalidSignature:
            return False
        return True


def sign(payload: bytes, private: Ed25519PrivateKey, kid: bytes, typ: str = "") -> bytes:
    """The message of a payload. The same payload, key and type give the same bytes: Ed25519 is deterministic."""
    protected = _headers(kid, typ)
    signature = private.sign(_signed(protected, payload))
    return BEGINS + cbor2.dumps(protected) + NO_UNPROTECTED + cbor2.dumps(payload) + cbor2.dumps(signature)


def taken_apart(message: bytes, typ: str = "") -> Message:
    """The parts of a message of a type; Malformed if it is not one, spelled as we spell it."""
    if not message.startswith(BEGINS):
        raise Malformed("It does not begin as a COSE_Sign1 message of four elements.")
    protected, rest = _byte_string(message[len(BEGINS) :])
    if not rest.startswith(NO_UNPROTECTED):
        raise Malformed("It has unprotected headers.")
    payload, rest = _byte_string(rest[len(NO_UNPROTECTED) :])
    signature, rest = _byte_string(rest)
    kid = protected[_KID_AT]
    if rest or len(signature) != SIGNATURE_BYTES or protected != _headers(kid, typ):
        raise Malformed("Its headers or its signature are not of our form.")
    return Message(kid, protected, payload, signature)


def in_text(message: bytes) -> str:
    """Bytes as base64url without padding (RFC 4648)."""
    return base64.urlsafe_b64encode(message).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """The bytes of a base64url text; Malformed unless it is the one text of those bytes."""
    if not _TEXT.fullmatch(text) or len(text) % 4 == 1:
        raise Malformed("It is not base64url.")
    decoded = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if in_text(decoded) != text:
        raise Malformed("Its last letter holds bits that mean nothing.")
    return decoded


def _headers(kid: bytes, typ: str) -> bytes:
    headers: dict[int, int | bytes | str] = {ALGORITHM: EDDSA, KEY_ID: kid}
    return cbor2.dumps(headers | ({TYPE: typ} if typ else {}), canonical=True)


def _signed(protected: bytes, payload: bytes) -> bytes:
    """The bytes that are signed: the Sig_structure of RFC 9052, section 4.4."""
    return cbor2.dumps(["Signature1", protected, b"", payload])


def _byte_string(rest: bytes) -> tuple[bytes, bytes]:
    """A byte string with the shortest head at the beginning, and what comes after it."""
    head = rest[0] if rest else 0
    if 0x40 <= head < 0x58:
        size, least, length = 0, 0, head - 0x40
    elif head in _LENGTHS:
        size, least = _LENGTHS[head]
        length = int.from_bytes(rest[1 : 1 + size])
    else:
        raise Malformed("A byte string was expected.")
    start = 1 + size
    if length < least or len(rest) < start + length:
        raise Malformed("A byte string has a wrong length.")
    return rest[start : start + length], rest[start + length :]
