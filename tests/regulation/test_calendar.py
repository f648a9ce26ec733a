"""Working days, against a calendar kept by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from factories import person_as
from law import enter_law
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.refusals import NotPermitted, Refusal
from pishkhan.language.jalali import jalali_date
from pishkhan.language.text import Text
from pishkhan.people.roles import Role
from pishkhan.regulation.calendar import THURSDAY_IS_OFF, is_working_day, working_day_after, working_days
from pishkhan.regulation.holidays.services import declare_holiday, withdraw_holiday
from pishkhan.regulation.models import Holiday
from pishkhan.regulation.services import enter_number

pytestmark = pytest.mark.usefixtures("law")
SATURDAY = date(2022, 9, 17)  # 26 Shahrivar 1401: Arbaeen
SUNDAY = date(2022, 9, 18)
SNOW = Text("برف", "Snow")
SOLAR = {  # by hand
    jalali_date(year, month, day)
    for year in (1400, 1401, 1402)
    for month, day in ((1, 1), (1, 2), (1, 3), (1, 4), (1, 12), (1, 13), (3, 14), (3, 15), (11, 22), (12, 29))
}
days = st.dates(date(2022, 1, 1), date(2022, 12, 31))


def declare(day, place="15"):
    return declare_holiday(day, name=SNOW, by=IMPORTER, place=place, role="importer")


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (SATURDAY, False),
        (SUNDAY, True),
        (date(2022, 9, 22), False),
        (date(2022, 9, 23), False),
        (jalali_date(1401, 1, 1), False),
        (jalali_date(1401, 1, 6), True),
        (jalali_date(1401, 11, 22), False),
        (jalali_date(1404, 3, 14), False),
        (jalali_date(1401, 5, 17), False),
    ],
)
def test_fridays_thursdays_and_holidays_are_off(day, works):
    assert is_working_day(day, place="15") is works


def test_thursday_is_what_the_dated_number_of_the_province_says():
    enter_number(
        key=THURSDAY_IS_OFF.code, value=0, valid_from=date(2022, 10, 1), place="16", by=IMPORTER, role="importer"
    )
    before, after = date(2022, 9, 29), date(2022, 10, 6)
    assert [is_working_day(day, place="16") for day in (before, after)] == [False, True]
    assert is_working_day(after, place="1601")
    assert not is_working_day(after, place="15")


def test_a_holiday_of_a_province_is_off_there_alone_and_until_it_is_withdrawn():
    holiday = declare(SUNDAY, place="15")
    assert [is_working_day(SUNDAY, place=place) for place in ("15", "1503", "16", "")] == [False, False, True, True]
    withdraw_holiday(holiday, by=IMPORTER, role="importer")
    assert is_working_day(SUNDAY, place="15")


def test_a_day_is_declared_once_under_a_name_and_by_whom_it_is_reserved_to():
    declare(SUNDAY)
    with pytest.raises(Refusal, match="already"):
        declare(SUNDAY)
    with pytest.raises(NotPermitted):
        declare_holiday(
            SUNDAY + timedelta(days=1), name=SNOW, by=person_as(Role.ADMINISTRATOR, place="16"), place="15", source="1"
        )


class AnyDays(TestCase):
    @settings(deadline=None, max_examples=60)
    @given(days, st.integers(0, 40), st.lists(days, max_size=6, unique=True))
    def test_are_counted_as_by_hand(self, after, span, declared):
        enter_law()
        for day in declared:
            declare(day)
        off = {*Holiday.objects.filter(division_id__in=["", "15"]).values_list("day", flat=True), *SOLAR}
        until = after + timedelta(days=span)
        by_hand = [
            day
            for day in (after + timedelta(days=number) for number in range(1, span + 1))
            if day.weekday() not in (3, 4) and day not in off
        ]
        assert working_days(after, until, place="15") == len(by_hand)
        assert working_days(until, after, place="15") == 0
        for number, day in enumerate(by_hand, start=1):
            assert working_day_after(after, number, place="15") == day


def test_a_far_working_day_is_found_past_nowruz():
    assert working_day_after(jalali_date(1401, 12, 27), 100, place="15") > jalali_date(1402, 4, 1)
