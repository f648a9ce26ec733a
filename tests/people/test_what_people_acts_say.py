"""What acts on people and organisations write down: whom they are about, why, by whom, and from when to when."""

from datetime import timedelta

import pytest

from factories import EARLY, company, division, fresh_national_id, person, person_as
from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid, NotPermitted
from pishkhan.language.identifiers import synthetic_legal_id
from pishkhan.people import refusals
from pishkhan.people.models import Account, Assignment, Organisation
from pishkhan.people.parties import acts_as
from pishkhan.people.roles import Role
from pishkhan.people.selectors import email_of, national_id_of, phone_of, representatives_of
from pishkhan.people.services import (
    assign,
    close_account,
    end_assignment,
    enter_or_find_person,
    enter_organisation,
    enter_person,
    erase,
    open_account,
    reach,
    register_applicant,
    repeat_erasure,
    sign_out_everywhere,
)
from pishkhan.people.stated import username_and_password, words

pytestmark = pytest.mark.django_db
PASSWORD = "نردبانِ بلندِ آبی"
DAY = timedelta(days=1)


def entry_of(row):
    return Entry.objects.filter(subject=row.subject).latest("number")


def some_entry():
    """An entry about somebody else, as a cause."""
    with act(SYSTEM, "x", on=person(), role=Role.SYSTEM) as entry:
        pass
    return entry


def with_account(someone, username="zahra"):
    return open_account(someone, username=username, password=PASSWORD, by=SYSTEM)


def test_each_act_that_was_caused_by_another_says_by_which():
    cause = some_entry()
    stated = {"role": Role.SYSTEM, "given_name": "ا", "family_name": "ب", "division": division("15"), "because": cause}

    entered = enter_person(SYSTEM, **stated)
    found = enter_or_find_person(SYSTEM, national_id=fresh_national_id(), **stated)
    body = enter_organisation(
        SYSTEM, role=Role.SYSTEM, kind=Organisation.Kind.GUILD, name="صنف", division=division("15"), because=cause
    )
    assigned = assign(entered, Role.EXPERT, place="15", from_on=EARLY, by=SYSTEM, because=cause)
    told = [entry_of(row) for row in (entered, found, body)]
    end_assignment(assigned, on=today(), by=SYSTEM, because=cause)

    assert {each.because for each in [*told, entry_of(entered)]} == {cause.name}


def test_what_is_entered_of_a_person_and_of_an_organisation_stands_in_the_journal():
    number, legal_id = fresh_national_id(), synthetic_legal_id(77)

    someone = person("1503", national_id=number, phone="09161234567", born_on=today(), father_name="علی")
    body = company("1503", legal_id=legal_id, name="پیشگامان", registered_on=today())

    assert entry_of(someone).facts["division"] == "1503"
    told = words_of(someone.subject)[1, "told"]
    assert all(each in told for each in (number, "09161234567", "علی", "رضایی", today().isoformat()))
    assert entry_of(body).facts | {"name": ""} == {
        "kind": "company",
        "legal_id": legal_id,
        "division": "1503",
        "registered_on": today().isoformat(),
        "name": "",
    }
    assert words_of(body.subject) == {(1, "name"): "پیشگامان"}


def test_people_without_a_national_id_or_a_phone_are_all_entered():
    one, other = person(national_id=None, phone=None), person(national_id="", phone="")

    assert [national_id_of(each) for each in (one, other)] == [phone_of(one), phone_of(other)] == ["", ""]
    assert (company(legal_id=None).legal_id, company(legal_id=None).legal_id) == (None, None)


@pytest.mark.parametrize(("field", "room"), [("given_name", 80), ("family_name", 80), ("father_name", 80)])
def test_a_name_has_as_many_letters_as_there_is_room_for(field, room):
    assert getattr(person(**{field: "ا" * room}), field) == "ا" * room
    with pytest.raises(refusals.TooLong):
        person(**{field: "ا" * (room + 1)})


def test_the_name_of_an_organisation_and_a_letter_have_room_to_their_end():
    assert company(name="ا" * 200, name_en="a" * 200).name_en == "a" * 200
    for wrong in ({"name": "ا" * 201}, {"name_en": "a" * 201}):
        with pytest.raises(refusals.TooLong):
            company(**wrong)
    stated = {"place": "15", "from_on": EARLY, "by": SYSTEM}
    assigned = assign(person(), Role.EXPERT, letter="ا" * 60, **stated)
    with pytest.raises(refusals.TooLong):
        assign(person(), Role.EXPERT, letter="ا" * 61, **stated)
    with pytest.raises(refusals.TooLong):
        end_assignment(assigned, on=today(), letter="ا" * 61, by=SYSTEM)
    with pytest.raises(refusals.TooLong):
        erase(person(), by=SYSTEM, reason="ا" * 2001)
    assert erase(person(), by=SYSTEM, reason="ا" * 2000) == 1


@pytest.mark.parametrize(("text", "needed"), [("\u200c", True), (" ", True), ("", True)])
def test_what_nobody_can_see_is_no_word(text, needed):
    with pytest.raises(refusals.Incomplete):
        words("name", text, 10, needed=needed)

    assert words("name", text, 10, needed=False).strip("\u200c") == ""


def test_an_assignment_and_its_end_are_told_as_they_were_made():
    someone, body = person(), company()

    assigned = assign(
        someone,
        Role.DIRECTOR,
        place="15",
        from_on=EARLY,
        until_on=today(),
        organisation=body,
        acting=True,
        letter="12",
        by=SYSTEM,
    )
    made = entry_of(someone).facts
    end_assignment(assigned, on=today() + DAY, by=SYSTEM, letter="13")

    assert made == {
        "assignment": assigned.pk,
        "role": "director",
        "place": "15",
        "from": EARLY.isoformat(),
        "until": today().isoformat(),
        "organisation": body.ref,
        "acting": True,
        "letter": "12",
    }
    assert entry_of(someone).facts == {"assignment": assigned.pk, "until": (today() + DAY).isoformat(), "letter": "13"}
    assert Assignment.objects.get().until_on == today() + DAY


def test_an_assignment_may_last_one_day_and_be_moved_on_its_last():
    someone = person()

    one_day = assign(someone, Role.EXPERT, place="15", from_on=today(), until_on=today(), by=SYSTEM)
    end_assignment(one_day, on=today() + DAY, by=SYSTEM)
    end_assignment(one_day, on=today(), by=SYSTEM)

    assert someone.holds(Role.EXPERT, over=person())


def test_an_end_that_was_moved_meanwhile_is_seen_although_the_row_at_hand_is_old():
    someone = person()
    assigned = assign(someone, Role.EXPERT, place="15", from_on=EARLY, by=SYSTEM)
    end_assignment(Assignment.objects.get(), on=today() - DAY, by=SYSTEM)

    with pytest.raises(refusals.AlreadyEnded):
        end_assignment(assigned, on=today() + DAY, by=SYSTEM)


def test_an_administrator_ends_assignments_of_its_own_place_only():
    administrator, someone = person_as(Role.ADMINISTRATOR, "1503"), person("1503")
    wider, other, own = (
        assign(someone, Role.EXPERT, place=place, from_on=EARLY, by=SYSTEM)
        for place in ("15", division("1504").code, "1503")
    )

    for assigned in (wider, other):
        with pytest.raises(NotPermitted):
            end_assignment(assigned, on=today() - DAY, by=administrator)
    end_assignment(own, on=today() - DAY, by=administrator)
    with pytest.raises(NotPermitted):
        end_assignment(wider, on=today(), by=person_as(Role.EXPERT, "15"))

    assert {each.pk for each in someone.assignments.current()} == {wider.pk, other.pk}


def test_the_same_role_for_another_organisation_is_another_assignment():
    someone, one, other = person(), company(), company()
    stated = {"place": "15", "from_on": EARLY, "by": SYSTEM}

    assign(someone, Role.REPRESENTATIVE, organisation=one, **stated)
    assign(someone, Role.REPRESENTATIVE, organisation=other, **stated)
    assign(person(), Role.REPRESENTATIVE, organisation=one, **stated)

    with pytest.raises(refusals.AlreadyAssigned):
        assign(someone, Role.REPRESENTATIVE, organisation=one, **stated)
    assert representatives_of(other) == [someone] and len(representatives_of(one)) == 2


def test_a_role_and_an_organisation_speak_for_nobody_else():
    ours, theirs = company(), company()
    speaker, clerk = person_as(Role.REPRESENTATIVE, organisation=ours), person_as(Role.EXPERT, organisation=theirs)

    assert (acts_as(theirs, speaker), acts_as(theirs, clerk)) == (None, None)
    assert [representatives_of(each) for each in (ours, clerk, theirs)] == [[speaker], [clerk], []]


def test_who_speaks_no_longer_or_not_yet_is_not_told():
    body = company()
    stated = {"place": "15", "organisation": body, "by": SYSTEM}
    assign(person(), Role.REPRESENTATIVE, from_on=EARLY, until_on=today() - DAY, **stated)
    assign(person(), Role.REPRESENTATIVE, from_on=today() + DAY, **stated)
    last, first = person(), person()
    assign(last, Role.REPRESENTATIVE, from_on=EARLY, until_on=today(), **stated)
    assign(first, Role.REPRESENTATIVE, from_on=today(), **stated)

    assert representatives_of(body) == [last, first]


def test_one_says_where_one_is_reached_and_nobody_else_does():
    someone, other = person(), person()

    reach(someone, language="en", email="z@example.org", by=someone)
    with pytest.raises(NotPermitted):
        reach(someone, language="fa", email=None, by=other)
    with pytest.raises(Invalid):
        reach(someone, language="fa", email="z", by=someone)
    someone.refresh_from_db()

    assert (someone.language, email_of(someone)) == ("en", "z@example.org")
    assert entry_of(someone).facts["language"] == "en"
    assert words_of(someone.subject)[2, "email"] == "z@example.org"
    reach(someone, language="fa", email="", by=someone)
    assert (someone.email, email_of(someone)) == (None, "")


def test_who_is_erased_is_reached_no_more():
    someone = person()
    reach(someone, language="en", email="z@example.org", by=someone)

    erase(someone, by=SYSTEM, reason="آزمایش")

    assert email_of(someone) == phone_of(someone) == national_id_of(someone) == ""
    with pytest.raises(refusals.Erased):
        reach(someone, language="fa", email=None, by=someone)


def test_a_closed_account_is_signed_out_and_lets_nobody_in():
    someone = person()
    account = with_account(someone)
    held = account.get_session_auth_hash()

    opened = entry_of(someone).facts
    close_account(someone, by=person_as(Role.ADMINISTRATOR))
    account.refresh_from_db()

    assert opened["account"] == account.pk and words_of(someone.subject)[2, "username"] == "zahra"
    assert not account.is_active and account.get_session_auth_hash() != held
    assert entry_of(someone).facts == {"account": account.pk}
    with pytest.raises(refusals.HasNoAccount):
        sign_out_everywhere(someone, by=someone)


def test_one_signs_out_oneself_everywhere_and_an_administrator_of_the_place_does():
    someone, other = person("1503"), person("1503")
    account = with_account(someone)
    with_account(other, "other")

    held = [account.get_session_auth_hash()]
    for by, role in ((someone, Role.APPLICANT), (person_as(Role.ADMINISTRATOR, "1503"), Role.ADMINISTRATOR)):
        sign_out_everywhere(someone, by=by, role=role)
        account.refresh_from_db()
        held.append(account.get_session_auth_hash())
    for by, role in ((other, Role.APPLICANT), (person_as(Role.ADMINISTRATOR, "1504"), Role.ADMINISTRATOR)):
        with pytest.raises(NotPermitted):
            sign_out_everywhere(someone, by=by, role=role)

    assert len(set(held)) == 3 and entry_of(someone).facts == {"account": account.pk}
    assert Account.objects.get(username="other").signed_out == 0


def test_a_session_ends_when_the_password_is_another_or_its_owner_signed_out():
    account = with_account(person())
    first = account.get_session_auth_hash()

    account.set_password(PASSWORD + "۲")
    second = account.get_session_auth_hash()
    account.end_sessions()

    assert len({first, second, account.get_session_auth_hash()}) == 3


def test_only_the_system_and_administrators_of_the_place_rule_over_people():
    someone, administrator, elsewhere = (
        person("1503"),
        person_as(Role.ADMINISTRATOR, "1503"),
        person_as(Role.ADMINISTRATOR, "1504"),
    )

    for by in (elsewhere, person_as(Role.DIRECTOR), someone):
        for deed in (
            lambda by: open_account(someone, username="zahra", password=None, by=by),
            lambda by: erase(someone, by=by, reason="آزمایش"),
        ):
            with pytest.raises(NotPermitted):
                deed(by)
    open_account(someone, username="zahra", password=None, by=administrator)
    with pytest.raises(NotPermitted):
        close_account(someone, by=elsewhere)
    close_account(someone, by=administrator)

    assert entry_of(someone).role == Role.ADMINISTRATOR


def test_erasing_tells_how_much_went_and_forgets_the_account():
    someone, administrator = person(), person_as(Role.ADMINISTRATOR)
    account = with_account(someone)
    held = account.get_session_auth_hash()

    erase(someone, by=administrator, reason="به درخواست خود او")
    account.refresh_from_db()

    assert entry_of(someone).facts | {"reason": ""} == {"words": 2, "files": 0, "reason": ""}
    assert (account.username, account.email, account.is_active) == (f"erased-{account.pk}", "", False)
    assert account.get_session_auth_hash() != held


def test_an_erasure_is_repeated_once_and_ends_what_the_person_was_assigned_to():
    someone = person_as(Role.EXPERT)
    over = assign(someone, Role.INSPECTOR, place="15", from_on=EARLY, until_on=EARLY, by=SYSTEM)

    gone = repeat_erasure(someone)

    assert gone == 1 and someone.erased_on == today() and someone.full_name == ""
    assert entry_of(someone).facts == {"words": 1, "files": 0, "assignments": 1}
    assert someone.assignments.get(role=Role.EXPERT).until_on == today()
    over.refresh_from_db()
    assert over.until_on == EARLY
    with pytest.raises(refusals.Erased):
        repeat_erasure(someone)


def test_an_applicant_who_registers_is_entered_and_signs_in_in_the_language_stated():
    someone = register_applicant(
        username_and_password(" Zahra ", PASSWORD),
        given_name="زهرا",
        family_name="رضایی",
        national_id=fresh_national_id(),
        phone="09161234567",
        division=division("15"),
        language="en",
        born_on=EARLY,
        father_name="علی",
    )

    account = Account.objects.get()

    assert (account.person, account.username, account.check_password(PASSWORD)) == (someone, "zahra", True)
    assert (someone.language, someone.born_on, someone.father_name) == ("en", EARLY, "علی")


def test_a_role_of_a_place_reaches_what_lies_in_it_and_a_day_is_the_laws():
    someone = person()
    with clock.at(clock.now()):
        assign(someone, Role.EXPERT, place="15", from_on=today() + DAY, by=SYSTEM)
    assert not someone.holds(Role.EXPERT, over=person())
    with clock.at(clock.now() + DAY):
        assert someone.holds(Role.EXPERT, over=person())
