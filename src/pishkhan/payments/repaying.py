"""Returning what was overpaid: recorded by a paper and its day, never more than that, and once for each paper."""

from datetime import date

from pishkhan.journal.acts import Actor, act
from pishkhan.journal.clock import today
from pishkhan.journal.locks import retried
from pishkhan.language.digits import ascii_digits
from pishkhan.people.roles import Role

from . import refusals
from .models import BankRow, Repayment

PAPER = 40  # the longest number of one


@retried
def repay(
    row: BankRow, *, amount: int, repaid_on: date, paper: str, by: Actor, role: str = Role.ACCOUNTANT
) -> Repayment:
    """Record that an overpayment, or a part of it, was returned to the payer: by the number of a paper, on a day."""
    paper = ascii_digits(" ".join(paper.split()))
    with act(by, "payments.repay", on=row.file, role=role, happened_on=repaid_on) as entry:
        row.refresh_from_db()  # its file is locked: nobody else returns of it now
        _ask_the_repayment(row, amount, repaid_on, paper)
        made = Repayment(row=row, amount=amount, repaid_on=repaid_on, paper=paper)
        made.save(force_insert=True)
        row.repaid += amount
        row.save(update_fields=["repaid"])
        entry.facts = {
            "row": row.number,
            "note": row.note_id,
            "repayment": made.pk,
            "amount": amount,
            "repaid_on": repaid_on,
            "paper": paper,
        }
    return made


def _ask_the_repayment(row: BankRow, amount: int, repaid_on: date, paper: str) -> None:
    if not 0 < len(paper) <= PAPER:
        raise refusals.NoPaper()
    if not row.overpaid:
        raise refusals.NothingOverpaid()
    if amount <= 0:
        raise refusals.NothingDemanded()
    if repaid_on > today():
        raise refusals.RepaidInTheFuture()
    if row.paid_on and repaid_on < row.paid_on:
        raise refusals.RepaidBeforePaid(row.paid_on)
    if Repayment.objects.filter(row=row, paper=paper).exists():
        raise refusals.PaperIsUsed()
    if amount > (left := row.left_to_return):
        raise refusals.RepaidTooMuch(amount, left)
