"""Acts of voting: opening a ballot freezes who may vote; closing it counts; a motion carried is a resolution."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError

from pishkhan.casework.models import Case
from pishkhan.casework.refusals import RulesUnmet
from pishkhan.casework.selectors import citation_of
from pishkhan.journal.acts import Actor, act, begin
from pishkhan.journal.clock import now, today
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import lock, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.numbering import next_number
from pishkhan.language.jalali import jalali_year
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

from . import refusals
from .models import AgendaItem, Ballot, Entitlement, Meeting, Outcome, Resolution, Seat, Vote
from .refusing.grounds import ask_of_motion, ask_of_vote, put_down
from .selectors import MAJORITY, has_moved_on, open_ballot, quorum_of, rule_of, taking_part

CHOICE = Entitlement.Choice
SIMPLE = 50  # percent: more than that is a simple majority


@dataclass(frozen=True)
class Tally:
    """The votes of a ballot, whether the motion is carried, and whether the chair's vote broke a tie."""

    votes_for: int
    votes_against: int
    abstentions: int
    carried: bool
    casting_vote: bool


@retried
def open_vote(item: AgendaItem, motion: str, *, by: Actor, conditions: str = "", grounds: Sequence[str] = ()) -> Ballot:
    """Put a motion to the vote of those who are present and not recused now, if they are a quorum for this item.

    A motion to reject names its grounds.
    """
    with act(by, "item.open-vote", on=item, role=Role.SECRETARY) as entry:
        if item.meeting.state != Meeting.State.OPEN or item.state != AgendaItem.State.WAITING:
            raise refusals.NotInThisState(item.state)
        _ask_its_day(item)
        lock(item.case)  # so that nobody drafts it anew, or moves it, while it is put to the vote
        _ask_quorum(item)
        _ask_what_is_put(item.case, motion, entry)
        rests_on = ask_of_motion(item.case, motion, grounds)
        ballot = Ballot(
            item=item,
            round=item.ballots.count() + 1,
            motion=motion,
            opened_at=entry.at,
            case_revision=item.case.revision,
        )
        ballot.save(force_insert=True)
        entitled = [Entitlement(ballot=ballot, seat=member.seat, person=member.person) for member in taking_part(item)]
        Entitlement.objects.bulk_create(entitled)
        item.state = AgendaItem.State.UNDER_VOTE
        entry.facts = {
            "round": ballot.round,
            "motion": motion,
            "entitled": [[entitlement.seat_id, entitlement.person.ref] for entitlement in entitled],
        }
        if rests_on:
            entry.facts["grounds"] = put_down(ballot, rests_on)
        if conditions:
            entry.facts["conditions"] = keep(entry, "conditions", conditions, whose=item.case.party_ref)
    return ballot


@retried
def cast_vote(ballot: Ballot, choice: str, *, by: Person, reasons: str = "", grounds: Sequence[str] = ()) -> Vote:
    """Vote in a ballot, once, for the seat that one sits on now, if it was entitled when the ballot opened.

    Who has left votes no more; their deputy votes for the seat if they had not. A vote against says why; one against
    an approval names its grounds.
    """
    item = ballot.item
    try:
        with act(by, "item.vote", on=item, role=Role.MEMBER) as entry:
            ballot.refresh_from_db()
            if ballot.closed_at is not None:
                raise refusals.NotInThisState(item.state)
            _ask_its_day(item)
            seat = seat_to_vote_for(ballot, by)
            if seat is None:
                raise refusals.NotEntitled()
            if ballot.votes.filter(seat=seat).exists() or by.ref in voters_of(ballot):
                raise refusals.VotedAlready()
            if choice == CHOICE.AGAINST and not reasons.strip():
                raise refusals.NoReasons()
            rests_on = ask_of_vote(ballot, choice, grounds)
            vote = Vote(ballot=ballot, seat=seat, choice=choice)
            vote.save(force_insert=True)
            entry.facts = {"round": ballot.round, "seat": seat.pk, "choice": choice}
            if rests_on:
                entry.facts["grounds"] = put_down(ballot, rests_on, seat)
            if reasons.strip():
                entry.facts["reasons"] = keep(entry, "reasons", reasons, whose=item.case.party_ref)
    except IntegrityError:
        raise refusals.VotedAlready() from None
    return vote


@retried
def close_vote(item: AgendaItem, *, by: Actor) -> Resolution | None:
    """Count the votes; return the resolution if the motion is carried, None if it is lost or the quorum is gone.

    Every seat that was entitled and is still sat on must have voted; who left meanwhile is not waited for. Nothing is
    resolved on a case that has moved since the ballot opened.
    """
    with act(by, "item.close-vote", on=item, role=Role.SECRETARY) as entry:
        ballot = open_ballot(item)
        if ballot is None:
            raise refusals.NotInThisState(item.state)
        _ask_its_day(item)
        lock(item.case)
        quorum, moved = quorum_of(item), item.case.revision != ballot.case_revision
        if quorum.met and not moved and (missing := _still_to_vote(item, ballot)):
            raise refusals.VotesAreMissing(missing)
        tally = tally_of(ballot)
        ballot.closed_at = now()
        ballot.result = _result(tally, moved=moved, quorum_is_met=quorum.met)
        ballot.save()
        carried = ballot.result == Ballot.Result.CARRIED
        item.state = AgendaItem.State.DECIDED if carried else AgendaItem.State.WAITING
        entry.facts = {
            "round": ballot.round,
            "result": ballot.result,
            "for": tally.votes_for,
            "against": tally.votes_against,
            "abstain": tally.abstentions,
            "casting_vote": tally.casting_vote,
            "present": quorum.present,
            "needed": quorum.needed,
        }
        return _resolve(item, ballot, tally, entry) if carried else None


@retried
def break_off_vote(item: AgendaItem, *, reasons: str, by: Actor) -> AgendaItem:
    """End an open ballot without counting it, and say why: the item waits for another. What was cast stays written."""
    with act(by, "item.break-off-vote", on=item, role=Role.SECRETARY) as entry:
        ballot = open_ballot(item)
        if ballot is None:
            raise refusals.NotInThisState(item.state)
        if not reasons.strip():
            raise refusals.NoReasonsGiven()
        ballot.closed_at, ballot.result = entry.at, Ballot.Result.BROKEN_OFF
        ballot.save()
        item.state = AgendaItem.State.WAITING
        entry.facts = {"round": ballot.round, "reasons": keep(entry, "reasons", reasons.strip(), whose=entry.subject)}
    return item


def _ask_its_day(item: AgendaItem) -> None:
    """Refuse what would be decided on another day than that of the meeting."""
    if item.meeting.held_on != today():
        raise refusals.ItsDayIsOver()


def _result(tally: Tally, *, moved: bool, quorum_is_met: bool) -> str:
    if moved:
        return Ballot.Result.OVERTAKEN
    if not quorum_is_met:
        return Ballot.Result.NO_QUORUM
    return Ballot.Result.CARRIED if tally.carried else Ballot.Result.LOST


def seat_to_vote_for(ballot: Ballot, person: Person) -> Seat | None:
    """The seat of those entitled when a ballot opened on which somebody sits now and is not recused."""
    entitled = set(ballot.entitlements.values_list("seat", flat=True))
    sitting = (member for member in taking_part(ballot.item) if member.person_id == person.pk)
    return next((member.seat for member in sitting if member.seat_id in entitled), None)


def voters_of(ballot: Ballot) -> set[str]:
    """Whoever voted in a ballot, for whichever seat: one who moves to another seat meanwhile has voted."""
    cast = Entry.objects.filter(subject=ballot.item.subject, act="item.vote", facts__round=ballot.round)
    return set(cast.values_list("actor", flat=True))


def tally_of(ballot: Ballot) -> Tally:
    """Count a ballot: those in favour must exceed the majority of the votes cast; on a tie the chair's vote decides."""
    votes = list(ballot.votes.select_related("seat"))
    count = {choice: sum(vote.choice == choice for vote in votes) for choice in CHOICE}
    votes_for, against = count[CHOICE.FOR], count[CHOICE.AGAINST]
    percent = rule_of(ballot.item.meeting.body, MAJORITY, ballot.item.meeting.held_on).value
    chair = next((vote.choice for vote in votes if vote.seat.chairs), "")
    tie = votes_for == against and votes_for > 0 and percent <= SIMPLE  # a qualified majority no chair makes up for
    casting = tie and chair in (CHOICE.FOR, CHOICE.AGAINST)
    carried = votes_for * 100 > (votes_for + against) * percent or (casting and chair == CHOICE.FOR)
    return Tally(votes_for, against, count[CHOICE.ABSTAIN], carried, casting)


def _resolve(item: AgendaItem, ballot: Ballot, tally: Tally, because: Entry) -> Resolution:
    body, on = item.meeting.body, today()
    year = jalali_year(on)
    number = next_number(f"resolution:{body.prefix}:{body.division_id}", year=year)
    resolution = Resolution(
        number=f"{body.prefix}-{body.division_id}-{year}-R-{number:04}",
        item=item,
        case=item.case,
        division_id=item.division_id,
        outcome=ballot.motion,
        decided_on=on,
        votes_for=tally.votes_for,
        votes_against=tally.votes_against,
        abstentions=tally.abstentions,
        casting_vote=tally.casting_vote,
        case_revision=ballot.case_revision,
    )
    with begin(because.by, "resolution.adopt", resolution, role=because.role, because=because) as entry:
        entry.facts = {
            "number": resolution.number,
            "case": item.case.subject,
            "outcome": resolution.outcome,
            "for": tally.votes_for,
            "against": tally.votes_against,
            "abstain": tally.abstentions,
            "casting_vote": tally.casting_vote,
        }
    return resolution


def _ask_what_is_put(case: Case, motion: str, entry: Entry) -> None:
    """A refusal where the case cannot go where it is put, or RulesUnmet where that is not whole yet."""
    step = case.procedure.step_for(case.where, motion)
    if step is None:
        raise refusals.MovedOn() if has_moved_on(case) else refusals.NoWay(Outcome(motion).text)
    if broken := [rule for rule in step.votable if not rule.holds(case, entry.at, {})]:
        raise RulesUnmet(broken, [citation_of(case, rule) for rule in broken])


def _ask_quorum(item: AgendaItem) -> None:
    quorum = quorum_of(item)
    if not quorum.met:
        raise refusals.NoQuorum(quorum.present, quorum.needed, region_is_missing=quorum.region_is_missing)


def _still_to_vote(item: AgendaItem, ballot: Ballot) -> int:
    voted, voters = set(ballot.votes.values_list("seat", flat=True)), voters_of(ballot)
    present = {member.seat_id for member in taking_part(item) if member.person.ref not in voters}
    return ballot.entitlements.filter(seat__in=present).exclude(seat__in=voted).count()
