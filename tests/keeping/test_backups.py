"""Backups are whole, verified, apart from their keys; and come back elsewhere, with nobody un-erased."""

import json
import shutil
import subprocess
import sys
import threading

import pytest

from kept import PAPER, PERSON, manifest_of, newest
from pishkhan.site.keeping.locks import nobody_runs, one_keeper

ERASED = """
person = Person.objects.exclude(family_name="").order_by("-pk").first()
erase(person, by=SYSTEM, reason="خواست خودش بود.")
print(person.pk)
"""
HOLDS = """
import pathlib, sys
from pishkhan.site.keeping.locks import hold_running
hold_running(pathlib.Path(sys.argv[1]))
print("held", flush=True)
input()
"""
LIES = """
person = Person.objects.get(pk=PK)
print(repr(person.family_name), Secret.objects.filter(whose=person.ref).exists())
"""


def test_a_backup_holds_everything_keys_apart_and_says_so(first):
    backup = newest(first.backups)
    manifest = manifest_of(backup)

    media = {name for name in manifest["files"] if name.startswith("media/")}
    assert {name.removeprefix("media/") for name in media} == set(first.papers())
    assert manifest["journal"]["entries"] + 1 == len(first.entries())  # that it was made is recorded afterwards
    assert manifest["absent"] == []
    held = b"".join(
        file.read_bytes() for top in (first.backups, first.keys) for file in top.rglob("*") if file.is_file()
    )
    assert (first.var / "keys" / "master.key").read_bytes() not in held
    assert all(path.stat().st_mode & 0o077 == 0 for top in (first.backups, first.keys) for path in top.rglob("*"))
    assert first.left_overs() == []


def test_a_backup_comes_back_on_a_bare_machine(first, bare):
    run = bare.restore(first, "--json")

    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["verified"] is True
    assert bare.papers() == first.papers()
    assert bare.entries() == first.entries()[: len(bare.entries())]
    assert (bare.var / "keys" / "master.key").read_bytes() == (first.var / "keys" / "master.key").read_bytes()
    assert bare.left_overs() == []
    bare.whole()
    bare.do(PERSON + PAPER)
    bare.whole()


def test_every_altered_or_lost_file_is_named(first, bare):
    backup = newest(first.backups)
    for name in manifest_of(backup)["files"]:
        copy = bare.outside / "copy" / backup.name
        shutil.copytree(backup, copy)
        whole = (copy / name).read_bytes()
        (copy / name).write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

        run = bare.restore(first, backups=copy)

        assert (run.returncode, name in run.stderr) == (1, True), run.stderr
        assert not (bare.var / "keys" / "master.key").exists()
        shutil.rmtree(copy.parent)


def test_a_wrong_passphrase_and_no_keys_are_told_and_nothing_is_written(first, bare):
    (bare.outside / "wrong").write_text("not the passphrase at all")

    wrong = bare.restore(first, passphrase=bare.outside / "wrong")
    none = bare.restore(first, keys=bare.outside)
    nothing = bare.restore(first, backups=bare.outside)

    assert "The passphrase is not that of" in wrong.stderr
    assert "The keys of this backup are not in" in none.stderr
    assert "There is no whole backup in" in nothing.stderr
    assert [wrong.returncode, none.returncode, nothing.returncode] == [1, 1, 1]
    assert bare.papers() == {}


def test_nothing_newer_is_replaced_without_a_word_and_then_it_is_kept(first, another):
    another.do(PAPER)
    before, papers = another.entries(), another.papers()

    refused = another.restore(first)

    assert refused.returncode == 1
    assert "2 entries" in refused.stderr and "--over" in refused.stderr
    assert (another.entries(), another.papers()) == (before, papers)

    run = another.restore(first, "--over")

    assert run.returncode == 0, run.stderr
    assert "put aside" in run.stdout
    assert another.papers() == first.papers()
    assert len(another.entries()) < len(before)
    another.whole()


def test_who_was_erased_since_is_erased_again_and_it_is_told_up_to_when_the_list_is_known(first, another, bare):
    key = another.do(ERASED).split()[-1]
    shutil.copytree(first.keys, bare.outside / "keys")
    shutil.copy(another.var / "keys" / "erasures.log", bare.outside / "keys")

    run = bare.restore(first, "--json", keys=bare.outside / "keys")

    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)
    assert said["erasures_repeated"] == 1
    assert said["erasures_known_until"] > said["made_at"]
    assert bare.do(LIES.replace("PK", key)).split() == ["''", "False"]
    assert bare.query("SELECT actor FROM journal_entry WHERE act = 'people.repeat-erasure'") == [("system",)]
    bare.whole()


def test_what_the_last_backup_holds_is_linked_unless_it_went_bad(another):
    another.do(PAPER)
    assert another.back_up().returncode == 0
    one = newest(another.backups)
    paper, rotten, *_ = sorted(another.papers())
    linked = (one / "media" / paper).stat().st_ino
    (one / "media" / rotten).write_bytes(b"x" * (one / "media" / rotten).stat().st_size)

    assert another.back_up().returncode == 0

    two = newest(another.backups)
    assert one.name != two.name and not one.exists()  # of one day the last is kept
    assert (two / "media" / paper).stat().st_ino == linked
    assert (two / "media" / rotten).read_bytes() == another.papers()[rotten]


def test_a_faulty_database_is_not_taken_for_a_backup(another):
    with another.connected() as there:
        there.execute("UPDATE people_person SET revision = 7")

    run = another.back_up()

    assert run.returncode == 1
    assert "person:1 does not agree" in run.stderr
    assert [path for path in another.backups.iterdir() if not path.name.startswith(".keeping")] == []
    assert list(another.keys.glob("*.keys")) == []
    assert another.left_overs() == []


def test_two_at_once_and_a_restore_under_running_processes_are_refused(first, another):
    with one_keeper(another.var):
        run = another.back_up()
    assert (run.returncode, "Another backup" in run.stderr) == (1, True)

    with nobody_runs(another.var):
        assert another.run("clock", "--once").returncode == 1
    running = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(another.var)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert running.stdout.readline() == b"held\n"
    run = another.restore(first, "--over")
    running.communicate(b"\n")
    assert (run.returncode, "stop them first" in run.stderr) == (1, True)


def test_a_backup_under_load_is_consistent_and_a_rehearsal_is_remembered(another, bare):
    busy = threading.Event()

    def work():
        while not busy.is_set():
            another.do(PAPER * 5 + PERSON.replace('phone="09161234567"', "phone=None"))

    working = threading.Thread(target=work)
    working.start()
    made = another.back_up("--json")
    busy.set()
    working.join()

    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["absent"] == []
    rehearsed = another.restore(another, "--rehearse")
    assert rehearsed.returncode == 0, rehearsed.stderr
    ((backed_up, rehearsed_at),) = another.query("SELECT backed_up_at, rehearsed_at FROM site_deployment")
    assert backed_up and rehearsed_at
    run = bare.restore(another)
    assert run.returncode == 0, run.stderr
    bare.whole()


@pytest.mark.parametrize("name", ["backup", "restore", "upgrade"])
def test_folders_that_are_not_there_are_told_in_a_sentence(bare, name):
    data = {
        "backup": bare.back_up,
        "restore": lambda: bare.restore(bare),
        "upgrade": lambda: bare.run(
            "upgrade", "--to", "/proc/none", "--keys-to", "/proc/other", "--passphrase-file", str(bare.passphrase)
        ),
    }[name]()

    assert data.returncode == 1
    assert "Traceback" not in data.stderr
    assert data.stderr.strip().endswith((".", "…"))
