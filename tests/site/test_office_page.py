"""The public page of an office: the licence that holds leads, whatever was issued for later; its name and booths."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client

from factories import person_as
from http_client import signed_in
from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.licensing.procedures.address_change import AddressChange
from pishkhan.licensing.procedures.renewal import Renewal
from pishkhan.licensing.procedures.transfer import Transfer
from pishkhan.offices.changes import Change, change_office, open_booth
from pishkhan.offices.selectors import standing_of
from pishkhan.people.roles import Role
from procedure_driver import at
from rules_of_matters import licence

pytestmark = pytest.mark.usefixtures("law", "papers")


def page(office, language="fa"):
    client = Client()
    client.cookies["django_language"] = language
    return client.get(f"/offices/{office.code}/").content.decode()


def test_a_successor_that_has_not_begun_does_not_hide_the_licence_that_holds():
    old = at(Renewal, "issued").dossier.licence
    new, text = old.successor, page(old.office)
    assert new.valid_from > today()
    assert "پروانهٔ معتبر دارد" in text
    assert text.index(f">{old.number}<") < text.index(f">{new.number}<")
    assert "آغاز می‌شود" in text.split(f">{new.number}<")[1]
    assert "begins on" in page(old.office, "en")
    assert standing_of([old.office], today())[old.office_id].licence == old
    with clock.at(datetime.combine(new.valid_from, time(8), UTC)):
        assert standing_of([old.office], today())[old.office_id].licence == new
        text = page(old.office)
        assert text.index(f">{new.number}<") < text.index(f">{old.number}<")
        assert "جایگزین‌شده با پروانهٔ تازه" in text


@pytest.mark.parametrize(("procedure", "word"), [(Transfer, "منتقل‌شده"), (AddressChange, "جایگزین‌شده")])
def test_a_former_licence_says_what_became_of_it_and_what_holds_now(procedure, word):
    old = at(procedure, "issued").dossier.licence
    text = page(old.office)
    former = text.split(f">{old.number}<")[1].split("</tr>")[0]
    assert word in former and old.successor.number in former
    assert "badge bad" not in former
    assert text.index(f">{old.successor.number}<") < text.index(f">{old.number}<")


def test_its_name_and_its_booths_are_told_while_they_last():
    about = licence()
    change_office(about.office, Change(name="دفتر پیشخوان امید"), from_on=today(), by=SYSTEM, role="system")
    for first, last, address in ((-5, -1, "غرفهٔ پیشین"), (0, 3, "نمایشگاه امروز"), (9, 12, "نمایشگاه فردا")):
        open_booth(
            about.office,
            division=about.division,
            address=address,
            by=SYSTEM,
            role="system",
            from_on=today() + timedelta(days=first),
            until_on=today() + timedelta(days=last),
        )
    text = page(about.office)
    assert "دفتر پیشخوان امید" in text
    assert "غرفهٔ پیشین" not in text
    assert "امروز</span>" in text.split("نمایشگاه امروز")[1].split("</li>")[0]
    assert "به‌زودی" in text.split("نمایشگاه فردا")[1].split("</li>")[0]
    for path in ("/", "/?q=امید"):
        assert "دفتر پیشخوان امید" in Client().get(path).content.decode()
    assert about.office.code not in Client().get("/?q=ناکجا").content.decode()


def test_the_register_and_its_history_tell_names_booths_successors_and_undertakings():
    case = at(Transfer, "issued")
    old = case.dossier.licence
    change_office(old.office, Change(name="دفتر پیشخوان امید"), from_on=today(), by=SYSTEM, role="system")
    open_booth(
        old.office,
        division=old.division,
        address="نمایشگاه استان",
        by=SYSTEM,
        role="system",
        from_on=today(),
        until_on=today() + timedelta(days=3),
    )
    client = signed_in(person_as(Role.EXPERT))
    for query in ("", "?q=امید"):
        assert "دفتر پیشخوان امید" in client.get(f"/register/{query}").content.decode()
    assert "دفتر پیشخوان امید" in client.get("/register/?export=csv").content.decode()
    text = client.get(f"/register/{old.office.code}/").content.decode()
    for words in (
        "دفتر پیشخوان امید",
        "نمایشگاه استان",
        old.successor.number,
        "انتقال ندادن تا پایان دورهٔ نگهداری",
        case.number,
    ):
        assert words in text, words
    row = client.get("/register/").content.decode().split(f">{old.office.code}<")[1].split("</tr>")[0]
    assert "فعال" in row  # not transferred: that became of the licence before
