"""Telling those whom a case concerns what became of it, from the outbox."""

from pishkhan.journal.models import Entry
from pishkhan.notices.services import queue
from pishkhan.notices.templates import NoticeKind
from pishkhan.people.models import Person
from pishkhan.people.selectors import representatives_of

from .models import Case


def send_notice(case: Case, notice: NoticeKind, *, because: Entry) -> None:
    """Queue a notice to whom the procedure names, else to the parties or those who act for them."""
    addressees = case.procedure.addressees or _representatives
    for person in addressees(case):
        queue(
            notice.code,
            to=person,
            facts={"number": case.number, "tracking_code": case.tracking_code},
            because=because,
            division=case.division,
        )


def _representatives(case: Case) -> list[Person]:
    people = [person for party in (case.applicant, case.other_side) if party for person in representatives_of(party)]
    return list(dict.fromkeys(people))
