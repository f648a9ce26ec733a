"""The keys of a deployment: made once, for an empty database; missing or foreign ones stop the start in words."""

import shutil
import stat
import subprocess
import sys

import pytest

from commands import Deployed
from pishkhan.site.configuration.faults import Misconfigured
from pishkhan.site.configuration.keys import make, read

MASTER, SESSION = "master.key", "session.key"
NO_HOST = ("--host", "203.0.113.1")  # where it would come so far, it ends by itself
STARTS = (("web", *NO_HOST), ("clock", "--once"), ("init", "--province", "15"))


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """A province that is open; tests put back the keys they take."""
    house = Deployed(tmp_path_factory.mktemp("province"))
    house.run("init", "--province", "15", check=True)
    yield house
    house.remove()


@pytest.fixture
def keys(province, tmp_path):
    """The folder of its keys, put back as it was at the end."""
    folder = province.var / "keys"
    shutil.copytree(folder, tmp_path / "kept")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(tmp_path / "kept", folder)


SPOILT = {
    "missing": lambda key: key.unlink(),
    "empty": lambda key: key.write_bytes(b""),
    "short": lambda key: key.write_bytes(b"x" * 31),
    "long": lambda key: key.write_bytes(b"x" * 33),
    "zeroes": lambda key: key.write_bytes(bytes(32)),
    "a folder": lambda key: (key.unlink(), key.mkdir()),
}


@pytest.mark.parametrize("name", [MASTER, SESSION])
@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_key_that_is_missing_or_no_whole_key_is_named_in_both_languages_and_left_as_it_is(spoilt, name, tmp_path):
    make(tmp_path)
    SPOILT[spoilt](tmp_path / name)
    before = sorted(path.name for path in tmp_path.iterdir())

    with pytest.raises(Misconfigured) as refused:
        read(tmp_path, name)

    assert name in refused.value.text.fa and name in refused.value.text.en
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_master_key_of_another_database_stops_the_start_in_words_and_is_named_by_check(province, keys):
    (keys / MASTER).write_bytes(bytes(range(32)))

    run, checked = province.run("web", *NO_HOST), province.run("check")

    assert (run.returncode, checked.returncode) == (1, 1)
    assert "is not the one of this database" in run.stderr
    assert "master.key" in checked.stderr
    assert "Traceback" not in run.stderr + checked.stderr


@pytest.mark.parametrize("arguments", STARTS, ids=lambda arguments: arguments[0])
def test_no_command_that_asks_the_database_starts_without_its_key_or_makes_another(province, keys, arguments):
    (keys / MASTER).unlink()

    run = province.run(*arguments)

    assert run.returncode == 1
    assert "master.key" in run.stderr and "Traceback" not in run.stderr
    assert not (keys / MASTER).exists()


@pytest.mark.parametrize("arguments", [("manual", "--check"), ("serve", "--help")], ids=str)
def test_what_asks_no_database_needs_no_key_and_makes_none(tmp_path, arguments):
    house = Deployed(tmp_path, on_sqlite=True)

    run = house.run(*arguments)

    assert run.returncode == 0, run.stderr
    assert list(tmp_path.rglob("*.key")) == []
    assert list(tmp_path.rglob("*.sqlite3")) == []


def test_a_key_of_sessions_that_is_gone_stops_who_serves_and_can_be_made_anew(province, keys):
    (keys / SESSION).unlink()

    refused, checked = province.run("web", *NO_HOST), province.run("check")
    made = province.run("keys", "session")

    assert (refused.returncode, checked.returncode, made.returncode) == (1, 1, 0)
    assert "session.key" in refused.stderr and "session.key" in checked.stderr
    assert len((keys / SESSION).read_bytes()) == 32


def test_the_database_knows_the_fingerprint_of_its_key(province):
    ((fingerprint,),) = province.query("SELECT key_fingerprint FROM site_deployment")
    ((facts,),) = province.query("SELECT facts FROM journal_entry WHERE act = 'deployment.open'")

    assert len(fingerprint) == 64
    assert fingerprint in str(facts)
    assert (province.var / "keys" / MASTER).read_bytes().hex() != fingerprint


def test_keys_are_made_for_a_database_that_holds_nothing_and_are_their_owners_alone(nowhere):
    nowhere.run("migrate", check=True)
    made = (nowhere.var / "keys" / MASTER).read_bytes()

    nowhere.run("init", "--province", "15", check=True)

    files = list((nowhere.var / "keys").rglob("*")) + list(nowhere.var.glob("*.sqlite3*"))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in files}
    assert (nowhere.var / "keys" / MASTER).read_bytes() == made
    assert all(not mode & 0o077 for mode in modes.values()), modes
    assert not any(path.name.endswith(".part") for path in files)


def test_processes_that_start_at_once_agree_on_one_key(tmp_path):
    script = (
        "from pathlib import Path; import sys; from pishkhan.site.configuration import keys; "
        "folder = Path(sys.argv[1]); "
        "keys.make(folder); sys.stdout.write(keys.read(folder, keys.MASTER).hex())"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "keys")]

    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    data = {process.communicate(timeout=60)[0] for process in started}

    assert len(data) == 1
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == [MASTER, SESSION]
