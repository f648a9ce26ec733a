"""Who looks after an account: not who alone wrote its number down, nor who rules over less than its holder does."""

import pytest
from test_one_time_codes import Phone

from appointed import national
from factories import EARLY, company, division, fresh_national_id, person, person_as
from http_client import signed_in
from pishkhan.accounts.letters import halves_to_print, print_first_half, print_second_half
from pishkhan.accounts.models import OneTimeCode
from pishkhan.accounts.refusals import YourOwnWord
from pishkhan.accounts.services import choose_password, open_with_code, reopen_account, send_code, want_code
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.refusals import NotPermitted
from pishkhan.journal.verification.verify import problems
from pishkhan.meetings.services import appoint, constitute, give_seat
from pishkhan.notices.models import Notice
from pishkhan.people.models import Account
from pishkhan.people.refusals import HoldsMore
from pishkhan.people.roles import Role
from pishkhan.people.services import assign, close_account, enter_person, erase, open_account, sign_out_everywhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]
FRIEND, PASSWORD = "09129998877", "نردبانِ بلندِ آبی"


@pytest.fixture
def admin():
    return person_as(Role.ADMINISTRATOR, phone="09161111111")


@pytest.fixture
def colleague():
    return person_as(Role.ADMINISTRATOR, phone="09162222222")


def entered_by(admin):
    """Somebody whom an administrator enters under the number of a friend."""
    return enter_person(
        admin,
        role=Role.ADMINISTRATOR,
        given_name="مینا",
        family_name="سگوند",
        national_id=fresh_national_id(),
        phone=FRIEND,
        division=division("1503"),
    )


def codes_to(someone):
    return Notice.objects.filter(person=someone, channel="sms", template__endswith="-code").count()


def test_who_entered_somebody_under_a_number_sends_no_code_to_it_alone(admin):
    mina = entered_by(admin)

    with pytest.raises(YourOwnWord):
        open_with_code(mina, username="mina", way="sms", by=admin)
    assert not Account.objects.filter(person=mina).exists()
    answer = signed_in(admin).post(f"/people/{mina.pk}/account/", {"act": "open", "username": "mina", "way": "sms"})
    assert answer.status_code == 422
    open_with_code(mina, username="mina", way="letter", by=admin)
    want_code("mina")  # as the friend would, to whose telephone it went
    with pytest.raises(YourOwnWord):
        send_code(mina, way="sms", by=admin)

    assert codes_to(mina) == 0 and not OneTimeCode.objects.exists()


def test_a_letter_in_two_halves_vouches_for_the_holder_and_not_for_the_number(admin):
    mina = entered_by(admin)
    open_with_code(mina, username="mina", way="letter", by=admin)
    first = print_first_half(mina, purpose="opening", by=admin)
    second = print_second_half(first.row, by=person_as(Role.DIRECTOR))
    choose_password("mina", first.half + second.half, PASSWORD)

    want_code("mina")

    assert codes_to(mina) == 0


def test_another_administrator_vouches_for_a_number_and_then_it_brings_codes(admin, colleague):
    mina = entered_by(admin)

    open_with_code(mina, username="mina", way="sms", by=colleague)
    choose_password("mina", Phone().code(), PASSWORD)
    want_code("mina")
    close_account(mina, by=admin)
    reopen_account(mina, way="sms", by=admin)

    assert codes_to(mina) == 3 and not list(problems())


def test_a_number_that_nobody_of_the_house_wrote_down_brings_codes(admin):
    by_themselves = person(phone="09163334455")

    open_with_code(by_themselves, username="zahra", way="sms", by=admin)

    assert codes_to(by_themselves) == 1


@pytest.fixture
def county():
    """The administrators and the director of a county."""
    return ruling("1503")


def ruling(place):
    roles = (Role.ADMINISTRATOR, Role.ADMINISTRATOR, Role.DIRECTOR)
    return [person_as(role, place, phone="09168888888") for role in roles]


def director_of_the_province():
    someone = person("1503")
    assign(someone, Role.DIRECTOR, place="15", from_on=EARLY, by=SYSTEM)
    return someone


def member_of_the_province():
    by = person_as(Role.DIRECTOR, "15")
    body = constitute("working_group", division("15"), decision="1", by=by)
    seat = give_seat(body, company("15", kind="public", legal_id=None), by=by)
    someone = person("1503")
    appoint(seat, someone, letter="1", by=SYSTEM)
    return someone


@pytest.mark.parametrize("holding", [director_of_the_province, member_of_the_province, national])
def test_a_county_looks_after_no_account_of_who_decides_beyond_it(county, holding):
    someone, (admin, other, director) = holding(), county
    if holding is national:
        admin, other, director = ruling("15")
    open_account(someone, username="wider", password=PASSWORD, by=SYSTEM)
    deeds = [
        lambda: print_first_half(someone, purpose="password", by=admin),
        lambda: print_first_half(someone, purpose="factor", by=director),
        lambda: close_account(someone, by=admin),
        lambda: sign_out_everywhere(someone, by=other, role=Role.ADMINISTRATOR),
    ]

    for deed in deeds:
        with pytest.raises(HoldsMore):
            deed()
    close_account(someone, by=SYSTEM)
    with pytest.raises(HoldsMore):
        reopen_account(someone, way="sms", by=admin)

    assert Account.objects.get(person=someone).check_password(PASSWORD)


def test_who_sits_in_a_body_of_the_province_is_not_erased_by_a_county(county):
    with pytest.raises(HoldsMore):
        erase(member_of_the_province(), reason="x", by=county[0])


def test_an_account_is_opened_by_who_rules_over_all_that_its_holder_does(county, admin):
    someone = director_of_the_province()

    with pytest.raises(HoldsMore):
        open_with_code(someone, username="wider", way="sms", by=county[0])
    open_with_code(someone, username="wider", way="sms", by=admin)

    assert codes_to(someone) == 1


def test_a_half_waits_for_those_alone_who_may_print_it(county, admin, colleague):
    someone = director_of_the_province()
    open_account(someone, username="wider", password=PASSWORD, by=SYSTEM)
    row = print_first_half(someone, purpose="password", by=admin).row

    assert not halves_to_print(county[0]).exists()
    assert list(halves_to_print(colleague)) == [row]
    with pytest.raises(NotPermitted):
        print_second_half(row, by=county[1])
