"""Settling by hand what a bank's row left open: booked on a note, to be returned, or dismissed; each with a reason."""

from pishkhan.journal.acts import Actor, act
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import retried
from pishkhan.journal.models import Entry
from pishkhan.people.roles import Role

from . import refusals
from .models import BankRow, DemandNote
from .selectors import balance
from .services import record_payment

Resolution = BankRow.Resolution


@retried
def resolve(
    row: BankRow,
    resolution: str,
    *,
    reason: str,
    by: Actor,
    note: DemandNote | None = None,
    role: str = Role.ACCOUNTANT,
) -> BankRow:
    """Settle an open row. What is booked pays what is owed; the rest of it, and what is returned, is overpaid."""
    if not reason.strip():
        raise refusals.NoReason()
    with act(by, "payments.resolve", on=row.file, role=role) as entry:
        row.refresh_from_db()  # its file is locked: nobody else settles it now
        if row.resolution or row.payment_id:
            raise refusals.NotOpen()
        if resolution == Resolution.BOOKED:
            _book(row, note, by, entry)
        elif resolution == Resolution.RETURN:
            if row.amount is None:
                raise refusals.NothingToReturn()
            row.overpaid = row.amount
        row.resolution, row.resolved_on = Resolution(resolution), today()
        row.save(force_update=True)
        entry.facts = {
            "row": row.number,
            "resolution": row.resolution,
            "payment": row.payment_id,
            "note": row.note_id,
            "overpaid": row.overpaid,
            "reason": keep(entry, "reason", reason.strip(), whose=row.file.subject),
        }
    return row


def _book(row: BankRow, note: DemandNote | None, by: Actor, entry: Entry) -> None:
    if note is None:
        raise refusals.NoNote()
    if row.amount is None or row.paid_on is None or not row.reference:
        raise refusals.NotBookable()
    owed = balance(note)
    if not owed and not note.cancelled_on:
        raise refusals.NothingOwed()
    amount = min(row.amount, owed) or row.amount  # of a cancelled note the recording says that it is
    row.payment = record_payment(
        note,
        amount=amount,
        paid_on=row.paid_on,
        reference=row.reference,
        bank=row.file.bank,
        by=by,
        role=entry.role,
        because=entry,
    )
    row.note, row.division_id, row.overpaid = note, note.division_id, row.amount - amount
