"""Acts on a meeting that does not go as planned: put off, called off, adjourned, without a quorum, past its day."""

from datetime import date, time

from pishkhan.casework.actions.actions import taking
from pishkhan.journal.acts import CLOCK, Actor, act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.language.hours import hour_text
from pishkhan.language.jalali import jalali
from pishkhan.meetings import refusals
from pishkhan.meetings.models import AHEAD, ENDED, AgendaItem, Meeting
from pishkhan.meetings.selectors import fallen_items, quorum_came, undecided_items
from pishkhan.meetings.services import ask_when_and_where, call_meeting, lock_agenda, put_aside
from pishkhan.meetings.sittings.together import act_together, lock_sitting
from pishkhan.people.roles import Role

from . import notices


@retried
def postpone(meeting: Meeting, *, held_on: date, begins_at: time, venue: str, reasons: str, by: Actor) -> Meeting:
    """Put a meeting that has not met off to another day, hour or venue, with its agenda; its members are told.

    A combined sitting is put off as one.
    """

    def put_off(one: Meeting, entry: Entry) -> None:
        ask_when_and_where(held_on, venue)
        if (held_on, begins_at, venue.strip()) == (one.held_on, one.begins_at, one.venue):
            raise refusals.SameAppointment()
        entry.facts = {
            "from": one.held_on,
            "held_on": held_on,
            "begins_at": hour_text(begins_at),
            "reasons": kept_reasons(entry, reasons),
        }
        one.held_on, one.begins_at, one.venue = held_on, begins_at, venue.strip()
        if one.pk == meeting.pk:
            appointment = notices.when_and_where(held_on, begins_at, one.venue)
            notices.notify_members(notices.POSTPONED, one, entry, **appointment)

    act_together(meeting, "postpone", put_off, by=by)
    return meeting


@retried
def cancel(meeting: Meeting, *, reasons: str, by: Actor) -> Meeting:
    """Call a meeting off that has not met; its members are told, and its cases wait for another. A combined sitting
    is called off as one."""

    def call_off(one: Meeting, entry: Entry) -> None:
        entry.facts = {"reasons": kept_reasons(entry, reasons)}
        _end(one, Meeting.State.CANCELLED, entry)
        if one.pk == meeting.pk:
            notices.notify_members(notices.CANCELLED, one, entry, day=jalali(one.held_on))

    with one_transaction():
        lock_agenda(*lock_sitting(meeting))
        act_together(meeting, "cancel", call_off, by=by)
    return meeting


@retried
def adjourn(
    meeting: Meeting,
    *,
    reasons: str,
    by: Actor,
    held_on: date | None = None,
    begins_at: time | None = None,
    venue: str = "",
) -> Meeting:
    """End a meeting in session before all is decided: what was decided stands, a ballot that is open is broken off.

    What is left goes on in another meeting, if its day, hour and venue are told: with its own number, quorum and
    minutes, so that each resolution is of the day on which it was voted. Otherwise it waits for another meeting.
    """
    with one_transaction():
        lock(meeting.body)
        with taking(meeting, "adjourn", by=by) as entry:
            entry.facts = {"reasons": kept_reasons(entry, reasons)}
            left = _end(meeting, Meeting.State.CLOSED, entry)
            if held_on is not None and begins_at is not None:
                ask_when_and_where(held_on, venue)
                _go_on(meeting, left, (held_on, begins_at, venue), entry)
            elif held_on or begins_at or venue.strip():
                raise refusals.HalfAnAppointment()
    return meeting


@retried
def end_inquorate(meeting: Meeting, *, by: Actor) -> Meeting:
    """End a meeting to which no quorum came: it was not held, and its cases wait for another."""
    with taking(meeting, "end-inquorate", by=by) as entry:
        _end(meeting, Meeting.State.INQUORATE, entry)
    return meeting


@retried
def end_past_its_day(meeting: Meeting) -> Meeting:
    """The clock ends a meeting whose day is over: what was decided stands, the rest waits for another meeting."""
    with act(CLOCK, "meeting.end-past-its-day", on=meeting, role=Role.CLOCK) as entry:
        if meeting.state in ENDED or meeting.held_on >= today():
            raise refusals.NotInThisState(meeting.state)
        state = Meeting.State.CLOSED if quorum_came(meeting) else Meeting.State.INQUORATE
        if meeting.state in AHEAD:
            state = Meeting.State.LAPSED
        entry.facts = {"held_on": meeting.held_on, "state": state}
        _end(meeting, state, entry)
    return meeting


def kept_reasons(entry: Entry, reasons: str) -> str:
    """The keyed digest of reasons, kept with the entry; a refusal where there are none."""
    if not reasons.strip():
        raise refusals.NoReasonsGiven()
    return keep(entry, "reasons", reasons.strip(), whose=entry.subject)


def _go_on(meeting: Meeting, left: list[AgendaItem], when_and_where: tuple[date, time, str], entry: Entry) -> None:
    """Call the meeting in which what is left of an adjourned one goes on, and put it on its agenda."""
    lock(*[item.case for item in left])
    following = call_meeting(meeting.body, *when_and_where, by=entry.by, because=entry, continues=meeting)
    for position, item in enumerate(left, 1):
        again = AgendaItem(
            meeting=following, division_id=item.case.division_id, case_id=item.case_id, position=position
        )
        with begin(entry.by, "item.enter", again, role=entry.role, because=entry) as cause:
            cause.facts = {"case": item.case.subject, "meeting": following.number}
    entry.facts["continued_by"] = following.number
    appointment = notices.when_and_where(*when_and_where)
    notices.notify_members(notices.ADJOURNED, meeting, entry, alone=True, next=following.number, **appointment)


def _end(meeting: Meeting, state: str, entry: Entry) -> list[AgendaItem]:
    """End a meeting: whoever sits there leaves, what cannot be decided falls, the rest returns; what returned."""
    lock_agenda(meeting)
    for item in fallen_items(meeting).select_related("case").order_by("pk"):
        put_aside(item, AgendaItem.State.FALLEN, "item.fall-away", entry)
    left = list(undecided_items(meeting).select_related("case").order_by("position"))
    for item in sorted(left, key=lambda item: item.pk):
        put_aside(item, AgendaItem.State.RETURNED, "item.return", entry)
    meeting.attendances.filter(left_at=None).update(left_at=entry.at)
    meeting.state, meeting.closed_at = state, entry.at
    return left
