"""Under whose secret the words about a visit lie, and how letters and notices name what was visited."""

from pishkhan.casework.models import Case
from pishkhan.language.text import Text
from pishkhan.offices.models import OfficeKind

from .checklists.checklist import Object
from .models import Machine, Visit
from .words import OBJECTS


def whose_words(visit: Visit) -> str:
    """The one under whose secret what was written about a visit lies: an applicant, an office, a bank."""
    if visit.machine is not None:
        return visit.machine.bank.ref
    return visit.case.party_ref if visit.case else f"office:{visit.office_id}"


def code_of(visit: Visit) -> str:
    """The code or number under which people know what was visited."""
    about = visit.about
    return about.number if isinstance(about, Case) else about.code


def what_of(visit: Visit) -> Text:
    """What was visited, in words."""
    if isinstance(visit.about, Machine) or visit.office is None:
        return OBJECTS[Object(visit.seen)]
    return OfficeKind(visit.office.kind).text if visit.seen == Object.OFFICE else OBJECTS[Object(visit.seen)]
