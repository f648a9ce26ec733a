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
    begun = _begun([each for each in complaints if State(each.state) in TERMS])
    if not begun:
        return {}
    terms = Terms(TERMS.values())
    days = {
        each: terms.value(TERMS[State(each.state)], on=each.received_on, kind="", place=each.division_id)
        for each in begun
    }
    calendar = Calendar(min(begun.values()), max(begun.values()) + FAR + 3 * timedelta(days=max(days.values())))
    found = {each: calendar.working_day_after(day, days[each], place=each.division_id) for each, day in begun.items()}
    return {each: day for each, day in found.items() if day is not None}


def _begun(timed: list[Complaint]) -> dict[Complaint, date]:
    """Since when the term of each runs: since it stands there, or since the violation case ended that it waits for."""
    ends = _ends_of([each.case_id for each in timed if each.state == State.CASE and each.case_id])
    return {
        each: ends[each.case_id] if each.state == State.CASE else each.since
        for each in timed
        if each.state != State.CASE or each.case_id in ends
    }


def _ends_of(keys: list[int]) -> dict[int | None, date]:
    """The days on which those of some cases ended that have, by key. Two queries, none where there are no cases."""
    cases = Case.objects.filter(pk__in=keys) if keys else ()
    ended = {each.subject: each.pk for each in cases if each.where.ends}
    last = Entry.objects.filter(subject__in=ended).order_by().values_list("subject").annotate(Max("happened_on"))
    return {ended[subject]: day for subject, day in last} if ended else {}


def late_among(complaints: QuerySet[Complaint]) -> list[Complaint]:
    """Those whose term has passed, the latest overdue first."""
    on = today()
    due = due_days(complaints.filter(state__in=OPEN, not_due_before__lte=on))
    return sorted((each for each, day in due.items() if day < on), key=lambda each: (due[each], each.number))
