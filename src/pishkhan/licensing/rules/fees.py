"""What must be paid for a licence: how much, and that it was paid."""

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import effect
from pishkhan.geography.selectors import people_in
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.licensing.effects.case_effects import FormData, note_the_undertaking
from pishkhan.licensing.numbers import (
    LARGE_CITY,
    RENEWAL_SHARE,
    REVIVAL_SHARE,
    ROYALTY_LARGE_CITY,
    ROYALTY_SMALL_CITY,
    ROYALTY_VILLAGE,
    TRANSFER_SHARE,
)
from pishkhan.offices.models import OfficeKind
from pishkhan.payments.services import demand, record_payment
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import DatedValue, number


def royalty_of(case: Case) -> DatedValue:
    """The royalty due today for an office of the case's kind in its place."""
    key = ROYALTY_VILLAGE
    if case.kind == OfficeKind.COUNTER:
        threshold = number(LARGE_CITY, on=today(), place=case.division_id).value
        large = (people_in(case.division_id) or 0) > threshold
        key = ROYALTY_LARGE_CITY if large else ROYALTY_SMALL_CITY
    return number(key, on=today(), kind=case.kind, place=case.division_id)


@effect("برگ مطالبهٔ حق امتیاز امروز صادر می‌شود.", "A demand note goes out for the royalty as it is today.")
def demand_the_royalty(case: Case, entry: Entry, data: FormData) -> FormData:
    """A demand note for the royalty as it is today: a fee follows the edition of its demand note."""
    royalty = royalty_of(case)
    return _demand(case, entry, royalty.value, [royalty])


@effect(
    "برگ مطالبهٔ سهم تمدید از حق امتیاز صادر می‌شود.",
    "A demand note goes out for the share of the royalty that a renewal costs.",
)
def demand_for_renewal(case: Case, entry: Entry, data: FormData) -> FormData:
    """A demand note for the share of today's royalty that a renewal costs."""
    return _demand_a_share(case, entry, RENEWAL_SHARE)


@effect(
    "برگ مطالبهٔ سهم احیا از حق امتیاز صادر می‌شود.",
    "A demand note goes out for the share of the royalty that a revival costs.",
)
def demand_for_revival(case: Case, entry: Entry, data: FormData) -> FormData:
    """A demand note for the share of today's royalty that a revival costs."""
    return _demand_a_share(case, entry, REVIVAL_SHARE)


def demand_for_transfer(case: Case, entry: Entry, data: FormData) -> FormData:
    """A demand note to the buyer for the share of today's royalty that a transfer costs."""
    return _demand_a_share(case, entry, TRANSFER_SHARE)


@effect(
    "تعهد خریدار نوشته و برگ مطالبهٔ سهم انتقال از حق امتیاز به نام او صادر می‌شود.",
    "The buyer's undertaking is noted, and a demand note goes to them for the share of the royalty.",
)
def undertake_and_pay(case: Case, entry: Entry, data: FormData) -> FormData:
    """The buyer's undertaking, and what the transfer costs from then on."""
    return note_the_undertaking(case, entry, data) | demand_for_transfer(case, entry, data)


@effect("پرداخت نوشته می‌شود.", "The payment is noted.")
def note_the_payment(case: Case, entry: Entry, data: FormData) -> FormData:
    payment = record_payment(
        case.dossier.royalty,
        amount=data["amount"],
        paid_on=data["paid_on"],
        reference=data["reference"],
        by=entry.by,
        role=entry.role,
        because=entry,
    )
    return {"payment": payment.pk}


def _demand_a_share(case: Case, entry: Entry, key: Key) -> FormData:
    royalty, share = royalty_of(case), number(key, on=today(), kind=case.kind, place=case.division_id)
    return _demand(case, entry, royalty.value * share.value // 100, [royalty, share])


def _demand(case: Case, entry: Entry, amount: int, reckoned_by: list[DatedValue]) -> FormData:
    note = demand(
        payer=case.other_side or case.applicant,
        purpose="royalty",
        about=case.subject,
        division=case.division,
        amount=amount,
        reckoning=[dated_value.ref for dated_value in reckoned_by],
        because=entry,
    )
    case.dossier.royalty = note
    case.dossier.save()
    return {"demand_note": note.number, "amount": note.amount}
