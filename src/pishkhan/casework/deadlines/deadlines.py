"""How long a case has stood where it stands, and when that is too long. Counted from the journal, never stored."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from pishkhan.casework.models import Case
from pishkhan.journal.clock import day_of, today
from pishkhan.journal.models import Entry
from pishkhan.notices.selectors import sent_and_not_legal, served_because_of
from pishkhan.people.parties import Party
from pishkhan.people.roles import Role
from pishkhan.regulation.calendar import FAR, Calendar
from pishkhan.regulation.selectors import Terms

FRIDAY = 4
Arrivals = list[tuple[str, date]]


def days_used(case: Case, on: date) -> int:
    """Working days the case has stood at its stage; coming back from a pause, it goes on where it stopped.

    Of a term that runs from the service of a notice, those since then: none before it is served.
    """
    if case.where.from_service:
        served = services_of([case])[case.pk]
        return 0 if served is None else Calendar(served, on).working_days(served, on, place=case.division_id)
    return _days_used(case, arrivals_of([case])[case.pk], on, Calendar(case.opened_on, on))


def deadline(case: Case) -> date | None:
    """The last working day of the term of the stage where the case stands; None where there is no term."""
    return deadlines([case])[case.pk]


def deadlines(cases: Collection[Case]) -> dict[int, date | None]:
    """The same for many cases, by key. The number of queries does not depend on how many."""
    timed = [case for case in cases if case.where.within]
    due: dict[int, date | None] = dict.fromkeys(case.pk for case in cases)
    if not timed:
        return due
    on, arrivals, terms = today(), arrivals_of(timed), Terms(case.where.within for case in timed)
    served = services_of([case for case in timed if case.where.from_service])
    days = {
        case.pk: terms.value(case.where.within, on=case.judged_on, kind=case.kind, place=case.division_id)
        for case in timed
    }
    calendar = Calendar(min(case.opened_on for case in timed) - FAR, on + FAR + 2 * timedelta(days=max(days.values())))
    for case in timed:
        used = (
            _since_service(served[case.pk], on, calendar, case.division_id)
            if case.pk in served
            else _days_used(case, arrivals[case.pk], on, calendar)
        )
        if used is None:
            continue  # nobody is served yet: no day is set
        left = days[case.pk] - used
        due[case.pk] = (
            calendar.working_day_after(on, left, place=case.division_id)
            if left > 0
            else calendar.working_day_before(on, -left, place=case.division_id)
        )
    return due


def term_began(case: Case) -> date:
    """The day on which the case came to its stage, or on which the notice was served from which its term runs."""
    arrived = [at for stage, at in arrivals_of([case])[case.pk] if stage == case.stage]
    served = services_of([case])[case.pk] if case.where.from_service else None
    return served or max(arrived, default=case.opened_on)


def services_of(cases: Collection[Case]) -> dict[int, date | None]:
    """By key of case, the day on which whoever's turn it is was served the notice by which it came to its stage.

    None if it was not served. What came there while such notices were not yet to be served runs from that day.
    """
    keys = {case.subject: case for case in cases}
    came: dict[str, str] = {}
    stood: dict[str, str] = {}
    on: dict[str, date] = {}
    rows = Entry.objects.filter(subject__in=keys).order_by("subject", "number") if keys else ()
    for entry in rows:
        if stood.get(entry.subject) != entry.facts.get("to"):
            came[entry.subject], stood[entry.subject] = entry.name, entry.facts.get("to")
            on[entry.name] = day_of(entry.at)
    parties = {
        came[subject]: _whose_turn(case) for subject, case in keys.items() if subject in came and case.other_side
    }
    served = {name: on[name] for name in sent_and_not_legal(came.values())}
    served |= served_because_of(came.values(), parties)
    return {case.pk: served.get(came.get(subject, "")) for subject, case in keys.items()}


def overdue_among(cases: QuerySet[Case]) -> list[int]:
    """The keys of the cases that have stood at their stage for longer than its term, the latest overdue first."""
    on = today()
    candidates = list(cases.filter(not_due_before__lte=on))
    due = deadlines(candidates)
    late = [(day, key) for key, day in due.items() if day is not None and day < on]
    return [key for _, key in sorted(late)]


def is_overdue(case: Case, on: date) -> bool:
    """Whether the case has stood at its stage for longer than its term."""
    term = case.where.within
    return term is not None and days_used(case, on) > case.reckoned(term).value


def earliest_overdue(since: date, days: int) -> date:
    """A day before which that many working days cannot have been exceeded, whatever holidays are declared."""
    day, left = since, days + 1  # Fridays alone are never working days
    while left > 0:
        day += timedelta(days=1)
        left -= day.weekday() != FRIDAY
    return day


def _whose_turn(case: Case) -> Party:
    """On whom what starts the term of a stage is served."""
    other_side = case.other_side if case.turn == Role.OTHER_SIDE else None
    return other_side or case.applicant


def _since_service(served: date | None, on: date, calendar: Calendar, place: str) -> int | None:
    return None if served is None else calendar.working_days(served, on, place=place)


def _days_used(case: Case, arrivals: Arrivals, on: date, calendar: Calendar) -> int:
    stages, place = case.procedure.stages, case.division_id
    used: dict[str, int] = {}
    stage, since = "", case.opened_on
    for arrived, at in arrivals:
        if arrived == stage:
            continue
        if stage:
            used[stage] += calendar.working_days(since, at, place=place)
        if not (stage and stages[stage].paused and arrived in used):
            used[arrived] = 0
        stage, since = arrived, at
    return used[stage] + calendar.working_days(since, on, place=place)


def arrivals_of(cases: Iterable[Case]) -> dict[int, Arrivals]:
    """By key of case, the stages its entries tell and on which days."""
    keys = {case.subject: case.pk for case in cases}
    arrivals: dict[int, Arrivals] = {key: [] for key in keys.values()}
    for subject, arrived, at in Entry.objects.filter(subject__in=keys).values_list("subject", "facts__to", "at"):
        arrivals[keys[subject]].append((arrived, day_of(at)))
    return arrivals
