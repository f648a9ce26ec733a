"""Acts about money: demanding it, recording what was paid, cancelling a demand."""

import re
from datetime import date
from typing import Any

from django.db import IntegrityError

from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM, Actor, act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.numbering import next_number
from pishkhan.language.digits import ascii_digits
from pishkhan.language.jalali import jalali_year
from pishkhan.language.prefixes import number_prefix
from pishkhan.people.parties import Party, party_fields
from pishkhan.people.roles import Role

from . import refusals
from .models import DemandNote, Payment
from .selectors import balance

PREFIX = number_prefix("D", "demand notes")

REFERENCE, BANK = re.compile(r"[0-9A-Z./_-]{1,40}"), re.compile(r"[a-z0-9-]{0,20}")


@retried
def demand(
    *,
    payer: Party,
    purpose: str,
    about: str,
    division: Division,
    amount: int,
    reckoning: Any,
    because: Entry,
    due_on: date | None = None,
    by: Actor = SYSTEM,
    role: str = Role.SYSTEM,
) -> DemandNote:
    """Issue a demand note today, because of an entry about its subject (`about`)."""
    if amount <= 0:
        raise refusals.NothingDemanded()
    on = today()
    if due_on and due_on < on:
        raise refusals.DueBeforeIssue()
    with one_transaction():
        province, year = division.code[:2], jalali_year(on)
        number = f"{PREFIX}-{province}-{year}-{next_number(f'demand:{province}', year=year):04}"
        note = DemandNote(
            number=number,
            **party_fields(payer),
            purpose=purpose,
            about=about,
            division=division,
            amount=amount,
            reckoning=reckoning,
            issued_on=on,
            due_on=due_on,
        )
        with begin(by, "payments.demand", note, role=role, because=because) as entry:
            entry.facts = {
                "number": number,
                "payer": payer.ref,
                "purpose": purpose,
                "about": about,
                "amount": amount,
                "division": note.division_id,
                "reckoning": reckoning,
                "due_on": due_on,
            }
    return note


@retried
def record_payment(
    note: DemandNote,
    *,
    amount: int,
    paid_on: date,
    reference: str,
    by: Actor,
    bank: str = "",
    role: str = Role.ACCOUNTANT,
    because: Entry | None = None,
) -> Payment:
    """Record what was paid on a demand note: by one reference of a bank once, and never more than is owed."""
    reference = ascii_digits(reference).strip().upper()
    if not REFERENCE.fullmatch(reference) or not BANK.fullmatch(bank):
        raise refusals.NoReference()
    try:
        with act(by, "payments.record", on=note, role=role, because=because, happened_on=paid_on) as entry:
            _ask_the_payment(note, amount, paid_on)
            if Payment.objects.filter(bank=bank, reference=reference).exists():
                raise refusals.ReferenceIsUsed()
            payment = Payment(
                note=note, amount=amount, paid_on=paid_on, bank=bank, reference=reference, number=entry.number
            )
            payment.save(force_insert=True)
            entry.facts = {
                "payment": payment.pk,
                "amount": amount,
                "paid_on": paid_on,
                "bank": bank,
                "reference": reference,
            }
    except IntegrityError as clash:  # it was recorded on another note between our question and our writing
        raise refusals.ReferenceIsUsed() if "one_payment_per_bank_reference" in str(clash) else clash from None
    return payment


@retried
def cancel(
    note: DemandNote, *, by: Actor, reason: str, role: str = Role.ACCOUNTANT, because: Entry | None = None
) -> DemandNote:
    """Cancel a demand note on which nothing was paid."""
    with act(by, "payments.cancel", on=note, role=role, because=because) as entry:
        if note.cancelled_on:
            raise refusals.NoteIsCancelled(note.number)
        if note.payments.exists():
            raise refusals.SomethingIsPaid()
        note.cancelled_on = today()
        entry.facts = {"reason": keep(entry, "reason", reason, whose=note.payer.ref)}
    return note


def _ask_the_payment(note: DemandNote, amount: int, paid_on: date) -> None:
    if note.cancelled_on:
        raise refusals.NoteIsCancelled(note.number)
    if amount <= 0:
        raise refusals.NothingDemanded()
    if paid_on > today():
        raise refusals.PaidInTheFuture()
    if paid_on < note.issued_on:
        raise refusals.PaidBeforeIssue(note.issued_on)
    if amount > (left := balance(note)):
        raise refusals.PaidTooMuch(amount, left)
