"""Files are judged by their content, lie in storage once, and are handed over so that no browser runs them."""

import io
import zipfile
from hashlib import sha256

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import override_settings

from folk import division, person, person_as
from pishkhan.files import refusals
from pishkhan.files.models import StoredFile
from pishkhan.files.selectors import files_of, name_of, open_content, response_for
from pishkhan.files.services import LIMIT, store
from pishkhan.journal import verify
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.people.roles import Role
from pishkhan.people.services import erase

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\0IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path):
        yield tmp_path


def zipped():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", "a")
    return archive.getvalue()


def upload(content=PDF, name="سند.pdf", by=None, **stated):
    return store(SimpleUploadedFile(name, content), by=by or person(), division=division("1503"), **stated)


def content_of(file):
    with open_content(file) as content:
        return content.read()


def lying_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("content", "name", "media_type"), [
    (PDF, "سند مالکیت.PDF", "application/pdf"), (PNG, "a.png", "image/png"), (JPEG, "a.jpg", "image/jpeg"),
    (JPEG + b"\0\0", "a.jpeg", "image/jpeg"), (JPEG + b"SEFH....SEFT", "a.jpg", "image/jpeg")])
def test_a_file_is_what_its_content_says(content, name, media_type):
    someone = person()

    file = upload(content, name, by=someone)

    assert (file.media_type, file.size, file.digest) == (media_type, len(content), sha256(content).hexdigest())
    assert content_of(file) == content and name_of(file) == name and list(files_of(someone)) == [file]
    assert file.id.version == 7 and file.uploaded_by == someone.ref


def test_the_journal_knows_the_digest_and_not_the_name():
    file = upload(name="قرارداد رضایی.pdf")

    entry = Entry.objects.get(subject=file.subject)
    assert entry.facts["digest"] == file.digest and "رضایی" not in str(entry.facts) and list(verify.problems()) == []


@pytest.mark.parametrize(("content", "name"), [
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg"), (b"<!DOCTYPE html><script>1</script>", "a.png"),
    (zipped(), "a.pdf"), (b"MZ\x90\0", "a.pdf"), (b"GIF89a", "a.png"), (b"plain words", "a.pdf"),
    (b" " + PDF, "a.pdf")])
def test_what_is_no_pdf_or_picture_is_refused_whatever_it_is_called(content, name, media):
    with pytest.raises(refusals.NotAllowedType) as refused:
        upload(content, name)

    assert refused.value.fields["file"].fa and not StoredFile.objects.exists() and lying_in(media) == []


@pytest.mark.parametrize(("content", "name"), [
    (PDF + zipped(), "a.pdf"), (JPEG + zipped(), "a.jpg"), (PNG + zipped(), "a.png"), (PNG + b"<script>", "a.png"),
    (JPEG + b"<html>", "a.jpg"), (b"%PDF-1.4\n<html><script>1</script>\n%%EOF", "a.pdf"), (PNG[:20], "a.png"),
    (JPEG[:10] + PDF[:20] + JPEG[10:], "a.jpg"), (PDF[:-6], "a.pdf"), (JPEG[:-2], "a.jpg")])
def test_what_is_two_things_at_once_or_cut_off_is_refused(content, name):
    with pytest.raises(refusals.NotAllowedType):
        upload(content, name)


@pytest.mark.parametrize(("content", "name"), [(PDF, "a.png"), (PNG, "a.jpg"), (JPEG, "jpg"[:0]), (PDF, "a.pdf.exe")])
def test_what_is_called_something_else_is_refused(content, name):
    with pytest.raises(refusals.Disguised):
        upload(content, name or "unnamed")


def test_an_empty_file_is_refused():
    with pytest.raises(refusals.EmptyFile):
        upload(b"")


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


def test_equal_contents_lie_in_storage_once(media):
    first, second = upload(name="a.pdf"), upload(name="b.pdf")

    assert first.pk != second.pk and first.path == second.path and len(lying_in(media)) == 1


def test_what_was_left_half_written_is_written_again(media):
    first = upload()
    (media / first.path).write_bytes(PDF[:9])

    assert content_of(upload()) == PDF and len(lying_in(media)) == 1


def test_a_large_upload_is_taken_from_the_disk():
    content = PDF[:-6] + b"0" * 3_000_000 + PDF[-6:]
    large = TemporaryUploadedFile("a.pdf", "application/pdf", len(content), None)
    large.write(content)
    large.seek(0)

    file = store(large, by=person(), division=division("1503"))

    assert file.size == len(content) and default_storage.size(file.path) == len(content)
    large.close()


def test_a_flood_reaches_the_disk_only_so_far_that_it_is_seen_to_be_one(rf):
    flood = SimpleUploadedFile("a.pdf", PDF + b"0" * 2 * LIMIT)

    received = rf.post("/", {"file": flood}).FILES["file"]

    assert LIMIT < received.size <= LIMIT + 65536
    with pytest.raises(refusals.TooLarge):
        store(received, by=person(), division=division("1503"))
    received.close()


def test_a_usual_upload_arrives_whole(rf):
    received = rf.post("/", {"file": SimpleUploadedFile("a.pdf", PDF)}).FILES["file"]

    assert store(received, by=person(), division=division("1503")).size == len(PDF)


def test_a_path_in_a_name_leads_nowhere(media):
    file = upload(name="..\\..\\etc\\a.pdf")

    assert name_of(file) == "a.pdf" and lying_in(media) == [media / file.path]


def test_a_file_is_handed_over_as_an_attachment_that_no_browser_runs():
    answer = response_for(upload(name='س"ند.pdf'))

    assert answer["Content-Type"] == "application/pdf" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment;") and "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == PDF
    answer.close()


def test_the_name_of_a_file_goes_with_who_uploaded_it():
    someone = person()
    file = upload(by=someone, name="رضایی.pdf")

    erase(someone, by=SYSTEM, reason="آزمایش")

    assert name_of(file) == f"{file.pk}.pdf" and list(verify.problems()) == []


def test_an_officer_uploads_in_their_role_and_place_only():
    expert = person_as(Role.EXPERT, "1504")

    with pytest.raises(NotPermitted):
        upload(by=expert, role=Role.EXPERT)
