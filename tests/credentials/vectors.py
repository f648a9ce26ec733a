"""The vectors of docs/methods/credentials.md: read from it; made anew and written into it when run as a script."""

import json
import re
import sys
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pishkhan.credentials import cose
from pishkhan.credentials.claim import Claim, Form, token_of
from pishkhan.credentials.keys import Key, Keys, kid_of
from pishkhan.credentials.status_list import StatusList, TokenStatus, packed, signed
from pishkhan.journal.clock import TEHRAN
from pishkhan.language.text import Text

DOCUMENT = Path(__file__).parents[2] / "docs" / "methods" / "credentials.md"
BLOCK = re.compile(r"```json vectors\n(.*?)\n```", re.DOTALL)
ADDRESS = "https://pishkhan.example/.well-known/pishkhan/status/0.cwt"
ON, WEEK = date(2022, 9, 16), 7 * 24 * 3600
MADE_AT = int(datetime(2022, 9, 16, 12, tzinfo=TEHRAN).timestamp())
CLAIM = Claim("15/1401/0012", 1, "1503011001", Form.EXTRACT, 40961, date(2022, 5, 22), date(2027, 5, 21))
LISTED = {
    "valid": (40961, TokenStatus.VALID),
    "not_yet": (7, TokenStatus.VALID),
    "expired": (52001, TokenStatus.VALID),
    "suspended": (11213, TokenStatus.SUSPENDED),
    "revoked": (30270, TokenStatus.REVOKED),
    "transferred": (65535, TokenStatus.TRANSFERRED),
    "closed": (0, TokenStatus.CLOSED),
}


def private(words):
    return Ed25519PrivateKey.from_private_bytes(sha256(words.encode()).digest())


def public(key):
    return key.public_key().public_bytes_raw()


TESTING, ANOTHER = private("the test vectors of Pishkhan"), private("another key")
KID = kid_of(public(TESTING))
KEYS = Keys(
    [Key(public(TESTING), date(2022, 3, 21))],
    {1: Text("دفتر پیشخوان خدمات دولت", "counter office"), 2: Text("دفتر ICT روستایی", "rural ICT office")},
    "https://pishkhan.example",
)


def claims():
    """A claim for each verdict that follows from term and status."""
    claims = {
        verdict: replace(CLAIM, number=f"15/1401/{12 + place:04}", index=index)
        for place, (verdict, (index, _)) in enumerate(LISTED.items())
    }
    claims["not_yet"] = replace(claims["not_yet"], first_day=date(2022, 9, 17), last_day=date(2027, 9, 16))
    claims["expired"] = replace(claims["expired"], first_day=date(2017, 9, 16), last_day=date(2022, 9, 15))
    return claims


def made():
    """The document of vectors; the same on every machine but for how zlib packs the list."""
    tokens = {verdict: token_of(claim, TESTING, KID) for verdict, claim in claims().items()}
    forged = bytearray(cose.from_text(tokens["valid"]))
    forged[forged.index(b"0012") + 3] ^= 1  # another number
    data = [(token, ON, verdict) for verdict, token in tokens.items()]
    data += [
        (cose.in_text(bytes(forged)), ON, "altered"),
        (token_of(CLAIM, ANOTHER, kid_of(public(ANOTHER))), ON, "unknown_key"),
        (tokens["valid"], date(2022, 9, 24), "status_too_old"),
    ]
    status_list = StatusList(ADDRESS, 0, MADE_AT, MADE_AT + WEEK, packed(dict(LISTED.values()), 0))
    return {
        "keys": KEYS.published(),
        "status_list": cose.in_text(signed(status_list, TESTING, KID, seconds_to_live=60)),
        "vectors": [{"verdict": verdict, "on": on.isoformat(), "token": token} for token, on, verdict in data],
    }


def published():
    """The vectors as the document tells them."""
    return json.loads(BLOCK.search(DOCUMENT.read_text()).group(1))


if __name__ == "__main__":
    text = json.dumps(made(), ensure_ascii=False, indent=1)
    DOCUMENT.write_text(BLOCK.sub(lambda _: f"```json vectors\n{text}\n```", DOCUMENT.read_text()))
    sys.stdout.write(text + "\n")
