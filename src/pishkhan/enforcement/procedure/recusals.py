"""Who perhaps should take no part in a violation case: who reported it, who licensed the office, who competes."""

from pishkhan.casework.models import Case
from pishkhan.enforcement.selectors import CODE
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.meetings.models import Attendance, Entitlement, Recusal
from pishkhan.meetings.selectors import COMPETITOR, declare_stake
from pishkhan.offices.models import Office
from pishkhan.offices.selectors import offices_near, offices_of, premises_of
from pishkhan.regulation.selectors import number


@declare_stake
def of_a_violation(case: Case, present: list[Attendance]) -> dict[int, str]:
    """By the key of the person, why."""
    if case.procedure_code != CODE:
        return {}
    dossier, people = case.dossier, [each.person for each in present]
    licensed = Entitlement.objects.filter(
        ballot__item__case__licences__office=dossier.office_id, person__in=people, ballot__result="carried"
    )
    found: dict[int, str] = dict.fromkeys(licensed.values_list("person", flat=True), Recusal.Reason.LICENSED_IT)
    reported = Entry.objects.filter(subject=case.subject, number=1).values_list("actor", flat=True).first()
    near = _neighbours(dossier.office, case.division_id[:2])
    if near:
        found = {
            each.pk: Recusal.Reason.COMPETITOR.value for each in people if near & offices_of(each, today())
        } | found
    return found | {
        each.pk: Recusal.Reason.REPORTED_IT.value
        for each in people
        if each.ref == reported or each.pk == dossier.reporter_id
    }


def _neighbours(office: Office, province: str) -> set[int]:
    """The keys of the offices within the distance at which one is a competitor."""
    where = premises_of([office], today()).get(office.pk)
    if where is None or where.lat is None or where.lon is None:
        return set()
    metres = number(COMPETITOR, on=today(), place=province).value
    return {each.pk for each in offices_near(where.lat, where.lon, metres, today())} - {office.pk}
