"""An account begins with a one-time code, and comes back by one: random, short-lived, good once, guessed a few times;
only the holder ever knows the password."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from factories import person, person_as, together
from pishkhan.accounts import refusals
from pishkhan.accounts.models import OneTimeCode
from pishkhan.accounts.services import choose_password, open_with_code, reopen_account, send_code, want_code
from pishkhan.journal import clock
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.journal.verification.verify import problems
from pishkhan.language.digits import persian
from pishkhan.notices.delivery import deliver_due
from pishkhan.notices.models import Notice
from pishkhan.people.models import Account
from pishkhan.people.refusals import NotYoursToChoose, WeakPassword
from pishkhan.people.roles import Role
from pishkhan.people.selectors import national_id_of
from pishkhan.people.services import close_account, erase, open_account, reach

PASSWORD, OTHER = "نردبانِ بلندِ آبی", "پلکانِ کوتاهِ سرخ"
PHONES = {"phone": "09161111111"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


@pytest.fixture
def admin():
    return person_as(Role.ADMINISTRATOR, **PHONES)


class Phone:
    """What leaves the outbox."""

    def __init__(self):
        self.messages = []

    def send(self, message):
        self.messages.append(message)

    def code(self):
        deliver_due(self)
        return re.findall(r"\b\d{8}\b", self.messages[-1].text)[-1]


@pytest.fixture
def phone():
    return Phone()


def opened(admin, username="zahra", way="sms", **data):
    someone = person(**data)
    open_with_code(someone, username=username, way=way, by=admin)
    return someone


def in_use(username="zahra", **data):
    """Somebody who has a password."""
    account = open_account(person(**data), username=username, by=person_as(Role.ADMINISTRATOR, **PHONES))
    account.set_password(PASSWORD)
    account.save()
    return account.person


def knows(someone, password):
    return Account.objects.get(person=someone).check_password(password)


def test_an_account_is_opened_by_a_code_that_only_its_holder_is_told(admin, phone):
    zahra = opened(admin)

    code = phone.code()
    choose_password("zahra", code, PASSWORD)

    assert knows(zahra, PASSWORD) and phone.messages[0].to == "09161234567" and "zahra" in phone.messages[0].text
    assert Client().post("/sign-in/", {"login": "zahra", "password": PASSWORD}).status_code == 302
    assert [entry.act for entry in Entry.objects.filter(subject=zahra.subject)][1:] == [
        "people.open-account",
        "accounts.send-code",
        "accounts.choose-password",
    ]
    assert list(problems()) == []


def test_a_code_is_stored_nowhere_in_the_clear_and_gone_from_the_outbox_once_sent(admin, phone):
    opened(admin)
    notice = Notice.objects.get()
    waiting = str(Notice.objects.values().get()) + str(OneTimeCode.objects.values().get()) + str(Entry.objects.values())

    code = phone.code()

    notice.refresh_from_db()
    assert code not in waiting and bytes(notice.secret or b"") == b"" and code not in str(notice.facts)


def test_an_administrator_chooses_nobody_s_password(admin):
    with pytest.raises(NotYoursToChoose):
        open_account(person(), username="zahra", password=PASSWORD, by=admin)
    assert not Account.objects.filter(username="zahra").exists()


def test_a_code_does_not_come_to_who_sends_it(admin):
    with pytest.raises(refusals.ToYourself):
        open_with_code(person(**PHONES), username="zahra", way="sms", by=admin)
    assert not Account.objects.exists()


def test_an_account_is_opened_by_the_administrator_of_the_place_alone(admin):
    for by in (person_as(Role.DIRECTOR, phone=None), person_as(Role.ADMINISTRATOR, place="16", phone=None)):
        with pytest.raises(NotPermitted):
            open_with_code(person(), username="zahra", way="sms", by=by)


@pytest.mark.parametrize("way", ["email", "screen", "nothing"])
def test_a_way_that_does_not_reach_the_holder_is_refused(admin, way):
    with pytest.raises(refusals.NoSuchWay):
        open_with_code(person(), username="zahra", way=way, by=admin)


def test_a_code_goes_by_mail_to_who_wants_it_so(admin, phone):
    someone = person(phone=None)
    reach(someone, language="en", email="zahra@example.ir", by=someone)
    open_with_code(someone, username="zahra", way="email", by=admin)

    code = phone.code()

    assert phone.messages[0].to == "zahra@example.ir" and code in phone.messages[0].text


def test_a_code_is_good_once(admin, phone):
    opened(admin)
    code = phone.code()
    choose_password("zahra", code, PASSWORD)

    with pytest.raises(refusals.NotThisCode):
        choose_password("zahra", code, OTHER)


def test_a_weak_password_does_not_use_the_code_up(admin, phone):
    zahra = opened(admin)
    code = phone.code()

    with pytest.raises(WeakPassword):
        choose_password("zahra", code, "12345678")
    choose_password("zahra", persian(code), PASSWORD)
    assert knows(zahra, PASSWORD)


@pytest.mark.parametrize(("days", "good"), [(2, True), (3, False)])
def test_a_code_that_opens_an_account_is_good_for_three_days(admin, phone, days, good):
    opened(admin)
    code = phone.code()

    with clock.at(clock.now() + timedelta(days=days)):
        if good:
            choose_password("zahra", code, PASSWORD)
        else:
            with pytest.raises(refusals.NotThisCode):
                choose_password("zahra", code, PASSWORD)


def test_a_clock_that_is_set_back_makes_no_code_good_for_longer(phone):
    in_use()
    want_code("zahra")
    code = phone.code()

    with clock.at(clock.now() - timedelta(days=1)), pytest.raises(refusals.NotThisCode):
        choose_password("zahra", code, OTHER)


def test_who_guesses_five_times_has_spent_the_code(admin, phone):
    zahra = opened(admin)
    code = phone.code()
    for number in range(5):
        with pytest.raises(refusals.NotThisCode):
            choose_password("zahra", f"{(int(code) + number + 1) % 10**8:08}", PASSWORD)

    with pytest.raises(refusals.NotThisCode):
        choose_password("zahra", code, PASSWORD)
    send_code(zahra, way="sms", by=admin)
    choose_password("zahra", phone.code(), PASSWORD)


def test_a_code_of_another_person_is_none(admin, phone):
    opened(admin)
    code = phone.code()
    reza = opened(admin, "reza")

    with pytest.raises(refusals.NotThisCode):
        choose_password("reza", code, PASSWORD)
    assert not Account.objects.get(person=reza).has_usable_password()


def test_a_newer_code_takes_the_place_of_the_one_before(admin, phone):
    zahra = opened(admin)
    first = phone.code()
    send_code(zahra, way="sms", by=admin)

    with pytest.raises(refusals.NotThisCode):
        choose_password("zahra", first, PASSWORD)
    choose_password("zahra", phone.code(), PASSWORD)


def test_an_account_that_was_closed_meanwhile_is_not_opened_by_its_code(admin, phone):
    zahra = opened(admin)
    code = phone.code()
    close_account(zahra, by=admin)

    with pytest.raises(refusals.NotThisCode):
        choose_password("zahra", code, PASSWORD)


def test_a_code_of_an_account_that_was_closed_and_opened_again_is_void(admin, phone):
    zahra = opened(admin)
    first = phone.code()
    close_account(zahra, by=admin)
    reopen_account(zahra, way="sms", by=admin)

    with pytest.raises(refusals.NotThisCode):
        choose_password("zahra", first, PASSWORD)
    choose_password("zahra", phone.code(), PASSWORD)
    assert list(problems()) == []


def test_an_account_that_is_opened_again_knows_its_old_password_no_more(admin):
    zahra = in_use()
    close_account(zahra, by=admin)
    with pytest.raises(refusals.IsOpen):
        reopen_account(in_use("reza"), way="sms", by=admin)

    reopen_account(zahra, way="sms", by=admin)

    assert Account.objects.get(person=zahra).is_active and not knows(zahra, PASSWORD)


def test_no_code_is_sent_by_others_to_who_has_a_password(admin):
    with pytest.raises(refusals.HasAPassword):
        send_code(in_use(), way="sms", by=admin)


def test_nobody_is_sent_more_than_five_opening_codes_a_day(admin):
    zahra = opened(admin)
    for _ in range(4):
        send_code(zahra, way="sms", by=admin)

    with pytest.raises(refusals.SentOften):
        send_code(zahra, way="sms", by=admin)


def test_a_forgotten_password_comes_back_by_a_code_and_every_session_is_over(phone):
    zahra = in_use()
    elsewhere = Client()
    elsewhere.force_login(zahra.account)

    want_code(national_id_of(zahra))
    choose_password("zahra", phone.code(), OTHER)

    deliver_due(phone)
    assert knows(zahra, OTHER) and elsewhere.get("/account/").status_code == 302
    assert "عوض شد" in phone.messages[-1].text, "the holder is told"


@pytest.mark.parametrize(("minutes", "good"), [(14, True), (15, False)])
def test_a_code_for_a_forgotten_password_is_good_for_a_quarter_of_an_hour(phone, minutes, good):
    in_use()
    want_code("zahra")
    code = phone.code()

    with clock.at(clock.now() + timedelta(minutes=minutes)):
        if good:
            choose_password("zahra", code, OTHER)
        else:
            with pytest.raises(refusals.NotThisCode):
                choose_password("zahra", code, OTHER)


def test_a_code_that_could_not_be_sent_in_its_time_is_not_sent(phone):
    in_use()
    want_code("zahra")

    with clock.at(clock.now() + timedelta(minutes=16)):
        delivered = deliver_due(phone)

    notice = Notice.objects.get()
    assert (delivered.failed, phone.messages) == (1, [])
    assert (notice.state, notice.trouble, notice.secret) == ("failed", "too-late", None)


def test_a_flood_of_wishes_sends_three_codes_an_hour():
    in_use()
    for _ in range(5):
        want_code("zahra")

    assert Notice.objects.count() == 3


def test_of_a_closed_account_the_holder_is_told_that_it_is_closed(admin, phone):
    close_account(in_use(), by=admin)

    want_code("zahra")

    deliver_due(phone)
    assert "بسته" in phone.messages[-1].text and not OneTimeCode.objects.exists()


def test_nothing_is_sent_for_who_is_unknown_unreachable_or_erased(admin):
    gone = in_use("gone")
    erase(gone, by=admin, reason="خواست خودش")
    in_use("mute", phone=None)

    for name in ("nobody", "9999999999", "gone", "mute", ""):
        want_code(name)

    assert not Notice.objects.exists() and not OneTimeCode.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_that_use_one_code_at_once_one_chooses(phone):
    zahra = in_use()
    want_code("zahra")
    code = phone.code()

    raised = together(*(lambda word=word: choose_password("zahra", code, word) for word in (PASSWORD + "۱", OTHER)))

    assert raised == [refusals.NotThisCode]
    assert Entry.objects.filter(subject=zahra.subject, act="accounts.choose-password").count() == 1
