"""The grounds of a rejection: asked of whoever moves it, and of whoever votes against an approval."""

from collections.abc import Iterable
from typing import Any

from pishkhan.casework.grounds import GroundOffer, ask_grounds
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.ground import GROUNDS
from pishkhan.language.text import Text
from pishkhan.meetings.models import Ballot, Entitlement, Outcome, RefusalGround, Resolution, Seat

APPROVALS = (Outcome.APPROVED, Outcome.CONDITIONAL)
MOTION = Text("پایه‌های رد: {grounds}", "grounds of refusal: {grounds}")
VOTE = Text("رأی مخالف {name}: {grounds}", "against, {name}: {grounds}")
CONTESTED = Text("{ground} [{contest}]", "{ground} [{contest}]")


def ask_of_motion(case: Case, motion: str, codes: Iterable[str]) -> list[GroundOffer]:
    """The grounds on which a motion to reject rests; none of any other motion."""
    if motion != Outcome.REJECTED or not case.procedure.grounds:
        return []
    return ask_grounds(case, codes)


def ask_of_vote(ballot: Ballot, choice: str, codes: Iterable[str]) -> list[GroundOffer]:
    """The grounds on which somebody votes against an approval; none of any other vote."""
    case: Case = ballot.item.case
    if choice != Entitlement.Choice.AGAINST or ballot.motion not in APPROVALS or not case.procedure.grounds:
        return []
    return ask_grounds(case, codes)


def put_down(ballot: Ballot, offers: Iterable[GroundOffer], seat: Seat | None = None) -> list[str]:
    """Write the grounds of a motion, or of the vote of a seat; their codes, for the journal."""
    rows = [RefusalGround(ballot=ballot, seat=seat, code=offer.code, contested=offer.contested) for offer in offers]
    RefusalGround.objects.bulk_create(rows)
    return [row.code for row in rows]


def grounds_of(resolution: Resolution) -> list[str]:
    """The codes of the grounds on which a body rejected a case."""
    ballots = Ballot.objects.filter(item=resolution.item_id, result=Ballot.Result.CARRIED)
    return list(RefusalGround.objects.filter(ballot__in=ballots, seat=None).values_list("code", flat=True))


def ground_facts(ballot: Ballot) -> list[dict[str, Any]]:
    """The grounds of a ballot, of its motion and its votes, as minutes keep them."""
    rows = sorted(ballot.grounds.all(), key=lambda row: row.pk)
    return [{"seat": row.seat_id, "code": row.code, "contested": row.contested} for row in rows]


def grounds_in_words(facts: list[dict[str, Any]], names: dict[str, Text], *, redacted: bool) -> list[Text]:
    """The lines of the minutes that tell the grounds of a ballot; redacted, those of its motion alone."""
    lines = []
    for seat in dict.fromkeys(row["seat"] for row in facts if row["seat"] is None or not redacted):
        listed = _listed([row for row in facts if row["seat"] == seat])
        line = MOTION.filled(grounds=listed) if seat is None else VOTE.filled(name=names[str(seat)], grounds=listed)
        lines.append(line)
    return lines


def _listed(facts: list[dict[str, Any]]) -> Text:
    grounds = [ground_in_words(row["code"], contested=row["contested"]) for row in facts]
    return Text("؛ ".join(ground.fa for ground in grounds), "; ".join(ground.en for ground in grounds))


def ground_in_words(code: str, *, contested: bool) -> Text:
    """A ground, marked if the law contests it."""
    ground = GROUNDS[code]
    sentence = Text(ground.sentence.fa.rstrip("."), ground.sentence.en.rstrip("."))
    return CONTESTED.filled(ground=sentence, contest=ground.contest or "") if contested else sentence
