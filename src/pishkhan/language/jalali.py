"""Days in the Jalali calendar, at the edges only: stored are Gregorian days."""

from datetime import date

from persiantools.jdatetime import JalaliDate

from .calendar_names import MONTHS, WEEKDAYS
from .day_shapes import Shape, shape_of
from .digits import persian
from .text import Text

JALALI_BEFORE = 1700  # a year below is Jalali, one above Gregorian: the two do not meet in any office's lifetime
EARLIEST, LATEST = date(1821, 3, 21), date(2221, 3, 20)  # 1200 to 1599: what anybody can mean, and can be reckoned with
NO_DATE = Text(
    "«{given}» تاریخ نیست؛ تاریخ را مانند ۱۴۰۱/۰۶/۲۵ یا ۲۵ شهریور ۱۴۰۱ بنویسید.",
    "'{given}' is no date; write one like 1401/06/25 or 25 Shahrivar 1401.",
)
SHORT_YEAR = Text(
    "سال را با چهار رقم بنویسید؛ آیا {meant} را می‌گویید؟", "Write the year with four digits; do you mean {meant}?"
)
NO_YEAR = Text("سال را هم بنویسید: {meant} …", "Write the year too: {meant} …")
WHICH_FIRST = Text(
    "روز و ماه «{given}» روشن نیست؛ سال را نخست بنویسید: {meant}.",
    "Which of '{given}' is the month is not clear; write the year first: {meant}.",
)
OTHER_WEEKDAY = Text("{day} {is_on} است، نه {given}.", "{day} is a {is_on}, not a {given}.")
NO_MONTH = Text("ماه {month} نداریم: سال دوازده ماه دارد.", "There is no month {month}: a year has twelve.")
NO_DAY = Text("{month} {year} روز {day} ندارد؛ {days} روز دارد.", "{month} {year} has no day {day}; it has {days}.")


class NotADay(ValueError):
    """The text names no day; `.text` says why."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


def parse_day(text: str) -> date:
    """The day that a text names, Jalali or Gregorian, as people write it: 1401/6/23, 23-6-1401, «۲۳ شهریور ۱۴۰۱»,
    14010623, 2022-09-14, "14 September 2022", in any digits, a weekday before it or not.

    NotADay if it names none, or may mean several: its year has two digits or none, or month and day look alike."""
    shape = shape_of(text)
    if not shape:
        raise NotADay(NO_DATE.filled(given=text[:20]))
    _refuse_if_doubtful(shape, text)
    year = shape.year or 0
    try:
        parsed = (
            date(year, shape.month, shape.day) if year >= JALALI_BEFORE else jalali_date(year, shape.month, shape.day)
        )
    except NotADay:
        raise
    except ValueError:
        raise NotADay(NO_DATE.filled(given=text[:20])) from None
    in_its_calendar = shape.gregorian is None or shape.gregorian == (year >= JALALI_BEFORE)
    if not EARLIEST <= parsed <= LATEST or not in_its_calendar:
        raise NotADay(NO_DATE.filled(given=text[:20]))
    if shape.weekday is not None and shape.weekday != parsed.weekday():
        facts = {"is_on": WEEKDAYS[parsed.weekday()], "given": WEEKDAYS[shape.weekday]}
        raise NotADay(OTHER_WEEKDAY.filled(day=Text(spoken(parsed, "fa"), spoken(parsed, "en")), **facts))
    return parsed


def _refuse_if_doubtful(shape: Shape, text: str) -> None:
    """Ask back what may mean several days, with the day that is likely meant."""
    if shape.year is None:
        meant = text.strip()[:20]
        raise NotADay(NO_YEAR.filled(meant=meant))
    if shape.year < 100:
        century = 1300 if shape.year > 50 else 1400
        numbers = f"{century + shape.year}/{shape.month:02}/{shape.day:02}"
        raise NotADay(SHORT_YEAR.filled(meant=Text(persian(numbers), numbers)))
    unclear = not shape.named and not shape.year_first and shape.year >= JALALI_BEFORE
    if unclear and shape.month <= 12 and shape.day <= 12 and shape.month != shape.day:
        numbers = f"{shape.year}-{shape.month:02}-{shape.day:02}"
        raise NotADay(WHICH_FIRST.filled(given=text[:20], meant=Text(persian(numbers), numbers)))


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


def written(day: date, language: str) -> str:
    """The day as people write it in numbers: «۱۴۰۱/۰۶/۲۵», "1401/06/25"."""
    text = "{:04}/{:02}/{:02}".format(*parts(day))
    return text if language.startswith("en") else persian(text)


def spoken(day: date, language: str) -> str:
    """The day as it is said: «۲۵ شهریور ۱۴۰۱», "25 Shahrivar 1401"."""
    year, month, number = parts(day)
    text = f"{number} {MONTHS[month - 1].to(language)} {year}"
    return text if language.startswith("en") else persian(text)
