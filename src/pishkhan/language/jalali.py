"""Days in the Jalali calendar, at the edges only: stored are Gregorian days."""

import re
from datetime import date

from persiantools.jdatetime import JalaliDate

from .digits import ascii_digits, persian
from .text import Text

MONTHS = (
    Text("فروردین", "Farvardin"),
    Text("اردیبهشت", "Ordibehesht"),
    Text("خرداد", "Khordad"),
    Text("تیر", "Tir"),
    Text("مرداد", "Mordad"),
    Text("شهریور", "Shahrivar"),
    Text("مهر", "Mehr"),
    Text("آبان", "Aban"),
    Text("آذر", "Azar"),
    Text("دی", "Dey"),
    Text("بهمن", "Bahman"),
    Text("اسفند", "Esfand"),
)
JALALI_BEFORE = 1700  # a year below is Jalali, one above Gregorian: the two do not meet in any office's lifetime
EARLIEST, LATEST = date(1821, 3, 21), date(2221, 3, 20)  # 1200 to 1599: what anybody can mean, and can be reckoned with
_SHAPE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")

NO_DATE = Text(
    "«{given}» تاریخ نیست؛ تاریخ را مانند ۱۴۰۱/۰۶/۲۵ بنویسید.", "'{given}' is no date; write one like 1401-06-25."
)
NO_MONTH = Text("ماه {month} نداریم: سال دوازده ماه دارد.", "There is no month {month}: a year has twelve.")
NO_DAY = Text("{month} {year} روز {day} ندارد؛ {days} روز دارد.", "{month} {year} has no day {day}; it has {days}.")


class NotADay(ValueError):
    """The text names no day; `.text` says why."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


def parse_day(text: str) -> date:
    """The day that a text names: Jalali or Gregorian, in any digits, with hyphens or slashes."""
    shape = _SHAPE.fullmatch(ascii_digits(text).strip())
    if not shape:
        raise NotADay(NO_DATE.filled(given=text[:20]))
    year, month, day = map(int, shape.groups())
    try:
        parsed = date(year, month, day) if year >= JALALI_BEFORE else jalali_date(year, month, day)
    except NotADay:
        raise
    except ValueError:
        raise NotADay(NO_DATE.filled(given=text[:20])) from None
    if not EARLIEST <= parsed <= LATEST:
        raise NotADay(NO_DATE.filled(given=text[:20]))
    return parsed


def jalali_date(year: int, month: int, day: int) -> date:
    """The day of a Jalali date; NotADay if that month has no such day."""
    if not 1 <= month <= 12:
        raise NotADay(NO_MONTH.filled(month=month))
    if not 1 <= year < JALALI_BEFORE:
        raise NotADay(NO_DATE.filled(given=year))
    days = days_in_month(year, month)
    if not 1 <= day <= days:
        raise NotADay(
            Text(
                NO_DAY.fa.format(month=MONTHS[month - 1].fa, year=persian(year), day=persian(day), days=persian(days)),
                NO_DAY.en.format(month=MONTHS[month - 1].en, year=year, day=day, days=days),
            )
        )
    gregorian: date = JalaliDate(year, month, day).to_gregorian()
    return gregorian


def days_in_month(year: int, month: int) -> int:
    return int(JalaliDate.days_in_month(month, year))


def parts(day: date) -> tuple[int, int, int]:
    """Year, month and day in the Jalali calendar."""
    there = JalaliDate.to_jalali(day)
    return there.year, there.month, there.day


def jalali_year(day: date) -> int:
    return parts(day)[0]


def jalali(day: date) -> str:
    """The day as "1401-06-25"."""
    return "{:04}-{:02}-{:02}".format(*parts(day))


def spoken(day: date, language: str) -> str:
    """The day as it is said: «۲۵ شهریور ۱۴۰۱», "25 Shahrivar 1401"."""
    year, month, number = parts(day)
    text = f"{number} {MONTHS[month - 1].to(language)} {year}"
    return text if language.startswith("en") else persian(text)
