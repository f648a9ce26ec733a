"""By when something is to be done about a complaint where it stands, and which are late. Counted, not stored."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Max, QuerySet

from pishkhan.casework.deadlines.deadlines import earliest_overdue
from pishkhan.casework.models import Case
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.regulation.calendar import FAR, Calendar
from pishkhan.regulation.selectors import Terms, number

from .models import OPEN, Complaint, State
from .numbers import ANSWER, OUTCOME, TRIAGE, VISIT

# While a violation case is open, it has terms of its own; once it has ended, the complaint is to be closed.
TERMS = {
    State.RECEIVED: TRIAGE,
    State.SENT: ANSWER,
    State.ANSWERED: OUTCOME,
    State.VISITING: VISIT,
    State.CASE: OUTCOME,
}


def moved(complaint: Complaint, state: str) -> None:
    """Let a complaint stand in a state from today; within the act that moves it."""
    complaint.state, complaint.since, complaint.escalated_on = state, today(), None
    term = TERMS.get(State(state))
    complaint.not_due_before = (
        earliest_overdue(complaint.since, number(term, on=complaint.received_on, place=complaint.division_id).value)
        if term
        else None
    )


def due_days(complaints: Iterable[Complaint]) -> dict[Complaint, date]:
    """The last working day of the term in which each is to be seen to; not of those that have none now."""
    begun = _begun([complaint for complaint in complaints if State(complaint.state) in TERMS])
    if not begun:
        return {}
    terms = Terms(TERMS.values())
    days = {
        complaint: terms.value(
            TERMS[State(complaint.state)], on=complaint.received_on, kind="", place=complaint.division_id
        )
        for complaint in begun
    }
    calendar = Calendar(min(begun.values()), max(begun.values()) + FAR + 3 * timedelta(days=max(days.values())))
    due = {key: calendar.working_day_after(day, days[key], place=key.division_id) for key, day in begun.items()}
    return {key: day for key, day in due.items() if day is not None}


def _begun(timed: list[Complaint]) -> dict[Complaint, date]:
    """Since when the term of each runs: since it stands there, or since the violation case ended that it waits for."""
    ends = _ends_of([complaint.case_id for complaint in timed if complaint.state == State.CASE and complaint.case_id])
    return {
        complaint: ends[complaint.case_id] if complaint.state == State.CASE else complaint.since
        for complaint in timed
        if complaint.state != State.CASE or complaint.case_id in ends
    }


def _ends_of(keys: list[int]) -> dict[int | None, date]:
    """The days on which those of some cases ended that have, by key. Two queries, none where there are no cases."""
    cases = Case.objects.filter(pk__in=keys) if keys else ()
    ended = {case.subject: case.pk for case in cases if case.where.ends}
    last = Entry.objects.filter(subject__in=ended).order_by().values_list("subject").annotate(Max("happened_on"))
    return {ended[subject]: day for subject, day in last} if ended else {}


def late_among(complaints: QuerySet[Complaint]) -> list[Complaint]:
    """Those whose term has passed, the latest overdue first."""
    on = today()
    due = due_days(complaints.filter(state__in=OPEN, not_due_before__lte=on))
    return sorted((key for key, day in due.items() if day < on), key=lambda item: (due[item], item.number))
