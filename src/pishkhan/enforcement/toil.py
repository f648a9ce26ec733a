"""Against complaints by machines: a proof of work that a browser does by itself (altcha), and how many an hour.

Whoever's browser runs no script sends no proof and may complain all the same, at a slower rate.
"""

import base64
import binascii
import json
import time
from datetime import UTC, datetime
from typing import Any

from altcha.v1 import ChallengeOptions, create_challenge, verify_solution
from django.core.cache import caches
from django.http import HttpRequest
from ninja.throttling import AnonRateThrottle

from pishkhan.journal.secrecy import keyed

from . import refusals

WORK = 50_000  # numbers to be tried at most: a second or so of a phone
LASTS = 2 * 60 * 60  # seconds, of real time
WITH_PROOF, WITHOUT = "20/h", "3/h"  # complaints of one address
TRACKING_RATE = "30/m"  # codes asked for by one address


class _Proven(AnonRateThrottle):
    """Counted by address, in the memory of a process."""

    scope, cache = "complain", caches["process"]


class _Unproven(_Proven):
    scope = "complain-unproven"


class Tracking(_Proven):
    """How often one address asks after codes."""

    scope = "track-complaint"


def challenge() -> dict[str, Any]:
    """What is to be worked out before complaining."""
    ends = datetime.fromtimestamp(time.time() + LASTS, UTC)
    made = create_challenge(ChallengeOptions(max_number=WORK, hmac_key=_key(), expires=ends))
    return {"algorithm": made.algorithm, "challenge": made.challenge, "maxnumber": made.max_number,
            "salt": made.salt, "signature": made.signature}


def is_worked_out(payload: str) -> bool:
    """Whether a challenge of ours was worked out, in its time, and is used for the first time."""
    try:
        stated = json.loads(base64.b64decode(payload[:2000], validate=True))
        good, _ = verify_solution(stated, _key(), check_expires=True)
        return good and caches["default"].add(f"toil:{stated['challenge']}", 1, LASTS)
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, RecursionError):
        return False


def ask_the_rate(request: HttpRequest, payload: str) -> None:
    """Refuse what comes too often from one address; sooner, where no work was done."""
    throttle = _Proven(WITH_PROOF) if payload and is_worked_out(payload) else _Unproven(WITHOUT)
    if not throttle.allow_request(request):
        raise refusals.TooManyComplaints()


def _key() -> str:
    return keyed("altcha", "challenge")
