"""A bank's file is taken in wholly: what matches is booked as if recorded by an officer, the rest is kept."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection
from test_payments import AMOUNT, note

from factories import division, person_as, together
from http_client import signed_in
from pishkhan.casework.models import Case
from pishkhan.geography.models import Division
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.clock import now, today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Busy, NotPermitted
from pishkhan.journal.verification import verify
from pishkhan.language.digits import persian
from pishkhan.language.jalali import jalali
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.payments import refusals
from pishkhan.payments.importing import counts_of, import_bank_file
from pishkhan.payments.models import BankFile, BankRow, DemandNote, Payment
from pishkhan.payments.money_lists import BankRowList
from pishkhan.payments.resolving import resolve
from pishkhan.payments.selectors import is_paid, paid
from pishkhan.payments.services import cancel, record_payment
from pishkhan.payments.staff_pages import written_of
from pishkhan.people.roles import Role
from procedure_driver import at

Outcome, Resolution = BankRow.Outcome, BankRow.Resolution
pytestmark = pytest.mark.django_db


def table(*rows):
    sheet = io.StringIO()
    csv.writer(sheet).writerows([("reference", "amount", "date", "payer_reference"), *rows])
    return sheet.getvalue().encode()


def row_for(owed, reference="7001", **other):
    told = {"reference": reference, "amount": owed.amount, "date": today().isoformat(), "payer": owed.number} | other
    return tuple(told.values())


def take_in(*rows, by=None, **told):
    return import_bank_file(
        table(*rows),
        **{"bank": "melli", "division": Division.objects.get(code="15"), "by": by or person_as(Role.ACCOUNTANT)} | told,
    )


def outcomes(file):
    return list(file.rows.order_by("number").values_list("outcome", flat=True))


def test_every_row_is_kept_with_what_became_of_it():
    accountant = person_as(Role.ACCOUNTANT)
    ours, other, void, settled, by_hand, elsewhere = note(), note(), note(), note(), note(), note(place="1601")
    cancel(void, by=accountant, reason="اشتباه")
    record_payment(settled, amount=AMOUNT, paid_on=today(), reference="1", by=accountant)
    record_payment(by_hand, amount=AMOUNT, paid_on=today(), reference="2", by=accountant)
    file = take_in(
        row_for(ours, "10"),
        row_for(ours, "10"),
        row_for(ours, "11"),
        row_for(other, "12", amount=AMOUNT - 1),
        ("13", 5, today().isoformat(), "زهرا رضایی"),
        row_for(void, "14"),
        row_for(settled, "15"),
        row_for(by_hand, "2"),
        row_for(other, "1"),
        row_for(other, "16", date=(today() + timedelta(days=1)).isoformat()),
        row_for(other, "=1+1"),
        row_for(elsewhere, "17"),
        by=accountant,
    )

    assert outcomes(file) == [
        Outcome.MATCHED,
        Outcome.DUPLICATE,
        Outcome.ALREADY_PAID,
        Outcome.WRONG_AMOUNT,
        Outcome.UNKNOWN,
        Outcome.CANCELLED,
        Outcome.ALREADY_PAID,
        Outcome.CONFIRMED,
        Outcome.DUPLICATE,
        Outcome.WRONG_DAY,
        Outcome.ILL_FORMED,
        Outcome.UNKNOWN,
    ]
    assert is_paid(ours) and not is_paid(other) and paid(by_hand) == AMOUNT and not is_paid(elsewhere)
    assert "زهرا رضایی" in written_of(file.rows.get(number=6)) and b"\xd8\xb2" not in file.rows.get(number=6).written
    assert Entry.objects.get(subject=file.subject).facts["outcomes"]["matched"] == 1
    assert Entry.objects.filter(subject=ours.subject).last().because == f"{file.subject}#1"
    assert list(verify.problems()) == []


@pytest.mark.usefixtures("law", "papers")
def test_a_payment_that_was_imported_opens_the_step_that_a_recorded_one_opens():
    case = at(NewLicence, "royalty")
    rule = next(each for each in NewLicence.steps["send"].when if each.name == "royalty_is_paid")
    assert not rule.holds(case, now(), {})

    take_in(row_for(case.dossier.royalty))

    assert rule.holds(Case.objects.get(pk=case.pk), now(), {})


def test_the_same_file_counts_once_and_the_same_rows_in_another_file_are_duplicates():
    owed, second = note(), note()
    take_in(row_for(owed))

    with pytest.raises(refusals.ImportedAlready):
        take_in(row_for(owed))
    again = take_in(row_for(owed), row_for(second, "7002"))

    assert outcomes(again) == [Outcome.DUPLICATE, Outcome.MATCHED] and Payment.objects.count() == 2
    assert outcomes(take_in(row_for(owed), row_for(second), bank="mellat")) == [Outcome.ALREADY_PAID, Outcome.DUPLICATE]


@pytest.mark.parametrize(("role", "place"), [(Role.EXPERT, "15"), (Role.ACCOUNTANT, "1503"), (Role.ACCOUNTANT, "16")])
def test_only_an_accountant_of_the_whole_region_takes_a_file_in(role, place):
    owed = note()

    with pytest.raises(NotPermitted):
        take_in(row_for(owed), by=person_as(role, place))
    assert not BankFile.objects.exists() and not Payment.objects.exists()
    assert outcomes(take_in(row_for(owed), by=IMPORTER, role=Role.IMPORTER)) == [Outcome.MATCHED]


def opened(file, number=2):
    return file.rows.select_related("file").get(number=number)


def test_what_was_left_open_is_settled_by_hand_with_a_reason_and_once():
    owed, accountant = note(), person_as(Role.ACCOUNTANT)
    file = take_in(
        row_for(owed, "1", amount=AMOUNT + 7), ("2", 9, today().isoformat(), "?"), ("3", "x", "y", "z"), by=accountant
    )

    booked = resolve(opened(file), Resolution.BOOKED, reason="بیش از بدهی پرداخت شد", by=accountant, note=owed)
    returned = resolve(opened(file, 3), Resolution.RETURN, reason="شناخته نشد", by=accountant)
    with pytest.raises(refusals.NothingToReturn):
        resolve(opened(file, 4), Resolution.RETURN, reason="ناخوانا", by=accountant)
    with pytest.raises(refusals.NotBookable):
        resolve(opened(file, 4), Resolution.BOOKED, reason="ناخوانا", by=accountant, note=owed)
    resolve(opened(file, 4), Resolution.DISMISSED, reason="سطر جمع بانک", by=accountant)

    assert is_paid(owed) and (booked.overpaid, returned.overpaid) == (7, 9)
    for number in (2, 3, 4):
        with pytest.raises(refusals.NotOpen):
            resolve(opened(file, number), Resolution.DISMISSED, reason="باز", by=accountant)
    assert "بیش از بدهی" not in str(list(Entry.objects.values_list("facts", flat=True)))
    assert list(verify.problems()) == [] and not BankRowList.select(accountant, state="open").exists()


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [({"note": None}, refusals.NoNote), ({"reason": " "}, refusals.NoReason), ({"by": Role.EXPERT}, NotPermitted)],
)
def test_a_row_that_cannot_be_settled_so_is_refused_in_words(wrong, refusal):
    owed = note()
    file = take_in(row_for(owed, amount=1))
    told = {"reason": "دلیل", "by": Role.ACCOUNTANT, "note": owed} | wrong

    with pytest.raises(refusal):
        resolve(opened(file), Resolution.BOOKED, **told | {"by": person_as(told["by"])})

    assert opened(file).resolution == "" and not Payment.objects.exists()


def test_a_reference_that_counted_meanwhile_and_a_note_that_is_paid_are_not_booked_again():
    owed, accountant = note(), person_as(Role.ACCOUNTANT)
    file = take_in(row_for(owed, "1", amount=5), row_for(owed, "2", amount=6), by=accountant)
    record_payment(owed, amount=5, paid_on=today(), reference="1", bank="melli", by=accountant)

    with pytest.raises(refusals.ReferenceIsUsed):
        resolve(opened(file), Resolution.BOOKED, reason="دلیل", by=accountant, note=owed)
    record_payment(owed, amount=AMOUNT - 5, paid_on=today(), reference="9", by=accountant)
    with pytest.raises(refusals.NothingOwed):
        resolve(opened(file, 3), Resolution.BOOKED, reason="دلیل", by=accountant, note=owed)
    assert not opened(file, 3).resolution


def test_the_reconciliation_shows_ones_region_alone_counts_what_it_lists_and_exports_no_formula():
    ours, theirs = note(), note(place="1601")
    file = take_in(row_for(ours), ("5", 9, today().isoformat(), "9"))
    import_bank_file(table(row_for(theirs)), bank="melli", division=division("16"), by=person_as(Role.ACCOUNTANT, "16"))
    client = signed_in(accountant := person_as(Role.ACCOUNTANT))

    page = client.get("/payments/").content.decode()
    assert ours.number in page and theirs.number not in page and "۲ سطر بانک" in page
    rows = list(csv.reader(io.StringIO(client.get("/payments/?state=open&export=csv").content.decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["5"]
    day = today().isoformat()
    assert len(client.get(f"/payments/?from={day}&until={day}&place=1503&export=csv").content.splitlines()) == 2
    told = persian(jalali(today()))
    assert len(client.get(f"/payments/?from={told}&until={told}&place=۱۵۰۳&export=csv").content.splitlines()) == 2
    for none in ("place=1504", "place=۱۵۰۴", "from=۱۴۹۰/۰۱/۰۱"):
        assert len(client.get(f"/payments/?{none}&export=csv").content.splitlines()) == 1
    assert len(client.get("/payments/?from=فردا&export=csv").content.splitlines()) == 3
    stranger = signed_in(person_as(Role.ACCOUNTANT, "16"))
    assert stranger.get(f"/payments/files/{file.pk}/").status_code == 404
    assert stranger.get(f"/payments/rows/{opened(file, 3).pk}/").status_code == 404
    assert signed_in(person_as(Role.ACCOUNTANT, "1504")).get("/payments/notes/").content.decode().count("D-15") == 0
    assert client.get("/payments/notes/?state=paid").content.decode().count(ours.number) >= 1
    assert accountant.holds(Role.ACCOUNTANT, over=ours)


def test_a_receipt_is_the_payers_and_the_regions():
    owed = note()
    take_in(row_for(owed))
    address = f"/receipts/{owed.number}/2/"

    told = signed_in(owed.person).get(address, headers={"accept-language": "fa"}).content.decode()
    assert "۱۵۰٬۰۰۰٬۰۰۰" in told and owed.number in told and "7001" in told
    assert signed_in(person_as(Role.EXPERT, "1503")).get(address).status_code == 200
    for stranger in (note().person, person_as(Role.ACCOUNTANT, "1504")):
        assert signed_in(stranger).get(address).status_code == 404
    assert signed_in(owed.person).get(f"/receipts/{owed.number}/1/").status_code == 404


def test_a_file_is_taken_in_and_settled_on_pages_and_over_http():
    owed, client = note(), signed_in(person_as(Role.ACCOUNTANT))
    sheet = table(row_for(owed, amount=1))

    told = client.post("/payments/files/new/", {"file": ContentFile(sheet, name="b.csv"), "division": "15"})
    file = BankFile.objects.get()
    assert (told.status_code, told.headers["Location"]) == (302, f"/payments/files/{file.pk}/")
    again = client.post("/api/payments/files?bank=melli", {"file": ContentFile(sheet, name="b.csv")})
    assert again.status_code == 422 and "file" in again.json()["fields"]
    assert (
        client.post("/payments/files/new/", {"file": ContentFile(b"\0", name="b.csv"), "division": "15"}).status_code
        == 422
    )

    (row,) = client.get("/api/payments/rows?state=open").json()
    settled = client.post(
        f"/api/payments/rows/{row['id']}/resolution",
        content_type="application/json",
        data={"resolution": "booked", "reason": "بخشی از بدهی", "demand_note": owed.number},
    )
    assert settled.status_code == 200 and settled.json()["resolution"] == "booked" and paid(owed) == 1
    assert client.get(f"/api/payments/files/{file.pk}").json()["outcomes"] == counts_of(file)
    assert client.get(f"/payments/rows/{row['id']}/").status_code == 200


def recording(owed, accountant):
    return lambda: record_payment(
        DemandNote.objects.get(pk=owed.pk), amount=AMOUNT, paid_on=today(), reference="H", by=accountant
    )


@pytest.mark.django_db(transaction=True)
def test_of_a_recorded_and_an_imported_payment_at_once_one_stands(rendezvous):
    owed, accountant = note(), person_as(Role.ACCOUNTANT)

    raised = together(recording(owed, accountant), lambda: take_in(row_for(owed), by=accountant))

    row = BankRow.objects.get()
    assert (raised, row.outcome) in [([refusals.PaidTooMuch], Outcome.MATCHED), ([], Outcome.ALREADY_PAID)]
    assert paid(owed) == AMOUNT and Payment.objects.count() == 1 and list(verify.problems()) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_files_that_pay_one_note_at_once_one_stands_and_the_other_is_kept_open(rendezvous):
    owed, accountant = note(), person_as(Role.ACCOUNTANT)

    raised = together(*[lambda reference=each: take_in(row_for(owed, reference), by=accountant) for each in ("1", "2")])

    assert raised == [] and sorted(BankRow.objects.values_list("outcome", flat=True)) == ["already_paid", "matched"]
    assert paid(owed) == AMOUNT and list(verify.problems()) == []


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_one_of_them_falls(rendezvous, unlocked):
    owed, accountant = note(), person_as(Role.ACCOUNTANT)

    loser = IntegrityError if connection.vendor == "postgresql" else Busy
    assert together(recording(owed, accountant), lambda: take_in(row_for(owed), by=accountant)) == [loser]


@pytest.mark.django_db(transaction=True)
def test_of_one_reference_in_two_files_at_once_one_is_a_duplicate(rendezvous):
    accountant, notes = person_as(Role.ACCOUNTANT), [note(), note()]

    assert together(*[lambda owed=each: take_in(row_for(owed), by=accountant) for each in notes]) == []
    assert sorted(BankRow.objects.values_list("outcome", flat=True)) == ["duplicate", "matched"]
    assert Payment.objects.count() == 1 and list(verify.problems()) == []
