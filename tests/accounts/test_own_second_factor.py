"""Who turns their second factor on, off or to another phone: by password and code, with a list of codes shown once; and
from when staff and members do not work without."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from factories import company, person, person_as
from http_client import as_read, signed_in
from pishkhan.accounts.second_factor.services import turn_on_app
from pishkhan.geography.models import Division
from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.models import Entry
from pishkhan.journal.verification.verify import problems
from pishkhan.meetings.services import appoint, constitute, give_seat
from pishkhan.notices.models import Notice
from pishkhan.people.models import Account
from pishkhan.people.roles import Role
from pishkhan.people.services import open_account
from pishkhan.regulation.models import Number
from pishkhan.regulation.services import adopt
from pishkhan.site.operations.deployment import open_demo, open_live

PASSWORD = "نردبانِ بلندِ آبی"
PAGE, ON = "/account/second-factor/", "/account/second-factor/totp/activate/"
OFF, LIST = "/account/second-factor/totp/deactivate/", "/account/second-factor/recovery-codes/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


@pytest.fixture
def moment(monkeypatch):
    times = [time.time()]
    monkeypatch.setattr(time, "time", lambda: times[0])
    return times


def holder(someone=None, username="zahra"):
    account = open_account(someone or person(), username=username, password=PASSWORD, by=SYSTEM)
    client = Client()
    client.force_login(account)
    return account, client


def code_of(secret, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def shown(client):
    """The key and the token that the page of an app shows."""
    page = as_read(client.get(ON))
    return re.search(r"\b[A-Z2-7]{32}\b", page)[0], re.search(r'name="token" value="([^"]+)"', page)[1]


def turned_on(client, **other):
    secret, token = shown(client)
    answer = client.post(ON, {"token": token, "code": code_of(secret), "password": PASSWORD, **other})
    return secret, answer


def codes_in(answer):
    return re.findall(r"\b\d{8}\b", re.search(r'class="codes".*?</ul>', as_read(answer))[0])


def test_an_app_is_turned_on_by_its_code_and_the_password_and_a_list_is_shown_once(moment):
    account, client = holder()
    elsewhere = Client()
    elsewhere.force_login(account)

    secret, answer = turned_on(client)

    assert answer.status_code == 200 and len(codes_in(answer)) == 10
    assert client.get("/account/").status_code == 200 and elsewhere.get("/account/").status_code == 302
    assert not any(code in as_read(client.get(page)) for code in codes_in(answer) for page in (PAGE, LIST))
    fresh = Client()
    assert fresh.post("/sign-in/", {"login": "zahra", "password": PASSWORD}).url == f"{PAGE}authenticate/"
    assert fresh.post(f"{PAGE}authenticate/", {"code": code_of(secret)}).status_code == 200, "it was used to turn it on"
    assert fresh.post(f"{PAGE}authenticate/", {"code": code_of(secret, 1)}).status_code == 302
    assert Entry.objects.filter(act="accounts.turn-on-second-factor").get().facts == {"kind": "app", "replaced": False}
    assert Notice.objects.get().template == "accounts.second-factor-on" and list(problems()) == []


def test_nothing_is_on_before_a_code_of_the_app_and_the_password_are_given(moment):
    _, client = holder()
    secret, token = shown(client)

    for wrong in ({"code": "000000"}, {"password": "x"}, {"token": "x"}):
        answer = client.post(ON, {"token": token, "code": code_of(secret), "password": PASSWORD} | wrong)
        assert answer.status_code == 422
    assert secret in as_read(client.post(ON, {"token": token, "code": "1", "password": "x"})), "the same key goes on"
    assert not Authenticator.objects.exists() and not Notice.objects.exists()


def test_a_key_that_was_shown_to_another_or_long_ago_is_not_taken(moment):
    _, client = holder()
    _, stranger = holder(username="reza")
    secret, token = shown(stranger)

    assert client.post(ON, {"token": token, "code": code_of(secret), "password": PASSWORD}).status_code == 422
    own, token = shown(client)
    moment[0] += 3601
    assert client.post(ON, {"token": token, "code": code_of(own), "password": PASSWORD}).status_code == 422
    assert not Authenticator.objects.exists()


def test_another_phone_takes_the_place_of_the_first_by_a_code_of_that_or_of_the_list(moment):
    _, client = holder()
    first, answer = turned_on(client)
    spare = codes_in(answer)[0]

    assert turned_on(client)[1].status_code == 422, "a code of the phone before is asked"
    second, answer = turned_on(client, one_time_code=spare)

    assert answer.status_code == 200 and spare not in codes_in(answer)
    fresh = Client()
    fresh.post("/sign-in/", {"login": "zahra", "password": PASSWORD})
    assert fresh.post(f"{PAGE}authenticate/", {"code": code_of(first, 1)}).status_code == 200
    assert fresh.post(f"{PAGE}authenticate/", {"code": spare}).status_code == 200
    assert fresh.post(f"{PAGE}authenticate/", {"code": code_of(second, 1)}).status_code == 302


def test_a_printed_list_is_a_second_factor_for_who_has_no_smartphone():
    _, client = holder()

    codes = codes_in(client.post(LIST, {"password": PASSWORD}))

    fresh = Client()
    assert fresh.post("/sign-in/", {"login": "zahra", "password": PASSWORD}).url == f"{PAGE}authenticate/"
    assert fresh.post(f"{PAGE}authenticate/", {"code": codes[0]}).status_code == 302
    program = Client()
    login = {"username": "zahra", "password": PASSWORD}
    address = "/_allauth/browser/v1/auth"
    assert program.post(f"{address}/login", login, content_type="application/json").status_code == 401
    used = program.post(f"{address}/2fa/authenticate", {"code": codes[0]}, content_type="application/json")
    right = program.post(f"{address}/2fa/authenticate", {"code": codes[1]}, content_type="application/json")
    assert (used.status_code, right.status_code) == (400, 200)
    assert "۸" in as_read(fresh.get(PAGE)), "eight are left"


def test_a_new_list_voids_the_old_one():
    _, client = holder()
    first = codes_in(client.post(LIST, {"password": PASSWORD}))

    second = codes_in(client.post(LIST, {"password": PASSWORD, "one_time_code": first[0]}))

    assert not set(first) & set(second)
    answers = [
        client.post(OFF, {"password": PASSWORD, "one_time_code": code}).status_code for code in (first[1], second[0])
    ]
    assert answers == [422, 302]


def test_it_is_turned_off_by_password_and_code_and_every_other_session_is_over(moment):
    account, client = holder()
    secret, _ = turned_on(client)
    elsewhere = Client()
    elsewhere.force_login(Account.objects.get(pk=account.pk))

    assert client.post(OFF, {"password": PASSWORD}).status_code == 422
    assert client.post(OFF, {"password": "x", "one_time_code": code_of(secret, 1)}).status_code == 422
    assert client.post(OFF, {"password": PASSWORD, "one_time_code": code_of(secret, 1)}).status_code == 302

    assert client.get("/account/").status_code == 200 and elsewhere.get("/account/").status_code == 302
    assert not Authenticator.objects.exists() and Notice.objects.filter(template="accounts.second-factor-off").exists()
    assert list(problems()) == []


def test_programs_turn_it_on_and_off(moment):
    _, client = holder()

    def post(name, body=None, status=201):
        answer = client.post(f"/api/me/second-factor/{name}", body or {}, content_type="application/json")
        assert answer.status_code == status, answer.content
        client.force_login(Account.objects.get())
        return answer.json() if answer.content else None

    key = post("key", status=200)
    body = {"token": key["token"], "code": code_of(key["secret"]), "password": PASSWORD}
    post("app", body | {"password": "x"}, 422)
    codes = post("app", body)["codes"]
    assert client.get("/api/me/second-factor").json() == {"is_on": True, "has_app": True, "codes_left": 10}
    codes = post("list", {"password": PASSWORD, "one_time_code": codes[0]})["codes"]
    post("off", {"password": PASSWORD}, 422)
    post("off", {"password": PASSWORD, "one_time_code": codes[0]}, 204)
    post("off", {"password": PASSWORD}, 409)


@pytest.fixture
def live():
    return open_live(Division.objects.get(code="15"))


def adopted(days_ago):
    row = Number.objects.get(key="account.second_factor_days")
    with clock.at(clock.now() - timedelta(days=days_ago)):
        adopt(row, province="15", decision="1401/9", by=person_as(Role.DIRECTOR))


def member():
    someone, director = person(), person_as(Role.DIRECTOR)
    body = constitute("working_group", Division.objects.get(code="15"), decision="1", by=director)
    seat = give_seat(body, company(kind="public", legal_id=None, name="استانداری"), votes=True, by=director)
    appoint(seat, someone, letter="1/2", by=SYSTEM)
    return someone


def test_before_it_is_adopted_staff_are_reminded_and_kept_from_nothing(live):
    client = signed_in(person_as(Role.EXPERT))

    first, second = as_read(client.get("/today/")), as_read(client.get("/cases/"))

    assert "گام دوم ورود برای حساب شما خاموش است" in first and PAGE in first
    assert "در «حساب من» روشنش کنید" in first and "روشنش کنید" not in second
    assert client.get("/api/cases").status_code == 200


@pytest.mark.parametrize("who", ["expert", "member"])
@pytest.mark.parametrize(("days", "binds"), [(29, False), (30, True)])
def test_thirty_days_after_it_was_adopted_staff_and_members_are_led_to_set_one_up(live, moment, who, days, binds):
    someone = member() if who == "member" else person_as(Role.EXPERT)
    _, client = holder(someone)
    adopted(days)

    answers = [client.get("/meetings/"), client.get("/cases/" if who == "expert" else "/mine/")]
    programs = client.get("/api/cases").status_code

    if not binds:
        assert {answer.status_code for answer in answers} == {200} and programs == 200
        return
    assert {answer.url for answer in answers} == {PAGE} and programs == 401
    assert "لازم است" in as_read(client.get(PAGE)) and client.get("/api/me").status_code == 200
    assert client.get("/account/").status_code == 200 and client.get("/offices/x/").status_code != 302
    turned_on(client)
    assert client.get("/meetings/").status_code == 200 and client.get("/api/cases").status_code == 200


def test_a_citizen_is_asked_for_none(live):
    adopted(60)
    client = signed_in(person())

    assert client.get("/mine/").status_code == 200 and "گام دوم" not in as_read(client.get("/mine/"))


def test_another_province_that_did_not_adopt_it_is_not_bound(live):
    adopted(60)

    assert signed_in(person_as(Role.EXPERT, place="16")).get("/today/").status_code == 200


def test_the_demo_is_exempt():
    open_demo(Division.objects.get(code="15"), "few")
    adopted(60)
    client = signed_in(person_as(Role.EXPERT))

    assert client.get("/cases/").status_code == 200 and "گام دوم ورود" not in as_read(client.get("/today/"))


def test_an_app_that_was_on_before_is_still_asked_after_an_upgrade(moment):
    account, client = holder()
    TOTP.activate(account, secret := generate_totp_secret())  # as the library alone wrote it

    assert client.post(OFF, {"password": PASSWORD, "one_time_code": code_of(secret)}).status_code == 302


def test_turning_on_leaves_no_key_in_the_clear():
    account, _ = holder()

    turn_on_app(account.person, secret=(secret := generate_totp_secret()), step=1)

    assert secret not in str(list(Authenticator.objects.values())) + str(list(Entry.objects.values()))
