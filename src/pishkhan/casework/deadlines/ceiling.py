"""The ceiling of time of a whole request, and the governor's call after it: a clock that warns and moves nothing.

It stands still while the file is with the applicant, or the other side.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Procedure
from pishkhan.casework.selectors import stands_where
from pishkhan.journal.clock import today
from pishkhan.language.text import Text
from pishkhan.people.roles import Role
from pishkhan.regulation.calendar import FAR, Calendar
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import Terms

from .deadlines import Arrivals, arrivals_of

WITH_THEM = (Role.APPLICANT, Role.OTHER_SIDE)


@dataclass(frozen=True)
class Ceiling:
    """By when a request must be decided, and if it is not, by when the governor calls both sides."""

    until: date
    governor_until: date
    near: bool  # no more days are left than the governor has
    passed: bool
    paused_days: int  # working days that do not count: the file was with the applicant


def ceiling_of(case: Case) -> Ceiling | None:
    """The ceiling of a request that was submitted and is not decided; None where there is none."""
    return ceilings([case]).get(case.pk)


def ceilings(cases: Collection[Case]) -> dict[int, Ceiling]:
    """By key, the ceilings of those cases that have one. The days off are read once, however many there are."""
    open_cases = [case for case in cases if case.procedure.ceiling and case.submitted_on and not case.where.ends]
    if not open_cases:
        return {}
    terms, arrivals = _terms(open_cases), arrivals_of(open_cases)
    first = min(case.judged_on for case in open_cases)
    last = max(case.judged_on for case in open_cases) + 2 * timedelta(days=max(map(sum, terms.values()))) + 3 * FAR
    last += max(today() - first, timedelta())  # as long as all of it was with the applicant
    calendar = Calendar(first - FAR, max(last, today() + FAR))
    return {
        case.pk: _ceiling(case, *terms[case.pk], _paused(case, arrivals[case.pk], calendar), calendar)
        for case in open_cases
    }


def near_their_ceiling(cases: QuerySet[Case]) -> list[int]:
    """The keys of the cases that have passed their ceiling or soon do, the longest past first."""
    waiting = cases.filter(
        stands_where(lambda procedure, stage: procedure.ceiling is not None and not stage.ends),
        submitted_on__lte=today() - timedelta(days=_soonest()),
    )
    near = [(ceiling.until, key) for key, ceiling in ceilings(list(waiting)).items() if ceiling.near]
    return [key for _, key in sorted(near)]


def _soonest() -> int:
    """After how many days at the soonest any request nears its ceiling: there are never more working days than days."""
    limits = {procedure.ceiling for procedure in Procedure.register.values() if procedure.ceiling}
    numbers = Terms(key for limit in limits for key in (limit.within, limit.governor))
    spans = [
        min(numbers.values(limit.within), default=0) - max(numbers.values(limit.governor), default=0)
        for limit in limits
    ]
    return max(min(spans, default=0) - 1, 0)


def citation_of_ceiling(case: Case) -> Text | None:
    """Where the ceiling of a request comes from; None where its procedure has none."""
    ceiling = case.procedure.ceiling
    return case.reckoned(ceiling.within).citation if ceiling else None


def _terms(cases: Collection[Case]) -> dict[int, tuple[int, int]]:
    """By key of case, the working days to its ceiling and those the governor has then. The numbers are read once."""
    limited = [(case, ceiling) for case in cases if (ceiling := case.procedure.ceiling)]
    numbers = Terms(key for _, ceiling in limited for key in (ceiling.within, ceiling.governor))

    def days(case: Case, key: Key) -> int:
        return numbers.value(key, on=case.judged_on, kind=case.kind, place=case.division_id)

    return {case.pk: (days(case, ceiling.within), days(case, ceiling.governor)) for case, ceiling in limited}


def _paused(case: Case, arrivals: Arrivals, calendar: Calendar) -> int:
    """The working days since its submission on which the file of a case was with the applicant or the other side."""
    stages, place, procedure = case.procedure.stages, case.division_id, case.procedure
    came = [(stages[stage], max(at, case.judged_on)) for stage, at in arrivals if stage in stages]
    left = [at for _, at in came[1:]] + [today()]
    return sum(
        calendar.working_days(at, end, place=place)
        for (stage, at), end in zip(came, left, strict=False)
        if procedure.turn_at(stage) in WITH_THEM
    )


def _ceiling(case: Case, within: int, governor: int, paused: int, calendar: Calendar) -> Ceiling:
    on, place = today(), case.division_id
    until = calendar.working_day_after(case.judged_on, within + paused, place=place)
    assert until is not None, "the calendar was read so far ahead"  # noqa: S101
    called = calendar.working_day_after(until, governor, place=place)
    assert called is not None, "the calendar was read so far ahead"  # noqa: S101
    left = calendar.working_days(on, until, place=place)
    return Ceiling(until, called, left <= governor, until < on, paused)
