"""A person signs in over JSON, by password and second factor; sign-up and guessing are shut out."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.http import JsonResponse
from django.test import Client, override_settings
from django.urls import include, path

from factories import person
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.models import Entry
from pishkhan.people.access import everybody
from pishkhan.people.services import close_account, open_account
from pishkhan.people.web.request_context import asker, asker_if_any

PASSWORD = "نردبانِ بلندِ آبی"
LOGIN, SESSION = "/_allauth/browser/v1/auth/login", "/_allauth/browser/v1/auth/session"
CODE = "/_allauth/browser/v1/auth/2fa/authenticate"

pytestmark = pytest.mark.django_db


@everybody
def who(request):
    return JsonResponse({"ref": asker(request).ref if asker_if_any(request) else None})


urlpatterns = [path("who", who), path("", include("pishkhan.site.configuration.urls"))]


@pytest.fixture(autouse=True)
def addresses_and_quick_hashes():
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(ROOT_URLCONF=__name__, PASSWORD_HASHERS=quick):
        yield


@pytest.fixture
def zahra():
    someone = person()
    open_account(someone, username="zahra", password=PASSWORD, by=SYSTEM)
    return someone


def sign_in(client, username="zahra", password=PASSWORD):
    return client.post(LOGIN, {"username": username, "password": password}, content_type="application/json")


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_the_right_password_signs_in_and_the_session_gives_the_person(zahra, client):
    answer = sign_in(client)

    assert answer.status_code == 200 and answer.json()["meta"]["is_authenticated"]
    assert client.get("/who").json() == {"ref": zahra.ref}


def test_a_username_is_the_same_in_capitals(zahra, client):
    assert sign_in(client, username="Zahra").status_code == 200


def test_a_program_signs_in_by_a_token(zahra, client):
    answer = client.post(
        "/_allauth/app/v1/auth/login", {"username": "zahra", "password": PASSWORD}, content_type="application/json"
    )

    assert answer.status_code == 200 and answer.json()["meta"]["session_token"]


@pytest.mark.parametrize("wrong", [{"password": "نردبانِ کوتاهِ آبی"}, {"username": "nobody"}, {"password": ""}])
def test_whatever_is_wrong_the_answer_says_no_more(zahra, client, wrong):
    answer = sign_in(client, **wrong)

    assert answer.status_code == 400 and client.get("/who").json() == {"ref": None}


def test_signing_out_ends_the_session(zahra, client):
    sign_in(client)

    client.delete(SESSION)

    assert client.get("/who").json() == {"ref": None}


def test_a_closed_account_does_not_sign_in_and_its_session_is_over(zahra, client):
    sign_in(client)
    close_account(zahra, by=SYSTEM)

    assert client.get("/who").json() == {"ref": None}
    assert sign_in(Client()).status_code in {400, 401, 403}


def test_an_account_without_a_password_does_not_sign_in(client):
    open_account(person(), username="zahra", password=None, by=SYSTEM)

    assert sign_in(client, password="!").status_code == 400 and sign_in(client, password="").status_code == 400


def test_who_guesses_is_stopped_even_with_the_right_password_at_last(zahra, client):
    answers = [sign_in(client, password=f"guess {number}").status_code for number in range(6)]

    assert answers[:5] == [400] * 5 and answers[5] in {400, 429}
    assert sign_in(client).status_code in {400, 429} and client.get("/who").json() == {"ref": None}


def test_a_flood_from_one_address_is_stopped(zahra, client):
    answers = [sign_in(client, username=f"name{number}").status_code for number in range(31)]

    assert 429 in answers or sign_in(client).status_code in {400, 429}
    assert client.get("/who").json() == {"ref": None}


def test_who_has_a_second_factor_must_give_its_code(zahra, client):
    secret = generate_totp_secret()
    TOTP.activate(zahra.account, secret)

    assert sign_in(client).status_code == 401 and client.get("/who").json() == {"ref": None}
    wrong = client.post(CODE, {"code": "000000"}, content_type="application/json")
    assert wrong.status_code == 400 and client.get("/who").json() == {"ref": None}
    right = client.post(CODE, {"code": code_of(secret)}, content_type="application/json")
    assert right.status_code == 200 and client.get("/who").json() == {"ref": zahra.ref}


def test_the_secret_of_a_second_factor_lies_encrypted(zahra):
    secret = generate_totp_secret()

    TOTP.activate(zahra.account, secret)

    assert secret not in str(Authenticator.objects.values().get())


@pytest.mark.parametrize(
    "what",
    [
        "auth/signup",
        "auth/password/request",
        "auth/password/reset",
        "account/email",
        "auth/email/verify",
        "auth/code/confirm",
        "auth/phone/verify",
        "account/phone",
    ],
)
@pytest.mark.parametrize("kind", ["browser", "app"])
def test_nobody_signs_up_or_changes_who_they_are_behind_the_back_of_acts(client, kind, what):
    address = f"/_allauth/{kind}/v1/{what}"

    assert client.post(address, {}, content_type="application/json").status_code == 404
    assert client.get(address).status_code == 404


def test_signing_in_from_another_site_is_refused(zahra):
    assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403


def test_signing_in_is_no_act(zahra, client):
    before = Entry.objects.count()

    sign_in(client)

    assert Entry.objects.count() == before
