"""What the clock ends: meetings whose day is over."""

from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Refusal, Unavailable
from pishkhan.meetings.models import Meeting
from pishkhan.meetings.selectors import meetings_past_their_day

from .services import end_past_its_day


def tick() -> list[Meeting]:
    """End every meeting that did not end on its day."""
    ended = []
    for meeting in list(meetings_past_their_day(today())):
        try:
            ended.append(end_past_its_day(meeting))
        except Unavailable:
            raise  # nobody can write: all of it waits for the next turn
        except Refusal:
            continue  # somebody was quicker
    return ended
