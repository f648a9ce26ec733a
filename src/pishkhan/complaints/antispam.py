"""Against complaints by machines: a proof of work that a browser does by itself (altcha), and how many an hour.

Whoever's browser runs no script sends no proof and may complain all the same, at a slower rate.
"""

import base64
import binascii
import json
import secrets
import time
from datetime import UTC, datetime
from typing import Any

from altcha.v1 import ChallengeOptions, create_challenge, verify_solution
from django.http import HttpRequest

from pishkhan.journal.erasure.erasable_text import keyed
from pishkhan.language.text import Text
from pishkhan.limits.address import address_of
from pishkhan.limits.keeping import claim
from pishkhan.limits.posting import Posting
from pishkhan.limits.rates import HOUR, MINUTE, declare, is_spent, spend

from . import refusals

WORK = 50_000  # numbers to be tried at most: a second or so of a phone
LASTS = 2 * 60 * 60  # seconds, of real time
WITH_PROOF = declare(
    "complaints", 20, HOUR, Text("شکایت با اثبات کار، از یک نشانی", "Complaints with a proof of work, from an address")
)
WITHOUT = declare(
    "complaints-unproven",
    3,
    HOUR,
    Text("شکایت بی اثبات کار، از یک نشانی", "Complaints without such a proof, from an address"),
)
TRACKING = declare(
    "track-complaint",
    30,
    10 * MINUTE,
    Text("کد نادرست شکایت، از یک نشانی", "Wrong codes of complaints, from an address"),
)


def challenge() -> dict[str, Any]:
    """What is to be worked out before complaining."""
    ends = datetime.fromtimestamp(time.time() + LASTS, UTC)
    made = create_challenge(ChallengeOptions(max_number=WORK, hmac_key=_key(), expires=ends))
    return {
        "algorithm": made.algorithm,
        "challenge": made.challenge,
        "maxnumber": made.max_number,
        "salt": made.salt,
        "signature": made.signature,
    }


def is_worked_out(payload: str, purpose: str = "") -> bool:
    """Whether a challenge of ours was worked out, in its time, and is used for one purpose alone."""
    try:
        stated = json.loads(base64.b64decode(payload[:2000], validate=True))
        good, _ = verify_solution(stated, _key(), check_expires=True)
        return good and claim(f"toil:{stated['challenge']}", purpose, LASTS)
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, RecursionError):
        return False


def ask_before(request: HttpRequest) -> None:
    """Refuse whoever has complained too often already, before anything else is looked at."""
    if is_spent(WITH_PROOF, address_of(request)):
        raise refusals.TooManyComplaints()


def ask_the_rate(request: HttpRequest, payload: str, posting: Posting | None = None) -> None:
    """Count a complaint, and refuse what comes too often from one address; sooner, where no work was done.

    A proof is good for one complaint: for the same one posted twice, both times.
    """
    purpose = posting.key if posting else secrets.token_hex()
    rate = WITH_PROOF if payload and is_worked_out(payload, purpose) else WITHOUT
    if not spend(rate, address_of(request)):
        raise refusals.TooManyComplaints()


def _key() -> str:
    return keyed("altcha", "challenge")
