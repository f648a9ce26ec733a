"""The register import: offices that exist, entered by acts of their own, wholly or not at all."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from factories import fresh_national_id
from pishkhan.geography.rows import NotImported
from pishkhan.journal.models import Entry
from pishkhan.journal.verification.verify import problems
from pishkhan.language.identifiers import synthetic_legal_id
from pishkhan.offices.importing import checked_register, import_register, read_register
from pishkhan.offices.models import Licence, Office
from pishkhan.people.models import Organisation, Person
from pishkhan.people.refusals import KnownUnderAnotherName

pytestmark = pytest.mark.usefixtures("law")


def row(**data):
    return {
        "kind": "counter",
        "division": "1503",
        "company": "پیشگامان",
        "legal_id": synthetic_legal_id(1_400_000_001),
        "manager_given_name": "علی",
        "manager_family_name": "ساکی",
        "manager_national_id": fresh_national_id(),
        "deputy_given_name": "زهرا",
        "deputy_family_name": "پاپی",
        "deputy_national_id": fresh_national_id(),
        "address": "خیابان شهدا",
        "postal_code": "6813833946",
        "area": "60",
        "tenure": "lease",
        "lat": "33.48",
        "lon": "48.35",
        "issuer_number": "CRA-1",
        "issued_on": "1398-02-01",
        "valid_from": "1398-02-01",
        "valid_until": "1403-01-31",
    } | data


def csv(*rows):
    lines = [",".join(rows[0])] + [",".join(str(value) for value in row.values()) for row in rows]
    return ("\n".join(lines) + "\n").encode()


def imported(*rows):
    return import_register(checked_register(read_register(csv(*rows), {})))


def everything():
    return [model.objects.count() for model in (Office, Licence, Person, Organisation, Entry)]


def test_offices_licences_and_people_are_entered_by_acts_of_their_own():
    rural = row(
        kind="rural_ict",
        company="",
        legal_id="",
        issuer_number="CRA-2",
        deputy_national_id="",
        deputy_given_name="",
        deputy_family_name="",
        lat="",
        lon="",
        quality="",
    )
    assert imported(row(quality=""), rural) == 2
    counter, village = Office.objects.order_by("pk")
    assert counter.holdings.get().organisation.name == "پیشگامان"
    assert village.holdings.get().person == village.managements.get().manager
    assert village.managements.get().deputy is None
    licence = counter.licences.get()
    assert (licence.origin, licence.issued_on.isoformat()) == ("import", "2019-04-21")
    assert Entry.objects.get(subject=licence.subject).actor == "importer"
    assert [premises.quality for premises in (counter.premises.get(), village.premises.get())] == ["geocoded", "none"]
    assert list(problems()) == []


def test_a_company_that_is_known_is_not_entered_twice():
    imported(row(), row(issuer_number="CRA-2"))
    assert Organisation.objects.filter(name="پیشگامان").count() == 1


def test_another_company_holds_its_own_office():
    imported(row(), row(issuer_number="CRA-2", company="همراهان", legal_id=synthetic_legal_id(1_400_000_002)))
    rows = Office.objects.order_by("pk").values_list("holdings__organisation__name", flat=True)
    assert list(rows) == ["پیشگامان", "همراهان"]


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"kind": "kiosk"}, "kind"),
        ({"division": "9999"}, "division"),
        ({"legal_id": "123"}, "legal_id"),
        ({"company": ""}, "company"),
        ({"manager_national_id": "1234567890"}, "manager_national_id"),
        ({"manager_given_name": ""}, "manager_given_name"),
        ({"deputy_family_name": ""}, "deputy_family_name"),
        ({"address": ""}, "address"),
        ({"postal_code": "12"}, "postal_code"),
        ({"area": "wide"}, "area"),
        ({"area": "0"}, "area"),
        ({"tenure": "squat"}, "tenure"),
        ({"lat": "x"}, "lat"),
        ({"lat": "51.5"}, "lat"),
        ({"lon": ""}, "lat"),
        ({"issuer_number": ""}, "issuer_number"),
        ({"issued_on": "1401-12-30"}, "issued_on"),
        ({"issued_on": "1499-01-01", "valid_from": "1499-01-01", "valid_until": "1500-01-01"}, "valid_until"),
        ({"valid_until": "1390-01-01"}, "valid_until"),
        ({"kind": ""}, "kind"),
        ({"division": ""}, "division"),
        ({"issued_on": ""}, "issued_on"),
        ({"valid_from": ""}, "valid_from"),
        ({"valid_until": ""}, "valid_until"),
        ({"area": "100001"}, "area"),
        ({"manager_national_id": ""}, "manager_national_id"),
        ({"issuer_number": "9" * 41}, "issuer_number"),
        ({"manager_given_name": "آ" * 81}, "manager_given_name"),
        ({"address": "خ" * 201}, "address"),
    ],
)
def test_each_fault_is_told_by_row_and_column_and_nothing_is_written(wrong, column):
    before = everything()
    with pytest.raises(NotImported) as refusal:
        imported(row(issuer_number="CRA-0"), row(**wrong))
    assert any(f"Row 3: {column}:" in fault.en for fault in refusal.value.faults), refusal.value.faults
    assert everything() == before


def test_the_least_and_the_most_that_may_be_told_is_taken():
    imported(
        row(area="1", issuer_number="9" * 40, quality=""), row(area="100000", issuer_number="2", quality="surveyed")
    )
    rows = Office.objects.order_by("pk").values_list("premises__area", "premises__quality")
    assert list(rows) == [(1, "geocoded"), (100_000, "surveyed")]


def test_an_issuers_number_stands_once_in_the_file_and_in_the_register():
    with pytest.raises(NotImported):
        imported(row(), row())
    imported(row())
    with pytest.raises(NotImported):
        imported(row())


def test_a_person_known_under_another_name_keeps_the_whole_file_out():
    somebody = row()
    before = everything()
    other = row(
        issuer_number="CRA-2", manager_national_id=somebody["manager_national_id"], manager_family_name="کس دیگر"
    )
    with pytest.raises(KnownUnderAnotherName):
        imported(somebody, other)
    assert everything() == before


def test_columns_may_be_called_otherwise_and_unknown_ones_are_refused():
    content = csv(row()).replace(b"issuer_number", "شماره".encode())
    with pytest.raises(NotImported):
        read_register(content, {})
    assert len(read_register(content, {"issuer_number": "شماره"})) == 1
    with pytest.raises(NotImported):
        read_register(content, {"poem": "شماره"})


def test_the_command_says_what_is_wrong_and_what_it_did(tmp_path):
    file, out = tmp_path / "a.csv", StringIO()
    file.write_bytes(csv(row(kind="kiosk")))
    with pytest.raises(CommandError, match="Row 2: kind"):
        call_command("register", "import", str(file))
    file.write_bytes(csv(row()))
    call_command("register", "import", str(file), dry_run=True, stdout=out)
    assert Office.objects.count() == 0
    call_command("register", "import", str(file), stdout=out)
    assert out.getvalue() == "1 office can be imported.\n1 office imported.\n"
    assert Office.objects.count() == 1
