"""A database that was carried to another engine and back is the same, row by row and figure by figure."""

import json
import os
import uuid

import pytest

from kept import PAPER, PERSON
from pishkhan.site.keeping.databases import engines as databases
from pishkhan.site.keeping.place import Place

FIGURES = ("bulletin", "--region", "15", "--from", "1405-01-01", "--to", "1405-12-29", "--format", "json")


@pytest.fixture
def elsewhere(another, tmp_path):
    """Addresses of empty databases: of SQLite, and of the engine that is tried."""
    name = f"trial_{uuid.uuid4().hex[:12]}"
    files = [f"sqlite:///{tmp_path / place}.sqlite3" for place in ("there", "back")]
    if not another.env.get("DATABASE_URL"):
        yield files
        return
    begun = another.env["DATABASE_URL"]
    server, _, query = begun.partition("?")
    yield [files[0], f"{server.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")]
    with on(another, begun).connected() as there:
        there.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def on(kept, url):
    """The same deployment on another database."""
    kept.env["DATABASE_URL"] = url
    return kept


def test_there_and_back_everything_is_the_same_and_work_goes_on(another, elsewhere):
    there, back = elsewhere
    begun = another.env.get("DATABASE_URL") or f"sqlite:///{another.var / 'pishkhan.sqlite3'}"
    figures, entries = another.run(*FIGURES).stdout, len(another.entries())
    told = [another.run("move-database", "--to", there, "--json")]
    told.append(on(another, there).run("move-database", "--to", back, "--json"))

    assert [each.returncode for each in told] == [0, 0], told[-1].stderr
    first, second = (json.loads(each.stdout) for each in told)
    assert first == second
    assert first["tables"]["journal_entry"]["rows"] == entries
    for url in (begun, there, back):
        assert on(another, url).run(*FIGURES).stdout == figures
        another.whole()
    another.do(PERSON + PAPER)  # no number is given twice, and the guards stand
    another.whole()
    assert "permanent" in another.do("""
from django.db import DatabaseError, connection
try:
    connection.cursor().execute("DELETE FROM journal_entry")
except DatabaseError as refused:
    print(refused)
""")
    assert another.left_overs() == []


def test_nothing_is_moved_over_anything_nor_onto_itself(another, elsewhere):
    there, _ = elsewhere
    assert another.run("move-database", "--to", there).returncode == 0

    again = another.run("move-database", "--to", there)
    itself = on(another, there).run("move-database", "--to", there)
    strange = another.run("move-database", "--to", "mysql://a/b")

    assert (again.returncode, "is not empty" in again.stderr) == (1, True)
    assert (itself.returncode, "there already" in itself.stderr) == (1, True)
    assert (strange.returncode, "only postgres and sqlite" in strange.stderr) == (2, True)


def test_a_move_that_is_killed_leaves_nothing_there_or_everything(another, elsewhere, tmp_path):
    _, there = elsewhere
    begun = another.env.get("DATABASE_URL") or f"sqlite:///{another.var / 'pishkhan.sqlite3'}"

    for moment in range(1, 100, 3):
        killed = on(another, begun).killed(moment, "move-database", "--to", there)
        if not killed or holds_something(another, there):
            break

    assert moment > 2
    on(another, there).whole()


def holds_something(another, url):
    """Whether there is a database with tables at an address."""
    return databases.is_there(Place(another.var, another.var / "keys", url))


def test_what_was_killed_halfway_is_not_there(another, elsewhere, tmp_path):
    there, _ = elsewhere

    assert another.killed(1, "move-database", "--to", there)

    assert not (tmp_path / "there.sqlite3").exists()
    assert another.run("move-database", "--to", there).returncode == 0
    assert another.left_overs() == []
    assert os.listdir(another.var / "keys") != []
