"""Dated numbers: the narrowest that fits, from first day to last, with its source; defaults warn until adopted."""

from datetime import UTC, date, datetime

import pytest

from factories import person_as
from pishkhan.accounts.second_factor.requirement import SECOND_FACTOR_DAYS
from pishkhan.journal import clock
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid, NotPermitted, Refusal
from pishkhan.people.roles import Role
from pishkhan.regulation.edition import shipped
from pishkhan.regulation.keys import KEYS, Key
from pishkhan.regulation.models import Adoption, Instrument, Number
from pishkhan.regulation.selectors import NoNumber, cited, number, unsourced_defaults
from pishkhan.regulation.services import adopt, enter_number, load_edition

pytestmark = pytest.mark.usefixtures("law")
TERM = KEYS["licence.term_years"]
ROYALTY = KEYS["royalty.village"]


def enter(value, *, key=TERM, kind="", place="", since=date(2022, 1, 1), **data):
    return enter_number(
        key=key.code, value=value, kind=kind, place=place, valid_from=since, by=IMPORTER, role="importer", **data
    )


@pytest.mark.parametrize(
    ("kind", "place", "value"),
    [
        ("", "", 5),
        ("counter", "", 6),
        ("counter", "16", 6),
        ("", "15", 7),
        ("counter", "15", 8),
        ("counter", "1503", 9),
        ("rural_ict", "1503", 9),
        ("rural_ict", "1504", 7),
        ("counter", "150301", 9),
    ],
)
def test_the_narrowest_that_fits_is_found_a_place_before_a_kind(kind, place, value):
    enter(6, kind="counter")
    enter(7, place="15")
    enter(8, kind="counter", place="15")
    enter(9, place="1503")
    assert number(TERM, on=date(2022, 6, 1), kind=kind, place=place).value == value


def test_a_number_holds_from_its_first_day_until_the_day_on_which_it_holds_no_more():
    enter(6, since=date(2022, 1, 1), valid_to=date(2022, 3, 1))
    assert [
        number(TERM, on=day).value
        for day in (date(2021, 12, 31), date(2022, 1, 1), date(2022, 2, 28), date(2022, 3, 1))
    ] == [5, 6, 6, 5]


def test_before_the_first_there_is_none_and_it_is_said_in_words():
    with pytest.raises(NoNumber) as refusal:
        number(TERM, on=date(1990, 1, 1))
    assert "مدت پروانه" in refusal.value.text.fa


def test_a_default_warns_until_a_director_adopts_it_there_from_that_day_on():
    row = enter(6, since=date(2021, 12, 1))
    on = date(2022, 1, 10)
    assert (number(TERM, on=on, place="15").binds, number(TERM, on=on, place="15").citation.en) == (
        False,
        "default, no legal source",
    )
    with clock.at(datetime(2022, 1, 5, 8, tzinfo=UTC)):
        adopt(row, decision="1400/7", province="15", by=person_as(Role.DIRECTOR))
    assert number(TERM, on=on, place="1503").binds
    assert "1400/7" in number(TERM, on=on, place="15").citation.en
    assert not number(TERM, on=date(2022, 1, 4), place="15").binds
    assert not number(TERM, on=on, place="16").binds


def test_what_has_a_source_binds_and_is_not_adopted():
    result = number(ROYALTY, on=today(), kind="rural_ict", place="15")
    assert (result.binds, result.instrument) == (True, "commission-317-2")
    with pytest.raises(Refusal, match="has a source"):
        adopt(Number.objects.get(key=ROYALTY.code), decision="1", province="15", by=person_as(Role.DIRECTOR))


def test_a_default_is_adopted_once_by_decision_and_by_the_director_of_the_province():
    row, director = enter(6), person_as(Role.DIRECTOR)
    with pytest.raises(Invalid):
        adopt(row, decision="  ", province="15", by=director)
    for somebody in (person_as(Role.EXPERT), person_as(Role.DIRECTOR, place="16")):
        with pytest.raises(NotPermitted):
            adopt(row, decision="1", province="15", by=somebody)
    adopt(row, decision="1", province="15", by=director)
    with pytest.raises(Refusal, match="already"):
        adopt(row, decision="2", province="15", by=director)


def test_numbers_are_entered_once_for_keys_that_the_house_knows():
    entries = Entry.objects.count()
    with pytest.raises(Invalid):
        enter_number(key="horoscope", value=1, valid_from=today(), by=IMPORTER, place="", role="importer")
    enter(6)
    with pytest.raises(Invalid):
        enter(7)
    with pytest.raises(NotPermitted):
        enter_number(key=TERM.code, value=1, valid_from=today(), by=person_as(Role.EXPERT), place="15")
    assert Number.objects.filter(key=TERM.code).count() == 2
    assert Entry.objects.filter(act="regulation.enter-number", number=1).count() > 1
    assert Entry.objects.count() > entries


def test_every_number_shipped_is_of_a_declared_key_and_every_key_has_a_number():
    data = {result["key"] for result in shipped("numbers")["number"]}
    assert set(KEYS) - data == set(), "these have no [[number]] in regulation/iran/numbers.toml"
    assert data - set(KEYS) == set(), "of these no Key is declared by the app that reckons with it"
    for values in shipped("numbers")["number"]:
        assert (values["confidence"] == "default") == ("instrument" not in values), values["key"]
        assert values["source"], values["key"]


def test_the_edition_is_entered_once():
    before = Number.objects.count(), Instrument.objects.count(), Entry.objects.count()
    assert load_edition() == 0
    assert (Number.objects.count(), Instrument.objects.count(), Entry.objects.count()) == before


@pytest.mark.tampers
def test_what_no_director_adopted_is_listed():
    assert [default.key for default in unsourced_defaults(today(), "15")] == [SECOND_FACTOR_DAYS.code]  # tests/law.py
    Adoption.objects.filter(number__key=TERM.code).delete()
    waiting = {default.key for default in unsourced_defaults(today(), "15")}
    assert waiting == {SECOND_FACTOR_DAYS.code, TERM.code}
    assert len(unsourced_defaults(today(), "16")) > 10


def test_a_key_has_one_unit():
    with pytest.raises(ValueError, match="twice"):
        Key(TERM.code, "day", "x", "x")
    with pytest.raises(ValueError, match="unit"):
        Key("x.y", "parsec", "x", "x")


def test_every_instrument_that_is_shipped_can_be_cited():
    for data in shipped("instruments")["instrument"]:
        assert data["title_fa"] in cited(data["code"], "4").fa
        assert "4" in cited(data["code"], "4").en


@pytest.mark.tampers
def test_an_upgrade_enters_keys_of_which_nothing_is_said_and_touches_no_other():
    Adoption.objects.filter(number__key=TERM.code).delete()
    Number.objects.filter(key=TERM.code).delete()
    ours = Number.objects.get(key="request.ceiling")
    Number.objects.filter(pk=ours.pk).update(place="15")

    assert load_edition() == 1

    assert Number.objects.get(key=TERM.code).confidence == "default"
    assert Number.objects.get(key="request.ceiling").place == "15"
    assert load_edition() == 0
