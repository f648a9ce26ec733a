"""Whoever is killed in the middle leaves the old state or the new one, and nothing half."""

from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from kept import PAPER, newest
from pishkhan.site import migrations
from pishkhan.site.keeping.backups.backing_up import backups_in

MIGRATIONS = len(list(Path(migrations.__file__).parent.glob("0*.py")))  # of the site, which `OLDER` takes back to one
OLDER = """
from django.core.management import call_command
from django.db import connection
from pishkhan.journal.sealing.canonical import canonical
from pishkhan.journal.verification.checkpoints import FORMATS, JOURNAL
from pishkhan.journal.models import Entry
from pishkhan.journal.sealing.declarations import Formats, formats
from pishkhan.journal.sealing.states import subjects
from pishkhan.site.models import Deployment

call_command("migrate", "site", "0001", verbosity=0)
told, facts = Deployment.sealed.label, formats().as_facts()
table = next(found["table"] for found in facts if found["label"] == told)
with connection.cursor() as cursor:
    there = {column.name for column in connection.introspection.get_table_description(cursor, table)}
for found in facts:
    if found["label"] == told:
        found["columns"] = [column for column in found["columns"] if column["column"] in there]

def write(subject, act, facts, state=""):
    last = Entry.objects.filter(subject=subject).order_by("number").last()
    entry = Entry(subject=subject, number=last.number + 1, act=act, actor="system", role="system", at=last.at,
                  happened_on=last.happened_on, facts=canonical(facts), state=state)
    entry.digest = entry.seal(last.digest)
    entry.save(force_insert=True)
    return entry

write(JOURNAL, FORMATS, {"formats": facts})
[row] = subjects(Formats.from_facts(facts), told, " > %s", [0], lambda subject: None)
entry = write(row.name, "journal.reseal", {}, row.state)
with connection.cursor() as cursor:
    cursor.execute(f"UPDATE {table} SET revision = %s, head = %s", [entry.number, entry.digest])
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
        before = {row.name for row in backups_in(another.backups)}
        killed = another.killed(moment, "backup", *arguments)
        made = {row.name for row in backups_in(another.backups)} - before
        assert made or before <= {row.name for row in backups_in(another.backups)}
        for backup in backups_in(another.backups):  # it has its name only when it is whole
            assert (another.keys / f"{backup.name}.keys").exists()
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
    arguments = [
        "--from",
        str(newest(first.backups)),
        "--keys",
        str(first.keys),
        "--passphrase-file",
        str(first.passphrase),
        "--over",
    ]

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
    """A deployment whose database is of an older version, and sealed in the forms of that."""
    another.do(OLDER)
    return another


def test_an_upgrade_that_is_killed_leaves_the_older_version_or_the_newer(older):
    arguments = ["--to", str(older.backups), "--keys-to", str(older.keys), "--passphrase-file", str(older.passphrase)]
    old = older.entries()

    for moment in moments(9):
        killed = older.killed(moment, "upgrade", *arguments)
        applied = older.query("SELECT count(*) FROM django_migrations WHERE app = 'site'")[0][0]
        if older.entries() == old:
            assert applied == 1
        else:
            assert (applied, older.entries()[: len(old)]) == (MIGRATIONS, old)
        if not killed:
            break

    assert moment > 5
    assert applied == MIGRATIONS
    older.whole()
    assert older.databases_beside() == []
    assert older.left_overs() == []
    again = older.run("upgrade", *arguments)
    assert (again.returncode, "nothing was to be done" in again.stdout) == (0, True)


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(older):
    with closing(older.connected()) as there:
        there.execute("UPDATE people_person SET revision = 7")

    run = older.run(
        "upgrade", "--to", str(older.backups), "--keys-to", str(older.keys), "--passphrase-file", str(older.passphrase)
    )

    assert run.returncode == 1
    assert "person:1 does not agree" in run.stderr
    assert older.query("SELECT count(*) FROM django_migrations WHERE app = 'site'") == [(1,)]
    assert older.left_overs() == []
