"""Commands work on the tables of their own version alone; the table of commands says which ask, and which do not."""

from contextlib import closing

import pytest

from commands import CURRENT, in_words
from pishkhan.site.command_line.cli import COMMANDS, Needs
from pishkhan.site.keeping.command import DEEDS
from warm import Warm

NEWER = "INSERT INTO django_migrations (app, name, applied) VALUES ('site', '9999_what_comes', CURRENT_TIMESTAMP)"
OLDER = "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations WHERE app = 'payments')"


@pytest.mark.parametrize(("statement", "word"), [(NEWER, "newer version"), (OLDER, "older version")])
def test_a_database_of_another_version_is_refused(deployed, statement, word):
    with closing(deployed.connected()) as database:
        database.execute(statement)

    with closing(Warm(deployed)) as warm:
        for command in CURRENT:
            assert word in in_words(warm.run(*command.split()), status=1)


def test_a_database_of_a_newer_version_is_not_brought_up(deployed):
    with closing(deployed.connected()) as database:
        database.execute(NEWER)

    assert "newer version" in in_words(deployed.run("migrate"), status=1)


@pytest.mark.parametrize("command", ["migrate", "init --province 15"])
def test_a_database_that_holds_a_journal_is_brought_up_by_upgrade_alone(deployed, command):
    """Rows that a migration changes would agree with no entry, and nothing could seal them anew afterwards."""
    assert deployed.run("init", "--province", "15").returncode == 0
    with closing(deployed.connected()) as database:
        database.execute(OLDER)

    told = deployed.run(*command.split())

    assert told.returncode == 1 and "'pishkhan upgrade' alone" in told.stderr


def test_the_table_says_of_every_command_what_it_needs():
    needs = {name: each.needs for name, each in COMMANDS.items()}

    assert {name for name, need in needs.items() if need is Needs.NONE} == {
        "manual",
        "formats",
        "verify-licence",
        *DEEDS,
    }
    assert {name for name, need in needs.items() if need is Needs.ANY} == {"init", "demo", "check", "migrate"}
