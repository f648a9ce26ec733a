"""Numbers of the law found by filters, and adopted several at once by one decision."""

import pytest

from factories import describe_division, person_as
from http_client import signed_in
from pishkhan.geography.models import Division
from pishkhan.journal.refusals import Invalid, Refusal
from pishkhan.meetings.models import Body
from pishkhan.people.roles import Role
from pishkhan.regulation.models import Adoption, Number
from pishkhan.regulation.selectors import unsourced_defaults
from pishkhan.regulation.services import adopt, adopt_all
from pishkhan.site.operations.deployment import open_live
from procedure_driver import working_group

pytestmark = [pytest.mark.usefixtures("law", "papers"), pytest.mark.tampers]
KEYS = "meeting.quorum_percent,meeting.region_present,meeting.majority_percent"
TOGETHER = "/regulation/adopt/"


@pytest.fixture(autouse=True)
def nothing_is_adopted(law):
    describe_division("15", name="لرستان", search="لرستان")
    open_live(Division.objects.get(code="15"))
    Adoption.objects.all().delete()


@pytest.fixture
def director():
    return signed_in(person_as(Role.DIRECTOR))


def of_meetings():
    return list(Number.objects.filter(key__in=KEYS.split(",")).order_by("pk"))


def test_numbers_are_found_by_words_as_people_type_and_by_state(director):
    page = director.get("/regulation/?q=تعطيل+پنج‌شنبه").content.decode()
    assert page.count("پنجشنبه در اداره‌های استان تعطیل است") <= 1
    page = director.get("/regulation/?q=پنجشنبه&state=waiting").content.decode()
    assert "پنجشنبه در اداره‌های استان تعطیل است" in page
    assert "حق‌الامتیاز" not in page
    assert "پنجشنبه" not in director.get("/regulation/?q=پنجشنبه&state=sourced").content.decode().split("<table")[-1]
    assert director.get("/regulation/?state=nonsense").status_code == 200
    assert director.get(f"/regulation/?keys={KEYS}").content.decode().count('name="numbers"') == 3


def test_a_refused_meeting_leads_to_the_numbers_and_one_decision_adopts_them(director):
    body = working_group()
    secretary = signed_in(person_as(Role.SECRETARY))
    values = {"body": body.pk, "held_on": "1409-01-20", "begins_at": "09:00", "venue": "سالن"}
    refused = secretary.post("/meetings/", values)
    assert refused.status_code == 422
    address = "/regulation/?state=waiting&amp;keys=" + KEYS.replace(",", "%2C")
    assert address in refused.content.decode()
    assert (
        director.post(f"{TOGETHER}?state=waiting&keys={KEYS}", {"everything": "on", "decision": "1401/9"}).status_code
        == 302
    )
    assert {adoption.decision for adoption in Adoption.objects.all()} == {"1401/9"}
    assert sorted(adoption.number.key for adoption in Adoption.objects.all()) == sorted(KEYS.split(","))
    assert secretary.post("/meetings/", values).status_code == 302
    assert Body.objects.get().meetings.count() == 1


def test_those_that_were_chosen_are_adopted_and_no_other(director):
    chosen = [row.pk for row in of_meetings()[:2]]
    for values in ({"decision": "1401/9"}, {"numbers": chosen}, {"numbers": [999999], "decision": "1401/9"}):
        assert director.post(TOGETHER, values).status_code == 422
    assert "checked" in director.post(TOGETHER, {"numbers": chosen}).content.decode()
    assert not Adoption.objects.exists()
    assert director.post(TOGETHER, {"numbers": chosen, "decision": "1401/9"}).status_code == 302
    assert sorted(Adoption.objects.values_list("number", flat=True)) == chosen
    assert signed_in(person_as(Role.SECRETARY)).post(TOGETHER, {"numbers": chosen, "decision": "x"}).status_code == 403
    assert director.get(TOGETHER).status_code == 302


def test_all_are_adopted_or_none():
    rows, director = of_meetings(), person_as(Role.DIRECTOR)
    adopt(rows[1], decision="1", province="15", by=director)
    with pytest.raises(Refusal, match="already"):
        adopt_all(rows, decision="2", province="15", by=director)
    assert Adoption.objects.count() == 1
    with pytest.raises(Invalid):
        adopt_all([], decision="2", province="15", by=director)
    waiting = list(unsourced_defaults(rows[0].valid_from, "15"))
    assert rows[0] in waiting


def test_a_program_adopts_several_too(director):
    ids = [row.pk for row in of_meetings()]
    body = {"numbers": ids, "decision": "1401/9", "province": "15"}
    json = {"content_type": "application/json"}
    assert director.post("/api/numbers/adoptions", body | {"numbers": [*ids, 999999]}, **json).status_code == 404
    assert director.post("/api/numbers/adoptions", body | {"numbers": []}, **json).status_code == 422
    assert len(director.post("/api/numbers/adoptions", body, **json).json()) == 3
    assert director.post("/api/numbers/adoptions", body, **json).status_code == 422
