"""On whom the notices of a violation case are served."""

from pishkhan.casework.models import Case
from pishkhan.journal.clock import today
from pishkhan.people.models import Person
from pishkhan.people.selectors import representatives_of


def addressees(case: Case) -> list[Person]:
    """The holder or who acts for it; where nobody does, who manages the office."""
    if representatives := representatives_of(case.applicant):
        return representatives
    management = case.dossier.office.managements.on(today()).select_related("manager").first()
    return [management.manager] if management else []
