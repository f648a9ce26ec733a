"""What is overdue comes before the director: the clock sees to it."""

from pishkhan.journal.acts import CLOCK, act
from pishkhan.journal.clock import today
from pishkhan.journal.locks import retried
from pishkhan.journal.refusals import Refusal, Unavailable
from pishkhan.people.roles import Role

from . import refusals
from .deadlines import late_among
from .models import Complaint


def escalate_overdue() -> list[Complaint]:
    """Bring what is late before the director, once for each state it is late in."""
    escalated = []
    for complaint in late_among(Complaint.objects.filter(escalated_on=None)):
        try:
            escalated.append(_escalate(complaint))
        except Unavailable:
            raise  # nobody can write: all of it waits for the next turn
        except Refusal:
            continue  # somebody was quicker
    return escalated


@retried
def _escalate(complaint: Complaint) -> Complaint:
    with act(CLOCK, "complaint.escalate", on=complaint, role=Role.CLOCK) as entry:
        if complaint.escalated_on or not late_among(Complaint.objects.filter(pk=complaint.pk)):
            raise refusals.StandsElsewhere()
        complaint.escalated_on = today()
        entry.facts = {"state": complaint.state, "since": complaint.since}
    return complaint
