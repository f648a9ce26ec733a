"""What cannot be stored is refused before anything is asked of it, on every address."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from factories import person_as
from http_client import signed_in
from pishkhan.people.roles import Role
from pishkhan.regulation.models import Holiday
from pishkhan.site.middleware.text_sanitising import is_storable

pytestmark = pytest.mark.usefixtures("law")


@pytest.mark.parametrize("path", ["/?q=%00", "/offices/a%00b/", "/api/offices?q=a%00", "/api/offices/%00", "/?%00=a"])
def test_an_address_with_a_nul_is_a_bad_request(path):
    answer = Client().get(path)
    assert answer.status_code == 400
    assert answer.json()["refusal"]


@pytest.mark.parametrize("name", ["a\\u0000b", "a\\ud800b"])
def test_a_body_with_a_text_that_cannot_be_stored_writes_nothing(name):
    client, before = signed_in(person_as(Role.ADMINISTRATOR)), Holiday.objects.count()
    body = f'{{"day": "2022-09-01", "name_fa": "{name}", "name_en": "b", "place": "15", "source": "1"}}'
    answer = client.post("/api/holidays", body, content_type="application/json")
    assert (answer.status_code, Holiday.objects.count()) == (400, before)
    whole = body.replace(name, "عید")
    assert client.post("/api/holidays", whole, content_type="application/json").status_code == 201


@given(st.text())
def test_whatever_can_be_written_in_utf8_is_storable_but_a_nul(text):
    def writable():
        try:
            text.encode()
        except UnicodeEncodeError:
            return False
        return True

    assert is_storable(text) == (writable() and "\0" not in text)
