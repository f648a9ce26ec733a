"""Telling the holder of an office what concerns them in a violation case, so that it can be served."""

from pishkhan.casework.models import Case
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.notices.services import queue
from pishkhan.people.models import Person
from pishkhan.people.selectors import speakers_for


def tell(case: Case, template: str, *, because: Entry) -> None:
    """Queue a notice to the holder or to who acts for it; where nobody does, to who manages the office."""
    for person in addressees(case):
        queue(template, to=person, because=because, division=case.division,
              facts={"number": case.number, "tracking_code": case.tracking_code})


def addressees(case: Case) -> list[Person]:
    """On whom a notice of the case is served."""
    if speakers := speakers_for(case.applicant):
        return speakers
    management = case.dossier.office.managements.on(today()).select_related("manager").first()
    return [management.manager] if management else []
