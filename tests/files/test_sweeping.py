"""What a killed process left in the media folder is laid aside; what belongs to a row, or may yet, is let alone."""

import os
import subprocess
import sys
import textwrap
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import division, person
from pishkhan.files import contents, disk
from pishkhan.files.models import StoredFile
from pishkhan.files.selectors import content_of
from pishkhan.files.services import store
from pishkhan.files.sweeping import ASIDE, KEPT_ASIDE, OLD_ENOUGH, sweep
from pishkhan.journal.durable import PART
from pishkhan.journal.models import Secret
from scans import paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def stored():
    return store(SimpleUploadedFile("a.pdf", paper()), by=person(), division=division("1503"))


def left(name, age, content=b"left"):
    disk.put(name, content)
    os.utime(disk.path_of(name), (time.time() - age,) * 2)
    return disk.path_of(name)


def grown_old(media):
    for path in media.rglob("*"):
        if path.is_file():
            os.utime(path, (time.time() - 2 * OLD_ENOUGH,) * 2)


def test_what_no_row_names_is_laid_aside_after_an_hour_and_removed_after_a_month(media):
    stray, fresh = left("files/ab/x", OLD_ENOUGH + 60), left("files/ab/y", OLD_ENOUGH - 60)

    assert (sweep({}), sweep({})) == (1, 0)
    aside = media / ASIDE / "files/ab/x"
    assert not stray.exists() and fresh.exists() and aside.read_bytes() == b"left"

    os.utime(aside, (time.time() - KEPT_ASIDE - 60,) * 2)
    assert sweep({}) == 0 and not aside.exists()


def test_what_was_never_finished_is_removed():
    part = left(f"files/ab/x.0123{PART}", OLD_ENOUGH + 60)

    assert sweep({}) == 1 and not part.exists() and list(disk.names()) == []


def test_what_a_row_names_stays_however_old_it_is(media):
    file = stored()
    grown_old(media)

    assert sweep({}) == 0 and content_of(file) == paper()


def test_each_folder_is_asked_about_its_own_names(media):
    wanted = []
    left("letters/ab/kept", 2 * OLD_ENOUGH), left("letters/ab/stray", 2 * OLD_ENOUGH), left("loose", 2 * OLD_ENOUGH)

    count = sweep({"letters": lambda names: wanted.append(names) or {"letters/ab/kept"}})

    assert count == 2 and wanted == [["letters/ab/kept", "letters/ab/stray"]] and disk.get("letters/ab/kept") == b"left"


@pytest.mark.tampers
@pytest.mark.parametrize("erase", [lambda: StoredFile.objects.update(key=b""), lambda: Secret.objects.all().delete()])
def test_what_was_erased_is_removed_if_the_machine_failed_before_it_was(erase, media):
    file = stored()
    erase()
    grown_old(media)

    sweep({})

    assert disk.get(file.path) is None and list(disk.names()) == []


def test_two_clocks_that_sweep_at_once_do_each_thing_once(media, monkeypatch):
    left("files/ab/x", 2 * OLD_ENOUGH)
    move = disk.move
    monkeypatch.setattr(disk, "move", lambda name, to: (move(name, to), move(name, to)))  # the other was quicker

    assert sweep({}) == 1 and disk.get(f"{ASIDE}/files/ab/x") == b"left"


KILLED = """
    import os, sys
    from django.core.files import storage
    storage.default_storage.path = lambda name: os.path.join(sys.argv[1], name)
    from pishkhan.files import disk
    from pishkhan.journal import durable
    {patch}
    disk.put("files/ab/x", b"left")
"""
MOMENTS = {  # where the process is killed, and what lies there then
    "before it is in its place": ("os.replace = lambda *each: os.kill(os.getpid(), 9)", [PART]),
    "after it is in its place": (
        "durable.sync_folder = lambda folder: [*folder.glob('x')] and os.kill(os.getpid(), 9)",
        ["x"],
    ),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_upload_leaves_nothing_for_good(moment, media):
    patch, there = MOMENTS[moment]
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(KILLED.format(patch=patch)), str(media)], check=False)
    assert run.returncode == -9
    assert [name.endswith(end) for (name, _), end in zip(disk.names(), there, strict=True)] == [True]

    grown_old(media)

    assert sweep({}) == 1 and [name for name, _ in disk.names() if not name.startswith(ASIDE)] == []


def test_a_row_is_never_committed_before_its_content_is_on_the_disk_for_good(monkeypatch):
    done = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: done.append(StoredFile.objects.count()) or fsync(handle))

    file = stored()

    assert len(done) >= 2 and set(done) == {0} and contents.lies_whole(file)  # the content and the name in its folder
