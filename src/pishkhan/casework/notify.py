"""Telling the applicant what became of a case, from the outbox."""

from pishkhan.journal.models import Entry
from pishkhan.notices.services import queue
from pishkhan.people.models import Person
from pishkhan.people.selectors import representatives_of

from .models import Case


def tell_applicant(case: Case, template: str, *, because: Entry) -> None:
    """Queue a notice to the applicant, or to those who act for it."""
    applicant = case.applicant
    for person in [applicant] if isinstance(applicant, Person) else representatives_of(applicant):
        queue(template, to=person, facts={"number": case.number, "tracking_code": case.tracking_code},
              because=because, division=case.division)
