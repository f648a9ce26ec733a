"""What is answered to somebody is kept by no cache; what everybody may see may be."""

import pytest
from django.test import Client

from devtools.crawler import addresses
from factories import person, person_as
from http_client import signed_in
from pishkhan.credentials.services import open_key
from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.roles import Role
from pishkhan.site.operations.deployment import open_live
from procedure_driver import at

pytestmark = pytest.mark.usefixtures("law", "papers", "signing_folder")
PUBLIC = ("/", "/services/", "/figures/", "/about/", "/verify/", "/calls/")


@pytest.fixture(autouse=True)
def opened(law, signing_folder):
    open_live(Division.objects.get(code="15"))
    open_key(by=SYSTEM)


def kept(answer):
    return "no-store" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize("role", [None, Role.EXPERT, Role.ADMINISTRATOR, Role.INSPECTOR])
def test_no_page_that_somebody_signed_in_reads_is_kept(role):
    client = signed_in(person_as(role) if role else person())

    answers = {path: client.get(path) for path in addresses().values()}

    assert [path for path, answer in answers.items() if kept(answer) and "public" not in answer["Cache-Control"]] == []
    assert {"private" in answer["Cache-Control"] for answer in answers.values() if not kept(answer)} == {True}


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_may_be_kept_while_nobody_is_signed_in(path):
    assert kept(Client().get(path)) and not kept(signed_in(person()).get(path))


def test_what_says_of_itself_that_it_is_public_stays_so_for_everybody():
    for client in (Client(), signed_in(person())):
        assert client.get("/.well-known/pishkhan/keys.json")["Cache-Control"].startswith("public")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/today/", 302),
        ("/nothing/here/", 404),
        ("/api/cases", 401),
        ("/api/nothing", 404),
        ("/api/openapi.json", 200),
        ("/_allauth/browser/v1/auth/session", 401),
        ("/track/?code=x", 422),
        ("/track/", 200),
    ],
)
def test_refusals_ways_elsewhere_and_what_programs_ask_are_not_kept(path, status):
    answer = Client().get(path)

    assert (answer.status_code, kept(answer)) == (status, False)


@pytest.mark.parametrize("path", ["/cases/?export=csv", "/register/?export=csv", "/complaints/?export=csv"])
def test_exports_are_not_kept(path):
    answer = signed_in(person_as(Role.EXPERT)).get(path)

    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_what_is_posted_to_a_public_page_is_answered_for_once():
    assert not kept(Client().post("/complaints/new/", {}))


def test_papers_and_refusals_to_who_is_signed_in_are_not_kept():
    case, client = at(NewLicence, "check"), signed_in(person_as(Role.EXPERT))

    for path in (
        f"/cases/{case.number}/papers/tenure/",
        f"/api/cases/{case.number}/documents/tenure",
        f"/cases/{case.number}/",
        "/cases/x/",
    ):
        assert client.get(path)["Cache-Control"] == "private, no-store", path
