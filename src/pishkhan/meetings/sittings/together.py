"""What is done in a combined sitting is done to both of its meetings, or to neither."""

from collections.abc import Callable

from pishkhan.casework.actions.actions import taking
from pishkhan.journal.acts import Actor
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.meetings.models import ENDED, Body, Meeting

from .selectors import other_meeting

Deed = Callable[[Meeting, Entry], object]


def lock_sitting(meeting: Meeting) -> list[Meeting]:
    """Lock a meeting and that of the other body which sits together with it; both, the former first.

    What has ended goes its own way. The bodies are locked before, so that nobody combines or separates meanwhile.
    """
    lock(*Body.objects.filter(division_id=meeting.division_id))
    other = other_meeting(meeting)
    lock(meeting, *([other] if other else []))
    return [meeting, other] if other and other.state not in ENDED else [meeting]


@retried
def act_together(meeting: Meeting, name: str, deed: Deed, *, by: Actor) -> None:
    """Do something to all meetings of a sitting, each by its own act: those of the others because of the first."""
    with one_transaction():
        cause: Entry | None = None
        for one in lock_sitting(meeting):
            with taking(one, name, by=by, because=cause) as entry:
                deed(one, entry)
            cause = cause or entry
