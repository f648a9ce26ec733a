"""Keys at rest under a passphrase, manifests that know of every byte, and folders that lie apart."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from pishkhan.site.keeping.backups import archive, manifest
from pishkhan.site.keeping.backups.backing_up import ask_that_they_lie_apart
from pishkhan.site.keeping.durable import Content
from pishkhan.site.keeping.place import Place, url_of
from pishkhan.site.keeping.refusals import NotKept

pytestmark = pytest.mark.no_database

KEYS = {"master.key": bytes(range(32)), "licences/a.ed25519": b"private"}
SECRET = "یک گذرواژهٔ بلند".encode()


@pytest.fixture
def written(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "COST", {"n": 2, "r": 1, "p": 1})  # what is tried here is not how long guessing takes
    archive.write(tmp_path / "a.keys", KEYS, SECRET, belongs_to="0" * 64)
    return tmp_path / "a.keys"


def test_keys_come_back_under_their_passphrase_and_lie_nowhere_in_clear(written):
    assert archive.read(written, SECRET, belongs_to="0" * 64) == KEYS
    assert KEYS["master.key"] not in written.read_bytes()
    assert b"licences" not in written.read_bytes()
    assert written.stat().st_mode & 0o077 == 0


def test_a_wrong_passphrase_is_told_from_damage(written):
    with pytest.raises(NotKept) as wrong:
        archive.read(written, b"another passphrase")
    assert wrong.value.text == archive.WRONG.filled(path=written)


def test_every_altered_byte_of_the_keys_is_noticed(written):
    whole = written.read_bytes()
    for place in range(len(whole)):
        written.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(NotKept) as damaged:
            archive.read(written, SECRET)
        assert damaged.value.text == archive.DAMAGED.filled(path=written)


def test_a_forged_head_is_not_believed(written):
    head, _, rest = written.read_bytes()[:-32].partition(b"\n")
    forged = head.replace(b"0" * 64, b"1" * 64) + b"\n" + rest

    written.write_bytes(forged + sha256(forged).digest())

    with pytest.raises(NotKept):
        archive.read(written, SECRET)


def test_the_keys_of_another_backup_are_refused(written):
    with pytest.raises(NotKept) as other:
        archive.read(written, SECRET, belongs_to="1" * 64)
    assert other.value.text == archive.OF_ANOTHER.filled(path=written)


@pytest.mark.parametrize("name", ["../master.key", "/etc/master.key", "a/../../b"])
def test_no_key_is_laid_out_elsewhere(tmp_path, name):
    with pytest.raises(NotKept):
        archive.laid_out({name: b"x"}, tmp_path / "keys")


def test_every_altered_byte_of_a_manifest_is_noticed(tmp_path):
    made = manifest.Manifest(
        "name",
        datetime(2026, 1, 1, tzinfo=UTC),
        "sqlite",
        "database.sqlite3",
        {"entries": 3, "last": {"name": "مهر"}},
        [],
        {"media/a": Content(3, "0" * 64)},
    )
    whole = manifest.rendered(made)
    (tmp_path / manifest.NAME).write_bytes(whole)
    assert manifest.read(tmp_path) == made

    for place in range(len(whole)):
        (tmp_path / manifest.NAME).write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(NotKept):
            manifest.read(tmp_path)


@pytest.mark.parametrize(
    ("to", "keys_to", "passphrase"),
    [
        ("a", "a", "p"),
        ("a", "a/keys", "p"),
        ("k/a", "k", "p"),
        ("a", "link", "p"),
        ("a", "k", "a/p"),
        ("a", "k", "k/p"),
        ("var/media/a", "k", "p"),
        ("a", "var/keys/k", "p"),
        ("var/keys", "k", "p"),
    ],
)
def test_keys_never_lie_beside_what_they_open(tmp_path, to, keys_to, passphrase):
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    place = Place(tmp_path / "var", tmp_path / "var" / "keys", url_of(tmp_path / "var" / "pishkhan.sqlite3"))

    with pytest.raises(NotKept):
        ask_that_they_lie_apart(place, tmp_path / to, tmp_path / keys_to, tmp_path / passphrase)

    ask_that_they_lie_apart(place, tmp_path / "a", tmp_path / "k", tmp_path / "p")


@pytest.mark.parametrize("content", [b"", b"short\n", b"\n\n\n", b"\xff\xfe" * 20])
def test_a_passphrase_that_is_none_is_refused(tmp_path, content):
    (tmp_path / "p").write_bytes(content)
    for file in ("p", "none"):
        with pytest.raises(NotKept):
            archive.passphrase_in(tmp_path / file)
