"""A deployment says when its backups are old, its lists behind, or its database older than its seals."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from factories import division, person_as
from http_client import signed_in
from pishkhan.journal import clock
from pishkhan.journal.verification.checkpoints import checkpoint
from pishkhan.people.roles import Role
from pishkhan.site.keeping import marks
from pishkhan.site.keeping.backups import standing
from pishkhan.site.keeping.place import Place, Wishes, url_of
from pishkhan.site.operations.deployment import open_live

pytestmark = pytest.mark.usefixtures("law")
WISHES = Wishes(Path("/a"), Path("/b"), Path("/c"))
MADE = {"name": "x", "entries": 3, "beside": False}


@pytest.fixture
def live(law):
    return open_live(division("15"))


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path, tmp_path / "keys", url_of(tmp_path / "x.sqlite3"))


@pytest.mark.parametrize("name", ["پایگاه ۱", "50%41", "a?b#c"])
def test_a_file_of_any_name_is_found_again_by_its_address(name, place, tmp_path):
    there = place.with_file(tmp_path / name)

    assert there.file == tmp_path / name and place.with_url(there.url).file == tmp_path / name


def said():
    return [text.en for text in standing.warnings()]


def test_a_backup_that_was_never_made_is_old_or_lies_on_the_same_disk_is_told(live):
    assert "never backed up" in said()[0]

    standing.record_backup(MADE)
    assert said() == []
    with clock.at(clock.now() + timedelta(days=2, hours=1)):
        assert "last good backup" in said()[0]
    with clock.at(clock.now() - timedelta(days=3)):  # it seems to be made in three days: the clock stood elsewhere
        assert "last good backup" in said()[0]
    standing.record_backup(MADE | {"beside": True})
    assert "same disk" in said()[0]


@pytest.mark.parametrize(("role", "reads"), [(Role.DIRECTOR, True), (Role.ADMINISTRATOR, True), (Role.EXPERT, False)])
def test_it_stands_in_the_today_of_who_answers_for_it(live, role, reads):
    page = signed_in(person_as(role)).get("/today/").content.decode()

    assert ("هیچ پشتیبانی از این سامانه گرفته نشده است" in page) is reads


def test_the_page_of_the_system_tells_the_day_of_the_last_rehearsal(live):
    administrator = signed_in(person_as(Role.ADMINISTRATOR))
    assert "هنوز تمرین نشده است" in administrator.get("/system/").content.decode()

    standing.record_rehearsal(MADE)

    assert "هنوز تمرین نشده است" not in administrator.get("/system/").content.decode()


def test_the_daily_backup_is_one_clocks_and_tried_again_when_it_failed(live):
    assert not standing.claim(Wishes(None, None, None))

    assert standing.claim(WISHES)
    assert not standing.claim(WISHES)
    with clock.at(clock.now() + standing.AGAIN * 1.1):
        assert standing.claim(WISHES)
        standing.record_backup(MADE)
        assert not standing.claim(WISHES)
    with clock.at(clock.now() + timedelta(days=1)):
        assert standing.claim(WISHES)
    with clock.at(clock.now() - timedelta(days=5)):  # whatever the clock says, one that was begun is none that was made
        assert standing.claim(WISHES)


def test_a_database_that_lacks_the_last_seal_is_behind_and_says_so(live, place):
    checkpoint()
    marks.keep(place)
    assert list(marks.behind(place)) == []
    kept = [place.keys / marks.IN_KEYS, place.media / marks.IN_MEDIA]
    ahead = json.loads(kept[0].read_text()) | {"number": 9, "digest": "0" * 64}

    for file in kept:
        file.write_text(json.dumps(ahead))
        assert [str(file.parent) in text.en for text in marks.behind(place)][-1]
        marks.keep(place)

    assert all(json.loads(file.read_text()) == ahead for file in kept)  # a lesser mark does not hide the greater
    assert len(list(marks.behind(place))) == 2


def test_papers_that_no_row_names_are_told(live, place):
    assert list(marks.stray_papers(place)) == []
    (place.media / "ab").mkdir(parents=True)
    (place.media / "ab" / "abc").write_bytes(b"x")
    (place.media / "letters").mkdir()
    (place.media / "letters" / "copy").write_bytes(b"x")

    (told,) = marks.stray_papers(place)

    assert "1 paper " in told.en and "ab/abc" in told.en
