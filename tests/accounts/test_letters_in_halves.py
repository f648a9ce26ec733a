"""A letter with a code has two halves, printed by two people, neither of them the holder: nobody alone gets into
another's account."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from factories import person, person_as, together
from pishkhan.accounts import refusals
from pishkhan.accounts.letters import (
    halves_to_print,
    holder_of,
    letters_seen_by,
    print_first_half,
    print_second_half,
    withdraw_letter,
)
from pishkhan.accounts.models import OneTimeCode
from pishkhan.accounts.services import choose_password
from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.refusals import NotPermitted
from pishkhan.journal.verification.verify import problems
from pishkhan.people.models import Account
from pishkhan.people.refusals import HasNoAccount
from pishkhan.people.roles import Role
from pishkhan.people.services import assign, close_account, open_account
from pishkhan.people.sign_in.second_factor import has_second_factor

PASSWORD, OTHER = "نردبانِ بلندِ آبی", "پلکانِ کوتاهِ سرخ"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


@pytest.fixture
def admin():
    return person_as(Role.ADMINISTRATOR)


@pytest.fixture
def director():
    return person_as(Role.DIRECTOR)


@pytest.fixture
def zahra():
    return open_account(person(), username="zahra", password=PASSWORD, by=SYSTEM).person


def both(someone, first_by, second_by, purpose="password"):
    first = print_first_half(someone, purpose=purpose, by=first_by)
    return first.half, print_second_half(first.row, by=second_by).half


def test_both_halves_together_let_the_holder_choose_a_password(zahra, admin, director):
    first, second = both(zahra, admin, director)

    choose_password("zahra", f"{first[:4]}-{first[4:]} {second.lower()}", OTHER)

    assert Account.objects.get().check_password(OTHER) and list(problems()) == []


def test_a_half_alone_or_the_halves_in_the_wrong_order_are_no_code(zahra, admin, director):
    first, second = both(zahra, admin, director)

    for wrong in (first, second, first * 2, second * 2, second + first):
        with pytest.raises(refusals.NotThisCode):
            choose_password("zahra", wrong, OTHER)


def test_who_printed_the_first_half_does_not_print_the_second_though_they_hold_two_roles(zahra, admin):
    assign(admin, Role.DIRECTOR, place="15", from_on=clock.today(), by=SYSTEM)
    first = print_first_half(zahra, purpose="password", by=admin)

    with pytest.raises(refusals.SecondPerson):
        print_second_half(first.row, by=admin)
    assert not halves_to_print(admin).exists() and letters_seen_by(admin).exists()


def test_nobody_prints_a_half_for_themselves(admin, director):
    open_account(admin, username="admin", password=PASSWORD, by=SYSTEM)
    with pytest.raises(refusals.NotForYourself):
        print_first_half(admin, purpose="password", by=admin)

    first = print_first_half(admin, purpose="password", by=director)
    with pytest.raises(refusals.NotForYourself):
        print_second_half(first.row, by=admin)
    assert not halves_to_print(admin).exists()


@pytest.mark.parametrize("who", [(Role.EXPERT, "15"), (Role.SECRETARY, "15"), (Role.ADMINISTRATOR, "16")])
def test_halves_are_printed_by_administrators_and_directors_of_the_place(zahra, admin, who):
    role, place = who
    stranger = person_as(role, place=place)

    with pytest.raises(NotPermitted):
        print_first_half(zahra, purpose="password", by=stranger)
    first = print_first_half(zahra, purpose="password", by=admin)
    with pytest.raises(NotPermitted):
        print_second_half(first.row, by=stranger)
    with pytest.raises(refusals.NoSuchAccount):
        holder_of("zahra", stranger)
    assert holder_of(" Zahra", admin) == zahra


def test_a_letter_for_a_lost_factor_takes_it_away_and_one_for_a_password_does_not(zahra, admin, director):
    account = Account.objects.get()
    TOTP.activate(account, generate_totp_secret())

    choose_password("zahra", "".join(both(zahra, admin, director)), OTHER)
    assert has_second_factor(account)
    choose_password("zahra", "".join(both(zahra, admin, director, "factor")), PASSWORD)
    assert not has_second_factor(account)


def test_an_account_without_a_password_is_opened_by_a_letter_whatever_it_is_said_to_be_for(admin, director):
    open_account(someone := person(phone=None), username="zahra", by=admin)

    first = print_first_half(someone, purpose="factor", by=admin)
    assert first.row.purpose == "opening"
    choose_password("zahra", first.half + print_second_half(first.row, by=director).half, PASSWORD)
    assert Account.objects.get().check_password(PASSWORD)


def test_there_is_one_letter_at_a_time_until_it_is_withdrawn_or_runs_out(zahra, admin, director):
    first = print_first_half(zahra, purpose="password", by=admin)
    with pytest.raises(refusals.LetterUnderWay):
        print_first_half(zahra, purpose="password", by=director)

    withdraw_letter(first.row, by=director)
    with pytest.raises(refusals.NoLetter):
        withdraw_letter(first.row, by=director)
    with pytest.raises(refusals.NoLetter):
        print_second_half(first.row, by=director)
    print_first_half(zahra, purpose="password", by=director)
    with clock.at(clock.now() + timedelta(days=10)):
        print_first_half(zahra, purpose="password", by=admin)
    assert list(problems()) == []


@pytest.mark.parametrize(("days", "good"), [(9, True), (10, False)])
def test_a_letter_is_good_for_ten_days(zahra, admin, director, days, good):
    halves = both(zahra, admin, director)

    with clock.at(clock.now() + timedelta(days=days)):
        if good:
            choose_password("zahra", "".join(halves), OTHER)
        else:
            with pytest.raises(refusals.NotThisCode):
                choose_password("zahra", "".join(halves), OTHER)


def test_a_second_half_is_printed_once(zahra, admin, director):
    first = print_first_half(zahra, purpose="password", by=admin)
    print_second_half(first.row, by=director)

    with pytest.raises(refusals.NoLetter):
        print_second_half(first.row, by=person_as(Role.DIRECTOR))


def test_no_letter_is_begun_for_a_closed_account_nor_one_that_is_none(zahra, admin):
    close_account(zahra, by=SYSTEM)

    for someone in (zahra, person()):
        with pytest.raises(HasNoAccount):
            print_first_half(someone, purpose="password", by=admin)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_print_the_second_half_at_once_one_does(zahra, admin, director):
    first, other = print_first_half(zahra, purpose="password", by=admin), person_as(Role.DIRECTOR)
    halves = []

    raised = together(
        *(
            lambda by=by: halves.append(print_second_half(OneTimeCode.objects.get(pk=first.row.pk), by=by).half)
            for by in (director, other)
        )
    )

    assert raised == [refusals.NoLetter]
    choose_password("zahra", first.half + halves[0], OTHER)
