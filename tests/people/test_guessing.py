"""Guesses are slow, a stranger's lock nobody out, and everybody is signed out when they say so."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import caches
from django.test import Client, override_settings

from factories import person, person_as, together
from http_client import signed_in
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.models import Entry
from pishkhan.limits.rates import RATES
from pishkhan.people.models import Account
from pishkhan.people.roles import Role
from pishkhan.people.services import close_account, erase, open_account, sign_out_everywhere
from pishkhan.people.sign_in import guessing

PASSWORD, OTHER = "نردبانِ بلندِ آبی", "پلکانِ کوتاهِ سرخ"
LOGIN, CODE = "/_allauth/browser/v1/auth/login", "/_allauth/browser/v1/auth/2fa/authenticate"
HOME, CAFE, FAR = "203.0.113.7", "198.51.100.9", "192.0.2.44"
FEW = RATES[guessing.HERE].most

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_hashes():
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def zahra():
    someone = person()
    open_account(someone, username="zahra", password=PASSWORD, by=SYSTEM)
    return someone


def tried(client=None, password=PASSWORD, at=HOME, username="zahra"):
    return (
        (client or Client())
        .post(LOGIN, {"username": username, "password": password}, REMOTE_ADDR=at, content_type="application/json")
        .status_code
    )


def guessed(times, at, username="zahra"):
    return [tried(password=f"guess {number}", at=at, username=username) for number in range(times)]


def inside(client):
    return client.get("/account/").status_code == 200


def test_a_strangers_guesses_do_not_keep_the_owner_out_who_comes_from_elsewhere(zahra):
    guessed(FEW + 1, CAFE)

    assert tried(at=CAFE) == 400, "not even the right one, from there"
    assert tried(at=HOME) == 200


def test_three_hundred_and_thirty_posts_from_anybody_reset_nobodys_limit(zahra):
    guessed(FEW, CAFE)

    for number in range(330):
        tried(at=f"10.0.{number // 250}.{number % 250}", username=f"anybody{number}", password="x")

    assert tried(at=CAFE) == 400


def test_a_device_on_which_somebody_signed_in_is_let_in_whatever_strangers_guess_there(zahra):
    known = Client()
    tried(known, at=CAFE)
    known.post("/sign-out/")
    guessed(FEW + 1, CAFE)

    assert tried(known, at=CAFE) == 200
    assert tried(Client(), at=CAFE) == 400


def test_a_known_device_guesses_no_more_than_its_own_few(zahra):
    known = Client()
    tried(known)
    known.post("/sign-out/")
    for number in range(RATES[guessing.BY_DEVICE].most):
        tried(known, password=f"guess {number}", at=f"10.0.0.{number}")

    assert tried(known, at=FAR) == 400


def test_a_cookie_of_another_account_or_of_nobody_is_no_known_device(zahra):
    open_account(person(), username="reza", password=PASSWORD, by=SYSTEM)
    other, forged = Client(), Client()
    tried(other, username="reza")
    forged.cookies["known_device"] = other.cookies["known_device"].value[:-3] + "AAA"
    guessed(FEW, CAFE)

    assert tried(other, at=CAFE) == 400 and tried(forged, at=CAFE) == 400


def test_guesses_from_everywhere_at_one_account_are_slowed_but_not_for_who_comes_from_a_known_address(zahra):
    tried(at=HOME)
    for number in range(RATES[guessing.OF_ACCOUNT].most):
        tried(password="x", at=f"10.1.{number}.1")

    assert tried(at=FAR) == 400, "a new place waits"
    assert tried(at=HOME) == 200, "one that was known does not"


def test_guesses_at_many_accounts_from_one_address_are_slowed(zahra):
    for number in range(RATES[guessing.OF_ADDRESS].most):
        tried(username=f"name{number}", password="x", at=CAFE)

    assert tried(at=CAFE) == 400 and tried(at=HOME) == 200


def test_a_barred_guess_costs_no_hash(zahra, monkeypatch):
    guessed(FEW, CAFE)
    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *told: hashed.append(1) or encode(self, *told))

    tried(at=CAFE)

    assert hashed == []


def test_whether_there_is_such_an_account_is_not_told_by_its_limit(zahra):
    assert guessed(FEW + 2, CAFE) == guessed(FEW + 2, FAR, username="nobody")


def test_right_passwords_are_never_too_many_failed(zahra):
    assert [tried(at=CAFE) for _ in range(12)] == [200] * 12


@pytest.mark.django_db(transaction=True)
def test_ten_right_sign_ins_at_once_all_succeed(zahra):
    answers = []

    together(*[lambda: answers.append(tried(at=CAFE))] * 10)

    assert answers == [200] * 10


def test_a_right_guess_among_many_at_once_comes_too_late(zahra, monkeypatch):
    """While its password was looked at, so many others failed that it is refused after all."""
    check = Account.check_password

    def slowly(account, password):
        if password == PASSWORD:
            guessed(FEW, CAFE)
        return check(account, password)

    monkeypatch.setattr(Account, "check_password", slowly)

    assert tried(at=CAFE) == 400


def test_wrong_codes_of_the_second_factor_are_counted_where_nothing_culls_them(zahra):
    TOTP.activate(zahra.account, generate_totp_secret())
    client = Client()
    tried(client)

    def coded():
        return client.post(CODE, {"code": "000000"}, content_type="application/json").json()["errors"][0]["code"]

    first = [coded() for _ in range(5)]
    for number in range(330):
        caches["default"].set(f"rubbish-{number}", number, 60)

    assert set(first) == {"incorrect_code"} and coded() == "too_many_login_attempts"


def test_a_password_asked_once_more_is_guessed_no_faster(zahra):
    client = Client()
    tried(client)
    answers = [client.post("/account/again/", {"password": f"guess {number}"}).status_code for number in range(12)]

    assert answers[-1] == 429 or "بیش از" in client.post("/account/again/", {"password": PASSWORD}).content.decode()


def test_signing_out_everywhere_ends_every_session_and_is_an_act(zahra):
    phone, desk = Client(), Client()
    tried(phone), tried(desk)
    token = (
        Client()
        .post(
            "/_allauth/app/v1/auth/login", {"username": "zahra", "password": PASSWORD}, content_type="application/json"
        )
        .json()["meta"]["session_token"]
    )
    assert Client().get("/api/me", headers={"x-session-token": token}).status_code == 200

    assert desk.post("/account/", {"act": "sign-out"}).status_code == 302

    assert not inside(phone) and not inside(desk)
    assert Client().get("/api/me", headers={"x-session-token": token}).status_code == 401
    assert Entry.objects.filter(subject=zahra.subject, act="people.sign-out-everywhere", actor=zahra.ref).count() == 1
    assert tried() == 200


def test_an_administrator_signs_somebody_of_the_region_out_and_nobody_else_does(zahra):
    client = Client()
    tried(client)
    elsewhere = signed_in(person_as(Role.ADMINISTRATOR, "14"))
    assert elsewhere.post(f"/people/{zahra.pk}/", {"act": "sign-out"}).status_code == 404
    assert signed_in(person_as(Role.EXPERT)).post(f"/api/people/{zahra.pk}/sign-out").status_code == 403
    assert inside(client)

    administrator = signed_in(person_as(Role.ADMINISTRATOR))
    assert administrator.post(f"/people/{zahra.pk}/", {"act": "sign-out"}).status_code == 302

    assert not inside(client)
    tried(client)
    assert administrator.post(f"/api/people/{zahra.pk}/sign-out").status_code == 204 and not inside(client)


def test_one_signs_oneself_out_over_the_api(zahra):
    client = Client()
    tried(client)

    assert client.post("/api/me/sign-out-everywhere").status_code == 204 and not inside(client)


@pytest.mark.parametrize(
    "end",
    [
        lambda who: close_account(who, by=SYSTEM),
        lambda who: erase(who, by=SYSTEM, reason="آزمایش"),
        lambda who: sign_out_everywhere(who, by=who),
    ],
    ids=["closed", "erased", "signed out"],
)
def test_when_an_account_ends_its_sessions_and_known_devices_end_at_once(zahra, end):
    client = Client()
    tried(client)
    before = Account.objects.get(person=zahra).get_session_auth_hash()

    end(zahra)

    assert not inside(client) and Account.objects.get(person=zahra).get_session_auth_hash() != before


def test_a_changed_password_ends_the_other_sessions(zahra):
    here, there = Client(), Client()
    tried(here), tried(there)

    answer = here.post("/account/password/", {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER})

    assert answer.status_code == 302 and inside(here) and not inside(there)
