"""What acts about money write down, to which day and rial they hold, and whose they are to see."""

from datetime import timedelta

import pytest
from test_bank_files import opened, outcomes, row_for, table, take_in
from test_payments import AMOUNT, cause, note, pay
from test_repaying import overpaid, sent_back

from factories import EARLY, as_if, company, division, person, person_as
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.payments import bank_file, refusals
from pishkhan.payments.importing import counts_of, import_bank_file
from pishkhan.payments.models import BankFile, BankRow, DemandNote
from pishkhan.payments.money_lists import BankRowList
from pishkhan.payments.resolving import resolve
from pishkhan.payments.selectors import (
    balance,
    by_day_and_county,
    files_within,
    not_confirmed_by_a_bank,
    notes_within,
    places_of,
    receipt_for,
    totals_of,
    unpaid,
)
from pishkhan.payments.services import cancel, record_payment
from pishkhan.people.roles import Role
from pishkhan.people.services import assign

pytestmark = pytest.mark.django_db
Outcome, Resolution = BankRow.Outcome, BankRow.Resolution
DAY = timedelta(days=1)


def last_of(row):
    return Entry.objects.filter(subject=row.subject).latest("number")


def dated(demand, days):
    """A note as if it had been issued so many days ago."""
    as_if([demand], issued_on=today() - days * DAY)
    return demand


def test_a_demand_says_who_owes_what_for_what_until_when_and_why():
    payer = person()

    demand = note(payer, due_on=today())

    assert last_of(demand).facts == {
        "number": demand.number,
        "payer": payer.ref,
        "purpose": "royalty",
        "about": "case:7",
        "amount": AMOUNT,
        "division": "1503",
        "reckoning": {"ref": "royalty-2"},
        "due_on": today().isoformat(),
    }
    assert (last_of(demand).because, last_of(demand).role, demand.issued_on) == (
        cause(payer).name,
        Role.SYSTEM,
        today(),
    )
    assert note(amount=1).amount == 1


def test_a_payment_says_by_which_act_it_came_and_counts_from_the_issue_to_today():
    accountant, demand = person_as(Role.ACCOUNTANT), dated(note(), 3)
    other = last_of(person())

    first = pay(
        demand, accountant, amount=1, paid_on=today() - 3 * DAY, reference="A" * 40, bank="m" * 20, because=other
    )

    entry = last_of(demand)
    assert entry.facts == {
        "payment": first.pk,
        "amount": 1,
        "paid_on": (today() - 3 * DAY).isoformat(),
        "bank": "m" * 20,
        "reference": "A" * 40,
    }
    assert (entry.because, entry.happened_on, first.number) == (other.name, today() - 3 * DAY, entry.number)
    with pytest.raises(refusals.PaidBeforeIssue):
        pay(demand, accountant, amount=1, paid_on=today() - 4 * DAY)
    with pytest.raises(refusals.NoReference):
        pay(demand, accountant, amount=1, bank="m" * 21)
    pay(demand, accountant, amount=AMOUNT - 1, paid_on=today())
    assert balance(demand) == 0


def test_a_cancellation_says_why_and_is_the_accountants():
    demand, paid_one, accountant = note(), note(), person_as(Role.ACCOUNTANT)
    pay(paid_one, accountant, amount=1)
    other = last_of(person())

    with pytest.raises(NotPermitted):
        cancel(demand, by=person_as(Role.DIRECTOR), reason="اشتباه")
    cancel(demand, by=accountant, reason="اشتباه", because=other)

    assert words_of(demand.subject) == {(2, "reason"): "اشتباه"} and last_of(demand).because == other.name
    assert DemandNote.objects.get(pk=demand.pk).cancelled_on == today() and last_of(demand).facts.keys() == {"reason"}


def test_what_is_paid_on_another_note_pays_nothing_here():
    demand, other, accountant = note(), note(), person_as(Role.ACCOUNTANT)
    pay(other, accountant)

    assert (balance(demand), balance(other)) == (AMOUNT, 0)
    pay(demand, accountant, reference="2")


def test_the_whole_of_an_overpayment_goes_back_on_the_day_it_came_by_the_longest_of_papers():
    accountant = person_as(Role.ACCOUNTANT)
    row, other = overpaid(accountant), overpaid(accountant)

    made = sent_back(row, accountant, amount=7, paper="م" * 40)
    sent_back(other, accountant, paper="م" * 40)

    assert row.left_to_return == 0
    assert Entry.objects.filter(subject=row.file.subject).latest("number").facts == {
        "row": row.number,
        "note": row.note_id,
        "repayment": made.pk,
        "amount": 7,
        "repaid_on": today().isoformat(),
        "paper": "م" * 40,
    }


def test_what_was_returned_meanwhile_is_seen_although_the_row_at_hand_is_old():
    accountant = person_as(Role.ACCOUNTANT)
    row = overpaid(accountant)
    old = BankRow.objects.get(pk=row.pk)
    sent_back(row, accountant, amount=5)

    with pytest.raises(refusals.RepaidTooMuch):
        sent_back(old, accountant, amount=3, paper="2")


def test_what_was_settled_meanwhile_is_seen_although_the_row_at_hand_is_old():
    accountant = person_as(Role.ACCOUNTANT)
    file = take_in(("2", 9, today().isoformat(), "?"), by=accountant)
    one, old = opened(file), opened(file)
    resolve(one, Resolution.RETURN, reason="شناخته نشد", by=accountant)

    with pytest.raises(refusals.NotOpen):
        resolve(old, Resolution.DISMISSED, reason="باز", by=accountant)


def test_a_row_that_is_settled_says_how_and_what_is_booked_is_because_of_it():
    accountant, demand = person_as(Role.ACCOUNTANT), note(place="1504")
    file = take_in(row_for(note(), "1", amount=AMOUNT + 7), by=accountant)

    row = resolve(opened(file), Resolution.BOOKED, reason=" بیش از بدهی ", by=accountant, note=demand)

    entry = last_of(file)
    assert entry.facts | {"reason": ""} == {
        "row": 2,
        "resolution": "booked",
        "payment": row.payment_id,
        "note": demand.pk,
        "overpaid": 7,
        "reason": "",
    }
    assert words_of(file.subject) == {(2, "reason"): "بیش از بدهی"}
    assert (last_of(demand).because, row.payment.bank, row.payment.amount) == (entry.name, "melli", AMOUNT)
    assert (row.division_id, row.resolved_on, row.note) == ("1504", today(), demand)


def test_what_is_matched_is_not_open_and_a_cancelled_note_takes_nothing():
    accountant, demand, void = person_as(Role.ACCOUNTANT), note(), note()
    cancel(void, by=accountant, reason="اشتباه")
    file = take_in(row_for(demand, "1"), row_for(void, "2"), by=accountant)

    with pytest.raises(refusals.NotOpen):
        resolve(opened(file), Resolution.DISMISSED, reason="باز", by=accountant)
    with pytest.raises(refusals.NoteIsCancelled):
        resolve(opened(file, 3), Resolution.BOOKED, reason="باز", by=accountant, note=void)
    with pytest.raises(NotPermitted):
        resolve(opened(file, 3), Resolution.DISMISSED, reason="باز", by=person_as(Role.DIRECTOR))
    assert opened(file, 3).overpaid == 0


def test_a_bank_may_pay_from_the_day_of_issue_to_today_and_no_other_day():
    accountant, days = person_as(Role.ACCOUNTANT), (-4, -3, 0, 1)
    notes = [dated(note(), 3) for _ in days]

    file = take_in(
        *[
            row_for(demand, str(number), date=(today() + days[number] * DAY).isoformat())
            for number, demand in enumerate(notes)
        ],
        by=accountant,
    )

    assert outcomes(file) == [Outcome.WRONG_DAY, Outcome.MATCHED, Outcome.MATCHED, Outcome.WRONG_DAY]
    assert counts_of(file) == {"wrong_day": 2, "matched": 2} and file.count == 4
    assert last_of(file).facts == {
        "digest": file.digest,
        "bank": "melli",
        "division": "15",
        "rows": 4,
        "outcomes": {"matched": 2, "wrong_day": 2},
    }


def test_a_payment_recorded_by_hand_is_confirmed_by_one_row_of_the_same_note_and_amount():
    accountant = person_as(Role.ACCOUNTANT)
    by_hand, less, other = note(), note(), note()
    record_payment(by_hand, amount=AMOUNT, paid_on=today(), reference="1", by=accountant)
    record_payment(less, amount=1, paid_on=today(), reference="2", by=accountant)

    assert list(not_confirmed_by_a_bank(accountant).order_by("pk").values_list("note", flat=True)) == [
        by_hand.pk,
        less.pk,
    ]
    file = take_in(row_for(by_hand, "1"), row_for(by_hand, "1"), row_for(less, "2"), row_for(other, "1"), by=accountant)

    assert outcomes(file) == [Outcome.CONFIRMED, *[Outcome.DUPLICATE] * 3]
    assert not_confirmed_by_a_bank(accountant).get().note == less
    assert not not_confirmed_by_a_bank(person_as(Role.ACCOUNTANT, "1504")).exists()


@pytest.mark.parametrize("bank", ["m" * 21, "Melli", "بانک"])
def test_a_bank_goes_by_a_code(bank):
    note()
    with pytest.raises(refusals.NoSuchBank):
        take_in(("1", 1, today().isoformat(), "1"), bank=bank)
    assert not BankFile.objects.exists()


def test_rows_are_sought_by_day_place_state_and_reference_in_ones_region():
    accountant = person_as(Role.ACCOUNTANT)
    ours, there = dated(note(), 9), dated(note(place="1504"), 9)
    file = take_in(
        row_for(ours, "1", date=(today() - 2 * DAY).isoformat()),
        row_for(there, "2", amount=5, date=(today() - DAY).isoformat()),
        ("3", 7, today().isoformat(), "77"),
        by=accountant,
    )
    resolve(opened(file, 4), Resolution.RETURN, reason="شناخته نشد", by=accountant)

    def numbers(person=accountant, **query):
        return [row.number for row in BankRowList.select(person, **query)]

    assert numbers() == [4, 3, 2]
    assert (numbers(from_on=today() - DAY), numbers(until_on=today() - DAY)) == ([4, 3], [3, 2])
    assert (numbers(place="1503"), numbers(place="1504"), numbers(place="15")) == ([2], [3], [4, 3, 2])
    assert (numbers(state="open"), numbers(state="booked"), numbers(state="returned")) == ([3], [2], [4])
    assert (numbers(q="1"), numbers(q="77"), numbers(q=there.number), numbers(q="9")) == ([2], [4], [3], [])
    assert numbers(person_as(Role.DIRECTOR, "1504")) == [3] and numbers(person_as(Role.EXPERT)) == []
    assert [row.note for row in BankRowList.select(person_as(Role.ACCOUNTANT, "1503"))] == [ours]


def test_rows_are_summed_by_day_and_county_and_all_together():
    accountant = person_as(Role.ACCOUNTANT)
    ours, there = note(amount=10), note(place="1504", amount=20)
    file = take_in(
        row_for(ours, "1"),
        row_for(there, "2", amount=5),
        ("3", 7, today().isoformat(), "77"),
        ("4", 3, (today() - DAY).isoformat(), "78"),
        by=accountant,
    )
    sent_back(resolve(opened(file, 4), Resolution.RETURN, reason="شناخته نشد", by=accountant), accountant)

    rows = BankRowList.select(accountant)

    assert [tuple(group.values()) for group in by_day_and_county(rows)] == [
        (today(), "15", 0, 0, 0, 0),
        (today(), "1503", 1, 10, 0, 0),
        (today(), "1504", 0, 0, 1, 5),
        (today() - DAY, "15", 0, 0, 1, 3),
    ]
    assert totals_of(rows) == {
        "booked": 1,
        "booked_amount": 10,
        "open": 2,
        "open_amount": 8,
        "to_return": 4,
        "repaid": 3,
    }
    assert set(totals_of(rows.none()).values()) == {0}


def test_notes_and_files_are_those_of_ones_region_and_unpaid_ones_owe_something():
    accountant = person_as(Role.ACCOUNTANT)
    ours, there, settled, void = note(), note(place="1601"), note(), note()
    pay(settled, accountant)
    pay(ours, accountant, amount=1, reference="2")
    cancel(void, by=accountant, reason="اشتباه")
    file = take_in(("3", 7, today().isoformat(), "77"), by=accountant)
    import_bank_file(table(row_for(there)), bank="melli", division=division("16"), by=person_as(Role.ACCOUNTANT, "16"))

    assert [(note.pk, note.paid) for note in notes_within(accountant)] == [
        (void.pk, 0),
        (settled.pk, AMOUNT),
        (ours.pk, 1),
    ]
    assert [note.pk for note in unpaid(notes_within(accountant))] == [ours.pk]
    assert list(files_within(accountant)) == list(files_within(person_as(Role.DIRECTOR))) == [file]
    assert not notes_within(person_as(Role.EXPERT)).exists() and not files_within(person_as(Role.EXPERT)).exists()


def test_a_receipt_is_found_by_its_note_and_entry_for_payer_speaker_and_region():
    ours = company()
    accountant, speaker = person_as(Role.ACCOUNTANT), person_as(Role.REPRESENTATIVE, organisation=ours)
    demand, other = note(ours), note()
    payment = pay(demand, accountant)
    pay(other, accountant, reference="2")

    for who in (speaker, accountant, person_as(Role.EXPERT, "1503")):
        assert receipt_for(who, demand.number, 2) == payment
    for who, number, entry in (
        (other.person, demand.number, 2),
        (person_as(Role.ACCOUNTANT, "1504"), demand.number, 2),
        (person_as(Role.INSPECTOR, "1503"), demand.number, 2),
        (speaker, demand.number, 1),
        (speaker, other.number, 2),
    ):
        assert receipt_for(who, number, entry) is None


def test_the_places_of_a_role_are_told_the_widest_first():
    someone = person_as(Role.ACCOUNTANT, "1503")
    for role, place in ((Role.ACCOUNTANT, "16"), (Role.EXPERT, "1504"), (Role.DIRECTOR, "15")):
        division(place)
        assign(someone, role, place=place, from_on=EARLY, by=SYSTEM)

    assert places_of(someone, (Role.ACCOUNTANT, Role.DIRECTOR)) == ["15", "16", "1503"]


def test_a_file_may_be_as_large_as_is_said_and_no_larger():
    heading = "reference,amount,date,payer_reference\n"
    rows = heading + "1,1,1401/01/01,1\n" * bank_file.MOST_ROWS

    assert len(bank_file.read_bank_file(rows.encode())) == 5000
    with pytest.raises(bank_file.NotABankFile):
        bank_file.read_bank_file((rows + "1,1,1401/01/01,1\n").encode())
    whole = heading.encode() + b"1,1,1401/01/01,1\n"
    filled = whole + (b" " * 999 + b"\n") * 5300
    assert len(bank_file.read_bank_file(filled[: 5 * 2**20])) == 1
    with pytest.raises(bank_file.NotABankFile):
        bank_file.read_bank_file(filled[: 5 * 2**20 + 1])
