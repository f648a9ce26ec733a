"""What is acknowledged lies on the disk: one set of options by either way, a sync for every act, a power cut."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from commands import Deployed
from pishkhan.site.configuration.databases import databases
from pishkhan.site.configuration.faults import Misused
from pishkhan.site.keeping.place import Place

DISK = Path(__file__).parent.parent / "disk.py"
ACTS = 8
ASKED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """A province on SQLite, whichever database the suite runs on."""
    house = Deployed(tmp_path_factory.mktemp("opened"), on_sqlite=True)
    house.run("init", "--province", "15", check=True)
    return house


@pytest.fixture
def house(opened, tmp_path):
    """A copy of it."""
    shutil.copytree(opened.var, tmp_path / "var")
    return Deployed(tmp_path / "var", on_sqlite=True)


def acted(house, folder, *control):
    """What was acknowledged before the power was cut: the syncs of each act; the disk remembers in a folder."""
    folder.mkdir()
    shutil.copyfile(house.var / "pishkhan.sqlite3", folder / "pishkhan.sqlite3")
    told = subprocess.run(
        [sys.executable, str(DISK), str(folder), str(ACTS), *control],
        env=house.env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == -9, told.stderr
    return [int(line.split()[1]) for line in told.stdout.splitlines()]


def persons(folder):
    with closing(sqlite3.connect(folder / "pishkhan.sqlite3")) as there:
        return there.execute("SELECT count(*) FROM people_person").fetchone()[0] - 1  # the administrator


@pytest.mark.parametrize("url", ["", "sqlite:///{}/other.sqlite3", "sqlite:///{}/other.sqlite3?timeout=5.0"])
def test_a_database_has_the_same_options_whichever_way_it_is_named(url, tmp_path):
    told = databases(url.format(tmp_path), tmp_path)["default"]
    options = dict(told["OPTIONS"])
    commands, mode = options.pop("init_command"), options.pop("transaction_mode")
    with closing(sqlite3.connect(told["NAME"], **options)) as there:
        there.executescript(commands)
        found = {name: there.execute(f"PRAGMA {name}").fetchone()[0] for name in ASKED}

    assert found == ASKED
    assert mode == "IMMEDIATE"
    assert options["timeout"] == (5 if "timeout" in url else 20)


def test_a_relative_path_is_taken_from_where_the_command_starts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    told = databases("sqlite:///house.sqlite3", tmp_path / "var")["default"]

    assert told["NAME"] == str(tmp_path / "house.sqlite3")


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://:memory:",
        "sqlite://",
        "sqlite:///x?init_command=PRAGMA+synchronous=OFF",
        "sqlite:///x?transaction_mode=DEFERRED",
        "mysql://a@b/c",
        "nonsense",
        "redis://x/1",
        "postgres://u@h:port/name",
        "postgres://u@h",
        "postgres://u@h/n?isolation_level=0",
        "sqlite:///x?timeout=soon",
        "sqlite:///x?timeout=-1",
        "sqlite:///x?timeout=nan",
        "sqlite:///x?cached_statements=many",
        "sqlite:///%00",
        "postgres://u@[::1/name",
    ],
)
def test_an_address_that_would_lose_data_or_is_none_is_refused_in_words(url, tmp_path):
    with pytest.raises(Misused) as refused:
        databases(url, tmp_path)
    with pytest.raises(Misused):
        Place(tmp_path, tmp_path, "").with_url(url)

    assert "DATABASE_URL" in refused.value.text.fa
    assert "DATABASE_URL" in refused.value.text.en


def test_a_session_on_postgresql_waits_for_the_disk_and_keeps_the_options_of_its_address(tmp_path):
    told = databases("postgres://u@h/n?sslmode=require&options=-c%20synchronous_commit=off", tmp_path)["default"]

    assert told["OPTIONS"]["sslmode"] == "require"
    assert told["OPTIONS"]["options"].index("synchronous_commit=on") > told["OPTIONS"]["options"].index("=off")
    assert (told["CONN_MAX_AGE"], told["CONN_HEALTH_CHECKS"]) == (60, True)


def test_no_act_is_acknowledged_before_it_was_synced(house, tmp_path):
    syncs = acted(house, tmp_path / "disk")

    assert len(syncs) == ACTS
    assert all(count >= 1 for count in syncs)


@pytest.mark.parametrize("named", ["by default", "by address"])
def test_every_acknowledged_act_is_there_after_a_power_cut(named, house, tmp_path):
    if named == "by address":
        house.env["DATABASE_URL"] = f"sqlite:///{house.var}/pishkhan.sqlite3"
    acted(house, disk := tmp_path / "disk")
    for file in house.var.glob("pishkhan.sqlite3*"):
        file.unlink()
    for file in disk.iterdir():
        shutil.copy(file, house.var)

    assert persons(house.var) == ACTS
    assert house.run("verify-journal").returncode == 0


def test_without_a_sync_for_each_act_the_same_power_cut_loses_them(house, tmp_path):
    syncs = acted(house, disk := tmp_path / "disk", "NORMAL")

    assert len(syncs) == ACTS
    assert persons(disk) < ACTS
