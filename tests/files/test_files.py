"""Files are kept encrypted, each under a key of its own, and are handed over so that no browser runs them."""

import os
import stat

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from factories import division, person, person_as
from http_client import signed_in
from pishkhan.files import contents, disk, refusals
from pishkhan.files.models import StoredFile
from pishkhan.files.selectors import content_of, files_of, lost_contents, name_of, response_for
from pishkhan.files.services import LIMIT, store
from pishkhan.journal.acts import SYSTEM, begin
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.locks import one_transaction
from pishkhan.journal.models import Entry, Secret
from pishkhan.journal.refusals import NotPermitted
from pishkhan.journal.verification import verify
from pishkhan.people.roles import Role
from pishkhan.people.services import erase
from scans import CANARY, drawing, paper, photo, told_photo

pytestmark = pytest.mark.django_db
PDF = paper()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def upload(content=PDF, name="سند.pdf", by=None, **stated):
    return store(SimpleUploadedFile(name, content), by=by or person(), division=division("1503"), **stated)


def lying_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PDF, "سند مالکیت.PDF", "application/pdf"),
        (drawing(), "a.png", "image/png"),
        (photo(), "a.jpg", "image/jpeg"),
        (photo(), "a.jfif", "image/jpeg"),
    ],
)
def test_a_file_is_what_its_content_says(content, name, media_type):
    someone = person()

    file = upload(content, name, by=someone)

    assert (file.media_type, file.size, file.whose) == (media_type, len(content), someone.ref)
    assert content_of(file) == content and name_of(file) == name and list(files_of(someone)) == [file]
    assert file.id.version == 7 and file.uploaded_by == someone.ref


def test_a_name_without_an_ending_gets_one_when_it_is_handed_over():
    assert name_of(upload(photo(), "عکس")) == "عکس.jpg"


def test_the_journal_holds_neither_the_name_nor_a_digest_that_a_stranger_could_compare():
    first, second = upload(name="قرارداد رضایی.pdf"), upload()

    entry = Entry.objects.get(subject=first.subject)
    assert entry.facts["digest"] == first.digest != second.digest
    assert "رضایی" not in str(entry.facts) and list(verify.problems()) == []


def test_what_was_sent_and_what_is_kept_of_it_are_both_sealed():
    file = upload(told_photo(), "a.jpg")

    facts, key = Entry.objects.get(subject=file.subject).facts, contents.key_of(file)
    assert facts["sent"] == contents.digest_of(key, told_photo())
    assert facts["digest"] == contents.digest_of(key, content_of(file)) and CANARY not in content_of(file)


def test_what_is_called_something_else_is_refused_and_leaves_nothing(media):
    for content, name in ((PDF, "a.png"), (PDF, "a.pdf.exe"), (drawing(), "a.jpg")):
        with pytest.raises(refusals.Disguised):
            upload(content, name)

    assert not StoredFile.objects.exists() and lying_in(media) == []


def test_what_is_too_large_is_refused_before_it_is_read_to_the_end(media):
    class Endless(SimpleUploadedFile):
        read_so_far = 0

        def chunks(self, chunk_size=None):
            while True:
                self.read_so_far += 65536
                yield b"%PDF-" + b"\0" * 65531

    endless = Endless("a.pdf", b"")

    with pytest.raises(refusals.TooLarge):
        store(endless, by=person(), division=division("1503"))

    assert endless.read_so_far <= LIMIT + 65536 and lying_in(media) == []


@pytest.mark.parametrize(("limit", "taken"), [(len(PDF), True), (len(PDF) - 1, False)])
def test_a_file_may_be_just_as_large_as_the_limit(limit, taken):
    if taken:
        assert upload(limit=limit).size == limit
    else:
        with pytest.raises(refusals.TooLarge):
            upload(limit=limit)


def test_nothing_on_disk_can_be_read_compared_or_told_by_its_name(media):
    upload(name="رضایی.pdf"), upload(name="رضایی.pdf")

    first, second = (path.read_bytes() for path in lying_in(media))
    assert first != second and b"%PDF" not in first + second
    assert not any("رضایی" in str(path) for path in lying_in(media))


def test_what_lies_on_disk_is_for_its_owner_alone(media):
    former = os.umask(0)  # whatever the process was begun with
    try:
        upload()
    finally:
        os.umask(former)

    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (media, *media.rglob("*"))}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}


@pytest.mark.parametrize(
    "harm",
    [
        lambda path, other: path.write_bytes(path.read_bytes()[:-1]),
        lambda path, other: path.unlink(),
        lambda path, other: path.write_bytes(other.read_bytes()),
        lambda path, other: path.write_bytes(b""),
    ],
    ids=["cut", "gone", "another's", "empty"],
)
def test_a_content_that_was_altered_or_is_gone_is_named_and_not_handed_over(harm):
    file, other = upload(), upload(photo(), "a.jpg")
    harm(disk.path_of(file.path), disk.path_of(other.path))

    with pytest.raises(refusals.ContentLost):
        content_of(file)
    assert [str(file.pk) in fault.fa for fault in lost_contents()] == [True]


@pytest.mark.tampers
@pytest.mark.parametrize("key", [lambda file, other: b"", lambda file, other: other.key], ids=["none", "another's"])
def test_a_content_whose_key_was_taken_away_without_an_act_is_named(key):
    by = person()
    file, other = upload(by=by), upload(by=by)

    StoredFile.objects.filter(pk=file.pk).update(key=key(file, other))

    assert [str(file.pk) in fault.en for fault in lost_contents()] == [True]


def test_a_flood_fills_no_memory_and_is_refused_in_words(rf):
    received = rf.post("/", {"file": SimpleUploadedFile("a.pdf", PDF + b"0" * 2 * LIMIT)}).FILES["file"]

    assert LIMIT < received.size <= LIMIT + 65536
    with pytest.raises(refusals.TooLarge):
        store(received, by=person(), division=division("1503"))


def test_a_large_upload_arrives_whole_and_never_lies_in_a_temporary_folder(rf, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "nowhere"  # writing there would fail
    large = photo(side=2000, noise=True, quality=95)

    received = rf.post("/", {"file": SimpleUploadedFile("a.jpg", large)}).FILES["file"]

    assert len(large) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    assert content_of(store(received, by=person(), division=division("1503"))) == large


def test_a_path_in_a_name_leads_nowhere(media):
    file = upload(name="..\\..\\etc\\a.pdf")

    assert name_of(file) == "a.pdf" and lying_in(media) == [media / file.path]


def test_a_file_is_handed_over_as_an_attachment_that_no_browser_runs():
    answer = response_for(upload(name='س"ند.pdf'))

    assert answer["Content-Type"] == "application/pdf" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment;") and "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == PDF and answer["Cache-Control"] == "private, no-store"


def test_an_officer_uploads_in_their_role_and_place_only(media):
    expert = person_as(Role.EXPERT, "1504")

    with pytest.raises(NotPermitted):
        upload(by=expert, role=Role.EXPERT)
    assert lying_in(media) == []


def test_what_a_transaction_gives_up_leaves_no_content_behind(media):
    with pytest.raises(ZeroDivisionError), one_transaction():
        upload()
        assert len(lying_in(media)) == 1
        _ = 1 / 0

    assert not StoredFile.objects.exists() and lying_in(media) == []


def test_the_content_lies_there_before_the_row_does(media, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "pishkhan.files.services.begin",
        lambda *args, **named: seen.append(len(lying_in(media))) or begin(*args, **named),
    )

    upload()

    assert seen == [1]


def test_whoever_is_erased_is_erased_with_what_they_uploaded(media, django_capture_on_commit_callbacks):
    gone, other = person(), person()
    theirs, same = upload(by=gone, name="رضایی.pdf"), upload(by=other)
    copied = disk.path_of(theirs.path).read_bytes()  # as a backup of the media folder has it

    with django_capture_on_commit_callbacks(execute=True):
        erase(gone, by=SYSTEM, reason="آزمایش")

    theirs.refresh_from_db()
    assert lying_in(media) == [media / same.path] and content_of(same) == PDF
    disk.put(theirs.path, copied)
    with pytest.raises(refusals.ContentErased):
        content_of(theirs)
    assert name_of(theirs) == f"{theirs.pk}.pdf" and (1, "name") not in words_of(theirs.subject)
    assert not bytes(theirs.key) and not Secret.objects.filter(whose=gone.ref).exists()
    assert list(verify.problems()) == [] and list(lost_contents()) == []


def test_a_key_of_before_reads_nothing_once_the_secret_was_destroyed():
    """As where the database comes from a backup, and the erasures since are repeated."""
    gone = person()
    file = upload(by=gone)
    before = bytes(file.key)
    erase(gone, by=SYSTEM, reason="آزمایش")

    StoredFile.objects.filter(pk=file.pk).update(key=before)
    file.refresh_from_db()

    with pytest.raises(refusals.ContentErased):
        content_of(file)


def test_an_erased_file_says_so_at_every_door():
    gone = person_as(Role.EXPERT)
    file, client = upload(by=gone), signed_in(gone)
    assert b"".join(client.get(f"/api/me/files/{file.pk}")) == PDF

    StoredFile.objects.update(key=b"")  # whoever is erased cannot sign in: another's look at it
    answer = client.get(f"/api/me/files/{file.pk}", headers={"accept-language": "fa"})

    assert answer.status_code == 410 and "پاک شده" in answer.json()["refusal"]


def test_two_transactions_do_not_undo_each_others_contents(media):
    kept = upload()
    with pytest.raises(ZeroDivisionError), one_transaction():
        _ = 1 / 0

    with transaction.atomic():
        assert content_of(kept) == PDF and len(lying_in(media)) == 1
