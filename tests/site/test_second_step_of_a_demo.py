"""The one account of a demo with a second factor: how whoever tries the demo gets its code."""

import re

import pytest
from django.test import Client

from factories import person_as
from http_client import as_read
from pishkhan.accounts.second_factor.services import step_shown, turn_on_app
from pishkhan.demo.stage.cast import APP_KEY, PASSWORD, TWO_STEPS
from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.people.roles import Role
from pishkhan.people.services import open_account
from pishkhan.people.sign_in.second_factor import code_now
from pishkhan.site.operations.demonstration import accounts
from pishkhan.site.operations.deployment import close_play, open_demo, open_live

CODE = "/account/second-factor/authenticate/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


@pytest.fixture
def expert():
    someone = person_as(Role.EXPERT)
    open_account(someone, username=TWO_STEPS, password=PASSWORD, by=SYSTEM)
    turn_on_app(someone, secret=APP_KEY, step=step_shown(APP_KEY, code_now(APP_KEY)) - 1)
    return someone


def at_the_second_step():
    client = Client()
    client.post("/sign-in/", {"login": TWO_STEPS, "password": PASSWORD})
    return client, as_read(client.get(CODE))


def test_the_page_that_asks_for_the_code_of_a_demo_shows_it_and_it_signs_in(expert):
    close_play(open_demo(Division.objects.get(code="15"), "few"), stands_on=today())
    client, page = at_the_second_step()

    assert TWO_STEPS in page and APP_KEY in page
    code = re.search(r">(\d{6})</bdi>", page)[1]

    assert client.post(CODE, {"code": code}).status_code == 302
    assert client.get("/today/").status_code == 200


def test_where_it_is_no_demo_no_page_shows_a_key_or_code(expert):
    open_live(Division.objects.get(code="15"))
    _, page = at_the_second_step()

    assert "<form" in page and APP_KEY not in page and code_now(APP_KEY) not in page


@pytest.mark.parametrize("language", ["fa", "en"])
def test_what_is_printed_names_the_account_with_its_key_and_that_the_others_need_none(language):
    lines = list(accounts(language))
    naming = [line for line in lines if line.startswith(TWO_STEPS)]

    assert len(naming) == 1 and PASSWORD in naming[0] and APP_KEY in naming[0]
    assert {"fa": "معاف", "en": "exempt"}[language] in lines[-1]
