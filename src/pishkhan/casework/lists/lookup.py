"""Which case, and which step of it, a request asks about."""

from django.http import HttpRequest

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Step
from pishkhan.casework.selectors import cases_seen_by
from pishkhan.journal import access
from pishkhan.journal.refusals import Missing
from pishkhan.people.models import Person
from pishkhan.people.selectors import rules_the_country
from pishkhan.people.web.request_context import asker


def case_of(request: HttpRequest, number: str) -> tuple[Case, Person]:
    """The case of a number and who asks for it; Missing, and noted, if it is not for them to see."""
    person = asker(request)
    case = cases_seen_by(person).select_related("division", "person", "organisation").filter(number=number).first()
    if case is None:
        access.note_refused(person.ref, Case, f"case number {number[:40]}", number=number)
        raise Missing()
    return case, person


def case_for_leave(request: HttpRequest, number: str) -> tuple[Case, Person]:
    """The case of a number for who may give leave over it; a national administrator is told nothing else of it."""
    person = asker(request)
    case = Case.objects.select_related("division").filter(number=number).first() if rules_the_country(person) else None
    return (case, person) if case else case_of(request, number)


def step_of(case: Case, name: str) -> Step:
    """The step of a name; Missing if the case's procedure has none."""
    if name not in case.procedure.steps:
        raise Missing()
    return case.procedure.steps[name]
