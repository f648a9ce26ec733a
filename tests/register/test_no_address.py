"""Outside a demo nothing is signed until the address is public: it stands in QR codes as long as the paper lasts."""

import pytest
from django.core.cache import caches
from django.test import Client

from factories import person_as
from http_client import signed_in
from pishkhan.credentials.services import open_key
from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM
from pishkhan.letters.models import Letter
from pishkhan.licensing.licences.extracts import issue_extract
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.offices import credential
from pishkhan.offices.models import Licence
from pishkhan.people.roles import Role
from pishkhan.site.operations.deployment import keep_its_day, open_demo, open_live
from procedure_driver import at, meet, take
from rules_of_matters import licence

pytestmark = pytest.mark.usefixtures("law", "papers", "signing_folder")


@pytest.fixture
def unset(settings):
    """The house as it is before anybody says where it is found."""
    open_key(by=SYSTEM)
    credential.serve(settings.ORIGIN, settings.AUTHORITY, public=False)


def test_control_where_the_address_is_public_all_of_it_is_signed():
    open_key(by=SYSTEM)
    row = licence()

    assert credential.token_for(row) and credential.status_list(0)[1]
    assert issue_extract(row, by=SYSTEM, role=Role.SYSTEM).number
    assert Client().get("/.well-known/pishkhan/keys.json").status_code == 200


def test_no_token_list_or_document_is_signed_and_nothing_is_written(unset):
    row = licence()

    for signing in (
        credential.token_for,
        credential.verification_url,
        lambda row: credential.status_list(0),
        lambda row: issue_extract(row, by=SYSTEM, role=Role.SYSTEM),
    ):
        with pytest.raises(credential.NoAddress):
            signing(row)
    assert not Letter.objects.exists()


def test_a_step_that_would_print_a_licence_is_refused_in_words_and_the_case_stays(unset):
    case = meet(at(NewLicence, "region"), NewLicence.steps["issue"])

    with pytest.raises(credential.NoAddress, match="PISHKHAN_ORIGIN"):
        take(case, "issue")

    case.refresh_from_db()
    assert case.stage == "region" and not Licence.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["/.well-known/pishkhan/keys.json", "/.well-known/pishkhan/status/0.cwt", "/offices/{code}/complaint-sheet/"],
)
def test_pages_that_would_hand_it_out_say_why_not(unset, address):
    office = licence().office

    answer = Client().get(address.format(code=office.code))

    assert answer.status_code == 503
    assert "PISHKHAN_ORIGIN" in answer.content.decode()


def test_an_offices_page_and_asking_by_number_work_without_it(unset):
    row = licence()

    page = Client().get(f"/offices/{row.office.code}/").content.decode()

    assert f"/verify/?number={row.number}" in page and "localhost:8000" not in page and "<svg" not in page
    assert Client().get(f"/verify/?number={row.number}").status_code == 200


def test_it_stands_in_the_administrators_today_and_on_the_system_page(unset):
    administrator, expert = signed_in(person_as(Role.ADMINISTRATOR)), signed_in(person_as(Role.EXPERT))

    assert "PISHKHAN_ORIGIN" in administrator.get("/today/").content.decode()
    assert "PISHKHAN_ORIGIN" not in expert.get("/today/").content.decode()
    assert "PISHKHAN_ORIGIN" in administrator.get("/system/").content.decode()
    credential.serve("https://pishkhan.example.ir", "", public=True)
    caches["process"].clear()
    assert "PISHKHAN_ORIGIN" not in administrator.get("/today/").content.decode()


def test_a_demo_signs_under_any_address_and_a_live_province_does_not(unset, monkeypatch):
    province = Division.objects.get(code="15")
    open_demo(province, "few")
    assert credential.may_sign()

    credential.let_sign(demo=False)
    keep_its_day()

    assert credential.may_sign()


def test_a_province_that_is_opened_is_no_demo(unset):
    credential.let_sign(demo=True)

    open_live(Division.objects.get(code="15"))
    keep_its_day()

    assert not credential.may_sign()
