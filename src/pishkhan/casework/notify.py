"""Telling the parties what became of a case, from the outbox."""

from pishkhan.journal.models import Entry
from pishkhan.notices.services import queue
from pishkhan.people.selectors import speakers_for

from .models import Case


def tell_parties(case: Case, template: str, *, because: Entry) -> None:
    """Queue a notice to the applicant and to the other side, or to those who act for them."""
    told = [person for party in (case.applicant, case.other_side) if party for person in speakers_for(party)]
    for person in dict.fromkeys(told):
        queue(template, to=person, facts={"number": case.number, "tracking_code": case.tracking_code},
              because=because, division=case.division)
