"""The conditions of reviving an office whose licence ran out: of which, and until when."""

from datetime import date, datetime

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import FormData, rule
from pishkhan.journal.clock import day_of
from pishkhan.licensing.law import BY_LAW
from pishkhan.licensing.numbers import REVIVAL_DEADLINE
from pishkhan.offices.models import Licence
from pishkhan.offices.selectors import status_of
from pishkhan.offices.status import Status, months_before

from .locks import office_and_licence

RAN_OUT = (Status.WAIVED, Status.EXPIRED)


def last_day_to_revive(licence: Licence, months: int) -> date:
    """The last day on which a revival may be asked for: so many months after the last day of the licence."""
    return months_before(licence.valid_until, -months)


@rule(
    "پروانه منقضی شده یا مهلت تمدیدش گذشته است؛ لغو، تحویل یا جایگزین نشده است.",
    "The licence ran out, or its renewal was waived; it was not revoked, surrendered or replaced.",
    article=BY_LAW,
    beforehand=True,
    counts=(office_and_licence,),
)
def licence_ran_out(case: Case, at: datetime, data: FormData) -> bool:
    return status_of(case.dossier.licence, day_of(at)) in RAN_OUT


@rule(
    "مهلت درخواست احیا نگذشته است.",
    "The time in which a revival can be requested has not passed.",
    article=BY_LAW,
    relies_on=(REVIVAL_DEADLINE,),
    beforehand=True,
    counts=(office_and_licence,),
)
def revival_is_in_time(case: Case, at: datetime, data: FormData) -> bool:
    return day_of(at) <= last_day_to_revive(case.dossier.licence, case.reckoned(REVIVAL_DEADLINE).value)
