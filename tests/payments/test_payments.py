"""What is demanded is numbered without gaps; what is paid counts once and never exceeds what is owed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection

from factories import company, division, person, person_as, together
from pishkhan.journal import clock
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Busy, Invalid, NotPermitted
from pishkhan.journal.verification import verify
from pishkhan.payments import refusals
from pishkhan.payments.models import DemandNote, Payment
from pishkhan.payments.selectors import balance, is_paid, paid
from pishkhan.payments.services import cancel, demand, record_payment
from pishkhan.people.roles import Role

AMOUNT = 150_000_000


def cause(someone):
    return Entry.objects.filter(subject=someone.subject).last()


def note(payer=None, place="1503", **stated):
    payer = payer or person("15")
    return demand(
        **{
            "payer": payer,
            "purpose": "royalty",
            "about": "case:7",
            "division": division(place),
            "amount": AMOUNT,
            "reckoning": {"ref": "royalty-2"},
            "because": cause(payer),
        }
        | stated
    )


def pay(owed, by, **stated):
    return record_payment(owed, **{"amount": AMOUNT, "paid_on": today(), "reference": "7001", "by": by} | stated)


@pytest.mark.django_db
def test_demand_notes_are_numbered_without_gaps_by_province_and_jalali_year():
    payer, other = person("15"), person("16")
    with clock.at(datetime(2022, 9, 16, 9, tzinfo=ZoneInfo("Asia/Tehran"))):
        numbers = [note(payer).number, note(payer, "1504").number, note(other, "1601").number]
    with clock.at(datetime(2023, 3, 21, 9, tzinfo=ZoneInfo("Asia/Tehran"))):
        numbers.append(note(payer).number)

    assert numbers == ["D-15-1401-0001", "D-15-1401-0002", "D-16-1401-0001", "D-15-1402-0001"]


@pytest.mark.django_db
def test_a_demand_is_caused_by_an_entry_and_names_how_it_was_reckoned():
    payer = company()

    owed = note(payer)

    entry = Entry.objects.get(subject=owed.subject)
    assert entry.because == cause(payer).name and entry.facts["reckoning"] == owed.reckoning == {"ref": "royalty-2"}
    assert owed.payer == owed.organisation == payer and owed.person is None and entry.facts["payer"] == payer.ref


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"amount": 0}, {"amount": -1}, {"due_on": today() - timedelta(days=1)}])
def test_a_demand_that_makes_no_sense_is_refused_and_takes_no_number(wrong):
    with pytest.raises(Invalid):
        note(**wrong)

    assert note().number.endswith("-0001")


@pytest.mark.django_db
def test_a_note_is_paid_when_nothing_is_owed_any_more():
    owed, accountant = note(), person_as(Role.ACCOUNTANT)

    first = pay(owed, accountant, amount=100_000_000)
    assert (paid(owed), balance(owed), is_paid(owed)) == (100_000_000, 50_000_000, False)
    pay(owed, accountant, amount=50_000_000, reference="7002")

    assert is_paid(owed) and balance(owed) == 0 and first.number == 2
    assert cause(owed).facts["reference"] == "7002" and list(verify.problems()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": AMOUNT + 1}, "amount"),
        ({"paid_on": today() + timedelta(days=2)}, "paid_on"),
        ({"paid_on": today() - timedelta(days=1)}, "paid_on"),
        ({"reference": " "}, "reference"),
        ({"reference": "x" * 41}, "reference"),
        ({"reference": "12\0"}, "reference"),
        ({"bank": "Bank ملت"}, "reference"),
    ],
)
def test_a_payment_that_cannot_be_is_refused_by_field(wrong, field):
    owed = note()

    with pytest.raises(Invalid) as refused:
        pay(owed, person_as(Role.ACCOUNTANT), **wrong)

    assert list(refused.value.fields) == [field] and not Payment.objects.exists()
    assert refused.value.text.fa and refused.value.text.en and cause(owed).number == 1


@pytest.mark.django_db
def test_a_reference_counts_once_in_a_bank_however_it_is_typed():
    accountant = person_as(Role.ACCOUNTANT)
    pay(note(), accountant, reference="a-70", bank="melli")

    with pytest.raises(refusals.ReferenceIsUsed):
        pay(note(), accountant, reference=" A-۷۰", bank="melli")

    pay(note(), accountant, reference="a-70", bank="mellat")


@pytest.mark.django_db
def test_a_cancelled_note_owes_nothing_is_not_paid_and_takes_no_payment():
    owed, accountant = note(), person_as(Role.ACCOUNTANT)

    cancel(owed, by=accountant, reason="اشتباه در محاسبه")

    assert balance(owed) == 0 and not is_paid(owed)
    with pytest.raises(refusals.NoteIsCancelled):
        pay(owed, accountant)
    with pytest.raises(refusals.NoteIsCancelled):
        cancel(owed, by=accountant, reason="دوباره")


@pytest.mark.django_db
def test_a_note_on_which_something_was_paid_is_not_cancelled():
    owed, accountant = note(), person_as(Role.ACCOUNTANT)
    pay(owed, accountant, amount=1)

    with pytest.raises(refusals.SomethingIsPaid):
        cancel(owed, by=accountant, reason="اشتباه")


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "place"), [(Role.EXPERT, "15"), (Role.ACCOUNTANT, "1504"), (Role.APPLICANT, "15")])
def test_only_an_accountant_of_the_place_records_payments(role, place):
    with pytest.raises(NotPermitted):
        pay(note(), person_as(role, place))


@pytest.mark.django_db
def test_a_payer_stands_to_their_note_as_its_applicant():
    ours = company()
    payer, somebody, speaker = person(), person(), person_as(Role.REPRESENTATIVE, organisation=ours)

    assert note(payer).standing(Role.APPLICANT, payer) and not note(payer).standing(Role.APPLICANT, somebody)
    assert note(ours).standing(Role.APPLICANT, speaker).on_behalf_of == ours.ref
    assert note(payer).standing(Role.MEMBER, payer) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"person": None}, "a_demand_note_has_one_payer"),
        ({"amount": 0}, "what_is_demanded_is_something"),
        ({"due_on": today() - timedelta(days=1)}, "a_demand_is_due_after_it_is_issued"),
    ],
)
def test_the_database_refuses_a_note_that_makes_no_sense(wrong, name):
    right = {"person": person(), "division": division(), "amount": 1, "reckoning": {}, "issued_on": today()}

    with pytest.raises(IntegrityError, match=name):
        DemandNote.objects.create(**right | wrong)


def paying(owed, accountant, reference):
    return lambda: pay(DemandNote.objects.get(pk=owed.pk), accountant, reference=reference)


@pytest.mark.django_db(transaction=True)
def test_of_two_payments_at_once_one_is_too_much(rendezvous):
    owed, accountant = note(), person_as(Role.ACCOUNTANT)

    assert together(*[paying(owed, accountant, each) for each in ("1", "2")]) == [refusals.PaidTooMuch]
    assert paid(owed) == AMOUNT and list(verify.problems()) == []


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_the_second_payment_is_not_refused_in_words(rendezvous, unlocked):
    owed, accountant = note(), person_as(Role.ACCOUNTANT)

    loser = IntegrityError if connection.vendor == "postgresql" else Busy
    assert together(*[paying(owed, accountant, each) for each in ("1", "2")]) == [loser]


@pytest.mark.django_db(transaction=True)
def test_one_reference_for_two_notes_at_once_counts_once(rendezvous):
    accountant = person_as(Role.ACCOUNTANT)
    notes = [note(), note()]

    assert together(*[paying(each, accountant, "1") for each in notes]) == [refusals.ReferenceIsUsed]
    assert Payment.objects.count() == 1 and list(verify.problems()) == []


@pytest.mark.django_db(transaction=True)
def test_notes_issued_at_once_have_neither_gaps_nor_doubles():
    payers = [person("15"), person("15")]
    division("1503")

    assert together(*[lambda payer=payer: note(payer) for payer in payers]) == []
    assert sorted(each[-4:] for each in DemandNote.objects.values_list("number", flat=True)) == ["0001", "0002"]
