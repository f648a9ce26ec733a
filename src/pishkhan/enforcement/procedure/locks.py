"""The shared rows that rules of a violation case count, and by which others change them."""

from collections.abc import Iterable

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import lock_of
from pishkhan.enforcement.selectors import licence_today
from pishkhan.inspections.models import Visit
from pishkhan.journal.models import Entry
from pishkhan.notices.models import Proof
from pishkhan.offices.models import Licence, Office, Undertaking


@lock_of("دفتر و پروانهٔ امروز آن", "the office and its licence of today")
def office_and_licence(case: Case) -> list[Office | Licence]:
    """What stands on the register about an office, and who holds it."""
    office: Office = case.dossier.office
    licence = licence_today(office)
    return [office, licence] if licence else [office]


@lock_of("گواهی‌های ابلاغ پرونده", "the proofs of service of the case")
def proofs_of_service(case: Case) -> Iterable[Proof]:
    """That something was served, which can be withdrawn."""
    entries = Entry.objects.filter(subject=case.subject)
    return Proof.objects.filter(notice__because__in=[entry.name for entry in entries])


@lock_of("بازدیدی که گزارش از آن است", "the visit that the report rests on")
def visit_reported(case: Case) -> list[Visit]:
    """What was found, which an objection may revise."""
    return [case.dossier.visit] if case.dossier.visit else []


@lock_of("بازدیدهای پیگیری دفتر و تعهد آن", "the visits that follow the office up, and what it undertook")
def what_follows_up(case: Case) -> list[Visit | Undertaking]:
    """Whether what was wrong is put right."""
    owed: Undertaking | None = case.dossier.undertaking
    visits = Visit.objects.filter(office=case.dossier.office_id, kind=Visit.Kind.FOLLOW_UP)
    return [*visits, *([owed] if owed else [])]
