"""Whoever is erased leaves no byte of what they uploaded readable: on no disk, at no door."""

import pikepdf
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings as house
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from factories import person_as
from http_client import signed_in
from pishkhan.files import contents
from pishkhan.files.models import StoredFile
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.erasure import erasable_text
from pishkhan.journal.models import Secret
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.roles import Role
from pishkhan.people.services import erase
from procedure_driver import applicant_of, at
from scans import paper

pytestmark = pytest.mark.usefixtures("law")
CANARY = b"CANARY-IN-A-SCAN"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def scan():
    def drawn(pdf):
        pdf.pages[0].obj.Contents = pdf.make_stream(b"BT (" + CANARY + b") Tj ET")

    return paper(drawn, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def holding_the_canary(*folders):
    paths = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    return [path for path in paths if CANARY in path.read_bytes()]


@pytest.mark.django_db(transaction=True)
def test_no_byte_of_what_a_person_uploaded_is_left_readable(media):
    case = at(NewLicence, "check")
    gone, client = applicant_of(case), signed_in(person_as(Role.EXPERT))
    sent = signed_in(gone).post("/api/me/files", {"file": SimpleUploadedFile("a.pdf", scan())})
    assert sent.status_code == 201 and CANARY in scan()
    files = list(StoredFile.objects.filter(whose=gone.ref))
    copied = {each.pk: (media / each.path).read_bytes() for each in files}
    assert CANARY in contents.read(next(each for each in files if str(each.pk) == sent.json()["id"]))  # the control

    gone.assignments.all().delete()
    erase(gone, by=SYSTEM, reason="به درخواست او")

    connection.close()  # SQLite writes out what it holds
    assert holding_the_canary(media, house.VAR) == [] and not any((media / each.path).exists() for each in files)
    for pk, content in copied.items():  # a copy of the folder and the master key do not help
        for guess in (erasable_text._derived("secret"), erasable_text._derived("words")):
            with pytest.raises(InvalidTag):
                AESGCM(guess).decrypt(content[:12], content[12:], pk.bytes)
    assert not Secret.objects.filter(whose=gone.ref).exists()
    assert not StoredFile.objects.filter(whose=gone.ref).exclude(key=b"").exists()
    for address in (f"/cases/{case.number}/papers/tenure/", f"/api/cases/{case.number}/documents/tenure"):
        answer = client.get(address, headers={"accept-language": "fa"})
        assert answer.status_code == 410 and "پاک شده" in answer.content.decode()
    assert client.get(f"/cases/{case.number}/").status_code == 200
