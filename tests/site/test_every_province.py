"""Public pages serve every province of a database: chosen by the address, and remembered."""

import pytest
from django.test import Client

from factories import describe_division, division, person_as
from http_client import as_read
from pishkhan.geography.models import Division
from pishkhan.people.roles import Role
from pishkhan.site.operations import health
from pishkhan.site.operations.deployment import open_live

pytestmark = pytest.mark.usefixtures("law", "papers")
PAGES = ("/", "/figures/", "/sanctions/", "/decisions/", "/law/", "/checklists/")
CHOOSER = 'name="province"'


@pytest.fixture(autouse=True)
def two(law):
    division("16")
    describe_division("15", name="لرستان", name_en="Lorestan", kind="province")
    describe_division("16", name="کردستان", name_en="Kurdistan", kind="province")
    open_live(Division.objects.get(code="15"))
    person_as(Role.ADMINISTRATOR, "15")


@pytest.fixture
def second(two):
    return person_as(Role.ADMINISTRATOR, "16")


@pytest.mark.parametrize("page", PAGES)
def test_a_database_of_one_province_offers_no_choice(page):
    assert CHOOSER not in Client().get(page).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_each_page_of_a_province_offers_the_choice(second, page):
    answer = Client().get(page, {"province": "16"})
    assert answer.status_code == 200
    assert '<option value="16" selected>' in answer.content.decode().replace(" \n", "")


def test_what_was_chosen_is_remembered_and_what_is_none_is_not(second):
    browser = Client()
    assert "لرستان" in as_read(browser.get("/figures/"))
    assert "کارنامهٔ کردستان" in as_read(browser.get("/figures/", {"province": "16"}))
    assert "کارنامهٔ کردستان" in as_read(browser.get("/figures/"))
    assert "Cookie" in browser.get("/figures/").headers["Vary"]
    for none in ("17", "1603", "x" * 500, "۱۶"):
        assert "کارنامهٔ کردستان" in as_read(browser.get("/figures/", {"province": none}))
    assert "کارنامهٔ لرستان" in as_read(browser.get("/figures/", {"province": "15"}))
    assert "کارنامهٔ لرستان" in as_read(Client().get("/figures/"))
    assert "تنبیه‌های قطعی دفترهای کردستان" in as_read(Client().get("/sanctions/", {"province": "16"}))


def test_check_asks_of_every_province_and_names_it_where_there_are_several(monkeypatch, second):
    monkeypatch.setattr(health, "keys_relied_on", lambda place: {"licence.term"} if place == "16" else set())
    said = [text.en for text in health._regulation()]
    assert said and all(text.startswith("Kurdistan: ") for text in said)
