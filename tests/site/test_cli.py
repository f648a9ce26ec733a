"""The command as a user meets it: help, exit codes, messages on the error stream."""

import re

import pytest

from pishkhan.site.command_line.cli import COMMANDS
from warm import Warm


@pytest.fixture(scope="module")
def warm(migrated):
    """The command where nothing is changed, quickly."""
    warm = Warm(migrated)
    yield warm
    warm.close()


def test_help_names_every_command(deployed):
    for arguments in ((), ("--help",), ("help",)):
        run = deployed.run(*arguments)
        assert run.returncode == 0
        assert all(name in run.stdout for name in COMMANDS)


def test_an_unknown_command_is_refused_on_the_error_stream(deployed):
    run = deployed.run("dance")
    assert (run.returncode, run.stdout) == (2, "")
    assert "dance" in run.stderr


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(warm, name):
    run = warm.run(name, "--help")
    assert run.returncode == 0, run.stderr
    assert name in run.stdout or name.replace("-", "_") in run.stdout


def test_a_province_is_opened_once_with_an_administrator_who_chooses_a_password_by_a_code(deployed):
    opened = deployed.run("init", "--province", "15")
    assert opened.returncode == 0, opened.stderr
    assert re.search(r"sign in as: admin\none-time code: \d{8} .*/account/code/", opened.stdout)
    assert deployed.run("verify-journal").returncode == 0
    again = deployed.run("init", "--province", "15")
    assert again.returncode == 1
    assert "already" in again.stderr
    assert deployed.run("init", "--province", "77").returncode == 1


def test_before_it_is_opened_the_check_says_what_to_do(nowhere):
    run = nowhere.run("check")
    assert run.returncode == 1
    assert "pishkhan migrate" in run.stderr
    assert nowhere.run("migrate").returncode == 0
    run = nowhere.run("check")
    assert run.returncode == 1
    assert "pishkhan init" in run.stderr


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
    run = deployed.run("verify-journal")
    assert run.returncode == 1
    assert "person:1#" in run.stderr
    checked = deployed.run("check")
    assert checked.returncode == 1
    assert "person:1#" in checked.stderr


def test_a_key_that_others_can_read_is_named(deployed):
    deployed.run("init", "--province", "15", check=True)
    (deployed.var / "keys" / "master.key").chmod(0o644)
    run = deployed.run("check")
    assert run.returncode == 1
    assert "master.key" in run.stderr


def test_imports_say_what_is_wrong_and_write_nothing(deployed):
    deployed.run("init", "--province", "15", check=True)
    file = deployed.var / "counties.csv"
    file.write_text("code,name,kind\n1501,الیگودرز,county\n9901,دور,county\n")
    run = deployed.run("geography", "import", str(file))
    assert run.returncode == 1
    assert "Row 3: 99" in run.stderr
    file.write_text("code,name,kind\n1501,الیگودرز,county\n")
    assert "1 division " in deployed.run("geography", "import", str(file)).stdout
    assert deployed.run("register", "import", str(deployed.var / "none.csv")).returncode == 1


def test_a_script_states_the_password_of_the_administrator_s_own(deployed, tmp_path):
    (file := tmp_path / "password").write_text("what-nobody-guesses-22\n")

    opened = deployed.run("init", "--province", "15", "--password-file", str(file))

    assert opened.returncode == 0, opened.stderr
    assert "one-time code" not in opened.stdout and "what-nobody" not in opened.stdout
