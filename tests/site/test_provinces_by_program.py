"""Opening a province, and leave over a visit, as programs of a national administrator do it."""

import pytest
from django.core.files.base import ContentFile

from appointed import national
from factories import division, fresh_national_id, person_as
from http_client import signed_in
from phone import given
from pishkhan.files.services import store
from pishkhan.inspections.models import Waiver
from pishkhan.journal.clock import today
from pishkhan.people.models import Appointment
from pishkhan.people.roles import Role
from procedure_driver import PDF

pytestmark = pytest.mark.usefixtures("law", "papers")
OPEN = "/api/provinces"


def first(by, family):
    scan = store(ContentFile(PDF, name="a.pdf"), by=by, division=division("15"))
    return {
        "given_name": "نادر",
        "family_name": family,
        "national_id": fresh_national_id(),
        "phone": "09161112233",
        "letter": "۱۴۰۱/۱",
        "letter_on": today().isoformat(),
        "scan": str(scan.pk),
    }


def opening(by):
    return {"code": "16", "administrator": first(by, "راهبرنژاد"), "director": first(by, "مدیرزاده")}


def test_a_province_is_opened_with_its_first_two_by_their_letters():
    everywhere = national()
    client = signed_in(everywhere)

    answer = client.post(OPEN, opening(everywhere), "application/json")

    assert answer.status_code == 201
    assert [held["role"] for held in answer.json()["held"]] == ["administrator", "director"]
    assert "16" in [row["code"] for row in client.get(OPEN).json()]
    for row in Appointment.objects.filter(place="16"):
        assert row.scan.whose == row.person.ref


def test_anothers_scan_and_whoever_does_not_rule_the_country_are_refused():
    everywhere, local = national(), person_as(Role.ADMINISTRATOR)
    theirs = opening(everywhere) | {"director": first(local, "مدیرزاده")}

    assert signed_in(everywhere).post(OPEN, theirs, "application/json").status_code == 404
    assert signed_in(local).post(OPEN, opening(local), "application/json").status_code == 403
    assert signed_in(local).get(OPEN).status_code == 403
    assert not Appointment.objects.filter(place="16").exists()


def test_leave_over_a_visit_for_who_directs_there_is_given_by_the_country():
    visit, _ = given()
    director, expert = person_as(Role.DIRECTOR), person_as(Role.EXPERT)
    address, everywhere = f"/api/visits/{visit.pk}/waiver", signed_in(national())
    body = {"rule": "second_pair", "person": director.pk, "reason": "کس دیگری نیست"}

    assert everywhere.post(address, body | {"person": expert.pk}, "application/json").status_code == 403
    answer = everywhere.post(address, body, "application/json")
    assert answer.status_code == 201
    assert Waiver.objects.get(pk=answer.json()["id"]).person == director
    assert signed_in(expert).post(address, body, "application/json").status_code == 403
