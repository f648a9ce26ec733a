"""What is erased is listed outside the database: before its act commits, and again once it has."""

import json

import pytest

from factories import person, person_as
from pishkhan.casework.verify import replayed
from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.erasure import erasures
from pishkhan.journal.erasure.erasure_list import BEGUN, DONE, WITHDRAWN, Erasure, append, merged, read
from pishkhan.journal.models import Secret, Words
from pishkhan.journal.verification.verify import problems
from pishkhan.people import services
from pishkhan.people.roles import Role
from pishkhan.site.keeping.backups.erasing import repeat


@pytest.fixture
def lists(tmp_path):
    """A list of its own and one on another disk."""
    kept = erasures._lists
    (tmp_path / "other").mkdir()
    erasures.list_in(tmp_path / "erasures.log", tmp_path / "other" / "erasures.log")
    yield tmp_path / "erasures.log", tmp_path / "other" / "erasures.log"
    erasures.list_in(*kept)


@pytest.mark.django_db(transaction=True)
def test_an_erasure_is_listed_without_a_word_of_whom(lists):
    somebody = person(given_name="سارا", family_name="کاکاوند")

    services.erase(somebody, by=SYSTEM, reason="خواست خودش بود.")

    for file in lists:
        (erasure,) = read(file)
        assert (erasure.whose, erasure.act, erasure.stands) == (somebody.ref, "people.erase", DONE)
        assert erasure.entry == f"{somebody.subject}#{somebody.revision}"
        assert not any(word in file.read_text() for word in ("سارا", "کاکاوند", json.dumps("سارا")[1:-1], "خواست"))
        assert file.stat().st_mode & 0o077 == 0


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_listed_is_not_erased(lists):
    somebody = person(given_name="سارا")
    lists[0].mkdir()

    with pytest.raises(erasures.NotListed):
        services.erase(somebody, by=SYSTEM, reason="خواست خودش بود.")

    somebody.refresh_from_db()
    assert somebody.erased_on is None and Secret.objects.filter(whose=somebody.ref).exists()


@pytest.mark.django_db(transaction=True)
def test_a_disk_that_is_away_keeps_nobody_from_being_erased_and_catches_up(lists):
    somebody = person(given_name="سارا")
    lists[1].parent.rmdir()

    services.erase(somebody, by=SYSTEM, reason="خواست خودش بود.")

    assert erasures.behind() == [lists[1]]
    lists[1].parent.mkdir()
    erasures.catch_up()
    assert read(lists[1]) == read(lists[0]) and erasures.behind() == []


@pytest.mark.django_db(transaction=True)
def test_an_act_that_was_rolled_back_is_found_out_later_and_not_repeated(lists):
    somebody = person(given_name="سارا")
    with pytest.raises(ZeroDivisionError), act(SYSTEM, "people.erase", on=somebody, role=Role.SYSTEM) as entry:
        services.destroy(somebody.ref, entry=entry)
        raise ZeroDivisionError

    assert [each.stands for each in read(lists[0])] == [BEGUN]
    assert erasures.settle() == 0  # it may be under way
    with clock.at(clock.now() + erasures.LONGEST * 2):
        assert erasures.settle() == 1

    assert [each.stands for each in read(lists[0])] == [WITHDRAWN]
    assert repeat(read(lists[0])) == 0


@pytest.mark.django_db(transaction=True)
def test_what_was_committed_by_whoever_was_killed_is_found_out_too(lists):
    somebody = person(given_name="سارا")
    services.erase(somebody, by=SYSTEM, reason="خواست خودش بود.")
    first = lists[0].read_text().splitlines()[0]
    lists[0].write_text(first[:40] + "\n" + first + "\n" + first[:17])  # a torn line, and no word that it was done

    with clock.at(clock.now() + erasures.LONGEST * 2):
        erasures.settle()

    assert [each.stands for each in read(lists[0])] == [DONE]


@pytest.mark.django_db
def test_an_older_database_erases_again_by_an_act_each_and_once_only(lists):
    somebody = person_as(Role.EXPERT)
    erased = Erasure("2026-01-01T00:00:00+00:00", somebody.ref, f"{somebody.subject}#9", "people.erase", BEGUN)
    gone = Erasure("2026-01-01T00:00:00+00:00", "person:99999", f"{somebody.subject}9999#1", "people.erase", DONE)
    strange = Erasure("2026-01-01T00:00:00+00:00", "x", "no.such:1#1", "no.such", DONE)

    assert repeat([erased, gone, strange]) == 1
    assert repeat([erased, gone, strange]) == 0

    somebody.refresh_from_db()
    assert (somebody.family_name, somebody.national_id) == ("", None)
    assert not somebody.assignments.current().exclude(until_on=clock.today()).exists()
    assert not Words.objects.filter(whose=somebody.ref).exists()
    assert [*problems(), *replayed()] == []


def test_lists_are_one_list_and_know_the_most_that_any_knows(tmp_path):
    one = Erasure("2026-01-01T00:00:00+00:00", "person:1", "people.person:1#2", "people.erase", BEGUN)
    done = Erasure("2026-01-01T00:00:00+00:00", "person:1", "people.person:1#2", "people.erase", DONE)
    two = Erasure("2026-01-02T00:00:00+00:00", "person:2", "people.person:2#2", "people.erase", BEGUN)
    append(tmp_path / "a", done)
    append(tmp_path / "b", two)
    append(tmp_path / "b", one)

    assert merged([read(tmp_path / "a"), read(tmp_path / "b"), read(tmp_path / "none")]) == [done, two]
