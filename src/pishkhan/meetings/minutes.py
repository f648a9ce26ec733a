"""The minutes of a meeting: drafted from what happened, signed by who attended, and then they stand."""

import re
from typing import Any

from pishkhan.journal.acts import Actor, act, begin
from pishkhan.journal.clock import now
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.sealing.canonical import canonical, digest
from pishkhan.language.digits import persian
from pishkhan.language.jalali import spoken
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

from . import refusals
from .models import AgendaItem, Meeting, Minutes, Outcome, Signature

CODE = re.compile(r"(?<![\w-])[^\sA-Za-z]+(?![\w-])")  # words without a Latin letter: codes keep their digits
HEADING = Text("صورت‌جلسهٔ {number}، {day}", "Minutes of {number}, {day}")
PRESENT = Text("حاضران: {names}", "Present: {names}")
ITEM = Text("{position}. پروندهٔ {case}", "{position}. Case {case}")
RECUSED = Text("   کناره‌گرفته: {names}", "   recused: {names}")
BALLOT = Text(
    "   رأی‌گیری {round} دربارهٔ «{motion}»: {for_} موافق، {against} مخالف، {abstain} ممتنع",
    "   ballot {round} on '{motion}': {for_} for, {against} against, {abstain} abstaining",
)
FELL = Text("   از دستور افتاد: پرونده پیش رفته بود", "   fell away: the case had moved on")
RESOLVED = Text("   مصوبهٔ {number}: {outcome}", "   resolution {number}: {outcome}")


@retried
def draft_minutes(meeting: Meeting, *, by: Actor) -> Minutes:
    """Draft the minutes of a closed meeting, or draft them anew as long as nobody has signed."""
    content = canonical(_meeting_facts(meeting))
    sealed = digest([content])
    existing = Minutes.objects.filter(meeting=meeting).first()
    with one_transaction():
        if meeting.state not in (Meeting.State.CLOSED, Meeting.State.INQUORATE):
            raise refusals.NotInThisState(meeting.state)
        if existing is None:
            row = Minutes(
                meeting=meeting, division_id=meeting.division_id, content=content, digest=sealed, drafted_at=now()
            )
            with begin(by, "minutes.draft", row, role=Role.SECRETARY) as entry:
                entry.facts = {"meeting": meeting.number, "digest": sealed}
            return row
        with act(by, "minutes.draft-anew", on=existing, role=Role.SECRETARY) as entry:
            if existing.signatures.exists():
                raise refusals.MinutesAreSigned()
            existing.content, existing.digest, existing.drafted_at = content, sealed, now()
            entry.facts = {"meeting": meeting.number, "digest": sealed}
    return existing


@retried
def sign(minutes: Minutes, seen: str, *, by: Person) -> Signature:
    """Acknowledge the minutes of the digest that was seen: by somebody who attended."""
    with act(by, "minutes.sign", on=minutes, role=Role.MEMBER) as entry:
        if seen != minutes.digest:
            raise refusals.OtherMinutes()
        signature = _signature(minutes, by, "")
        entry.facts = {"digest": minutes.digest}
    return signature


@retried
def sign_on_paper(minutes: Minutes, person: Person, *, scan: str, by: Actor) -> Signature:
    """Record that an attendee signed on paper: by the secretary, with the digest of the scan."""
    with act(by, "minutes.sign-on-paper", on=minutes, role=Role.SECRETARY) as entry:
        signature = _signature(minutes, person, scan)
        entry.facts = {"person": person.ref, "digest": minutes.digest, "scan": scan}
    return signature


def as_it_grows(meeting: Meeting, language: str) -> str:
    """The minutes as they would be drafted now, in words."""
    return rendered(Minutes(meeting=meeting, content=canonical(_meeting_facts(meeting))), language)


def rendered(minutes: Minutes, language: str) -> str:
    """The minutes in words."""
    content = minutes.content
    names = dict(content["organisations"])
    day = spoken(minutes.meeting.held_on, language)
    lines = [
        HEADING.filled(number=content["number"], day=day).to(language),
        PRESENT.filled(
            names=_list([names[str(attendance_row["seat"])] for attendance_row in content["attendance"]], language)
        ).to(language),
    ]
    for item in content["items"]:
        lines += _item_in_words(item, names, language)
    text = "\n".join(lines) + "\n"
    return text if language.startswith("en") else CODE.sub(lambda word: persian(word[0]), text)


def _meeting_facts(meeting: Meeting) -> dict[str, Any]:
    """What happened, as codes and facts. Who sat is told by seat, its organisation and the person's reference."""
    attendance = list(meeting.attendances.select_related("seat__organisation", "person").order_by("arrived_at", "pk"))
    items = (
        meeting.items.select_related("case", "resolution")
        .order_by("position")
        .prefetch_related("recusals", "ballots__votes")
    )
    return {
        "number": meeting.number,
        "held_on": meeting.held_on,
        "opened_at": meeting.opened_at,
        "closed_at": meeting.closed_at,
        "organisations": {str(present.seat_id): present.seat.organisation.name for present in attendance},
        "attendance": [
            {
                "seat": present.seat_id,
                "person": present.person.ref,
                "arrived_at": present.arrived_at,
                "left_at": present.left_at,
            }
            for present in attendance
        ],
        "items": [_item_facts(item) for item in items],
    }


def _item_facts(item: AgendaItem) -> dict[str, Any]:
    resolution = getattr(item, "resolution", None)
    return {
        "position": item.position,
        "case": item.case.number,
        "recusals": [{"seat": recusal.seat_id, "reason": recusal.reason} for recusal in item.recusals.all()],
        "ballots": [
            {
                "round": ballot.round,
                "motion": ballot.motion,
                "result": ballot.result,
                "votes": [
                    {"seat": vote.seat_id, "choice": vote.choice}
                    for vote in sorted(ballot.votes.all(), key=lambda vote: vote.seat_id)
                ],
            }
            for ballot in sorted(item.ballots.all(), key=lambda ballot: ballot.round)
        ],
        "fallen": item.state == AgendaItem.State.FALLEN,
        "resolution": {"number": resolution.number, "outcome": resolution.outcome} if resolution else None,
    }


def _signature(minutes: Minutes, person: Person, scan: str) -> Signature:
    if not minutes.meeting.attendances.filter(person=person).exists():
        raise refusals.NotAnAttendee()
    signature, _ = Signature.objects.get_or_create(
        minutes=minutes, person=person, defaults={"digest": minutes.digest, "signed_at": now(), "scan": scan}
    )
    return signature


def _item_in_words(item: dict[str, Any], names: dict[str, str], language: str) -> list[str]:
    lines = [ITEM.filled(position=item["position"], case=item["case"]).to(language)]
    if item["recusals"]:
        lines.append(
            RECUSED.filled(names=_list([names[str(recusal["seat"])] for recusal in item["recusals"]], language)).to(
                language
            )
        )
    for ballot in item["ballots"]:
        count = [vote["choice"] for vote in ballot["votes"]].count
        lines.append(
            BALLOT.filled(
                round=ballot["round"],
                motion=Outcome(ballot["motion"]).text,
                for_=count("for"),
                against=count("against"),
                abstain=count("abstain"),
            ).to(language)
        )
    if item.get("fallen"):  # minutes that were drafted before do not say
        lines.append(FELL.to(language))
    if resolution := item["resolution"]:
        lines.append(
            RESOLVED.filled(number=resolution["number"], outcome=Outcome(resolution["outcome"]).text).to(language)
        )
    return lines


def _list(names: list[str], language: str) -> str:
    return (", " if language.startswith("en") else "، ").join(names)
