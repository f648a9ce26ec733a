"""Nobody learns of strangers by trying: whether a national id is on record, and what somebody is elsewhere."""

import pytest

from factories import company, division, fresh_national_id, person, person_as
from http_client import signed_in
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.models import Access
from pishkhan.people.models import Person
from pishkhan.people.roles import DECIDING, Role
from pishkhan.people.selectors import national_id_of
from pishkhan.people.services import assign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]
CURIOUS = [None, *(role for role in (*DECIDING, Role.INSPECTOR) if role != Role.ADMINISTRATOR)]


def tried(client, national_id, family_name="رضایی"):
    body = {
        "given_name": "زهرا",
        "family_name": family_name,
        "national_id": national_id,
        "phone": "09161234567",
        "division": "1503",
    }
    return client.post("/api/people", body, content_type="application/json")


@pytest.mark.parametrize("role", CURIOUS)
def test_who_enters_nobody_learns_of_no_national_id_whether_it_is_on_record(role):
    known, curious = person("1503"), person_as(role) if role else person("15")
    client = signed_in(curious)

    answers = [
        tried(client, national_id_of(known)),
        tried(client, national_id_of(known), "دیگر"),
        tried(client, fresh_national_id()),
    ]

    assert {(answer.status_code, answer.content) for answer in answers} == {(403, answers[0].content)}
    assert not Person.objects.filter(family_name="دیگر").exists()


def test_an_administrator_of_another_province_learns_nothing_of_a_place_that_is_not_theirs():
    known = person("1503")
    division("16")

    assert tried(signed_in(person_as(Role.ADMINISTRATOR, "16")), national_id_of(known)).status_code == 403
    assert tried(signed_in(person_as(Role.ADMINISTRATOR, "15")), national_id_of(known)).json() == {"id": known.pk}


def test_a_legal_id_is_looked_up_by_who_enters_organisations_alone():
    known = company("15")
    body = {"kind": "company", "name": "دیگر", "legal_id": known.legal_id, "division": "15"}

    answer = signed_in(person_as(Role.INSPECTOR)).post("/api/organisations", body, content_type="application/json")

    assert answer.status_code == 403


@pytest.mark.parametrize("role", [role for role in CURIOUS if role and role != Role.EXPERT])
def test_what_a_stranger_is_and_for_whom_they_act_is_told_to_who_reads_of_persons(role):
    someone, colleague, curious = person("1503"), person_as(Role.INSPECTOR, "1503"), person_as(role)
    assign(someone, Role.REPRESENTATIVE, place="15", organisation=company("15"), from_on=today(), by=SYSTEM)

    def status(of, by):
        return signed_in(by).get(f"/api/people/{of.pk}/assignments").status_code

    assert (status(someone, curious), status(colleague, curious)) == (404, 200)
    assert status(someone, person_as(Role.ADMINISTRATOR)) == 200
    refused = Access.objects.get(actor=curious.ref, refused=True)
    assert (refused.subject, refused.what) == (someone.subject, "assignments")
