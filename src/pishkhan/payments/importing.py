"""Taking in a bank's file: each row booked on its demand note, or kept with what stands in its way."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, connection
from django.db.models import Q, Sum

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import lying_in
from pishkhan.journal.acts import Actor, begin
from pishkhan.journal.clock import now, today
from pishkhan.journal.erasure.erasable_text import hide
from pishkhan.journal.locks import lock, retried
from pishkhan.journal.models import Entry
from pishkhan.people.roles import Role

from . import refusals
from .bank_file import BankFileRow, read_bank_file
from .models import BankFile, BankRow, DemandNote, Payment
from .services import BANK, record_payment

WRITTEN = "bank-row"  # the purpose under which the cells of a row are encrypted
CLASHES = ("one_payment_per_bank_reference", "digest", "payment_id")
Outcome = BankRow.Outcome


@dataclass
class Ledger:
    """What the rows of a file are compared with, read under the locks of the notes they name."""

    notes: dict[str, DemandNote]
    owed: dict[int, int]  # rial, by note
    payments: dict[str, Payment]  # by the bank's reference, those of this bank and those recorded of no bank
    seen: set[str]  # references of earlier rows of this bank, of earlier files and of this one


def import_bank_file(
    content: bytes, *, bank: str, division: Division, by: Actor, role: str = Role.ACCOUNTANT
) -> BankFile:
    """Take in a bank's file for the demand notes of a division: all its rows, or none.

    What two files tell at once is booked once: whoever comes second reads what the first one wrote.
    """
    rows, digest = read_bank_file(content), sha256(content).hexdigest()
    if not BANK.fullmatch(bank):
        raise refusals.NoSuchBank()
    try:
        return _taken_in(rows, digest, bank, division, by, role)
    except refusals.ReferenceIsUsed:  # by another payment, between our question and our writing
        if connection.in_atomic_block:
            raise
    except IntegrityError as clash:
        if connection.in_atomic_block or not any(each in str(clash) for each in CLASHES):
            raise
    return _taken_in(rows, digest, bank, division, by, role)


@retried
def _taken_in(rows: list[BankFileRow], digest: str, bank: str, division: Division, by: Actor, role: str) -> BankFile:
    if known := BankFile.objects.filter(digest=digest).first():
        raise refusals.ImportedAlready(known.imported_at)
    file = BankFile(digest=digest, bank=bank, division=division, count=len(rows), imported_at=now())
    with begin(by, "payments.import", file, role=role) as entry:
        ledger = _ledger(rows, bank, division)
        kept = [_row(file, told, ledger, entry, by) for told in rows]
        BankRow.objects.bulk_create(kept, batch_size=500)
        entry.facts = {
            "digest": digest,
            "bank": bank,
            "division": division.code,
            "rows": len(rows),
            "outcomes": dict(sorted(Counter(row.outcome for row in kept).items())),
        }
    return file


def _ledger(rows: list[BankFileRow], bank: str, division: Division) -> Ledger:
    """Lock the notes that are named, in the order of the house, and read what was paid on them."""
    named = {told.payer_reference for told in rows} - {""}
    notes = list(DemandNote.objects.filter(lying_in(division.code), number__in=named))
    lock(*notes)
    paid = dict(Payment.objects.filter(note__in=notes).order_by().values_list("note").annotate(Sum("amount")))
    references = {told.reference for told in rows} - {""}
    payments = Payment.objects.filter(Q(bank=bank) | Q(bank="", bank_row=None), reference__in=references)
    earlier = BankRow.objects.filter(file__bank=bank, reference__in=references)
    return Ledger(
        {note.number: note for note in notes},
        {note.pk: 0 if note.cancelled_on else note.amount - paid.get(note.pk, 0) for note in notes},
        {each.reference: each for each in payments.order_by("bank")},
        set(earlier.values_list("reference", flat=True)),
    )


def _outcome(told: BankFileRow, ledger: Ledger) -> str:
    note = ledger.notes.get(told.payer_reference)
    if not told.is_whole or told.amount is None or told.paid_on is None:
        return Outcome.ILL_FORMED
    if told.reference in ledger.seen:
        return Outcome.DUPLICATE
    if payment := ledger.payments.get(told.reference):
        same = note is not None and (payment.note_id, payment.amount) == (note.pk, told.amount)
        return Outcome.CONFIRMED if same else Outcome.DUPLICATE
    return _about_the_note(told.amount, told.paid_on, note, ledger)


def _about_the_note(amount: int, paid_on: date, note: DemandNote | None, ledger: Ledger) -> str:
    if note is None:
        return Outcome.UNKNOWN
    if note.cancelled_on:
        return Outcome.CANCELLED
    if not note.issued_on <= paid_on <= today():
        return Outcome.WRONG_DAY
    if not ledger.owed[note.pk]:
        return Outcome.ALREADY_PAID
    return Outcome.MATCHED if amount == ledger.owed[note.pk] else Outcome.WRONG_AMOUNT


def _row(file: BankFile, told: BankFileRow, ledger: Ledger, entry: Entry, by: Actor) -> BankRow:
    """A row as it is kept, its payment booked if it is one; the ledger goes on with it."""
    note, payment, outcome = ledger.notes.get(told.payer_reference), None, _outcome(told, ledger)
    if outcome == Outcome.MATCHED and note and told.amount and told.paid_on:
        payment = record_payment(
            note,
            amount=told.amount,
            paid_on=told.paid_on,
            reference=told.reference,
            bank=file.bank,
            by=by,
            role=entry.role,
            because=entry,
        )
        ledger.owed[note.pk] = 0
    elif outcome == Outcome.CONFIRMED:
        payment = ledger.payments[told.reference]
    ledger.seen |= {told.reference} - {""}
    return BankRow(
        file=file,
        number=told.number,
        division_id=note.division_id if note else file.division_id,
        written=hide(json.dumps(told.written, ensure_ascii=False), purpose=WRITTEN),
        reference=told.reference,
        amount=told.amount,
        paid_on=told.paid_on,
        payer_reference=told.payer_reference,
        note=note,
        payment=payment,
        outcome=outcome,
    )


def counts_of(file: BankFile) -> dict[Any, int]:
    """How many rows of a file came to which outcome."""
    return dict(Counter(file.rows.values_list("outcome", flat=True)))
