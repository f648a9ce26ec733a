"""The doors of complaints: how many an hour and for what work, what the API takes, and that nothing leaks out."""

import base64
import json
import time

import pytest
from altcha.v1 import solve_challenge
from django.test import Client

from complained import CONTACT, TEXT, WHERE, holder_of, posted
from complained import planted as plant
from factories import person_as
from http_client import signed_in
from pishkhan.complaints.antispam import WITHOUT, challenge, is_worked_out
from pishkhan.complaints.models import Complaint
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.language.digits import persian
from pishkhan.limits.rates import RATES
from pishkhan.people.roles import Role
from rules_of_matters import licence

pytestmark = pytest.mark.usefixtures("law", "papers", "signing_folder")
FREE = RATES[WITHOUT].most


def worked_out():
    """The proof that a browser sends."""
    wanted = challenge()
    result = solve_challenge(wanted["challenge"], wanted["salt"], "SHA-256", wanted["maxnumber"])
    payload = {name: wanted[name] for name in ("algorithm", "challenge", "salt", "signature")} | {
        "number": result.number
    }
    return base64.b64encode(json.dumps(payload).encode()).decode()


def sent(**more):
    return Client().post(
        "/api/complaints",
        {"kind": "closed", "text": TEXT, "happened_on": today().isoformat()} | more,
        content_type="application/json",
    )


def test_who_sends_no_proof_of_work_may_complain_a_few_times_an_hour_and_who_does_more():
    code = licence().office.code
    assert [posted(office=code).status_code for _ in range(FREE + 1)] == [302] * FREE + [429]
    proof = worked_out()
    assert posted(office=code, altcha=proof).status_code == 302
    assert posted(office=code, altcha=proof).status_code == 429, "a proof is used once"
    assert Complaint.objects.count() == FREE + 1


@pytest.mark.parametrize("wrong", ["", "x", "e30=", base64.b64encode(b"[1]").decode(), "signature", "number", "old"])
def test_a_wrong_proof_is_none(wrong, monkeypatch):
    proof = worked_out()
    if wrong in ("signature", "number"):
        payload = json.loads(base64.b64decode(proof))
        payload[wrong] = {"signature": "0" * 64, "number": payload["number"] + 1}[wrong]
        proof = base64.b64encode(json.dumps(payload).encode()).decode()
    elif wrong == "old":
        later = time.time() + 3 * 60 * 60
        monkeypatch.setattr("time.time", lambda: later)
    else:
        proof = wrong
    assert not is_worked_out(proof)


def test_the_field_that_no_person_sees_keeps_what_fills_it_out():
    assert posted(office=licence().office.code, website="http://x").status_code == 200
    assert not Complaint.objects.exists()


def test_programs_complain_follow_and_decide():
    office, expert = licence().office, signed_in(person_as(Role.EXPERT))
    answer = sent(office=office.code, contact=CONTACT)
    assert answer.status_code == 201
    code = answer.json()["code"]
    made = Complaint.objects.get(code=code)
    assert (made.door, made.office) == ("api", office)
    assert sent(office="15-C-9999").json()["fields"] == {"office": "چنین چیزی نیست."}
    assert sent(kind="x", office=office.code).status_code == sent().status_code == 422
    assert Client().get("/api/complaints").status_code == 401
    assert expert.get("/api/complaints").json()["complaints"][0]["number"] == made.number

    def do(name, **data):
        return expert.post(f"/api/complaints/{made.pk}/{name}", {"stated": data}, content_type="application/json")

    assert do("send").status_code == 422 and do("send").json()["fields"].keys() == {"summary"}
    assert do("send", summary="گفته‌اند بسته بود").json()["state"] == "sent"
    assert do("dismiss", reasons="بی دلیل").status_code == 409
    assert do("close", outcome="unfounded", told="وارد نبود").json()["outcome"] == "unfounded"
    tracked = Client().get(f"/api/complaints/track/{code}").json()
    assert (tracked["state"], tracked["told"]) == ("closed", "وارد نبود")
    assert TEXT not in str(tracked) and made.number not in str(tracked)
    assert Client().get("/api/complaints/track/00000000000").status_code == 404


@pytest.fixture
def planted():
    return plant()


def test_other_roles_and_holders_never_read_a_complainant(planted):
    """Nor do the holder, an inspector or a member who may see the violation case that came of it."""
    case = planted[0].case
    for who in (holder_of(planted[0]), person_as(Role.INSPECTOR), person_as(Role.SECRETARY), person_as(Role.REGION)):
        client = signed_in(who)
        for address in (
            f"/cases/{case.number}/",
            f"/api/cases/{case.number}",
            f"/api/cases/{case.number}/entries",
            f"/my-office/{planted[0].office.code}/",
            f"/register/{planted[0].office.code}/",
            "/today/",
        ):
            content = client.get(address).content.decode()
            assert not [mark for mark in (TEXT, CONTACT, WHERE, planted[0].code) if mark in content], address


def test_the_markers_would_be_seen_where_staff_look(planted):
    """The other side: who decides does see them, so that looking for them means something."""
    page = signed_in(person_as(Role.EXPERT)).get(f"/complaints/{planted[0].pk}/").content.decode()
    assert all(mark in page for mark in (TEXT, CONTACT, WHERE, "قناری افزود", "قناری پاسخ داد", planted[0].code))


def test_the_journal_holds_no_word_that_somebody_wrote(planted):
    facts = str(list(Entry.objects.values_list("facts", flat=True)))
    assert "قناری" not in facts and "۰۹۱۸" not in facts


def test_the_sheet_of_an_office_leads_to_complaining_about_it(planted):
    code = planted[0].office.code
    page = Client().get(f"/offices/{code}/complaint-sheet/").content.decode()
    assert "<svg" in page and f"/complaints/new/?office={code}" in page
    for written in (code, persian(code), f" {code.lower()} "):
        assert Client().get("/complaints/new/", {"office": written}).context["about"] == planted[0].office
    assert Client().get("/offices/15-C-9999/complaint-sheet/").status_code == 404


def test_asking_for_codes_has_its_rate():
    assert 429 in {Client().get("/complaints/track/?code=00000000000").status_code for _ in range(32)}
