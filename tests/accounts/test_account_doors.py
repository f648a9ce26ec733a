"""The doors to codes and letters, by page and by program: what each says, and to whom it opens."""

import re

import pytest
from django.core.cache import caches
from django.test import Client, override_settings

from factories import person, person_as
from http_client import as_read, signed_in
from pishkhan.accounts import public_pages
from pishkhan.accounts.models import OneTimeCode
from pishkhan.accounts.services import code_on_screen
from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM
from pishkhan.notices.delivery import deliver_due
from pishkhan.notices.models import Notice
from pishkhan.people.models import Account
from pishkhan.people.roles import Role
from pishkhan.people.services import close_account, open_account
from pishkhan.site.operations.deployment import open_live

PASSWORD, OTHER = "نردبانِ بلندِ آبی", "پلکانِ کوتاهِ سرخ"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


@pytest.fixture(autouse=True)
def quick():
    caches["process"].clear()
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def admin():
    open_live(Division.objects.get(code="15"))
    return signed_in(person_as(Role.ADMINISTRATOR, phone=None))


@pytest.fixture
def director(admin):
    return signed_in(person_as(Role.DIRECTOR, phone=None))


class Phone:
    def __init__(self):
        self.messages = []

    def send(self, message):
        self.messages.append(message)


def code_sent():
    deliver_due(phone := Phone())
    return re.findall(r"\b\d{8}\b", phone.messages[-1].text)[-1]


def choosing(username, code, password=OTHER, again=None):
    return {"username": username, "code": code, "password": password, "again": again or password}


def halves_in(page):
    return re.findall(r"\b[0-9A-HJKMNP-TV-Z]{8}\b", page)[0]


def test_an_account_is_opened_on_pages_and_its_holder_chooses_a_password(admin):
    zahra = person()
    page = f"/people/{zahra.pk}/account/"

    assert "باز کردن حساب" in as_read(admin.get(page))
    assert admin.post(page, {"act": "open", "username": "zahra", "way": "sms"}).status_code == 302
    shown = as_read(admin.get(page))
    assert "هنوز گذرواژه ندارد" in shown and "کد در راه" in shown and "•••" not in shown
    holder = Client()
    assert "یک‌بارمصرف" in as_read(holder.get("/account/code/"))
    assert holder.post("/account/code/", choosing("zahra", code_sent())).status_code == 302
    assert holder.post("/sign-in/", {"login": "zahra", "password": OTHER}).status_code == 302


def test_a_page_says_what_is_wrong_with_a_code_or_password(admin):
    zahra = person()
    admin.post(f"/people/{zahra.pk}/account/", {"act": "open", "username": "zahra", "way": "sms"})
    code = code_sent()

    answers = [
        Client().post("/account/code/", choosing("zahra", "1")),
        Client().post("/account/code/", choosing("nobody", code)),
        Client().post("/account/code/", choosing("zahra", code, again="x")),
        Client().post("/account/code/", choosing("zahra", code, "12345678")),
    ]

    assert [answer.status_code for answer in answers] == [422] * 4
    first, second = (re.findall(r'class="error".*?</p>', as_read(answer))[0] for answer in answers[:2])
    assert first == second, "whether there is such an account is not told"
    assert "همان نیست" in as_read(answers[2])


def test_the_answer_to_who_forgot_says_nothing_of_whether_there_is_an_account_and_is_as_slow(monkeypatch):
    open_account(person(), username="zahra", password=PASSWORD, by=SYSTEM)
    slept = []
    monkeypatch.setattr(public_pages, "monotonic", lambda: 0.0)
    monkeypatch.setattr(public_pages, "sleep", slept.append)

    def answer_to(name):
        client = Client()
        answer = client.post("/account/forgotten/", {"name": name})
        return answer.status_code, answer.url, re.sub(r'value="[^"]+"', "", as_read(client.get(answer.url)))

    assert answer_to("zahra") == answer_to("nobody")
    assert Notice.objects.count() == 1 and slept == [public_pages.EVENLY] * 2


def test_codes_are_wanted_and_tried_a_few_times_from_an_address():
    wanted = [Client().post("/account/forgotten/", {"name": "nobody"}).status_code for _ in range(11)]
    tried = [Client().post("/account/code/", choosing("zahra", "1")).status_code for _ in range(21)]

    assert wanted == [302] * 10 + [429] and tried == [422] * 20 + [429]


def test_a_letter_is_printed_by_two_on_pages_and_waits_on_the_today_of_the_second(admin, director):
    open_account(person(phone=None), username="zahra", password=PASSWORD, by=SYSTEM)
    begun = {"act": "first", "username": "zahra", "purpose": "password"}

    first = halves_in(as_read(admin.post("/account-letters/", begun)))
    row = OneTimeCode.objects.get()
    assert admin.post("/account-letters/", begun).status_code == 422
    assert admin.post("/account-letters/", {"act": "second", "letter": row.pk}).status_code == 422
    assert "نیمهٔ دوم نامه‌های کد ورود" in as_read(director.get("/today/"))
    assert first not in as_read(director.get("/account-letters/"))
    second = halves_in(as_read(director.post("/account-letters/", {"act": "second", "letter": row.pk})))
    assert "هر دو نیمه چاپ شده" in as_read(admin.get("/account-letters/"))
    assert Client().post("/account/code/", choosing("zahra", f"{first} {second}")).status_code == 302


def test_a_letter_is_called_off_on_the_page(admin, director):
    open_account(person(phone=None), username="zahra", password=PASSWORD, by=SYSTEM)
    admin.post("/account-letters/", {"act": "first", "username": "zahra", "purpose": "factor"})
    row = OneTimeCode.objects.get()

    assert director.post("/account-letters/", {"act": "withdraw", "letter": row.pk}).status_code == 302
    assert director.post("/account-letters/", {"act": "second", "letter": row.pk}).status_code == 422
    assert "نامه‌ای در کار نیست" in as_read(director.get("/account-letters/"))


@pytest.mark.parametrize("role", [Role.EXPERT, Role.SECRETARY, Role.REGION])
def test_letters_and_accounts_are_closed_to_others(admin, role):
    other, zahra = signed_in(person_as(role)), person()

    assert other.get("/account-letters/").status_code == 403
    assert other.get(f"/people/{zahra.pk}/account/").status_code == 403
    for path, body in (
        (f"/api/people/{zahra.pk}/account", {"username": "zahra", "way": "letter"}),
        ("/api/account-letters", {"username": "zahra", "purpose": "password"}),
    ):
        assert other.post(path, body, content_type="application/json").status_code in (403, 404, 422)
    assert not Account.objects.filter(username="zahra").exists()


def test_people_of_another_province_have_no_account_here(admin):
    stranger = person("16")

    assert admin.get(f"/people/{stranger.pk}/account/").status_code == 404
    answer = admin.post(
        f"/api/people/{stranger.pk}/account", {"username": "x12", "way": "sms"}, content_type="application/json"
    )
    assert answer.status_code == 404


def test_programs_do_what_pages_do(admin, director):
    zahra = person()

    def post(client, path, body=None, status=201):
        answer = client.post(f"/api/{path}", body or {}, content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None

    account = f"people/{zahra.pk}/account"
    post(admin, account, {"username": "zahra", "way": "sms", "password": PASSWORD}, 422)
    post(admin, account, {"username": "zahra", "way": "sms"})
    post(admin, f"{account}/code", {"way": "sms"}, 204)
    post(Client(), "passwords", {"username": "zahra", "code": code_sent(), "password": PASSWORD}, 204)
    post(Client(), "codes", {"name": "zahra"}, 202)
    post(Client(), "passwords", {"username": "zahra", "code": code_sent(), "password": OTHER}, 204)
    first = post(admin, "account-letters", {"username": "zahra", "purpose": "factor"})
    assert [row["id"] for row in director.get("/api/account-letters").json()] == [first["id"]]
    second = post(director, f"account-letters/{first['id']}/second-half")
    code = first["half"] + second["half"]
    post(Client(), "passwords", {"username": "zahra", "code": code, "password": PASSWORD}, 204)
    other = post(admin, "account-letters", {"username": "zahra", "purpose": "factor"})
    post(director, f"account-letters/{other['id']}/withdraw", status=204)
    post(director, f"account-letters/{other['id']}/second-half", status=404)
    close_account(zahra, by=SYSTEM)
    post(admin, f"{account}/reopen", {"way": "sms"}, 200)


def test_who_begins_a_deployment_has_a_code_from_the_machine(admin):
    someone = person(phone=None)
    open_account(someone, username="begins", by=SYSTEM)

    assert Client().post("/account/code/", choosing("begins", code_on_screen(someone))).status_code == 302


def test_the_page_of_sign_in_tells_the_way_back():
    page = as_read(Client().get("/sign-in/"))

    assert "/account/forgotten/" in page and "/account/code/" in page
    assert "دو نفر" in as_read(Client().get("/account/forgotten/"))
