"""Acts that change an agenda: the secretary's before a meeting, those present in it by a show of hands."""

from typing import Any

from pishkhan.casework.actions.actions import taking
from pishkhan.casework.models import Case
from pishkhan.journal.acts import Actor, begin
from pishkhan.journal.locks import lock, retried
from pishkhan.journal.models import Entry
from pishkhan.meetings import refusals
from pishkhan.meetings.models import AgendaItem, Meeting
from pishkhan.meetings.selectors import MAJORITY, quorum_at, ready_cases, rule_of
from pishkhan.meetings.services import put_aside

from .services import kept_reasons


@retried
def take_off(meeting: Meeting, item: AgendaItem, *, reasons: str, by: Actor) -> AgendaItem:
    """Take an item off the agenda of a meeting that has not met: its case waits for another."""
    with taking(meeting, "take-off", by=by) as entry:
        _take_off(meeting, item, reasons, {}, entry)
    return item


@retried
def take_off_by_vote(
    meeting: Meeting, item: AgendaItem, *, reasons: str, votes_for: int, votes_against: int, by: Actor
) -> AgendaItem:
    """Take an item off the agenda of a meeting in session, as a majority of those present wants by a show of hands."""
    with taking(meeting, "take-off-by-vote", by=by) as entry:
        _take_off(meeting, item, reasons, _carried(meeting, votes_for, votes_against), entry)
    return item


@retried
def add_by_vote(meeting: Meeting, case: Case, *, votes_for: int, votes_against: int, by: Actor) -> AgendaItem:
    """Put a ready case on the agenda of a meeting in session, as a majority of those present wants."""
    with taking(meeting, "add-by-vote", by=by) as entry:
        votes = _carried(meeting, votes_for, votes_against)
        lock(case)
        if not ready_cases(meeting.body).filter(pk=case.pk).exists():
            raise refusals.NotReady(case.number)
        item = AgendaItem(meeting=meeting, division_id=case.division_id, case=case, position=meeting.items.count() + 1)
        entry.facts = {"case": case.subject, "position": item.position} | votes
        with begin(by, "item.add", item, role=entry.role, because=entry) as cause:
            cause.facts = {"case": case.subject, "meeting": meeting.number} | votes
    return item


def _take_off(meeting: Meeting, item: AgendaItem, reasons: str, votes: dict[str, Any], entry: Entry) -> None:
    lock(item)
    if item.meeting_id != meeting.pk or item.state != AgendaItem.State.WAITING:
        raise refusals.NotOnTheAgenda()
    entry.facts = {"case": item.case.subject, "position": item.position, "reasons": kept_reasons(entry, reasons)}
    entry.facts |= votes
    put_aside(item, AgendaItem.State.TAKEN_OFF, "item.take-off", entry)


def _carried(meeting: Meeting, votes_for: int, votes_against: int) -> dict[str, int]:
    """The votes of a show of hands, if there is a quorum and more than the majority of those cast is for it."""
    quorum = quorum_at(meeting)
    if not quorum.met:
        raise refusals.NoQuorum(quorum.present, quorum.needed, region_is_missing=quorum.region_is_missing)
    if votes_for + votes_against > quorum.present:
        raise refusals.MoreVotesThanVoters(quorum.present)
    percent = rule_of(meeting.body, MAJORITY, meeting.held_on).value
    if votes_for * 100 <= (votes_for + votes_against) * percent:
        raise refusals.NotCarried()
    return {"for": votes_for, "against": votes_against}
