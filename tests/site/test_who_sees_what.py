"""Region filters on every list and detail, sign-in on everything private, and nothing personal where it must not be."""

import logging
import sys

import pytest
from django.test import Client
from pydantic import BaseModel

from factories import person, person_as
from http_client import signed_in
from pishkhan.casework.models import Case
from pishkhan.inspections.models import Visit
from pishkhan.journal.models import Access, Entry
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.notices.models import Notice
from pishkhan.people.models import Account, Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import national_id_of
from pishkhan.site.api import api
from procedure_driver import applicant_of, at, meeting_about, new_request, places, take

pytestmark = pytest.mark.usefixtures("law", "papers")
PUBLIC = {
    "/api/registrations",
    "/api/licensing/places",
    "/api/track/{code}",
    "/api/offices",
    "/api/offices/{code}",
    "/api/numbers",
    "/api/holidays",
    "/api/instruments",
    "/api/divisions",
    "/api/divisions/{code}",
    "/api/complaints/challenge",
    "/api/complaints/track/{code}",
}
ANYBODY_MAY_SEND = {"/api/registrations", "/api/complaints", "/api/codes", "/api/passwords"}
ROUTES = [(path, method) for path, methods in api.get_openapi_schema()["paths"].items() for method in methods]
FILLED = {
    "number": "NL-15-1401-0001",
    "step": "accept",
    "kind": "tenure",
    "code": "15-C-0001",
    "seat": "1",
    "person": "1",
    "assignment": "1",
    "appointment": "1",
    "position": "1",
    "membership": "1",
    "file": "x",
    "office": "x",
    "visit": "018f4c1e-0000-7000-8000-000000000000",
    "notice": "018f4c1e-0000-7000-8000-000000000000",
    "proof": "1",
    "row": "1",
    "package": "1",
    "plan": "R-15-1401-0001",
    "undertaking": "1",
    "letter": "1",
}


def filled(path):
    for name, value in FILLED.items():
        path = path.replace("{" + name + "}", value)
    return path


@pytest.mark.parametrize(("path", "method"), ROUTES, ids=str)
def test_everything_that_is_not_public_asks_to_sign_in(path, method):
    if path in (PUBLIC if method == "get" else ANYBODY_MAY_SEND):
        return
    answer = getattr(Client(enforce_csrf_checks=True), method)(
        filled(path), "{}" if method == "post" else None, content_type="application/json"
    )
    assert answer.status_code == 401, answer.content
    assert answer.json()["refusal"]


@pytest.mark.parametrize(("language", "said"), [("fa", "صفحه را تازه کنید"), ("en", "load the page again")])
def test_a_form_that_lacks_its_token_is_refused_in_words_on_a_page_of_the_house(language, said):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["django_language"] = language

    answer = browser.post("/complaints/new/", {"text": "x"})

    assert answer.status_code == 403 and said in answer.content.decode() and "Django" not in answer.content.decode()


def test_a_session_without_its_csrf_token_changes_nothing():
    case, expert = at(NewLicence, "check"), person_as(Role.EXPERT)
    signed_in(expert)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(Account.objects.get(person=expert))
    answer = browser.post(f"/api/cases/{case.number}/steps/accept", "{}", content_type="application/json")
    assert (answer.status_code, "CSRF" in answer.json()["refusal"]) == (403, True)
    assert Case.objects.get(pk=case.pk).stage == "check"


def test_no_two_shapes_have_one_name_in_the_description():
    shapes = [shape for router in api._routers for shape in _shapes_of(router[1])]
    names = {}
    for shape in shapes:
        assert names.setdefault(shape.__name__, shape) is shape, shape
    assert len(names) > 60


def _shapes_of(router):
    for view in router.path_operations.values():
        for operation in view.operations:
            name = operation.view_func.__module__
            yield from (
                variable
                for variable in vars(sys.modules[name]).values()
                if isinstance(variable, type) and issubclass(variable, BaseModel) and variable.__module__ == name
            )


def listed(client, path, key=None):
    data = client.get(path).json()
    return data[key] if key else data


LISTS = {
    "/api/cases": "cases",
    "/api/visits": "visits",
    "/api/meetings": None,
    "/api/bodies": None,
    "/api/people": None,
}


def test_each_list_shows_those_of_the_region_and_no_others():
    meeting_about(at(NewLicence, "agenda"), opened=False)
    mine, theirs = (signed_in(person_as(Role.EXPERT, place=place)) for place in ("15", "16"))
    for path, key in LISTS.items():
        assert listed(mine, path, key), path
        own = [item for item in listed(theirs, path, key) if item.get("division") not in (None, "16")]
        assert own == [] if path == "/api/people" else listed(theirs, path, key) == [], path
    for path in ("/api/cases", "/api/visits"):
        assert theirs.get(path).json()["count"] == 0


def test_each_detail_of_another_region_is_not_there_for_them():
    meeting, _ = meeting_about(case := at(NewLicence, "agenda"), opened=False)
    visit, theirs = Visit.objects.first(), signed_in(person_as(Role.EXPERT, place="1504"))
    theirs_too = signed_in(applicant_of(new_request()))
    for path in (
        f"cases/{case.number}",
        f"cases/{case.number}/entries",
        f"cases/{case.number}/documents/tenure",
        f"visits/{visit.pk}",
        f"meetings/{meeting.number}",
        f"people/{applicant_of(case).pk}/assignments",
        f"people/{applicant_of(case).pk}/national-id?reason=identity",
    ):
        for stranger in (theirs, theirs_too):
            answer = stranger.get(f"/api/{path}")
            assert (answer.status_code, case.number in answer.content.decode()) == (404, False), path
    assert Access.objects.filter(refused=True).exists()


def test_a_draft_is_its_applicants_alone():
    case = new_request()
    assert signed_in(applicant_of(case)).get(f"/api/cases/{case.number}").status_code == 200
    assert signed_in(person_as(Role.DIRECTOR)).get(f"/api/cases/{case.number}").status_code == 404


def test_an_expert_of_the_region_sees_the_case_its_papers_and_every_act_and_is_noted():
    case = at(NewLicence, "check")
    expert = person_as(Role.EXPERT, place="1503")
    client = signed_in(expert)
    data = client.get(f"/api/cases/{case.number}").json()
    assert {offer["name"] for offer in data["offers"]} == {"send_back", "accept"}
    assert data["documents"] == ["degree", "statutes", "tenure"]
    entries = client.get(f"/api/cases/{case.number}/entries").json()
    assert entries[0]["act"] == "new-licence.open"
    assert any(entry["words"].get("address") for entry in entries)
    paper = client.get(f"/api/cases/{case.number}/documents/tenure")
    assert (paper.status_code, paper["Content-Disposition"].split(";")[0]) == (200, "attachment")
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    missing = client.get(f"/api/cases/{case.number}/documents/poem")
    assert (missing.status_code, bool(missing.json()["refusal"])) == (404, True)
    noted = Access.objects.filter(actor=expert.ref, subject=case.subject)
    assert {access.what for access in noted} >= {"case", "entries", "document tenure"}


def test_nothing_personal_stands_in_the_journal_the_notices_or_the_log(caplog):
    caplog.set_level(logging.DEBUG)
    case = at(NewLicence, "issued")
    client = signed_in(applicant_of(case))
    client.get(f"/api/cases/{case.number}")
    client.post(f"/api/cases/{case.number}/steps/withdraw", {}, content_type="application/json")
    text = str(list(Entry.objects.values())) + str(list(Notice.objects.values())) + caplog.text
    for someone in Person.objects.exclude(national_id=None):
        assert national_id_of(someone) not in text
    for name in ("ساکی", "رضایی", "خیابان شهدا", "6813833946", "09161234567"):
        assert name not in text, name


def test_nobody_is_told_whether_a_case_they_may_not_see_is_there():
    case = at(NewLicence, "check")
    stranger = signed_in(person("16"))
    there, nowhere = (stranger.get(f"/api/cases/{number}") for number in (case.number, "NL-15-1300-9999"))
    assert there.status_code == nowhere.status_code == 404
    assert there.json() == nowhere.json()


def test_lists_cost_the_same_however_long_they_are(django_assert_num_queries, django_assert_max_num_queries):
    expert = signed_in(person_as(Role.EXPERT))
    under = places(20)
    at(NewLicence, "check", under=under)
    costs = []
    for _ in range(2):
        with django_assert_max_num_queries(12) as queries:
            assert expert.get("/api/cases").status_code == 200
        costs.append(len(queries))
        for _ in range(5):
            at(NewLicence, "check", under=under)
    assert costs[0] == costs[1]


def test_cases_are_found_by_stage_kind_place_and_turn():
    first, second = at(NewLicence, "check"), at(NewLicence, "committee", kind="rural_ict")
    client = signed_in(person_as(Role.EXPERT))
    for query, number in (
        ("stage=check", first.number),
        ("kind=rural_ict", second.number),
        ("turn=expert", first.number),
        ("turn=committee", second.number),
    ):
        assert [case["number"] for case in client.get(f"/api/cases?{query}").json()["cases"]] == [number], query
    assert client.get("/api/cases?place=1504").json()["count"] == 0
    assert client.get("/api/cases?page=9").json()["cases"] == []
    assert Case.objects.count() == 2


def test_too_many_requests_are_put_off_in_words():
    client = Client()
    answers = [client.get("/api/offices").status_code for _ in range(30)]
    assert 429 in answers
    assert client.get("/api/offices").json()["refusal"]


@pytest.mark.parametrize(
    ("body", "status"),
    [("{", 400), ("[]", 422), ('{"answers": 7}', 422), ('{"seen": -1}', 422), ('{"seen": 99999999999}', 422)],
)
def test_an_unreadable_request_is_answered_in_words(body, status):
    case = at(NewLicence, "check")
    answer = signed_in(person_as(Role.EXPERT)).post(
        f"/api/cases/{case.number}/steps/accept", body, content_type="application/json"
    )
    assert answer.status_code == status
    assert answer.json()["refusal"]


def test_a_wrong_tracking_code_is_told_from_an_unknown_one():
    code = new_request().tracking_code
    other = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert Client().get(f"/api/track/{other}").status_code == 422
    assert Client().get("/api/track/00000000000").status_code == 404
    assert Client().get(f"/api/track/{code}").json()["stage"] == "draft"


def test_a_page_that_is_not_there_says_so_in_json():
    answer = Client().get("/api/nowhere")
    assert (answer.status_code, bool(answer.json()["refusal"])) == (404, True)


def test_a_step_of_no_procedure_is_not_there_and_an_overtaken_page_is_409():
    case = at(NewLicence, "check")
    client, path = signed_in(person_as(Role.EXPERT)), f"/api/cases/{case.number}/steps"
    assert client.post(f"{path}/dance", {}, content_type="application/json").status_code == 404
    take(case, "accept")
    answer = client.post(f"{path}/accept", {"seen": 1}, content_type="application/json")
    assert answer.status_code == 409
