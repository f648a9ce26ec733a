"""A code of the second factor is good once, near its moment, for its own account, and guessed slowly; whoever is asked
once more who they are gives password and code."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client, RequestFactory, override_settings

from factories import person, together
from pishkhan.journal.acts import SYSTEM
from pishkhan.language.digits import persian
from pishkhan.people.models import Account
from pishkhan.people.refusals import NotConfirmed, TooManyCodes
from pishkhan.people.services import open_account
from pishkhan.people.sign_in.confirming import IdentityForm, confirm_identity
from pishkhan.people.sign_in.second_factor import use_code

PASSWORD = "نردبانِ بلندِ آبی"
PERIOD = timedelta(seconds=30)
LOGIN, CODE = "/_allauth/browser/v1/auth/login", "/_allauth/browser/v1/auth/2fa/authenticate"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_hashes():
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def moment(monkeypatch):
    """The machine's time, which a test may move."""
    times = [1_800_000_015.0]
    monkeypatch.setattr(time, "time", lambda: times[0])
    return times


def with_app(username="zahra"):
    """An account with an app, and the secret in it."""
    account = open_account(person(), username=username, password=PASSWORD, by=SYSTEM)
    TOTP.activate(account, secret := generate_totp_secret())
    return account, secret


def code_at(secret, at):
    return format_hotp_value(hotp_value(secret, int(at) // 30))


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_is_good_near_its_moment_alone(moment, steps, taken):
    account, secret = with_app()

    assert bool(use_code(account, code_at(secret, moment[0] + 30 * steps))) is taken


def test_a_code_is_good_once_as_long_as_it_holds_and_after_the_clock_was_set_back(moment):
    account, secret = with_app()
    code = code_at(secret, moment[0])

    assert use_code(account, code)
    for later in (0, 29, 31, -3600, 0):  # an hour earlier, and there again
        moment[0] = 1_800_000_015.0 + later
        assert use_code(account, code) is None
    assert use_code(account, code_at(secret, moment[0] + 30)), "who was only hasty goes on with the next"


def test_a_clock_that_ran_ahead_keeps_nobody_out_once_it_is_mended(moment):
    account, secret = with_app()
    moment[0] += 10 * 365 * 86400
    use_code(account, code_at(secret, moment[0]))
    moment[0] = 1_800_000_015.0

    assert use_code(account, code_at(secret, moment[0]))


def test_a_code_of_another_person_is_none(moment):
    account, _ = with_app()
    _, other = with_app("reza")

    assert use_code(account, code_at(other, moment[0])) is None


def test_a_code_may_be_typed_in_persian_digits_and_with_a_gap(moment):
    account, secret = with_app()
    code = persian(code_at(secret, moment[0]))

    assert use_code(account, f" {code[:3]} {code[3:]} ")


def test_who_guesses_five_times_waits_though_the_sixth_be_right(moment):
    account, secret = with_app()
    for number in range(5):
        assert use_code(account, f"00000{number}") is None

    with pytest.raises(TooManyCodes):
        use_code(account, code_at(secret, moment[0]))
    moment[0] += 301
    assert use_code(account, code_at(secret, moment[0]))


def test_right_codes_begin_the_count_anew_and_no_more_than_a_hundred_are_looked_at_in_a_day(moment):
    account, secret = with_app()
    for _ in range(100):
        moment[0] += 30
        assert use_code(account, code_at(secret, moment[0]))

    moment[0] += 30
    with pytest.raises(TooManyCodes):
        use_code(account, code_at(secret, moment[0]))


def test_an_empty_code_is_none(moment):
    account, _ = with_app()

    assert use_code(account, "") is None and use_code(account, "  ") is None


def test_a_code_of_a_list_is_good_once():
    account, _ = with_app()
    [first, *_] = RecoveryCodes.activate(account).get_unused_codes()

    assert use_code(account, persian(first)) and use_code(account, first) is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("of_a_list", [False, True])
def test_of_two_who_send_the_same_code_at_once_one_is_let_in(of_a_list):
    account, secret = with_app()
    code = RecoveryCodes.activate(account).get_unused_codes()[0] if of_a_list else code_at(secret, time.time())
    results = []

    raised = together(*[lambda: results.append(use_code(Account.objects.get(pk=account.pk), code))] * 2)

    assert raised == [] and sum(result is not None for result in results) == 1


def test_signing_in_takes_a_code_once_by_page_and_by_program(moment):
    _, secret = with_app()
    code = code_at(secret, moment[0])

    def tried(client):
        client.post(LOGIN, {"username": "zahra", "password": PASSWORD}, content_type="application/json")
        return client.post(CODE, {"code": code}, content_type="application/json").status_code

    page = Client()
    page.post("/sign-in/", {"login": "zahra", "password": PASSWORD})
    assert page.post("/account/second-factor/authenticate/", {"code": code}).status_code == 302
    assert tried(Client()) == 400


def test_a_page_says_that_codes_were_guessed_too_often(moment):
    _, secret = with_app()
    page = Client()
    page.post("/sign-in/", {"login": "zahra", "password": PASSWORD})
    for number in range(5):
        page.post("/account/second-factor/authenticate/", {"code": f"00000{number}"})

    answer = page.post("/account/second-factor/authenticate/", {"code": code_at(secret, moment[0])})

    assert answer.status_code == 200 and "بیش از" in answer.content.decode()


def test_turning_a_second_factor_on_and_off_is_no_matter_of_the_library_s():
    client = Client()
    client.force_login(with_app()[0])

    for what in ("totp", "recovery-codes"):
        address = f"/_allauth/browser/v1/account/authenticators/{what}"
        assert client.get(address).status_code == 404 and client.delete(address).status_code == 404
    assert Authenticator.objects.count() == 1


def request_of(account):
    request = RequestFactory().post("/")
    request.user = account
    return request


def test_who_confirms_their_identity_gives_password_and_code(moment):
    account, secret = with_app()
    request, code = request_of(account), code_at(secret, moment[0])

    with pytest.raises(NotConfirmed) as wrong:
        confirm_identity(request, password="x", code=code)
    assert set(wrong.value.fields) == {"password"}
    with pytest.raises(NotConfirmed) as wrong:
        confirm_identity(request, password=PASSWORD)
    assert set(wrong.value.fields) == {"one_time_code"}
    confirm_identity(request, password=PASSWORD, code=code)
    with pytest.raises(NotConfirmed):
        confirm_identity(request, password=PASSWORD, code=code)


def test_who_has_no_second_factor_confirms_by_the_password_and_is_asked_no_code():
    account = open_account(person(), username="zahra", password=PASSWORD, by=SYSTEM)

    confirm_identity(request_of(account), password=PASSWORD)

    assert "one_time_code" not in IdentityForm(account=account).fields
    assert "one_time_code" in IdentityForm(account=with_app("reza")[0]).fields


def test_an_identity_is_guessed_no_faster_than_a_password():
    account = open_account(person(), username="zahra", password=PASSWORD, by=SYSTEM)
    for number in range(5):
        with pytest.raises(NotConfirmed):
            confirm_identity(request_of(account), password=f"guess {number}")

    with pytest.raises(TooManyCodes):
        confirm_identity(request_of(account), password=PASSWORD)
