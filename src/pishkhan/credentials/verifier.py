"""Whether a licence holds: judged from a token, the issuer's keys and its status list. No database, no network.

This module and those it stands on know nothing of Django, so that whoever verifies needs no deployment of the house.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pishkhan.journal.clock import day_of

from .claim import Claim, claim_in, taken_apart
from .cose import Malformed
from .keys import Keys
from .status_list import StatusList, TokenStatus
from .verdicts import Verdict

_VERDICTS = {
    TokenStatus.VALID: Verdict.VALID,
    TokenStatus.SUSPENDED: Verdict.SUSPENDED,
    TokenStatus.REVOKED: Verdict.REVOKED,
    TokenStatus.TRANSFERRED: Verdict.TRANSFERRED,
    TokenStatus.EXPIRED: Verdict.EXPIRED,
    TokenStatus.CLOSED: Verdict.CLOSED,
    TokenStatus.UNLISTED: Verdict.STATUS_TOO_OLD,
}
_FOR_GOOD = (TokenStatus.REVOKED, TokenStatus.TRANSFERRED)


@dataclass(frozen=True)
class Judgement:
    """A verdict, and what it rests on: the claim is there only if an issuer's key signed it."""

    verdict: Verdict
    claim: Claim | None = None
    made_at: int | None = None  # of the status list that was asked; seconds since 1970


def judged(token: str, keys: Keys, lists: Iterable[StatusList], at: datetime) -> Judgement:
    """The verdict on a token, or on the address that holds one, at a moment.

    Its form comes first, then key and signature, then the list and the term (`verdict_on`). The key must be believed on
    the day of `at`. Of several lists the newest that covers the licence counts.
    """
    try:
        message = taken_apart(token_in(token))
        key = keys.get(message.kid)
        if key is None or not key.is_believed_on(day_of(at)):
            return Judgement(Verdict.UNKNOWN_KEY)
        if not message.is_signed_by(key.public):
            return Judgement(Verdict.ALTERED)
        claim = claim_in(message)
    except Malformed:
        return Judgement(Verdict.ALTERED)
    newest = max(
        (listing for listing in lists if listing.covers(claim.index)), key=lambda listing: listing.made_at, default=None
    )
    unlisted = TokenStatus.UNLISTED if newest is None or newest.is_too_old_at(at) else newest.status_at(claim.index)
    return Judgement(verdict_on(claim, unlisted, at), claim, newest.made_at if newest else None)


def verdict_on(claim: Claim, status: TokenStatus, at: datetime) -> Verdict:
    """What follows from what a licence says and how it stands.

    What ended for good outranks the term, and the term outranks what is for a time, and a list that knows nothing.
    """
    if status in _FOR_GOOD:
        return _VERDICTS[status]
    if claim.begins_after(at):
        return Verdict.NOT_YET
    if claim.is_over_at(at):
        return Verdict.EXPIRED
    return _VERDICTS[status]


def token_in(text: str) -> str:
    """The token in what was scanned or pasted: all of it, or what follows the last # of an address."""
    return text.strip().rpartition("#")[2]
