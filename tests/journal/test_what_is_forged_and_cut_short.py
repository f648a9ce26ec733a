"""The journal's own chain reads itself alone, the list of erasures every line; what cannot be read is told apart."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, DataError, OperationalError

from pishkhan.journal.clock import now, today
from pishkhan.journal.erasure import erasures
from pishkhan.journal.erasure.erasable_text import destroyed
from pishkhan.journal.erasure.erasure_list import BEGUN, DONE, WITHDRAWN, Erasure, append, merged, read
from pishkhan.journal.models import Access, Entry
from pishkhan.journal.sealing.canonical import canonical
from pishkhan.journal.sealing.states import state_of, states_of
from pishkhan.journal.verification.checkpoints import (
    ACCESS,
    CHECKPOINT,
    FORMATS,
    checkpoint,
    not_sealed_yet,
    prune_access,
    record_formats,
    recorded_formats,
    seal_access,
)
from pishkhan.journal.verification.unreadable import unreadable
from rules_of_matters import licence

pytestmark = pytest.mark.tampers
LONG_AGO = now() - timedelta(days=1)


def entered(act="x", subject="x:1", number=1, facts=None, bound=None):
    """An entry as somebody with the database in their hands writes it."""
    entry = Entry(
        subject=subject,
        number=number,
        act=act,
        actor="system",
        role="system",
        at=now(),
        happened_on=today(),
        facts=facts or {},
        bound=bound or {},
    )
    entry.digest = entry.seal("")
    entry.save(force_insert=True)
    return entry


def forged(act, **facts):
    """Entries of a subject of one's own under the name of what the journal itself does, with greater numbers."""
    for number in range(1, 6):
        entered(act, "forged:1", number, facts)


@pytest.mark.django_db
def test_what_stands_elsewhere_under_the_name_of_a_checkpoint_keeps_nothing_from_being_sealed():
    entered()
    checkpoint()
    forged(CHECKPOINT, upto=10**9, newest=0)
    waiting = entered(subject="x:3")

    assert not_sealed_yet()[0] == 6
    assert checkpoint().facts["seals"] == 2
    assert not_sealed_yet() == (0, None)
    assert waiting.at > entered(subject="x:4").at - timedelta(minutes=1)
    assert not_sealed_yet()[0] == 1


@pytest.mark.django_db
def test_what_stands_elsewhere_under_the_name_of_a_seal_of_the_access_log_lets_nothing_be_removed():
    Access.objects.create(at=now() - timedelta(days=400), actor="person:1", subject="case:1", what="case")
    forged(ACCESS, upto=10**9)

    assert prune_access(older_than_days=365) == 0 == Access.objects.count() - 1
    assert seal_access().facts["count"] == 1
    assert prune_access(older_than_days=365) == 1


@pytest.mark.django_db
def test_each_seal_of_the_access_log_goes_on_where_the_last_one_ended():
    for count in (1, 2, 3):
        for _ in range(count):
            Access.objects.create(at=now() - timedelta(days=2), actor="person:1", subject="case:1", what="case")
        assert seal_access().facts["count"] == count
    assert seal_access() is None


@pytest.mark.django_db
def test_formats_are_those_that_the_journal_said_last():
    record_formats()
    forged(FORMATS, formats={})
    assert recorded_formats().by_label and record_formats() is None


@pytest.mark.django_db
def test_whose_secrets_were_destroyed_is_told_by_those_entries_alone_that_destroyed_one():
    entered()
    entered(subject="x:2", bound={"erased": ["person:7", "person:8"]})

    assert destroyed() == {"person:7", "person:8"}


@pytest.mark.usefixtures("law")
def test_states_of_rows_are_those_of_each_row():
    keys = [licence().office_id for _ in range(3)]

    states = states_of("office", keys)

    assert states == {key: state_of("office", key, lambda subject: None) for key in keys}


def erasure(stands=BEGUN, at=LONG_AGO, entry="person:1#1", act="people.erase"):
    return Erasure(at.isoformat(), "person:1", entry, act, stands)


def test_what_one_list_knows_to_have_ended_another_does_not_begin_again():
    later = erasure(at=LONG_AGO + timedelta(hours=1), entry="person:1#2")

    assert merged([[erasure()]]) == [erasure()]
    for stands in (DONE, WITHDRAWN):
        assert merged([[later, erasure(stands)], [erasure()]]) == [erasure(stands), later]
        assert merged([[erasure()], [erasure(stands)]]) == [erasure(stands)]


def test_a_line_that_was_cut_short_stays_apart_and_whole_lines_stand_close(tmp_path):
    file = tmp_path / "erasures.log"
    append(file, erasure())
    append(file, erasure(DONE))
    assert file.read_text().count("\n") == 2 and "\n\n" not in file.read_text()

    file.write_text(file.read_text()[:-20])
    append(file, erasure(WITHDRAWN))

    assert len(file.read_text().splitlines()) == 3
    assert read(file) == [erasure(WITHDRAWN)]


@pytest.mark.django_db
@pytest.mark.parametrize(("act", "stands"), [("people.erase", DONE), ("people.rename", WITHDRAWN)])
def test_an_erasure_was_done_if_its_own_entry_says_so_in_however_many_lists(tmp_path, act, stands):
    (tmp_path / "other").mkdir()
    lists, kept = (tmp_path / "erasures.log", tmp_path / "other" / "erasures.log"), erasures._lists
    entered(act, "person:1")
    for given in (lists[:1], lists):
        lists[0].unlink(missing_ok=True)
        append(lists[0], erasure())
        erasures.list_in(*given)
        try:
            assert erasures.settle() == 1
        finally:
            erasures.list_in(*kept)
        assert read(lists[0]) == [erasure(stands)]
    assert read(lists[1]) == [erasure(stands)]


def test_a_value_that_cannot_be_read_is_a_fault_of_the_row_and_a_database_that_fails_is_none():
    for error in (DataError("out of range"), ValueError("no"), DatabaseError("invalid byte: UTF-8")):
        assert [fault.en for fault in unreadable("case:1", error)]
    for error in (OperationalError("the disk is full"), DatabaseError("closed")):
        with pytest.raises(DatabaseError):
            list(unreadable("case:1", error))


@pytest.mark.parametrize("fact", [1.5, datetime(2022, 9, 16), {1: "a"}, {"a"}], ids=str)
def test_what_is_refused_as_a_fact_is_named(fact):
    with pytest.raises((TypeError, ValueError)) as refused:
        canonical(fact)
    wrong = "[1]" if isinstance(fact, dict) else str(fact)
    assert wrong in str(refused.value)
    assert canonical(date(2022, 9, 16)) == "2022-09-16"
