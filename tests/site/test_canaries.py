"""Every personal field holds a marker; nothing that the public can reach shows one, nor does any log."""

import logging

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from devtools.crawler import addresses
from factories import person_as
from http_client import signed_in
from pishkhan.casework.models import Case
from pishkhan.credentials.services import open_key
from pishkhan.files.services import store
from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.erasure.erasable_text import hide
from pishkhan.licensing.models import LicenceRequest
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.licensing.procedures.transfer import Transfer
from pishkhan.offices.models import Licence, Undertaking
from pishkhan.offices.undertakings.services import find_wanting, show
from pishkhan.people.models import NATIONAL_ID, PHONE, Person
from pishkhan.people.roles import Role
from pishkhan.site.api import api
from pishkhan.site.operations.deployment import open_live
from procedure_driver import PDF, at, new_request, places, speaker_of

pytestmark = pytest.mark.usefixtures("law", "papers", "signing_folder")
MARKS = {"given_name": "قناری‌نام", "family_name": "قناری‌خاندان", "father_name": "قناری‌پدر"}
NATIONAL, MOBILE, ADDRESS = "9876543210", "09187654321", "نشانیِ قناری"
REASONS, PROOF = "دلیلِ قناری", "قناری‌مدرک.pdf"


@pytest.fixture
def marked():
    """A licence that was issued, a request under way and a draft, in which every personal field is a marker."""
    open_live(Division.objects.get(code="15"))
    open_key(by=SYSTEM)
    cases = [at(NewLicence, "issued"), at(NewLicence, "inquiries"), new_request(places())]
    cases.append(at(Transfer, "agreement"))
    _undertaken(cases[0])
    Person.objects.update(national_id=hide(NATIONAL, purpose=NATIONAL_ID), phone=hide(MOBILE, purpose=PHONE), **MARKS)
    LicenceRequest.objects.filter(office=None).update(address=ADDRESS)
    return cases


def _undertaken(case):
    """An undertaking whose proof was found wanting, in words, and shown again."""
    row = Undertaking.objects.filter(office=case.dossier.office).earliest("pk")
    giver = speaker_of(row.organisation)
    proof = store(ContentFile(PDF, name=PROOF), by=giver, division=case.division)
    show(row, proof, by=giver)
    find_wanting(row, reasons=REASONS, by=person_as(Role.EXPERT))
    show(row, proof, by=giver)


def shown(text):
    return [mark for mark in (*MARKS.values(), NATIONAL, MOBILE, ADDRESS, REASONS, PROOF) if mark in text]


def public_addresses():
    yield from addresses().values()
    for path, methods in api.get_openapi_schema()["paths"].items():
        if "get" in methods and "{" not in path:
            yield path
    for code in Case.objects.values_list("tracking_code", flat=True):
        yield f"/track/?code={code}"
        yield f"/api/track/{code}"
    for number in Licence.objects.values_list("number", flat=True):
        yield f"/verify/?number={number}"
    yield from ("/.well-known/pishkhan/keys.json", "/.well-known/pishkhan/status/0.cwt")
    yield from (
        "/?q=خرم",
        "/?near=33.4,48.3",
        "/figures/",
        "/api/openapi.json",
        "/cases/?export=csv",
        "/register/?export=csv",
    )
    for key in Undertaking.objects.values_list("pk", flat=True):
        yield from (f"/undertakings/{key}/", f"/undertakings/{key}/proof/", f"/api/undertakings/{key}")
    for number in Case.objects.values_list("number", flat=True):
        yield from (f"/cases/{number}/", f"/api/cases/{number}", f"/api/cases/{number}/entries")
    yield from (
        "/undertakings/?of=every&export=csv",
        "/?q=خرم",
        "/?near=33.4,48.3",
        "/figures/",
        "/api/openapi.json",
        "/cases/?export=csv",
        "/register/?export=csv",
    )


@pytest.mark.parametrize("language", ["fa", "en"])
def test_no_public_page_or_answer_shows_a_personal_field(marked, language):
    client = Client()
    client.cookies["django_language"] = language
    for address in public_addresses():
        answer = client.get(address, headers={"accept-language": language})
        content = b"".join(answer) if answer.streaming else answer.content
        assert shown(content.decode(errors="replace")) == [], address


def test_the_markers_would_be_seen_where_staff_look(marked):
    """The other side: the same markers do show to who may see them, so that looking for them means something."""
    text = signed_in(person_as(Role.EXPERT)).get(f"/cases/{marked[1].number}/").content.decode()
    assert MARKS["family_name"] in text
    assert ADDRESS in text
    assert NATIONAL not in text
    row = Undertaking.objects.exclude(proof=None).get()
    text = signed_in(person_as(Role.EXPERT)).get(f"/undertakings/{row.pk}/").content.decode()
    assert REASONS in text and PROOF in text


def test_no_log_shows_a_personal_field(marked, caplog):
    with caplog.at_level(logging.DEBUG):
        for address in public_addresses():
            list(Client().get(address))
        Client().post("/sign-in/", {"login": MARKS["given_name"], "password": "x"})
    assert shown(caplog.text) == []
