"""Nothing of a complaint is in any page, answer, export or log that the public can reach."""

import logging

import pytest
from django.test import Client

from complained import planted as plant
from devtools.crawler import addresses
from pishkhan.site.api import api

pytestmark = pytest.mark.usefixtures("law", "papers", "signing_folder")


@pytest.fixture
def planted():
    return plant()


def public_addresses(rows):
    yield from addresses().values()
    for path, methods in api.get_openapi_schema()["paths"].items():
        if "get" in methods and "{" not in path:
            yield path
    for row in rows:
        office = row.office.code
        yield from (
            f"/complaints/{row.pk}/",
            f"/api/complaints/{row.pk}",
            f"/my-office/complaints/{row.pk}/",
            f"/complaints/{row.pk}/photos/1/",
            f"/complaints/track/?code={row.number}",
            f"/offices/{office}/",
            f"/offices/{office}/complaint-sheet/",
            f"/complaints/new/?office={office}",
            f"/api/complaints/track/{row.number}",
            f"/verify/?number={row.office.licences.get().number}",
        )
    yield from ("/complaints/?of=every&export=csv", "/figures/", "/sanctions/", "/api/openapi.json")


@pytest.mark.parametrize("language", ["fa", "en"])
def test_nothing_of_a_complaint_is_in_what_the_public_can_reach(planted, language, caplog):
    client = Client()
    client.cookies["django_language"] = language
    known = [mark for row in planted for mark in (row.code, row.number, str(row.pk))]
    with caplog.at_level(logging.DEBUG):
        for address in public_addresses(planted):
            answer = client.get(address)
            content = (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace")
            marks = [mark for mark in known if mark in address]
            assert "قناری" not in content, address
            assert b"CANARY" not in content.encode(), address
            assert [mark for mark in known if mark in content and mark not in marks] == [], address
    assert "قناری" not in caplog.text
