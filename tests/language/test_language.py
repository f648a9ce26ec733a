"""Words, digits, days, identifiers and codes, in one way each."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from pishkhan.language.codes import ALPHABET, code, fresh_code
from pishkhan.language.digits import ascii_digits, persian
from pishkhan.language.identifiers import (
    NotValid,
    legal_id,
    mobile,
    national_id,
    postal_code,
    synthetic_legal_id,
    synthetic_national_id,
)
from pishkhan.language.jalali import NotADay, days_in_month, jalali, parse_day, spoken
from pishkhan.language.search import folded, gapless, searchable, sort_key
from pishkhan.language.text import Text

pytestmark = pytest.mark.no_database

DAYS = st.dates(date(1921, 3, 21), date(2121, 3, 20))


@given(DAYS)
def test_a_day_comes_back_from_every_way_to_write_it(day):
    assert JalaliDate.to_jalali(day).isoformat() == jalali(day)
    data = jalali(day)
    for written in (data, day.isoformat(), persian(data), data.replace("-", "/"), f" {data} "):
        assert parse_day(written) == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1401-12-30", "29"),
        ("1401-13-01", "month 13"),
        ("1401-07-31", "30"),
        ("1401-00-01", "month 0"),
        ("2022-02-30", "no date"),
        ("1401", "no date"),
        ("first of Nowruz", "no date"),
        ("", "no date"),
        ("1401-1-1-1", "no date"),
        ("0000-01-01", "no date"),
        ("0001-01-01", "no date"),
        ("1699-12-29", "no date"),
        ("9999-12-31", "no date"),
    ],
)
def test_what_is_no_day_is_told_in_words(text, why):
    with pytest.raises(NotADay) as wrong:
        parse_day(text)
    assert why in wrong.value.text.en
    assert wrong.value.text.fa != wrong.value.text.en


def test_leap_years_have_a_thirtieth_of_esfand():
    assert [days_in_month(year, 12) for year in (1399, 1400, 1401, 1402, 1403, 1408)] == [30, 29, 29, 29, 30, 30]
    assert parse_day("1399-12-30") == date(2021, 3, 20)


def test_a_day_is_spoken_in_both_languages():
    assert spoken(date(2022, 9, 16), "fa") == "۲۵ شهریور ۱۴۰۱"
    assert spoken(date(2022, 9, 16), "en") == "25 Shahrivar 1401"


@given(st.integers(0, 10**9))
def test_digits_come_back(number):
    assert ascii_digits(persian(str(number))) == str(number)
    assert ascii_digits("٠١٢٣٤٥٦٧٨٩۰۱۲") == "0123456789012"


def wrong_letters(good):
    for place, letter in enumerate(good):
        yield from (good[:place] + other + good[place + 1 :] for other in ALPHABET if other != letter)


def test_a_code_finds_every_wrong_letter_and_every_two_that_changed_places():
    for _ in range(20):
        good = fresh_code()
        assert code(good) == code(good.lower()) == code(f"{good[:4]}-{good[4:]}") == good
        for bad in wrong_letters(good):
            with pytest.raises(NotValid):
                code(bad)
        for place in range(len(good) - 1):
            first, second = good[place], good[place + 1]
            if first != second:
                with pytest.raises(NotValid):
                    code(good[:place] + second + first + good[place + 2 :])


def test_letters_that_look_like_others_are_meant_as_they_look():
    zero = next(item for item in iter(fresh_code, None) if "0" in item and "1" in item)
    assert code(zero.replace("0", "O").replace("1", "l")) == zero


@given(st.integers(0, 999_999_999))
def test_a_national_id_has_one_right_check_digit(number):
    good = synthetic_national_id(number)
    if len(set(good)) > 1:
        assert national_id(persian(good)) == good
        for digit in "0123456789":
            if digit != good[-1]:
                with pytest.raises(NotValid):
                    national_id(good[:-1] + digit)


@given(st.integers(1, 9_999_999_999))
def test_a_legal_id_has_one_right_check_digit(number):
    good = synthetic_legal_id(number)
    if len(set(good)) > 1:
        assert legal_id(good) == good
        with pytest.raises(NotValid):
            legal_id(good[:-1] + str((int(good[-1]) + 1) % 10))


@pytest.mark.parametrize("known", ["0499370899", "0790419904", "0084575948"])
def test_known_national_ids_are_valid(known):
    assert national_id(known) == known


@pytest.mark.parametrize("text", ["1111111111", "049937089", "04993708999", "abcdefghij", "", "0499370890"])
def test_what_is_no_national_id_is_refused(text):
    with pytest.raises(NotValid):
        national_id(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("+989161234567", "09161234567"),
        ("00989161234567", "09161234567"),
        ("۰۹۱۶۱۲۳۴۵۶۷", "09161234567"),
        ("0916 123 4567", "09161234567"),
    ],
)
def test_a_mobile_number_has_one_form(written, meant):
    assert mobile(written) == meant


@pytest.mark.parametrize("text", ["0816123456", "09161234", "16813833946", "0213456789"])
def test_what_is_no_mobile_number_is_refused(text):
    with pytest.raises(NotValid):
        mobile(text)


@pytest.mark.parametrize("text", ["6813833946", "۶۸۱۳۸۳۳۹۴۶", "68138-33946"])
def test_a_postal_code_has_one_form(text):
    assert postal_code(text) == "6813833946"


@pytest.mark.parametrize("text", ["6813833940000", "0813833946", "6823833946", "6813830000", "3333333333"])
def test_what_is_no_postal_code_is_refused(text):
    with pytest.raises(NotValid):
        postal_code(text)


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ("خرم‌آباد", "خرم آباد"),
        ("علي كريمي", "علی کریمی"),
        ("آبان", "ابان"),
        ("مسئول", "مسیول"),
        ("نشانیِ", "نشانی"),
        ("پلاک ۱۲", "پلاک 12"),
        ("پلاک ١٢", "پلاک ۱۲"),
        ("Lorestan", "LORESTAN"),
        ("خانهٔ", "خانه"),
    ],
)
def test_what_looks_alike_is_found_alike(stored, wanted):
    assert folded(stored) == folded(wanted) or gapless(stored) == gapless(wanted)
    assert folded(wanted) in searchable(stored)


def test_names_stand_in_the_order_of_the_alphabet():
    names = ["آذر", "احمد", "بهار", "پارسا", "چراغی", "ژاله", "کریمی", "گودرزی", "یاسمن"]
    shuffled = names[4:] + names[:4]
    assert sorted(shuffled, key=sort_key) == names
    assert sort_key("كريمي") == sort_key("کریمی")


def test_a_text_is_filled_in_its_own_language():
    filled = Text("روز {day}: {what}", "{what} on {day}").filled(day=3, what=Text("برف", "snow"))
    assert (filled.fa, filled.en, str(filled)) == ("روز 3: برف", "snow on 3", "snow on 3")
    assert [filled.to(language) for language in ("fa", "en", "en-gb", "de")] == [
        filled.fa,
        filled.en,
        filled.en,
        filled.fa,
    ]
