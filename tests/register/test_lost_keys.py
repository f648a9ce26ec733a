"""A licence whose private key is lost: its paper is refused in words, its page and the register go on without."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client

from factories import division, person, person_as
from http_client import signed_in
from pishkhan.credentials import vault
from pishkhan.credentials.services import open_key
from pishkhan.credentials.vault import NoPrivateKey
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.letters.models import Letter
from pishkhan.offices import credential
from pishkhan.offices.services import OfficeFacts, PremisesFacts, import_office
from pishkhan.people.roles import Role

pytestmark = pytest.mark.usefixtures("law", "papers", "signing_folder")


@pytest.fixture
def licence():
    """A licence of old, and the key that would sign it, which is lost."""
    key, day = open_key(by=SYSTEM), today()
    facts = OfficeFacts(
        "counter",
        division("1503011001"),
        person(),
        PremisesFacts(address="خیابان شهدا"),
        person(),
        None,
        day,
        "1",
        day,
        day + timedelta(days=1800),
    )
    entered = import_office(facts)[1]
    vault.path_of(key.kid).unlink()
    caches["process"].clear()
    return entered


def test_its_paper_is_refused_in_words_and_no_letter_goes_out(licence):
    expert = signed_in(person_as(Role.EXPERT))

    answer = expert.post(f"/register/{licence.office.code}/extract/{licence.pk}/")

    assert answer.status_code == 503
    assert "کلید خصوصی" in answer.content.decode()
    assert not Letter.objects.filter(about=licence.subject).exists()


def test_its_status_list_is_refused_in_words(licence):
    answer = Client().get("/.well-known/pishkhan/status/0.cwt")

    assert answer.status_code == 503
    assert "کلید خصوصی" in answer.content.decode()


def test_its_public_page_stays_and_leads_to_the_register(licence):
    text = Client().get(f"/offices/{licence.office.code}/").content.decode()

    assert f'href="/verify/?number={licence.number}"' in text
    with pytest.raises(NoPrivateKey):
        credential.verification_url(licence)


def test_a_key_is_written_anew_over_a_file_that_cannot_be_opened(licence):
    key = credential.rotate_keys(by=SYSTEM)
    private = vault.private_key(key.kid)
    vault.path_of(key.kid).write_bytes(b"of another house")

    vault.put(key.kid, private)

    assert vault.private_key(key.kid).private_bytes_raw() == private.private_bytes_raw()
