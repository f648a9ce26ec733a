"""Whether an office was at work: by the register and by what visits saw, not by a paper alone."""

from datetime import date, datetime

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import FormData, rule
from pishkhan.inspections.checklists.checklist import HINDERED, INSTEAD, Hindrance
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.selectors import faults_that_stand
from pishkhan.journal.clock import day_of
from pishkhan.licensing.law import PRINCIPLES
from pishkhan.licensing.numbers import TRANSFER_ACTIVITY
from pishkhan.offices.models import LicenceStatus, Office
from pishkhan.offices.selectors import current_licences
from pishkhan.offices.status import OPEN, Status, months_before

from .locks import office_and_licence, visits_to_the_office

AT_WORK = (*OPEN, Status.CLOSED)  # who is closed with permission is not idle
SHUT = (INSTEAD[Hindrance.CLOSED], HINDERED[Hindrance.CLOSED].code)  # the items that say so


@rule(
    "دفتر در ماه‌های مقرر پیش از درخواست فعال بوده است: بر پایهٔ ثبت، و هیچ بازدید پذیرفته‌ای آن را بسته ندیده است.",
    "The office was active for the months prescribed before: by the register, and no accepted visit found it shut.",
    article=PRINCIPLES,
    relies_on=(TRANSFER_ACTIVITY,),
    beforehand=True,
    counts=(office_and_licence, visits_to_the_office),
)
def office_was_active(case: Case, at: datetime, data: FormData) -> bool:
    office, on = case.dossier.licence.office, day_of(at)
    first = months_before(on, case.reckoned(TRANSFER_ACTIVITY).value)
    return _served(office, first, on) and not _was_shut(office, first, on)


def _served(office: Office, first: date, on: date) -> bool:
    """Whether the register has the office at work on every day from one on until before another."""
    changes = LicenceStatus.objects.known().filter(office=office, valid_from__gt=first, valid_from__lt=on)
    days = {first, *changes.values_list("valid_from", flat=True)}
    stood = [current_licences([office], day).get(office.pk) for day in sorted(days)]
    return all(current is not None and current.status in AT_WORK for current in stood)


def _was_shut(office: Office, first: date, on: date) -> bool:
    seen = Visit.objects.filter(office=office, state=Visit.State.ACCEPTED, visited_on__range=(first, on))
    return faults_that_stand().filter(visit__in=seen, item__in=SHUT).exists()
