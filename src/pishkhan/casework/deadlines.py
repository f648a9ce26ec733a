"""How long a case has stood where it stands, and when that is too long. Counted from the journal, never stored."""

from datetime import date, timedelta

from pishkhan.journal.clock import day_of, today
from pishkhan.journal.models import Entry
from pishkhan.regulation.calendar import working_day_after, working_days

from .models import Case

FRIDAY = 4


def days_used(case: Case, on: date) -> int:
    """Working days the case has stood at its stage; coming back from a pause, it goes on where it stopped."""
    stages, place = case.procedure.stages, case.division_id
    used: dict[str, int] = {}
    stage, since = "", case.opened_on
    for arrived, at in _arrivals(case):
        if arrived == stage:
            continue
        if stage:
            used[stage] += working_days(since, at, place=place)
        if not (stage and stages[stage].paused and arrived in used):
            used[arrived] = 0
        stage, since = arrived, at
    return used[stage] + working_days(since, on, place=place)


def deadline(case: Case) -> date | None:
    """The last working day of the term of the stage where the case stands; None where there is no term."""
    if case.where.within is None:
        return None
    on = today()
    left = case.reckoned(case.where.within).value - days_used(case, on)
    if left > 0:
        return working_day_after(on, left, place=case.division_id)
    return _last_day_of_term(case, on, -left)


def is_overdue(case: Case, on: date) -> bool:
    """Whether the case has stood at its stage for longer than its term."""
    term = case.where.within
    return term is not None and days_used(case, on) > case.reckoned(term).value


def earliest_overdue(since: date, days: int) -> date:
    """A day before which that many working days cannot have been exceeded, whatever holidays are declared."""
    day, left = since, days + 1  # Fridays alone are never working days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() != FRIDAY
    return day


def _last_day_of_term(case: Case, on: date, over: int) -> date:
    day = on
    while over > 0 or working_days(day - timedelta(days=1), day, place=case.division_id) == 0:
        over -= working_days(day - timedelta(days=1), day, place=case.division_id)
        day -= timedelta(days=1)
    return day


def _arrivals(case: Case) -> list[tuple[str, date]]:
    entries = Entry.objects.filter(subject=case.subject).values_list("facts__to", "at")
    return [(arrived, day_of(at)) for arrived, at in entries]
