"""The folders in which a deployment keeps what people sent: for its owner alone, swept by the clock, checked."""

import os
import stat
import time

import pytest

from pishkhan.files.sweeping import OLD_ENOUGH


@pytest.fixture
def opened(deployed):
    deployed.run("init", "--province", "15", check=True)
    return deployed


def left_in(deployed, name, age):
    path = deployed.var / "media" / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(b"left")
    os.utime(path, (time.time() - age,) * 2)
    return path


def test_the_clock_sweeps_what_a_killed_upload_left(opened):
    stray, fresh = left_in(opened, "files/ab/x", OLD_ENOUGH + 60), left_in(opened, "files/ab/y", 60)

    run = opened.run("clock", "--once", check=True)

    assert "swept: 1 file " in run.stdout and (stray.exists(), fresh.exists()) == (False, True)


def test_a_deployment_writes_what_its_owner_alone_can_read(opened):
    opened.run("clock", "--once", check=True)

    modes = {
        path.relative_to(opened.var): stat.S_IMODE(path.stat().st_mode)
        for path in opened.var.rglob("*")
        if path.name != "pishkhan.sqlite3"
    }  # the test copied it there
    assert {path: oct(mode) for path, mode in modes.items() if mode & 0o077} == {}


def test_the_check_names_what_others_can_read(opened):
    folder = left_in(opened, "files/ab/x", 0).parent.parent
    folder.chmod(0o755)

    run = opened.run("check")

    assert f"Others than its owner can get at {folder}." in run.stderr


def test_what_is_published_can_be_read_by_whoever_serves_it(opened, tmp_path):
    opened.run("keys", "publish", str(tmp_path / "mirror"), check=True)

    assert {stat.S_IMODE(path.stat().st_mode) & 0o044 for path in (tmp_path / "mirror").rglob("*")} == {0o044}


def test_publishing_opens_nothing_else_that_lies_in_the_folder(opened):
    """Somebody names the folder of the deployment itself, where the keys lie."""
    opened.run("keys", "publish", str(opened.var), check=True)

    assert (opened.var / "status" / "0.cwt").exists()
    assert stat.S_IMODE((opened.var / "keys" / "master.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((opened.var / "keys").stat().st_mode) == 0o700
