"""What was overpaid goes back by a paper: never more than that, never before it came, and once for each paper."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from test_bank_files import opened, row_for, take_in
from test_payments import AMOUNT, note

from factories import person_as
from http_client import signed_in
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.journal.verification import verify
from pishkhan.payments import refusals
from pishkhan.payments.models import BankRow, Repayment
from pishkhan.payments.money_lists import BankRowList
from pishkhan.payments.repaying import repay
from pishkhan.payments.resolving import resolve
from pishkhan.payments.selectors import balance, totals_of
from pishkhan.people.roles import Role

pytestmark = pytest.mark.django_db
REASON = "بیش از بدهی پرداخت شد"


def overpaid(by, more=7, owed=None):
    """A row that was booked on a note of which it paid more than was owed."""
    owed = owed or note()
    file = take_in(row_for(owed, f"9{owed.pk}", amount=AMOUNT + more), by=by)
    return resolve(opened(file), BankRow.Resolution.BOOKED, reason=REASON, by=by, note=owed)


def sent_back(row, by, **other):
    return repay(row, **{"amount": 3, "repaid_on": today(), "paper": "۱۴۰۱/م/۱", "by": by} | other)


def test_an_overpayment_goes_back_in_parts_each_by_its_paper_and_is_then_done():
    accountant = person_as(Role.ACCOUNTANT)
    row = overpaid(accountant)
    rest = sent_back(row, accountant)
    assert (rest.paper, row.left_to_return) == ("1401/م/1", 4)
    assert list(BankRowList.select(accountant, state="returned")) == [row]
    sent_back(row, accountant, amount=4, paper="2")

    row.refresh_from_db()
    assert (row.repaid, row.left_to_return, balance(row.note)) == (7, 0, 0)
    assert not BankRowList.select(accountant, state="returned").exists()
    assert list(BankRowList.select(accountant, state="repaid")) == [row]
    assert {key: totals_of(BankRowList.select(accountant))[key] for key in ("to_return", "repaid")} == {
        "to_return": 0,
        "repaid": 7,
    }
    told = Entry.objects.filter(subject=row.file.subject, act="payments.repay").values_list("facts", flat=True)
    assert [(each["amount"], each["paper"], each["note"]) for each in told] == [
        (3, "1401/م/1", row.note_id),
        (4, "2", row.note_id),
    ]
    assert list(verify.problems()) == []


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"amount": 8}, refusals.RepaidTooMuch),
        ({"amount": 0}, refusals.NothingDemanded),
        ({"paper": "  "}, refusals.NoPaper),
        ({"paper": "م" * 41}, refusals.NoPaper),
        ({"repaid_on": timedelta(days=1)}, refusals.RepaidInTheFuture),
        ({"repaid_on": timedelta(days=-1)}, refusals.RepaidBeforePaid),
        ({"by": Role.DIRECTOR}, NotPermitted),
    ],
)
def test_a_return_that_cannot_be_is_refused_in_words_and_nothing_is_written(wrong, refusal):
    accountant = person_as(Role.ACCOUNTANT)
    row = overpaid(accountant)
    if isinstance(wrong.get("repaid_on"), timedelta):
        wrong = {"repaid_on": today() + wrong["repaid_on"]}

    with pytest.raises(refusal) as refused:
        sent_back(row, **{"by": accountant} | wrong | ({"by": person_as(wrong["by"])} if "by" in wrong else {}))

    assert refused.value.text.fa and not Repayment.objects.exists()
    assert BankRow.objects.get(pk=row.pk).repaid == 0
    assert not Entry.objects.filter(act="payments.repay").exists()


def test_what_was_not_overpaid_is_not_returned_and_one_paper_returns_once():
    accountant = person_as(Role.ACCOUNTANT)
    still_open = opened(take_in(row_for(note(), "1", amount=5), by=accountant))
    with pytest.raises(refusals.NothingOverpaid):
        sent_back(still_open, accountant)
    row = overpaid(accountant)
    sent_back(row, accountant)
    with pytest.raises(refusals.PaperIsUsed):
        sent_back(row, accountant, paper="1401/م/1")
    with pytest.raises(IntegrityError):
        BankRow.objects.filter(pk=row.pk).update(repaid=8)


class EachReturn(TestCase):
    """Whatever is asked for, in whatever order, no more goes back than was overpaid, and the parts are the whole."""

    @settings(deadline=None, max_examples=25)
    @given(st.lists(st.integers(1, 9), max_size=6), st.integers(1, 20))
    def test_no_more_goes_back_than_was_overpaid(self, asked, more):
        accountant = person_as(Role.ACCOUNTANT)
        row, left = overpaid(accountant, more), more
        for number, amount in enumerate(asked):
            try:
                sent_back(row, accountant, amount=amount, paper=str(number))
            except (refusals.RepaidTooMuch, refusals.NothingOverpaid):
                assert amount > left
            else:
                left -= amount
        row.refresh_from_db()
        assert left >= 0
        assert row.left_to_return == left == more - sum(each.amount for each in row.repayments.all())


@pytest.mark.usefixtures("law", "papers")
def test_a_return_is_recorded_on_a_page_and_over_http_by_the_accountant_of_the_region():
    accountant = person_as(Role.ACCOUNTANT)
    row = overpaid(accountant)
    page, told = f"/payments/rows/{row.pk}/return/", {"amount": "۵", "repaid_on": today().isoformat(), "paper": "۱۲/م"}
    assert signed_in(person_as(Role.ACCOUNTANT, "16")).get(page).status_code == 404
    assert signed_in(person_as(Role.DIRECTOR)).post(page, told).status_code == 403
    too_much = signed_in(accountant).post(page, told | {"amount": "8"})
    assert too_much.status_code == 422 and "بازگرداندنی" in too_much.content.decode()
    assert signed_in(accountant).post(page, told).status_code == 302
    body = {"amount": 2, "repaid_on": today().isoformat(), "paper": "13"}
    sent = signed_in(accountant).post(f"/api/payments/rows/{row.pk}/return", body, content_type="application/json")
    assert (sent.status_code, sent.json()["repaid"]) == (200, 7)
    shown = signed_in(accountant).get(f"/payments/rows/{row.pk}/").content.decode()
    assert "12/م" in shown and "همه بازگردانده شد" in shown
