"""What a licence's token says: a CBOR Web Token (RFC 8392) of number, kind, place, term and status index, signed.

{2: number, 4: end of the term, 5: its beginning, -65537: [version, kind, place, form, index]}
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pishkhan.journal.clock import TEHRAN, day_of
from pishkhan.language.text import Text

from . import cose
from .cose import Malformed

SUBJECT, EXPIRES, NOT_BEFORE, OURS = 2, 4, 5, -65537  # RFC 8392; below -65536 for private use
VERSION = 1
MOST_LETTERS = 1000  # of a token: ours have some 180


class Form(IntEnum):
    """What the document is on which a token stands."""

    LICENCE = 1
    EXTRACT = 2

    @property
    def text(self) -> Text:
        return FORMS[self]


FORMS = {
    Form.LICENCE: Text("پروانه", "licence"),
    Form.EXTRACT: Text("رونوشت از دفتر ثبت استان", "extract of the provincial register"),
}


@dataclass(frozen=True)
class Claim:
    """What a token says of a licence. Days are of Asia/Tehran; the last day is the last on which it holds."""

    number: str  # in the register, "15/1401/0012"
    kind: int  # numbered by the issuer, who publishes the names with its keys
    place: str  # SCI code of the division
    form: Form
    index: int  # of its status in the issuer's lists
    first_day: date
    last_day: date

    def payload(self) -> bytes:
        """The claims as CBOR, in the one form that is accepted."""
        return cbor2.dumps(
            {
                SUBJECT: self.number,
                EXPIRES: midnight(self.last_day + timedelta(days=1)),
                NOT_BEFORE: midnight(self.first_day),
                OURS: [VERSION, self.kind, self.place, int(self.form), self.index],
            },
            canonical=True,
        )

    def begins_after(self, moment: datetime) -> bool:
        return moment.timestamp() < midnight(self.first_day)

    def is_over_at(self, moment: datetime) -> bool:
        return moment.timestamp() >= midnight(self.last_day + timedelta(days=1))


def token_of(claim: Claim, private: Ed25519PrivateKey, kid: bytes) -> str:
    """The token of a claim: base64url, for the fragment of an address. The same claim and key give the same token."""
    return cose.in_text(cose.sign(claim.payload(), private, kid))


def taken_apart(token: str) -> cose.Message:
    """The parts of a token, of which nothing is to be believed yet; Malformed if it is none."""
    if len(token) > MOST_LETTERS:
        raise Malformed("It is too long.")
    return cose.taken_apart(cose.from_text(token))


def claim_in(message: cose.Message) -> Claim:
    """What a message says, whose signature was checked before; Malformed if it is no claim of ours."""
    try:
        fields: dict[int, Any] = cbor2.loads(message.payload)
        version, kind, place, form, index = fields[OURS]
        claim = Claim(
            fields[SUBJECT],
            kind,
            place,
            Form(form),
            index,
            day_of(_moment(fields[NOT_BEFORE])),
            day_of(_moment(fields[EXPIRES])) - timedelta(days=1),
        )
        if version != VERSION or claim.payload() != message.payload:
            raise Malformed("It says something else than a licence's token does.")
    except (KeyError, TypeError, ValueError, OverflowError) as wrong:
        raise Malformed("It is no claim of a licence.") from wrong
    return claim


def midnight(day: date) -> int:
    """The instant at which a day begins in Tehran, in seconds since 1970."""
    return int(datetime.combine(day, time(), TEHRAN).timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
