"""The shared rows that rules of applications count, and by which others change them."""

from collections.abc import Iterable

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import lock_of
from pishkhan.inspections.models import Visit
from pishkhan.licensing.models import Call, Places
from pishkhan.offices.models import Licence, Office
from pishkhan.payments.models import DemandNote


@lock_of("سهمیهٔ فراخوان در این محل", "the places of the call in the division")
def places_of_the_call(case: Case) -> list[Places]:
    """So that no two requests take the last place."""
    return [case.dossier.places]


@lock_of("فراخوان", "the call")
def call_of_the_case(case: Case) -> list[Call]:
    """Which can be withdrawn as long as nobody has applied under it."""
    return [case.dossier.places.call]


@lock_of("دفتر و پروانهٔ آن", "the office and its licence")
def office_and_licence(case: Case) -> list[Office | Licence]:
    """What stands on the register about an office, who holds it, and what else is under way about it."""
    return [case.dossier.licence.office, case.dossier.licence]


@lock_of("بازدیدهای پرونده", "the visits of the case")
def visits_of_the_case(case: Case) -> Iterable[Visit]:
    """What was seen of a place, which an objection may revise."""
    return case.visits.all()


@lock_of("بازدیدهای اصلاح نشانی این دفتر", "the visits that corrected the address of the office")
def visits_about_the_address(case: Case) -> Iterable[Visit]:
    return Visit.objects.filter(office=case.dossier.licence.office_id, purpose=Visit.Purpose.ADDRESS_CORRECTION)


@lock_of("بازدیدهای پذیرفتهٔ این دفتر", "the accepted visits to the office")
def visits_to_the_office(case: Case) -> Iterable[Visit]:
    """What was seen of an office, which an objection may revise."""
    return Visit.objects.filter(office=case.dossier.licence.office_id, state=Visit.State.ACCEPTED)


@lock_of("برگ مطالبه", "the demand note")
def demand_note(case: Case) -> list[DemandNote]:
    """What was asked for and paid: in part, by others, back."""
    return [case.dossier.royalty] if case.dossier.royalty else []
