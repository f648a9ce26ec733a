"""Joining answers the same whether a national id is known or not; who is known hears of it where we reach them."""

import pytest
from django.test import Client, override_settings

from factories import division, fresh_national_id, person
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.models import Entry
from pishkhan.notices.delivery import deliver_due
from pishkhan.notices.models import Notice
from pishkhan.people.models import Account, Person
from pishkhan.people.services import open_account
from posting_keys import key_on

pytestmark = pytest.mark.django_db
PASSWORD = "نردبانِ بلندِ آبی"


@pytest.fixture(autouse=True)
def quick_hashes():
    division("1503")
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


def joining_data(**more):
    return {
        "given_name": "زهرا",
        "family_name": "ساکی",
        "national_id": fresh_national_id(),
        "phone": "09161234567",
        "division": "1503",
        "username": "zahra",
        "password": PASSWORD,
    } | more


def by_page(**more):
    client = Client()
    answer = client.post("/join/", joining_data(**more), follow=True)
    return answer.redirect_chain, [str(message) for message in answer.context["messages"]] or answer.content


def by_program(**more):
    answer = Client().post("/api/registrations", joining_data(**more), content_type="application/json")
    return answer.status_code, answer.json()


@pytest.mark.parametrize("join", [by_page, by_program])
def test_the_answer_is_the_same_whether_a_national_id_is_known_or_not(join):
    known = fresh_national_id()
    person(national_id=known)

    assert join(national_id=known, username="first") == join(username="second")


@pytest.mark.parametrize("join", [by_page, by_program])
@pytest.mark.parametrize(
    "wrong", [{"username": "taken"}, {"username": "x"}, {"password": "123"}, {"phone": "1"}, {"given_name": ""}]
)
def test_what_is_wrong_besides_is_told_alike_too(join, wrong):
    known = fresh_national_id()
    open_account(person(national_id=known), username="taken", password=None, by=SYSTEM)

    text, untold = join(**{"national_id": known} | wrong), join(**wrong)

    assert text[0] == untold[0] and text[0] in ([], 422)


def test_who_is_known_gets_no_account_and_is_told_once_a_day():
    known = fresh_national_id()
    someone, sent = person(national_id=known, phone="09169998877"), []

    for name in ("first", "second"):
        by_program(national_id=known, username=name, phone="09160000000")

    deliver_due(type("Postman", (), {"send": lambda self, message: sent.append(message)})())
    assert not Account.objects.exists() and Person.objects.count() == 1
    assert [(item.to, item.channel) for item in sent] == [("09169998877", "sms")] and "پیش‌تر" in sent[0].text
    assert Entry.objects.filter(subject=someone.subject, act="people.joined-again").count() == 1


def test_who_is_not_known_can_sign_in():
    by_page()

    assert Client().post("/sign-in/", {"login": "zahra", "password": PASSWORD}).status_code == 302
    assert not Notice.objects.exists()


def test_a_form_posted_twice_enters_one_person():
    client, data = Client(), joining_data()
    data["form_key"] = key_on(client, "/join/")

    answers = [client.post("/join/", data).status_code for _ in range(2)]

    assert answers == [302, 302] and Person.objects.count() == Account.objects.count() == 1


def test_a_program_that_sends_again_under_its_key_enters_one_person():
    data = joining_data()
    answers = [
        Client()
        .post(
            "/api/registrations",
            data,
            content_type="application/json",
            headers={"idempotency-key": "5b6f1e9e-0c5d-4f6e-9a55"},
        )
        .status_code
        for _ in range(2)
    ]

    assert answers == [202, 202] and Person.objects.count() == 1
