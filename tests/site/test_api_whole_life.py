"""A request's whole life over HTTP alone, by everybody who takes part in it, and the answers they get."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from factories import company, fresh_national_id, person, person_as
from http_client import PASSWORD, signed_in, signed_in_with_a_password
from pishkhan.casework.verify import replayed
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.verification.verify import problems
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.services import open_account
from procedure_driver import PDF, PLACE, nomination, places, scanned, sitting, working_group

pytestmark = pytest.mark.usefixtures("law", "papers")
STAFF = (Role.EXPERT, Role.INSPECTOR, Role.COMMITTEE, Role.SECRETARY, Role.ACCOUNTANT, Role.REGION)


class Callers:
    """Everybody who takes part, signed in."""

    def __init__(self):
        self.by_role = {role: signed_in(person_as(role)) for role in STAFF}
        self.number = ""

    def post(self, who, path, body=None, status=200):
        client = self.by_role.get(who, who)
        answer = client.post(f"/api/{path}", body or {}, content_type="application/json")
        assert answer.status_code == status, (path, answer.status_code, answer.content.decode())
        return answer.json()

    def get(self, who, path):
        answer = self.by_role.get(who, who).get(f"/api/{path}")
        assert answer.status_code == 200, (path, answer.content.decode())
        return answer.json()

    def step(self, who, name, answers=None):
        seen = self.get(who, f"cases/{self.number}")["revision"]
        return self.post(who, f"cases/{self.number}/steps/{name}", {"answers": answers or {}, "seen": seen})


@pytest.fixture
def callers():
    return Callers()


def test_from_registration_to_the_register(callers):
    applicant = registered(callers)
    callers.by_role["applicant"] = applicant
    draft(callers, places(kind="rural_ict"))
    callers.step(Role.EXPERT, "accept")
    visited(callers, "initial")
    callers.step(Role.EXPERT, "examine")
    callers.step(Role.COMMITTEE, "schedule", {"opinion": "favourable", "grounds": "دور است."})
    decided(callers)
    for inquiry in callers.get(Role.EXPERT, f"cases/{callers.number}")["inquiries"]:
        callers.step(
            Role.EXPERT,
            "answer",
            {"inquiry": inquiry["code"], "outcome": "cleared", "letter": "1/2", "letter_on": today().isoformat()},
        )
    callers.step(Role.EXPERT, "clear")
    visited(callers, "final")
    callers.step(Role.EXPERT, "pass_premises")
    callers.step(Role.ACCOUNTANT, "pay", {"amount": 5_000_000, "paid_on": today().isoformat(), "reference": "AB12"})
    callers.step(Role.EXPERT, "send")
    callers.step(Role.REGION, "issue", {"issuer_number": "CRA-1", "issued_on": today().isoformat(), "years": 5})
    tells_the_public(callers)
    assert [*problems(), *replayed()] == []


def registered(callers):
    client = Client()
    callers.post(
        client,
        "registrations",
        {
            "given_name": "زهرا",
            "family_name": "ساکی",
            "national_id": fresh_national_id(),
            "phone": "09161234567",
            "division": "1503",
            "username": "zahra",
            "password": "نردبانِ بلندِ آبی",
        },
        status=202,
    )
    return signed_in(Person.objects.get(account__username="zahra"))


def draft(callers, under):
    assert callers.get("applicant", "licensing/places")[0]["left"] == 1
    callers.number = callers.post("applicant", "licensing/requests", {"places": under.pk}, status=201)["number"]
    callers.step("applicant", "describe", PLACE)
    for post in ("manager", "deputy"):
        callers.step("applicant", "nominate", nomination(post))
    for kind in ("tenure", "degree"):
        answer = callers.by_role["applicant"].post("/api/me/files", {"file": SimpleUploadedFile("a.pdf", PDF)})
        assert answer.status_code == 201, answer.content.decode()
        callers.step("applicant", "attach", {"kind": kind, "file": answer.json()["id"]})
    offers = {offer["name"]: offer for offer in callers.get("applicant", f"cases/{callers.number}")["offers"]}
    assert offers["submit"]["unmet"] == []
    assert offers["describe"]["asks"]["tenure"]["choices"] == ["deed", "lease"]
    callers.step("applicant", "submit")


def visited(callers, kind):
    planned = next(
        visit for visit in callers.get(Role.EXPERT, "visits?state=planned")["visits"] if visit["kind"] == kind
    )
    inspector = signed_in(someone := person_as(Role.INSPECTOR))
    path = f"visits/{planned['id']}"
    callers.post(Role.EXPERT, f"{path}/assignment", {"inspector": someone.pk, "planned_on": today().isoformat()})
    assert [visit["id"] for visit in callers.get(inspector, "visits?mine=true")["visits"]] == [planned["id"]]
    items = callers.get(inspector, path)["items"]
    report = {"visited_on": today().isoformat(), "answers": {item["code"]: "ok" for item in items}}
    assert callers.post(inspector, f"{path}/report", report)["passed"]
    callers.post(Role.EXPERT, f"{path}/acceptance")


def decided(callers):
    body = working_group()
    convened = callers.post(
        Role.SECRETARY,
        "meetings",
        {"body": body.code, "held_on": today().isoformat(), "begins_at": "9:00", "venue": "سالن"},
        status=201,
    )
    path = f"meetings/{convened['number']}"
    assert callers.get(Role.SECRETARY, f"{path}/ready") == [callers.number]
    callers.post(Role.SECRETARY, f"{path}/agenda", {"case": callers.number}, status=201)
    callers.post(Role.SECRETARY, f"{path}/publication")
    callers.post(Role.SECRETARY, f"{path}/opening")
    members = {seat.pk: member for seat, member in sitting(body).items()}
    for seat, member in members.items():
        callers.post(Role.SECRETARY, f"{path}/arrivals", {"seat": seat, "person": member.pk}, status=201)
    callers.post(Role.SECRETARY, f"{path}/items/1/ballots", {"motion": "approved"}, status=201)
    for member in members.values():
        callers.post(signed_in(member), f"{path}/items/1/votes", {"choice": "for"}, status=201)
    assert callers.post(Role.SECRETARY, f"{path}/items/1/count")["resolution"]["votes_for"] == 3
    callers.post(Role.SECRETARY, f"{path}/closing")
    minutes = callers.post(Role.SECRETARY, f"{path}/minutes")
    for member in members.values():
        given = {"digest": minutes["digest"], "password": PASSWORD}
        callers.post(signed_in_with_a_password(member), f"{path}/minutes/signatures", given, status=201)
    carried_out = callers.post(Role.SECRETARY, f"{path}/carrying-out")
    assert [item["refusal"] for item in carried_out] == [None]
    assert len(callers.get(Role.SECRETARY, path)["items"]) == 1


def tells_the_public(callers):
    public = Client()
    office = callers.get(public, "offices?place=15")["offices"][0]
    caller = callers.get(public, f"offices/{office['code']}")
    assert (caller["serves"], caller["licences"][0]["status"]) == (True, "active")
    code = callers.get("applicant", f"cases/{callers.number}")["tracking_code"]
    tracked = callers.get(public, f"track/{code.lower()}")
    assert [milestone["stage"] for milestone in tracked["milestones"]] == [
        "draft",
        "check",
        "initial-visit",
        "committee",
        "agenda",
        "inquiries",
        "final-visit",
        "royalty",
        "region",
        "issued",
    ]
    assert "ساکی" not in str(tracked) + str(caller)


def test_an_answer_names_every_rule_that_stands_in_the_way_in_the_language_asked_for(callers):
    callers.by_role["applicant"] = registered(callers)
    under = places(kind="rural_ict")
    callers.number = callers.post("applicant", "licensing/requests", {"places": under.pk}, status=201)["number"]
    for language, word in (("fa", "نشانی"), ("en", "address")):
        answer = callers.by_role["applicant"].post(
            f"/api/cases/{callers.number}/steps/submit",
            {},
            content_type="application/json",
            headers={"Accept-Language": language},
        )
        data = answer.json()
        assert answer.status_code == 422
        assert {rule["name"] for rule in data["rules"]} == {
            "place_is_stated",
            "papers_are_attached",
            "manager_and_deputy_are_named",
            "manager_meets_the_call",
        }
        assert word in data["refusal"]
        assert all(rule["article"] for rule in data["rules"])


def test_a_director_constitutes_a_body_over_http(callers):
    director, administrator = signed_in(person_as(Role.DIRECTOR)), signed_in(person_as(Role.ADMINISTRATOR))
    callers.post(director, "bodies", {"code": "violations_committee", "division": "15", "decision": "7"}, status=201)
    callers.post(director, "bodies", {"code": "violations_committee", "division": "15", "decision": "8"}, status=409)
    values = {"kind": "public", "name": "دادگستری", "division": "15"}
    organisation = callers.post(administrator, "organisations", values, status=201)
    seated = callers.post(
        director, "bodies/violations_committee/seats", {"organisation": organisation["id"], "chairs": True}, status=201
    )
    seat = seated["seats"][0]["id"]
    member, chief = person("15"), person_as(Role.DIRECTOR)
    facts = {"person": member.pk, "letter": "12", "letter_on": today().isoformat(), "scan": str(scanned(chief).pk)}
    path = f"bodies/violations_committee/seats/{seat}/members"
    proposed = callers.post(signed_in(chief), path, facts, status=201)
    callers.post(signed_in(chief), f"bodies/proposals/{proposed['id']}/confirm", {}, status=403)
    confirmed = callers.post(administrator, f"bodies/proposals/{proposed['id']}/confirm", {})
    assert (confirmed["state"], callers.get(director, "bodies")[0]["seats"][0]["members"][0]["person"]) == (
        "confirmed",
        member.pk,
    )
    callers.post(administrator, "bodies", {"code": "working_group", "division": "15", "decision": "7"}, status=403)


def test_an_administrator_enters_people_and_assigns_roles_over_http(callers):
    administrator = signed_in(person_as(Role.ADMINISTRATOR))
    values = {"given_name": "رضا", "family_name": "پاپی", "national_id": fresh_national_id(), "division": "1503"}
    entered = callers.post(administrator, "people", values, status=201)
    assert callers.post(administrator, "people", values, status=201) == entered
    path = f"people/{entered['id']}"
    given = {"place": "15", "from_on": today().isoformat(), "letter": "9"}
    callers.post(administrator, f"{path}/assignments", {"role": "director", **given}, status=403)  # two grant that
    assigned = callers.post(administrator, f"{path}/assignments", {"role": "inspector", **given}, status=201)
    callers.post(
        administrator,
        f"{path}/assignments",
        {"role": "inspector", "place": "16", "from_on": today().isoformat()},
        status=422,
    )
    callers.post(administrator, f"{path}/account", {"username": "reza", "way": "letter"}, status=201)
    assert callers.get(administrator, "people?q=پاپي")[0]["id"] == entered["id"]
    assert callers.get(administrator, f"{path}/national-id?reason=identity")["national_id"] == values["national_id"]
    callers.post(administrator, f"assignments/{assigned['id']}/end", {"on": today().isoformat()})
    assert callers.get(administrator, f"{path}/assignments")[0]["until_on"] == today().isoformat()


def test_the_law_is_public_and_a_director_adopts_a_default(callers):
    public, director = Client(), signed_in(person_as(Role.DIRECTOR, place="16"))
    numbers = {item["key"]: item for item in callers.get(public, "numbers?on=2022-01-01")}
    assert numbers["licence.term_years"]["value"] == 5
    default = next(number for number in numbers.values() if number["confidence"] == "default")
    path = f"numbers/{default['id']}/adoptions"
    callers.post(director, path, {"decision": "1", "province": "16"}, status=201)
    fresh = next(number for number in numbers.values() if number["confidence"] == "default" and number != default)
    callers.post(director, f"numbers/{fresh['id']}/adoptions", {"decision": "1", "province": "14"}, status=403)
    callers.post(
        director,
        f"numbers/{numbers['royalty.village']['id']}/adoptions",
        {"decision": "1", "province": "16"},
        status=422,
    )
    administrator = signed_in(person_as(Role.ADMINISTRATOR))
    values = {"day": "2026-05-02", "place": "15", "name_fa": "برف", "name_en": "Snow", "source": "1405/7"}
    callers.post(administrator, "holidays", values, status=201)
    assert any(item["name"] == "برف" for item in callers.get(public, "holidays?from_on=2026-05-01&to_on=2026-05-03"))
    assert callers.get(public, "divisions/1503")["kind"] == "county"


def test_a_program_signs_in_by_the_token_it_was_given():
    someone = person_as(Role.EXPERT, organisation=company("15"))
    open_account(someone, username="expert", password="نردبانِ بلندِ آبی", by=SYSTEM)
    given = Client().post(
        "/_allauth/app/v1/auth/login",
        {"username": "expert", "password": "نردبانِ بلندِ آبی"},
        content_type="application/json",
    )
    token = given.json()["meta"]["session_token"]
    me = Client().get("/api/me", headers={"X-Session-Token": token}).json()
    assert (me["id"], me["assignments"][0]["organisation"]) == (someone.pk, someone.assignments.get().organisation_id)
    assert Client().get("/api/me", headers={"X-Session-Token": token[::-1]}).status_code == 401
