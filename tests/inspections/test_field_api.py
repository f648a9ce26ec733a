"""The phone over HTTP: what it takes along, what strangers and hostile clients are told, and that nothing is cached."""

import json
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from uuid6 import uuid7

from factories import division, person, person_as
from http_client import signed_in
from phone import given, jpeg, photo, report, told
from pishkhan.inspections.field.photos import CHUNK
from pishkhan.inspections.field.public_pages import shell_files
from pishkhan.inspections.models import Photo, Submission, Visit
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import now, today
from pishkhan.people.models import Assignment, Person
from pishkhan.people.roles import Role
from pishkhan.people.services import assign

pytestmark = pytest.mark.usefixtures("law", "papers", "signing_folder")


def send(client, stated, path="/api/field/reports"):
    body = {"sent_at": now(), "report": stated}
    return client.post(path, json.dumps(body, default=str), content_type="application/json")


def put(client, key, offset, content):
    return client.put(
        f"/api/field/photos/{key}/content?offset={offset}", content, content_type="application/octet-stream"
    )


def test_a_phone_takes_along_its_own_visits_and_what_is_known_of_their_places():
    visit, inspector = given()
    given()
    answer = signed_in(inspector).get("/api/field/round")
    along = answer.json()
    assert [each["id"] for each in along["visits"]] == [str(visit.pk)]
    about = along["visits"][0]["about"]
    assert about["licence"]["number"] == visit.office.licences.get().number and about["holder"] and about["point"]
    codes = {item["code"] for item in along["checklists"][along["visits"][0]["checklist"]]}
    assert codes == set(report(visit).answers)
    assert along["keys"]["keys"] is not None and along["spot"]["kinds"]


def test_the_round_of_a_place_where_one_is_inspector_no_more_goes():
    visit, inspector = given()
    division("16")
    assign(inspector, Role.INSPECTOR, place="16", from_on=today(), by=SYSTEM)
    Assignment.objects.filter(person=inspector, place="15").update(until_on=today() - timedelta(days=1))
    client = signed_in(inspector)
    assert client.get("/api/field/round").json()["visits"] == []
    assert client.get("/api/visits?mine=true").json()["count"] == 0
    assert send(client, told(visit)).status_code == 403


def test_what_a_phone_takes_along_costs_the_same_however_much_it_is():
    counted = []
    inspector = person_as(Role.INSPECTOR)
    client = signed_in(inspector)
    for _ in range(2):
        visit, _ = given(inspector)
        given(inspector, visit.office)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/api/field/round").status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    ("who", "status"),
    [(Client, 401), (lambda: signed_in(person()), 403), (lambda: signed_in(person_as(Role.EXPERT)), 403)],
)
def test_only_inspectors_take_anything_along(who, status):
    assert who().get("/api/field/round").status_code == status


def test_no_answer_about_anybody_is_kept_by_a_cache():
    visit, inspector = given()
    client, named = signed_in(inspector), photo(content := jpeg())
    answers = [
        client.get("/api/field/round"),
        send(client, told(visit, [named])),
        client.get(f"/api/field/photos/{named['id']}"),
        put(client, named["id"], 0, content),
    ]
    assert [(answer.status_code, answer["Cache-Control"]) for answer in answers] == [(200, "private, no-store")] * 4
    assert answers[-1].json() == {
        "id": named["id"],
        "digest": named["digest"],
        "size": named["size"],
        "offset": named["size"],
        "safe": True,
    }


def test_a_replay_is_answered_alike_to_the_letter():
    visit, inspector = given()
    client, stated = signed_in(inspector), told(visit)
    answers = {send(client, stated).content for _ in range(10)}
    assert len(answers) == 1
    assert Submission.objects.count() == 1


def hostile(visit, client):
    """What a hostile client tries, and the status by which it is refused."""
    other, stranger = given()
    theirs = photo()
    send(signed_in(stranger), told(other, [theirs]))
    mine = photo(content := jpeg())
    send(client, told(visit, [mine]))
    yield "another's visit", send(client, told(other)), 403
    yield "no visit of anybody", send(client, told(visit) | {"visit": str(uuid7())}), 404
    yield "the same visit again, under another identifier", send(client, told(visit)), 409
    yield "no UUIDv7", send(client, told(visit) | {"id": "018f0000-0000-4000-8000-000000000000"}), 422
    yield "another's photo", put(client, theirs["id"], 0, content), 404
    yield "another's photo, looked at", client.get(f"/api/field/photos/{theirs['id']}"), 404
    yield "a piece beyond the end", put(client, mine["id"], CHUNK * 2, content), 422
    yield "a piece that is too long", put(client, mine["id"], 0, content + b"x"), 422
    yield "a piece of nothing", put(client, mine["id"], 0, b""), 422
    yield "a piece before the beginning", put(client, mine["id"], -1, content), 422
    yield "a body that no photo has", put(client, mine["id"], 0, bytes(4 * 1024 * 1024)), 413
    yield "another content", put(client, mine["id"], 0, content[:-2] + b"\xff\xff"), 422
    yield "what is no JSON", client.post("/api/field/reports", "{", content_type="application/json"), 400


def test_a_hostile_client_is_refused_in_words_and_its_own_photo_still_arrives():
    visit, inspector = given()
    client = signed_in(inspector)
    for name, answer, status in hostile(visit, client):
        assert answer.status_code == status, (name, answer.content)
        assert answer.json()["refusal"], name
    row = Photo.objects.get(visit=visit, item="")
    assert row.file is None
    assert Visit.objects.filter(kind="routine", state=Visit.State.SUBMITTED).count() == 2


FAR_OFF = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1899-12-31T00:00:00Z")


@pytest.mark.parametrize("moment", FAR_OFF)
@pytest.mark.parametrize("field", ["sent_at", "arrived", "left", "inspector", "photos"])
def test_a_year_that_no_clock_shows_is_refused_in_words(field, moment):
    visit, inspector = given()
    stated = told(visit)
    if field == "photos":
        stated["photos"][0]["taken_at"] = moment
    elif field != "sent_at":
        stated[field] = stated[field] | {"at": moment}
    body = {"sent_at": moment if field == "sent_at" else now(), "report": stated}
    for path in ("reports", "rejected"):
        answer = signed_in(inspector).post(
            f"/api/field/{path}", json.dumps(body, default=str), content_type="application/json"
        )
        assert (answer.status_code, answer.json()["refusal"] != "") == (422, True)
    assert not Submission.objects.exists()


def test_a_clock_that_lost_its_time_hinders_no_report():
    visit, inspector = given()
    body = {"sent_at": "1970-01-01T00:00:07Z", "report": told(visit)}
    answer = signed_in(inspector).post(
        "/api/field/reports", json.dumps(body, default=str), content_type="application/json"
    )
    assert (answer.status_code, answer.json()["outcome"]) == (200, "taken")


def test_a_visit_on_the_spot_before_any_checklist_is_refused_in_words():
    visit, _ = given()
    stated = told(visit) | {
        "visit": str(uuid7()),
        "arrived": {"at": "2015-01-01T08:00:00Z"},
        "left": {"at": "2015-01-01T09:00:00Z"},
        "begun": {"office": visit.office.code, "kind": "routine", "purpose": "performance"},
    }
    answer = send(signed_in(person_as(Role.INSPECTOR)), stated)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["arrived"])


def test_a_photo_whose_header_claims_thousands_of_millions_of_points_is_refused_and_sent_anew():
    visit, inspector = given()
    content = bytearray(jpeg())
    frame = content.find(b"\xff\xc0")
    content[frame + 5 : frame + 9] = (65_000).to_bytes(2, "big") * 2
    client, named = signed_in(inspector), photo(bytes(content))
    send(client, told(visit, [named]))
    assert put(client, named["id"], 0, bytes(content)).status_code == 422
    assert client.get(f"/api/field/photos/{named['id']}").json()["offset"] == 0


def test_without_the_token_of_a_page_nothing_is_taken_in():
    visit, inspector = given()
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(inspector).cookies
    assert send(client, told(visit)).status_code == 403
    assert not Submission.objects.exists()


def test_the_shell_names_nobody_and_the_worker_knows_each_file_of_it():
    somebody = person_as(Role.INSPECTOR)
    Person.objects.filter(pk=somebody.pk).update(family_name="قناری‌خاندان")
    client = signed_in(somebody)
    assert "قناری" not in client.get("/field/").content.decode()
    worker = client.get("/field/sw.js")
    assert worker["Content-Type"].startswith("text/javascript") and "no-cache" in worker["Cache-Control"]
    text = worker.content.decode()
    for name in shell_files():
        assert f'"/static/{name}"' in text
        assert finders.find(name), name
    manifest = client.get("/field/manifest.webmanifest").json()
    assert manifest["scope"] == manifest["start_url"] == "/field/" and len(manifest["icons"]) == 2
