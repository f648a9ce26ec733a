"""One order of locks for the whole house, and a second try where PostgreSQL gave an act up."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event

import pytest
from django.apps import apps
from django.db import OperationalError, connection, transaction

from factories import person_as, together
from pishkhan.journal import locks
from pishkhan.journal.acts import act
from pishkhan.journal.locks import ORDER, TRIES, OutOfOrder, lock, one_transaction, retried, taken_along
from pishkhan.journal.models import Series
from pishkhan.journal.numbering import next_number
from pishkhan.journal.refusals import Busy
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.notices.models import Notice
from pishkhan.people.roles import Role
from procedure_driver import new_request, places, ready

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("law", "papers"), pytest.mark.tampers]


def test_a_deadlock_is_tried_once_more():
    case = ready(NewLicence.steps["issue"])
    under = case.dossier.places
    both, tries = Barrier(2), []

    def deed(*rows):
        @retried
        def lock_in_turn():
            tries.append(rows)
            with transaction.atomic():
                for row in rows:
                    type(row).objects.select_for_update().get(pk=row.pk)
                    with suppress(BrokenBarrierError):
                        both.wait(timeout=0.5)

        return lock_in_turn

    assert together(deed(case, under), deed(under, case)) == []
    if connection.vendor == "sqlite":  # where one writes at a time, nobody waits in a ring
        assert len(tries) == 2
    else:  # whom it happens to and how often is left to chance: who tries again may take its first lock too early
        assert 2 < len(tries) <= 2 * TRIES


@pytest.mark.parametrize("state", ["40P01", "40001"])
def test_who_is_given_up_every_time_is_told_that_the_house_is_busy(state, monkeypatch):
    tries = []
    monkeypatch.setattr(locks, "PAUSE", 0)

    @retried
    def given_up():
        tries.append(state)
        raise OperationalError from given_up_with(state)

    with pytest.raises(Busy):
        given_up()
    assert len(tries) == (TRIES if connection.vendor == "postgresql" else 1)


def test_another_error_of_the_database_is_not_tried_again():
    tries = []

    @retried
    def broken():
        tries.append(1)
        raise OperationalError from given_up_with("57014")

    with pytest.raises(OperationalError):
        broken()
    assert tries == [1]


def given_up_with(state):
    """What psycopg says of an act that PostgreSQL gave up, by the state of SQL."""
    error = Exception(state)
    error.sqlstate = state
    return error


def number_of(series):
    """The next number of a series, of which no entry tells."""
    number = next_number(series, year=1401)
    taken_along()
    return number


def test_a_lock_out_of_order_is_refused():
    under = places()
    case = new_request(under)
    with one_transaction():
        lock(under, case)  # together, it sorts them itself
    with pytest.raises(OutOfOrder, match=r"casework\.case"), one_transaction():
        lock(under)
        lock(case)
    with pytest.raises(OutOfOrder, match="no place"), one_transaction():
        lock(Notice())
    with pytest.raises(OutOfOrder, match="inside an act"):
        lock(case)


def test_an_act_inside_an_act_locks_in_order_too():
    under = places()
    first, second = new_request(under), new_request(under)
    expert = person_as(Role.EXPERT)
    with (
        pytest.raises(OutOfOrder),
        act(expert, "x", on=second, role=Role.EXPERT) as entry,
        act(expert, "x", on=first, role=Role.EXPERT, because=entry),
    ):
        pass


def test_series_are_locked_by_name_whichever_was_used_first():
    with one_transaction():
        number_of("b")
    with one_transaction():
        assert (number_of("a"), number_of("b")) == (1, 2)
    with pytest.raises(OutOfOrder), one_transaction():
        number_of("b")
        number_of("a")
    assert Series.objects.get(code="b").last == 2


def test_numbers_of_a_series_that_begins_in_two_places_at_once_have_no_gap():
    numbers = []

    def take_one():
        with one_transaction():
            numbers.append(number_of("fresh"))

    assert together(*[take_one] * 4) == []
    assert sorted(numbers) == [1, 2, 3, 4]


def test_whatever_is_in_the_order_of_locks_exists():
    assert all(apps.get_model(label) for label in ORDER)
    assert len(set(ORDER)) == len(ORDER)


def test_who_waits_for_others_in_vain_is_told_so():
    """SQLite has one writer at a time; on PostgreSQL these two do not meet."""
    case = ready(NewLicence.steps["issue"])
    begun, done, raised = Event(), Event(), []

    def write_for_long():
        with one_transaction():
            number_of("a")
            begun.set()
            done.wait(10)

    @retried
    def write():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 50")
        with one_transaction():
            lock(case)

    def write_meanwhile():
        begun.wait(10)
        try:
            write()
        except Busy as refusal:
            raised.append(refusal.status)
        finally:
            done.set()

    assert together(write_for_long, write_meanwhile) == []
    assert raised == ([503] if connection.vendor == "sqlite" else [])
