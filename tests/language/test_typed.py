"""Whatever is typed or pasted is read as it was meant: marks, letters, dashes, digits, groups, days in every form."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pishkhan.language.calendar_names import MONTHS, WEEKDAYS
from pishkhan.language.codes import code, fresh_code
from pishkhan.language.digits import persian
from pishkhan.language.hours import parse_hour
from pishkhan.language.identifiers import NotValid, email, mobile, national_id, postal_code, synthetic_national_id
from pishkhan.language.jalali import NotADay, parse_day, parts
from pishkhan.language.search import folded
from pishkhan.language.typed import NotANumber, typed, typed_code, whole_number

pytestmark = pytest.mark.no_database

DAYS = st.dates(date(1921, 3, 21), date(2121, 3, 20))
MARKS = "\u200e\u200f\u061c\u200b\u2066\u2069\u202a\u202c\ufeff\u00ad\u2060"


def spellings(day):
    year, month, number = parts(day)
    name, weekday = MONTHS[month - 1], WEEKDAYS[day.weekday()]
    return [
        f"{year}/{month}/{number}",
        persian(f"{year}/{month:02}/{number:02}"),
        f"{year}-{month:02}-{number:02}",
        f"{year}.{month}.{number}",
        f"{year}{month:02}{number:02}",
        f"{number}/{month}/{year}",
        persian(f"{number} {name.fa} {year}"),
        persian(f"{weekday.fa}، {number} {name.fa} {year}"),
        persian(f"{number} {name.fa}‌ماه {year}"),
        f"{number} {name.en} {year}",
        f"{weekday.en} {number} {name.en} {year}",
        f"\u200f{year}\u200e–{month:02}–{number:02}\u202c",
        day.isoformat(),
        f"{day.isoformat()} 00:00:00",
        f"{day:%d %B %Y}",
    ]


@given(DAYS)
def test_a_day_is_read_in_every_usual_spelling(day):
    for spelling in spellings(day):
        assert parse_day(spelling) == day, spelling


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("01-06-23", "۱۴۰۱/۰۶/۲۳"),
        ("۲۳ شهریور ۰۱", "۱۴۰۱/۰۶/۲۳"),
        ("75/6/23", "۱۳۷۵/۰۶/۲۳"),
        ("۲۳ شهریور", "سال را هم"),
        ("03/04/2022", "۲۰۲۲-۰۴-۰۳"),
        ("شنبه ۲۳ شهریور ۱۴۰۱", "چهارشنبه است، نه شنبه"),
    ],
)
def test_what_may_mean_several_days_is_asked_back(text, back):
    with pytest.raises(NotADay) as doubtful:
        parse_day(text)
    assert back in doubtful.value.text.fa


@given(
    DAYS,
    st.sampled_from(["", "x", "1401", "1401/6", "شهریور", "۲۳ سپتامبر ۱۴۰۱", "1401/6/23/1", "23 Shahrivar Mehr 1401"]),
)
def test_what_has_no_shape_of_a_day_is_none(day, text):
    with pytest.raises(NotADay):
        parse_day(text)


@given(st.text(alphabet="ابپکگی ۱۲3-/\n\u200c", max_size=30), st.lists(st.sampled_from(MARKS), max_size=5))
def test_marks_that_nobody_sees_change_nothing(text, marks):
    sprinkled = "".join(letter + (marks[place % len(marks)] if marks else "") for place, letter in enumerate(text))
    assert typed(sprinkled) == typed(text)
    assert typed(typed(text)) == typed(text)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("مهدي كريمي", "مهدی کریمی"),
        ("مي\u200cخواهم \u200cاین\u200c", "می\u200cخواهم این"),
        ("سلام\u00a0دنیا", "سلام دنیا"),
        ("ﺳﻼم", "سلام"),
        ("خط یک\nخط دو", "خط یک\nخط دو"),
        ("e\u0301", "é"),
    ],
)
def test_words_are_read_as_they_were_meant(given, meant):
    assert typed(given) == meant


@pytest.mark.parametrize("dash", "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212ـ")
def test_codes_are_read_with_any_dash_and_digits(dash):
    assert typed_code(f" \u2066NL{dash}۱۵{dash}١٤٠١{dash}0007\u2069\u00a0") == "NL-15-1401-0007"


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("۲۵۰٬۰۰۰", 250_000),
        ("1,000,000", 1_000_000),
        ("۱۲ ۰۰۰ ریال", 12_000),
        ("\u200e۴۲\u200f", 42),
        ("٤٢", 42),
        ("−5", -5),
        ("1'000", 1000),
    ],
)
def test_numbers_are_read_with_their_thousands_grouped(given, number):
    assert whole_number(given) == number


@pytest.mark.parametrize("given", ["1,00", "12,34", "1.5", "۱۰۰ تومان", "", "x", "1,000 000", "9" * 19, "1e5"])
def test_what_is_no_whole_number_is_refused_in_words(given):
    with pytest.raises(NotANumber) as refused:
        whole_number(given)
    assert refused.value.text.fa != refused.value.text.en


@pytest.mark.parametrize("mark", MARKS)
def test_no_pasted_mark_spoils_a_number_by_which_the_state_knows(mark):
    number, tracking = synthetic_national_id(4200), fresh_code()
    assert national_id(f"{mark}{persian(number)}{mark}") == number
    assert mobile(f"{mark}+98\u2011912\u2011345\u20116789") == "09123456789"
    assert mobile(f"00989123456789{mark}") == "09123456789"
    assert postal_code(f"{mark}68543\u201396134") == "6854396134"
    assert code(f"{mark}{tracking[:4]}–{tracking[4:]}{mark}") == tracking
    assert parse_hour(f"{mark}۹:۳۰").minute == 30


def test_an_address_of_e_mail_may_have_a_domain_in_other_letters():
    assert email("name@پیشخوان.ایران").isascii()
    assert email("name@پیشخوان.ایران").endswith(".xn--mgba3a4f16a")  # as the country's domain is registered
    assert email("\u200ename@example.ir\u00a0") == "name@example.ir"


@pytest.mark.parametrize(
    "wrong",
    [
        "a..b@example.ir",
        ".a@example.ir",
        "a.@example.ir",
        "a@b",
        "a@-b.ir",
        "a@b..ir",
        "a b@c.ir",
        "@c.ir",
        "a@1.2.3.4",
    ],
)
def test_an_address_that_no_server_takes_is_refused(wrong):
    with pytest.raises(NotValid):
        email(wrong)


@pytest.mark.parametrize("letters", ["ھ", "ە", "ہ", "ۀ", "ة", "ه"])
def test_letters_of_the_neighbours_are_one_in_search(letters):
    assert folded(f"کوهدشت{letters}") == folded("کوهدشته")


def test_kurdish_letters_are_one_with_the_persian_ones_in_search():
    assert folded("ێلام ڕۆژ ڵاڤ") == folded("یلام روژ لاو")


def test_who_writes_tomans_is_asked_for_rials():
    with pytest.raises(NotANumber) as refused:
        whole_number("۱۰۰ تومان")
    assert "ریال" in refused.value.text.fa and "rial" in refused.value.text.en
