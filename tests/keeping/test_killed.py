"""Whoever is killed in the middle leaves the old state or the new one, and nothing half."""

from contextlib import closing
from itertools import count

import pytest

from kept import PAPER, newest
from pishkhan.site.keeping.backing_up import backups_in

LATER = """
from django.core.management import call_command
call_command("migrate", "site", "0001", verbosity=0)
"""


def moments(step):
    """The first moments, then every so many-eth."""
    return count(1, step)


def test_a_backup_that_is_killed_leaves_the_last_good_ones_and_no_half_one(another, bare):
    assert another.back_up().returncode == 0
    another.do(PAPER)
    there = {"to": another.backups, "keys-to": another.keys, "passphrase-file": another.passphrase}
    arguments = [word for name, path in there.items() for word in (f"--{name}", str(path))]

    for moment in moments(6):
        before = {each.name for each in backups_in(another.backups)}
        killed = another.killed(moment, "backup", *arguments)
        made = {each.name for each in backups_in(another.backups)} - before
        assert made or before <= {each.name for each in backups_in(another.backups)}
        for each in backups_in(another.backups):  # it has its name only when it is whole
            assert (another.keys / f"{each.name}.keys").exists()
        if not killed:
            break

    assert moment > 5
    assert another.left_overs() == []
    assert not list(another.backups.glob(".unfinished*"))
    assert bare.restore(another).returncode == 0
    bare.whole()


def test_a_restore_that_is_killed_leaves_what_was_there_or_what_was_restored(first, another):
    another.do(PAPER)
    old, old_papers, new_papers = another.entries(), another.papers(), first.papers()
    arguments = ["--from", str(newest(first.backups)), "--keys", str(first.keys), "--passphrase-file",
                 str(first.passphrase), "--over"]

    for moment in moments(9):
        killed = another.killed(moment, "restore", *arguments)
        another.whole()  # whoever comes next ends what was begun
        if another.entries() == old:
            assert another.papers() == old_papers
        else:
            assert (another.entries()[-1] in first.entries(), another.papers()) == (True, new_papers)
        if not killed:
            break

    assert moment > 5
    assert another.papers() == new_papers
    assert another.left_overs() == []


@pytest.fixture
def older(another):
    """A deployment whose database is of an older version."""
    another.do(LATER)
    return another


def test_an_upgrade_that_is_killed_leaves_the_older_version_or_the_newer(older):
    arguments = ["--to", str(older.backups), "--keys-to", str(older.keys), "--passphrase-file", str(older.passphrase)]
    old = older.entries()

    for moment in moments(9):
        killed = older.killed(moment, "upgrade", *arguments)
        applied = older.asked("SELECT count(*) FROM django_migrations WHERE app = 'site'")[0][0]
        if older.entries() == old:
            assert applied == 1
        else:
            assert (applied, older.entries()[:len(old)]) == (2, old)
        if not killed:
            break

    assert moment > 5
    assert applied == 2
    older.whole()
    assert older.databases_beside() == []
    assert older.left_overs() == []
    again = older.run("upgrade", *arguments)
    assert (again.returncode, "nothing was to be done" in again.stdout) == (0, True)


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(older):
    with closing(older.connected()) as there:
        there.execute("UPDATE people_person SET revision = 7")

    told = older.run("upgrade", "--to", str(older.backups), "--keys-to", str(older.keys), "--passphrase-file",
                     str(older.passphrase))

    assert told.returncode == 1
    assert "people.person:1" in told.stderr
    assert older.asked("SELECT count(*) FROM django_migrations WHERE app = 'site'") == [(1,)]
    assert older.left_overs() == []
