"""Persons and organisations are entered once, found by what is hidden, and erased without breaking the journal."""

from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from factories import EARLY, company, division, fresh_national_id, person, person_as, together
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.erasure import erasable_text
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid, NotPermitted, Refusal
from pishkhan.journal.verification import verify
from pishkhan.language.identifiers import synthetic_national_id
from pishkhan.people import refusals, services
from pishkhan.people.models import Account, Organisation, Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import masked, national_id_of, person_of, phone_of
from pishkhan.people.services import (
    assign,
    close_account,
    end_assignment,
    enter_or_find_person,
    enter_person,
    erase,
    open_account,
    register_applicant,
)
from pishkhan.people.stated import username_and_password

PASSWORD = "نردبانِ بلندِ آبی"


def entry_of(row):
    return Entry.objects.filter(subject=row.subject).last()


@pytest.mark.django_db
def test_a_person_is_found_by_a_national_id_that_stands_nowhere_in_the_clear():
    number = fresh_national_id()

    someone = person(national_id=number, phone="+98 916 123 4567")

    assert person_of(number) == someone and national_id_of(someone) == number and phone_of(someone) == "09161234567"
    row = Person.objects.filter(pk=someone.pk).values().get()
    assert number not in str(row) and "09161234567" not in str(row) and number not in str(entry_of(someone).facts)
    assert "رضایی" not in str(entry_of(someone).facts)


@pytest.mark.django_db
def test_a_person_is_found_however_the_name_is_typed():
    someone = person(given_name="علي", family_name="كاظمی‌نیا")

    assert (someone.given_name, someone.family_name) == ("علي", "كاظمی‌نیا")
    assert "کاظمی نیا علی" in someone.search and "کاظمینیا" in someone.search


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"national_id": "1234567890"}, "national_id"),
        ({"phone": "12"}, "phone"),
        ({"given_name": " \u200c "}, "given_name"),
        ({"family_name": "الف" * 80}, "family_name"),
        ({"born_on": today() + timedelta(days=2)}, "born_on"),
    ],
)
def test_what_is_wrongly_stated_is_refused_by_field_and_nothing_is_written(wrong, field):
    division("15")

    with pytest.raises(Invalid) as refused:
        person(**wrong)

    assert list(refused.value.fields) == [field] and all(refused.value.text)
    assert not Person.objects.exists() and not Entry.objects.exclude(subject__startswith="gazetteer:").exists()


@pytest.mark.django_db
def test_what_no_eye_can_see_is_taken_out_of_names():
    assert person(given_name="زهرا\0\u202e\ud800 ").given_name == "زهرا"


@pytest.mark.django_db
def test_a_national_id_is_entered_once():
    number = fresh_national_id()
    person(national_id=number)

    with pytest.raises(refusals.AlreadyEntered):
        person(national_id=number)

    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_who_is_known_is_found_instead_of_entered_again():
    number = fresh_national_id()
    known = person(national_id=number, family_name="كاظمی‌نیا")
    values = {"role": Role.SYSTEM, "given_name": "زهرا", "national_id": number, "division": division("15")}

    assert enter_or_find_person(SYSTEM, family_name="کاظمی نیا", **values) == known
    assert enter_or_find_person(SYSTEM, family_name="نو", **values | {"national_id": fresh_national_id()}) != known
    with pytest.raises(refusals.KnownUnderAnotherName):
        enter_or_find_person(SYSTEM, family_name="رضایی", **values)


@pytest.mark.django_db
def test_who_may_not_enter_people_there_is_refused():
    expert = person_as(Role.EXPERT, "1503")

    with pytest.raises(NotPermitted):
        enter_person(expert, role=Role.EXPERT, given_name="ا", family_name="ب", division=division("1504"))


@pytest.mark.django_db
def test_an_organisation_is_entered_once_by_its_legal_id():
    first = company()

    with pytest.raises(refusals.AlreadyEntered):
        company(legal_id=first.legal_id)
    for wrong in ({"legal_id": "123"}, {"name": ""}, {"kind": "gang"}, {"registered_on": today() + timedelta(days=1)}):
        with pytest.raises(Invalid):
            company(**wrong)

    assert Organisation.objects.get() == first


@pytest.mark.django_db
def test_assigning_is_an_act_on_the_person():
    someone, administrator = person("1503"), person_as(Role.ADMINISTRATOR, "15")

    assigned = assign(someone, Role.INSPECTOR, place="1503", from_on=EARLY, by=administrator)

    assert someone.holds(Role.INSPECTOR, over=person("1503"))
    assert entry_of(someone).facts["assignment"] == assigned.pk and entry_of(someone).actor == administrator.ref


@pytest.mark.django_db
def test_an_administrator_assigns_within_its_own_place_only():
    administrator, ours, theirs = person_as(Role.ADMINISTRATOR, "1503"), person("1503"), person("1504")

    for who, place in ((ours, "15"), (ours, "1504"), (theirs, "1503")):
        with pytest.raises(NotPermitted):
            assign(who, Role.INSPECTOR, place=place, from_on=EARLY, by=administrator)
    with pytest.raises(NotPermitted):
        assign(ours, Role.INSPECTOR, place="1503", from_on=EARLY, by=person_as(Role.EXPERT, "15"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"role": Role.APPLICANT}, refusals.NotAssignable),
        ({"role": "king"}, refusals.NotAssignable),
        ({"until_on": EARLY - timedelta(days=1)}, refusals.EndsBeforeItBegins),
        ({"acting": True}, refusals.ActingNeedsALetter),
        ({"role": Role.REPRESENTATIVE}, refusals.RepresentsNobody),
        ({"place": "77"}, refusals.NoSuchPlace),
        ({"place": "۱۵"}, refusals.NoSuchPlace),
        ({"place": ""}, refusals.NoSuchPlace),
    ],
)
def test_an_assignment_nobody_could_make_is_refused_in_words(wrong, refusal):
    values = {"role": Role.EXPERT, "place": "15", "from_on": EARLY} | wrong

    with pytest.raises(refusal) as refused:
        assign(person(), by=SYSTEM, **values)

    assert refused.value.text.fa and refused.value.text.en


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "overlaps"),
    [
        (0, None, True),
        (5, 6, True),
        (-5, 0, True),
        (-5, None, True),
        (11, None, False),
        (-5, -1, False),
        (10, 10, True),
    ],
)
def test_the_same_assignment_does_not_overlap_itself(start, end, overlaps):
    someone = person()
    assign(someone, Role.EXPERT, place="15", from_on=EARLY, until_on=EARLY + timedelta(days=10), by=SYSTEM)

    def again(**other):
        until = None if end is None else EARLY + timedelta(days=end)
        assign(
            someone,
            **{"role": Role.EXPERT, "place": "15"} | other,
            from_on=EARLY + timedelta(days=start),
            until_on=until,
            by=SYSTEM,
        )

    if overlaps:
        with pytest.raises(refusals.AlreadyAssigned):
            again()
    else:
        again()
    again(role=Role.INSPECTOR)
    again(place="1")


@pytest.mark.django_db
def test_an_assignment_ends_on_the_day_it_is_told_to():
    someone = person()
    assigned = assign(someone, Role.EXPERT, place="15", from_on=EARLY, by=SYSTEM)

    end_assignment(assigned, on=today() - timedelta(days=1), by=person_as(Role.ADMINISTRATOR), letter="۷")

    assert not someone.holds(Role.EXPERT, over=person())
    with pytest.raises(refusals.AlreadyEnded):
        end_assignment(assigned, on=today(), by=SYSTEM)


@pytest.mark.django_db
def test_an_end_is_not_moved_before_the_beginning_nor_into_the_next_assignment():
    someone = person()
    soon, later = today() + timedelta(days=5), today() + timedelta(days=9)
    assigned = assign(someone, Role.EXPERT, place="15", from_on=EARLY, until_on=soon, by=SYSTEM)
    assign(someone, Role.EXPERT, place="15", from_on=soon + timedelta(days=1), by=SYSTEM)

    with pytest.raises(refusals.EndsBeforeItBegins):
        end_assignment(assigned, on=EARLY - timedelta(days=1), by=SYSTEM)
    with pytest.raises(refusals.AlreadyAssigned):
        end_assignment(assigned, on=later, by=SYSTEM)


@pytest.mark.django_db
def test_erasing_leaves_nothing_of_a_person_and_the_journal_whole():
    number = fresh_national_id()
    someone = register_applicant(
        username_and_password("sohrab", PASSWORD),
        given_name="سهراب",
        family_name="سپهری",
        national_id=number,
        phone="09161234567",
        division=division("15"),
    )
    administrator = person_as(Role.ADMINISTRATOR)

    gone = erase(someone, by=administrator, reason="به درخواست خود او")

    assert gone == 2 and person_of(number) is None
    assert erasable_text.words_of(someone.subject) == {(3, "reason"): "به درخواست خود او"}
    row = Person.objects.filter(pk=someone.pk).values().get()
    assert "سهراب" not in str(row) and row["phone"] is None and row["erased_on"] == today()
    account = Account.objects.get(person=someone)
    assert account.username != "sohrab" and not account.is_active and not account.has_usable_password()
    assert list(verify.problems()) == []


@pytest.mark.django_db
def test_who_holds_a_role_or_is_gone_is_not_erased():
    holder, gone = person_as(Role.EXPERT), person()
    erase(gone, by=SYSTEM, reason="آزمایش")

    with pytest.raises(refusals.StillAssigned):
        erase(holder, by=SYSTEM, reason="آزمایش")
    with pytest.raises(refusals.Erased):
        erase(gone, by=SYSTEM, reason="آزمایش")
    with pytest.raises(refusals.Erased):
        assign(gone, Role.EXPERT, place="15", from_on=EARLY, by=SYSTEM)
    with pytest.raises(refusals.Erased):
        open_account(gone, username="gone", password=PASSWORD, by=SYSTEM)
    with pytest.raises(refusals.Incomplete):
        erase(holder, by=SYSTEM, reason=" ")


@pytest.mark.django_db
def test_who_was_erased_may_be_entered_anew():
    number = fresh_national_id()
    erase(person(national_id=number), by=SYSTEM, reason="آزمایش")

    assert person(national_id=number).erased_on is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"username": "نام"}, "username"),
        ({"username": "ab"}, "username"),
        ({"password": "12345678"}, "password"),
        ({"username": "zahra.rezaei", "password": "zahra.rezaei"}, "password"),
    ],
)
def test_an_account_needs_a_name_that_can_be_typed_and_a_password_that_cannot_be_guessed(wrong, field):
    with pytest.raises(Invalid) as refused:
        open_account(person(), **{"username": "zahra", "password": PASSWORD} | wrong, by=SYSTEM)

    assert list(refused.value.fields) == [field] and refused.value.text.fa != refused.value.text.en


@pytest.mark.django_db
def test_a_person_has_one_account_and_a_username_one_person():
    someone = person()
    open_account(someone, username="Zahra", password=None, by=person_as(Role.ADMINISTRATOR))

    with pytest.raises(refusals.HasAnAccount):
        open_account(someone, username="other", password=PASSWORD, by=SYSTEM)
    with pytest.raises(refusals.AlreadyEntered):
        open_account(person(), username="zahra", password=PASSWORD, by=SYSTEM)
    close_account(someone, by=SYSTEM)
    with pytest.raises(refusals.HasNoAccount):
        close_account(someone, by=SYSTEM)


@pytest.mark.django_db
def test_registering_with_a_taken_username_enters_nobody():
    open_account(person(), username="zahra", password=None, by=SYSTEM)

    with pytest.raises(Refusal):
        register_applicant(
            username_and_password("zahra", PASSWORD),
            given_name="ا",
            family_name="ب",
            national_id=fresh_national_id(),
            phone="09161234567",
            division=division("15"),
        )

    assert Person.objects.count() == 1


def test_a_masked_national_id_tells_its_last_four_digits():
    assert masked(synthetic_national_id(123456789)) == "******" + synthetic_national_id(123456789)[-4:]


@pytest.mark.django_db(transaction=True)
def test_one_national_id_entered_twice_at_once_is_refused_in_words(monkeypatch):
    division("15")
    number, meeting = fresh_national_id(), Barrier(2)

    def wanted(national_id, ask=services.person_of):
        known = ask(national_id)
        if connection.vendor == "postgresql":  # on SQLite a writer is alone: the second waits before it asks
            meeting.wait(timeout=5)
        return known

    monkeypatch.setattr(services, "person_of", wanted)

    assert together(*[lambda: person(national_id=number)] * 2) == [refusals.AlreadyEntered]
    assert Person.objects.count() == 1 and list(verify.problems()) == []


@pytest.mark.django_db(transaction=True)
def test_the_same_role_assigned_twice_at_once_is_refused_in_words():
    someone = person()

    def assigning():
        assign(Person.objects.get(pk=someone.pk), Role.EXPERT, place="15", from_on=EARLY, by=SYSTEM)

    assert together(assigning, assigning) == [refusals.AlreadyAssigned]
    assert someone.assignments.count() == 1
