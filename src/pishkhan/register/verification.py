"""What anybody may know of a licence: the verdict on its token, or on its number, and what the register says of it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pishkhan.credentials.claim import Claim, Form
from pishkhan.credentials.status_list import SIZE, opened
from pishkhan.credentials.verdicts import Verdict
from pishkhan.credentials.verifier import Judgement, judged, verdict_on
from pishkhan.geography.selectors import place_name
from pishkhan.journal.clock import day_of
from pishkhan.language.digits import ascii_digits
from pishkhan.language.text import Text
from pishkhan.offices.credential import claim_of, published_keys, status_list, token_status_of
from pishkhan.offices.models import Holding, Licence, OfficeKind
from pishkhan.offices.selectors import premises_of, status_of

NUMBER = re.compile(r"\d{1,4}/\d{4}/\d{1,8}")
NUMBER_LETTERS = 20


@dataclass(frozen=True)
class VerificationResult:
    """What a page tells of a licence: a verdict, unless the register holds none of that number, and its facts."""

    verdict: Verdict | None
    claim: Claim | None = None
    kind: Text | None = None
    by_number: bool = False


def number_in(text: str) -> str:
    """The licence's number in what somebody typed, in any digits; empty if it is none."""
    written = ascii_digits(text).strip()
    return written if NUMBER.fullmatch(written) and len(written) <= NUMBER_LETTERS else ""


def judge(token: str, at: datetime) -> VerificationResult:
    """The verdict on a token, with the keys and the status list of this moment; five queries at most."""
    keys = published_keys()
    judgement: Judgement = judged(token, keys, [], at)
    if judgement.claim is not None:
        _, made = status_list(judgement.claim.index // SIZE)
        judgement = judged(token, keys, [opened(made, keys)] if made else [], at)
    return VerificationResult(
        judgement.verdict, judgement.claim, keys.kind(judgement.claim.kind) if judgement.claim else None
    )


def look_up(number: str, at: datetime) -> tuple[VerificationResult, Licence | None]:
    """The verdict on the licence of a number by what the register holds: no proof that a paper is genuine."""
    licence = Licence.objects.select_related("office", "division").filter(number=number).first()
    if licence is None:
        return VerificationResult(None, by_number=True), None
    claim, today = claim_of(licence), day_of(at)
    status = token_status_of(status_of(licence, today), has_begun=licence.valid_from <= today)
    verdict = verdict_on(claim, status, at)
    return VerificationResult(verdict, claim, OfficeKind(licence.kind).text, by_number=True), licence


def record_of(licence: Licence, at: datetime, language: str) -> dict[str, Any]:
    """What the register says of a licence in public; its holder only where that is a company."""
    today = day_of(at)
    premises = premises_of([licence.office], today).get(licence.office_id)
    holding = Holding.objects.on(today).filter(office=licence.office_id).select_related("organisation").first()
    return {
        "office": licence.office.code,
        "place": place_name(licence.division_id, language),
        "address": premises.address if premises else "",
        "issued_on": licence.issued_on,
        "holder": holding.organisation.name if holding and holding.organisation else "",
        "is_extract": claim_of(licence).form == Form.EXTRACT,
    }
