"""What is wrong with a deployment is declared once, and told to who can act: in Today, on pages, and to programs."""

import subprocess
import sys
from io import StringIO

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client

from factories import person_as
from http_client import signed_in
from pishkhan.credentials import vault
from pishkhan.credentials.selectors import usable_keys
from pishkhan.credentials.services import open_key
from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM
from pishkhan.language.text import verbatim
from pishkhan.people.roles import Role
from pishkhan.site.operations import disks, health
from pishkhan.site.operations.deployment import open_live
from pishkhan.site.operations.disks import OPEN
from pishkhan.site.operations.health import QUESTIONS, Question, what_is_wrong

pytestmark = pytest.mark.usefixtures("law", "papers", "signing_folder")
ROOM = "مگابایت جا مانده است"


@pytest.fixture
def province():
    open_live(Division.objects.get(code="15"))
    return open_key(by=SYSTEM)


def today_of(role):
    caches["process"].clear()
    return signed_in(person_as(role)).get("/today/").content.decode()


def names_that_are_wrong():
    caches["process"].clear()
    answer = Client().get("/health/")
    return answer.status_code, answer.json()["wrong"]


def test_every_question_that_is_quick_has_somebody_who_can_act_upon_it():
    assert all(set(question.who) & {Role.ADMINISTRATOR, Role.DIRECTOR} for question in QUESTIONS if question.quick)
    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS)


def test_a_disk_that_is_nearly_full_is_told_in_today_on_the_page_to_programs_by_check_and_by_the_clock(
    province, settings
):
    well = names_that_are_wrong()
    settings.LEAST_FREE = 2**60
    clock_said = StringIO()
    call_command("clock", "--once", stdout=StringIO(), stderr=clock_said)

    assert ROOM in today_of(Role.ADMINISTRATOR) and ROOM in today_of(Role.DIRECTOR)
    assert ROOM not in today_of(Role.EXPERT)
    assert ROOM in signed_in(person_as(Role.ADMINISTRATOR)).get("/system/").content.decode()
    assert "short_of_room" not in well[1]
    assert "short_of_room" in names_that_are_wrong()[1]
    assert any(ROOM in text.fa for text in what_is_wrong())
    assert "MB are left" in clock_said.getvalue()


def test_a_store_that_cannot_be_written_takes_the_deployment_out_of_service(province, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    works = names_that_are_wrong()
    settings.MEDIA_ROOT.write_text("a file where the folder should be")

    stopped = names_that_are_wrong()

    assert (works[0], stopped[0]) == (200, 503)
    assert stopped[1].count("unwritable") == 1
    assert "نمی‌توان نوشت" in today_of(Role.ADMINISTRATOR)


def test_what_a_program_is_told_names_no_folder_and_no_secret(province, settings, tmp_path):
    settings.LEAST_FREE = 2**60
    caches["process"].clear()

    text = Client().get("/health/").content.decode()

    assert "/" not in text and str(tmp_path) not in text


def test_keys_and_database_that_others_can_get_at_are_told_with_what_closes_them(province, settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    (settings.KEYS / "licences").mkdir(parents=True)
    for folder in (settings.KEYS, settings.KEYS / "licences"):
        folder.chmod(0o700)
    (settings.KEYS / "master.key").write_bytes(b"x" * 32)
    (settings.KEYS / "master.key").chmod(0o600)
    closed = [path.en for path in disks.open_to_others() if str(settings.KEYS) in path.en]
    settings.KEYS.chmod(0o750)
    (settings.KEYS / "master.key").chmod(0o640)

    opened = [path.en for path in disks.open_to_others() if str(settings.KEYS) in path.en]

    assert closed == []
    assert f"chmod 700 {settings.KEYS}" in opened[0] and f"chmod 600 {settings.KEYS}/master.key" in opened[1]


def test_a_command_that_mends_it_can_be_copied_from_a_persian_page(province, monkeypatch):
    fault = OPEN.filled(path=verbatim("/srv/keys 1"), command=verbatim("chmod 600 /srv/keys 1"))
    monkeypatch.setattr(health, "QUESTIONS", (Question(lambda: iter([fault]), (Role.ADMINISTRATOR,)),))

    page = today_of(Role.ADMINISTRATOR)

    assert '<bdi dir="ltr" lang="en">chmod 600 /srv/keys 1</bdi>' in page


@pytest.mark.parametrize("spoilt", ["gone", "foreign", "empty", "another's"])
def test_a_signing_key_that_cannot_sign_is_told_to_who_can_act(province, spoilt):
    path = vault.path_of(province.kid)
    if spoilt == "gone":
        path.unlink()
    elif spoilt == "another's":
        other = vault.path_of("00000000")
        path.rename(other)
        path.write_bytes(other.read_bytes())
        province.kid = "00000000"
        path = other
        type(province).objects.filter(pk=province.pk).update(kid="00000000")
    else:
        path.write_bytes(b"" if spoilt == "empty" else b"x" * 120)

    page = today_of(Role.ADMINISTRATOR)

    assert usable_keys()[0].kid in page.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
    assert usable_keys()[0].kid in " ".join(text.en for text in what_is_wrong())


AT_START = """
import django; django.setup()
from pishkhan.site.operations.health import said_at_start
print("\\n".join(each.en for each in said_at_start()))
"""


def test_a_process_that_begins_knows_every_limit(deployed):
    env = deployed.env | {
        "PISHKHAN_LIMITS": "joining=5/h,dancing=1/m",
        "DJANGO_SETTINGS_MODULE": "pishkhan.site.configuration.settings",
    }

    output = subprocess.run(
        [sys.executable, "-c", AT_START], env=env, capture_output=True, text=True, timeout=300, check=True
    ).stdout

    assert "'dancing' that is none" in output and "'joining' that is none" not in output and "uploads" in output
