"""Acts that let two bodies sit together: one sitting, two meetings, each with its own agenda, quorum and minutes."""

from datetime import date, time

from pishkhan.casework.actions.actions import taking
from pishkhan.journal.acts import Actor
from pishkhan.journal.clock import today
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.language.hours import hour_text
from pishkhan.meetings import refusals
from pishkhan.meetings.course import notices
from pishkhan.meetings.course.services import kept_reasons
from pishkhan.meetings.models import AHEAD, Body, Meeting
from pishkhan.meetings.selectors import rules_not_binding
from pishkhan.meetings.services import ask_when_and_where, call_meeting

from .together import lock_sitting


@retried
def convene_together(
    body: Body, other: Body, *, held_on: date, begins_at: time, venue: str, by: Actor
) -> tuple[Meeting, Meeting]:
    """Call two bodies to one sitting: each to a meeting of its own number; whoever sits in both is told once."""
    with one_transaction():
        lock(body, other)
        ask_when_and_where(held_on, venue)
        _ask_the_bodies(body, other)
        first, second = sorted((body, other), key=lambda one: one.prefix)  # series of numbers are locked by name
        meeting = call_meeting(first, held_on, begins_at, venue, by=by, announced=False)
        joining = call_meeting(second, held_on, begins_at, venue, by=by, combined_with=meeting)
    return (meeting, joining) if first == body else (joining, meeting)


@retried
def combine(meeting: Meeting, joining: Body | Meeting, *, by: Actor) -> Meeting:
    """Let another body sit together with a meeting that has not met: by a meeting of that day, which keeps its number
    and agenda and takes over hour and venue, or by one that is called now. Return the meeting of the other body."""
    with one_transaction():
        lock(*Body.objects.filter(division_id=meeting.division_id))
        lock(meeting, *([joining] if isinstance(joining, Meeting) else []))
        with taking(meeting, "combine", by=by) as entry:
            if meeting.begins_at is None:
                raise refusals.NotToBeCombined()
            if isinstance(joining, Meeting):
                _ask_that_they_fit(meeting, joining)
                entry.facts = {"with": joining.number}
            else:
                _ask_the_bodies(meeting.body, joining)
                where = meeting.held_on, meeting.begins_at, meeting.venue
                joining = call_meeting(joining, *where, by=by, because=entry, combined_with=meeting)
                entry.facts = {"with": joining.number}
                return joining
        _join(joining, meeting, meeting.begins_at, entry)
    return joining


@retried
def separate(meeting: Meeting, *, reasons: str, by: Actor) -> Meeting:
    """Let the meetings of a combined sitting that has not begun be held each by itself; whoever sits there is told."""
    with one_transaction():
        both = lock_sitting(meeting)
        cause: Entry | None = None
        for one in sorted(both, key=lambda one: one.combined_with_id is not None):  # who names the other is the last
            with taking(one, "separate", by=by, because=cause) as entry:
                others = [other.number for other in both if other.pk != one.pk]
                entry.facts = {"with": "".join(others), "reasons": kept_reasons(entry, reasons)}
                if cause is None:
                    notices.notify_members(notices.SEPARATED, one, entry)
                one.combined_with = None
            cause = cause or entry
    meeting.refresh_from_db()
    return meeting


def _join(joining: Meeting, meeting: Meeting, begins_at: time, because: Entry) -> None:
    """Let a convened meeting sit together with another, at its hour and venue."""
    with taking(joining, "combine", by=because.by, because=because) as entry:
        joining.combined_with, joining.begins_at, joining.venue = meeting, begins_at, meeting.venue
        joining.save()  # whoever is told is told of both
        entry.facts = {"with": meeting.number, "begins_at": hour_text(begins_at)}
        appointment = notices.when_and_where(meeting.held_on, begins_at, meeting.venue)
        notices.notify_members(notices.COMBINED, joining, entry, **appointment)


def _ask_that_they_fit(meeting: Meeting, other: Meeting) -> None:
    """Refuse two meetings of one body, of two provinces or days, and one that has met."""
    apart = meeting.body_id == other.body_id or meeting.division_id != other.division_id
    if apart or meeting.held_on != other.held_on or other.state not in AHEAD:
        raise refusals.NotToBeCombined()


def _ask_the_bodies(body: Body, other: Body) -> None:
    """Refuse two bodies that do not meet together, or whose quorum and majority nobody adopted."""
    if body.pk == other.pk or body.division_id != other.division_id:
        raise refusals.NotToBeCombined()
    if waiting := [key for one in (body, other) for key in rules_not_binding(one, today())]:
        raise refusals.RulesNotAdopted(dict.fromkeys(waiting))
