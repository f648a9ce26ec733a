"""The command as a user meets it: help, exit codes, messages on the error stream."""

import re

import pytest

from pishkhan.site.command_line.cli import COMMANDS


def test_help_names_every_command(deployed):
    for arguments in ((), ("--help",), ("help",)):
        told = deployed.run(*arguments)
        assert told.returncode == 0
        assert all(name in told.stdout for name in COMMANDS)


def test_an_unknown_command_is_refused_on_the_error_stream(deployed):
    told = deployed.run("dance")
    assert (told.returncode, told.stdout) == (2, "")
    assert "dance" in told.stderr


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(deployed, name):
    told = deployed.run(name, "--help")
    assert told.returncode == 0, told.stderr
    assert name in told.stdout or name.replace("-", "_") in told.stdout


def test_a_province_is_opened_once_with_an_administrator_told_once(deployed):
    opened = deployed.run("init", "--province", "15")
    assert opened.returncode == 0, opened.stderr
    assert re.search(r"sign in as: admin\npassword: +\S{12,}", opened.stdout)
    assert deployed.run("verify-journal").returncode == 0
    again = deployed.run("init", "--province", "15")
    assert again.returncode == 1
    assert "already" in again.stderr
    assert deployed.run("init", "--province", "77").returncode == 1


def test_before_it_is_opened_the_check_says_what_to_do(nowhere):
    told = nowhere.run("check")
    assert told.returncode == 1
    assert "pishkhan migrate" in told.stderr
    assert nowhere.run("migrate").returncode == 0
    told = nowhere.run("check")
    assert told.returncode == 1
    assert "pishkhan init" in told.stderr


def test_a_forgery_in_the_database_is_named(deployed):
    deployed.run("init", "--province", "15", check=True)
    there = deployed.connected()
    if deployed.env.get("DATABASE_URL"):
        there.execute("DROP FUNCTION journal_permanent() CASCADE")
    else:
        for (name,) in there.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            there.execute(f"DROP TRIGGER {name}")
    there.execute("UPDATE journal_entry SET actor = 'person:666' WHERE act = 'people.assign'")
    there.commit()
    there.close()
    told = deployed.run("verify-journal")
    assert told.returncode == 1
    assert "person:1#" in told.stderr
    checked = deployed.run("check")
    assert checked.returncode == 1
    assert "person:1#" in checked.stderr


def test_a_key_that_others_can_read_is_named(deployed):
    deployed.run("init", "--province", "15", check=True)
    (deployed.var / "keys" / "master.key").chmod(0o644)
    told = deployed.run("check")
    assert told.returncode == 1
    assert "master.key" in told.stderr


def test_imports_say_what_is_wrong_and_write_nothing(deployed):
    deployed.run("init", "--province", "15", check=True)
    file = deployed.var / "counties.csv"
    file.write_text("code,name,kind\n1501,الیگودرز,county\n9901,دور,county\n")
    told = deployed.run("geography", "import", str(file))
    assert told.returncode == 1
    assert "Row 3: 99" in told.stderr
    file.write_text("code,name,kind\n1501,الیگودرز,county\n")
    assert "1 division " in deployed.run("geography", "import", str(file)).stdout
    assert deployed.run("register", "import", str(deployed.var / "none.csv")).returncode == 1
