"""Reporting a violation: a visit's fault, an undertaking that was not kept, what an agency or the system tells."""

from datetime import date

from django.db import IntegrityError

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Stated, effect
from pishkhan.casework.services import open_case
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.selectors import faults_that_stand
from pishkhan.journal.acts import Actor
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid
from pishkhan.language.digits import ascii_digits
from pishkhan.language.text import Text
from pishkhan.offices.models import Office, Undertaking
from pishkhan.offices.selectors import holder_on
from pishkhan.offices.undertakings.services import overdue
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places

from . import refusals
from .catalogue import edition_on
from .models import Source, ViolationDossier
from .selectors import CODE, imposed_in, licence_today

NO_OFFICE = Text("دفتری با این کد در محدودهٔ شما نیست.", "There is no office of that code in your region.")
NO_SOURCE = Text("با نامه تنها آنچه دستگاه یا شاکی گفته گزارش می‌شود.", "By letter an agency or a complainant tells.")
NO_VIOLATION = Text("چنین تخلفی در فهرست امروز نیست.", "There is no such violation in today's catalogue.")


def report_fault(visit: Visit, item: str, *, by: Actor, role: str = Role.EXPERT) -> Case:
    """Report an item that an accepted visit found wanting, as it still holds."""
    if visit.office is None or visit.state != Visit.State.ACCEPTED:
        raise refusals.NotAcceptedYet()
    if not faults_that_stand().filter(visit=visit, item=item).exists():
        raise refusals.NoSuchFault()
    return report(visit.office, Source.VISIT, by=by, role=role, visit=visit, item=item, committed_on=visit.visited_on)


def report_undertaking(owed: Undertaking, *, by: Actor, role: str = Role.EXPERT) -> Case:
    """Report an undertaking that was not kept in time."""
    if not overdue(today()).filter(pk=owed.pk).exists():
        raise refusals.NotOverdue()
    return report(
        owed.office,
        Source.UNDERTAKING,
        by=by,
        role=role,
        undertaking=owed,
        violation="undertaking",
        committed_on=date.fromordinal(owed.due_on.toordinal() + 1),
    )


def report_by_letter(by: Person, *, office: str, source: str, violation: str, letter: str) -> Case:
    """Report what came by letter about an office of one's region."""
    code = ascii_digits(office).strip().upper()
    found = Office.objects.filter(in_places(by, [Role.EXPERT]), code=code).select_related("division").first()
    if found is None:
        raise Invalid(NO_OFFICE, {"office": NO_OFFICE})
    if source not in (Source.AGENCY, Source.COMPLAINT):
        raise Invalid(NO_SOURCE, {"source": NO_SOURCE})
    edition = edition_on(today())
    if edition is None or edition.violation(violation) is None:
        raise Invalid(NO_VIOLATION, {"violation": NO_VIOLATION})
    return report(found, source, by=by, violation=violation, letter=letter)


def report(
    office: Office,
    source: str,
    *,
    by: Actor,
    role: str = Role.EXPERT,
    visit: Visit | None = None,
    item: str = "",
    undertaking: Undertaking | None = None,
    violation: str = "",
    letter: str = "",
    committed_on: date | None = None,
    escalates: ViolationDossier | None = None,
    because: Entry | None = None,
) -> Case:
    """Open a violation case about an office: against who holds it today."""
    holder, licence = holder_on(office, today()), licence_today(office)
    if holder is None or licence is None:
        raise refusals.NobodyHoldsIt()
    dossier = ViolationDossier(
        office=office,
        licence=licence,
        source=source,
        visit=visit,
        item=item,
        undertaking=undertaking,
        violation=violation,
        letter=letter,
        committed_on=committed_on,
        escalates=escalates,
    )
    try:
        return open_case(
            CODE,
            dossier,
            kind=office.kind,
            division=office.division,
            by=by,
            role=role,
            applicant=holder,
            about=office.subject,
            because=because,
        )
    except IntegrityError:
        raise refusals.ReportedAlready() from None


@effect("آنچه رفع نشده پرونده‌ای تازه می‌شود.", "What is not remedied becomes a case of its own.")
def escalate(case: Case, entry: Entry, stated: Stated) -> Stated:
    """What was not remedied after the decision is reported anew, as a violation of its own."""
    dossier = case.dossier
    again = report(
        dossier.office,
        Source.SYSTEM,
        by=entry.by,
        role=entry.role,
        violation="unremedied",
        committed_on=today(),
        item=dossier.item,
        escalates=dossier,
        because=entry,
    )
    return {"again": again.number, "sanction": imposed_in(case).rung}
