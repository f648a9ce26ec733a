"""The shapes in which people write a day: numbers in either order, months and weekdays by name, in both calendars."""

import re
from dataclasses import dataclass

from .search import gapless
from .typed import typed_code

# Every name that is in use, by the number of the month; the two calendars share none.
JALALI_NAMES = (
    ("فروردین", "farvardin"),
    ("اردیبهشت", "ordibehesht"),
    ("خرداد", "khordad"),
    ("تیر", "tir"),
    ("مرداد", "امرداد", "mordad"),
    ("شهریور", "shahrivar"),
    ("مهر", "mehr"),
    ("آبان", "aban"),
    ("آذر", "azar"),
    ("دی", "dey", "dei"),
    ("بهمن", "bahman"),
    ("اسفند", "esfand"),
)
GREGORIAN_NAMES = (
    ("ژانویه", "january", "jan"),
    ("فوریه", "february", "feb"),
    ("مارس", "march", "mar"),
    ("آوریل", "april", "apr"),
    ("مه", "می", "may"),
    ("ژوئن", "june", "jun"),
    ("ژوئیه", "جولای", "july", "jul"),
    ("اوت", "آگوست", "august", "aug"),
    ("سپتامبر", "september", "sep", "sept"),
    ("اکتبر", "october", "oct"),
    ("نوامبر", "november", "nov"),
    ("دسامبر", "december", "dec"),
)
WEEKDAY_NAMES = (  # as Python counts them
    ("دوشنبه", "monday"),
    ("سه‌شنبه", "tuesday"),
    ("چهارشنبه", "wednesday"),
    ("پنجشنبه", "thursday"),
    ("جمعه", "آدینه", "friday"),
    ("شنبه", "saturday"),
    ("یکشنبه", "sunday"),
)
_MIDNIGHT = re.compile(r"[T ]0?0:00(:00(\.0+)?)?$")  # what spreadsheets add to a day
_PARTS = re.compile(r"\d+|[^\W\d_]+(?: (?:شنبه|بهشت))?")
_BETWEEN = re.compile(r"[\s/.,،٫-]*")
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th|ام|م|اُم)(?![^\W\d_])", re.IGNORECASE)


def _by_name(names: tuple[tuple[str, ...], ...], first: int) -> dict[str, int]:
    return {gapless(name): number for number, row in enumerate(names, first) for name in row}


_JALALI, _GREGORIAN = _by_name(JALALI_NAMES, 1), _by_name(GREGORIAN_NAMES, 1)
_WEEKDAYS = _by_name(WEEKDAY_NAMES, 0)
_FILLERS = ("ماه", "سال", "of")


@dataclass(frozen=True)
class Shape:
    """What a text says of a day: numbers of year, month and day as they stand there, and whatever was named."""

    year: int | None  # None if it is left out; below 100 if only two digits stand there
    month: int
    day: int
    named: bool = False  # the month is by name
    gregorian: bool | None = None  # by the month's name; None if that tells nothing
    weekday: int | None = None
    year_first: bool = True


def shape_of(text: str) -> Shape | None:
    """What a text says of a day; None if it has no shape of one."""
    plain = _ORDINAL.sub("", _MIDNIGHT.sub("", typed_code(text)))
    words = _PARTS.findall(plain)
    if any(not _BETWEEN.fullmatch(between) for between in _PARTS.split(plain)):
        return None
    names, numbers = _names_in(words), [word for word in words if word.isdigit()]
    if names is None:
        return None
    if names.month is None:
        return _numeric(numbers, names.weekday)
    return _with_month(numbers, names)


@dataclass(frozen=True)
class _Names:
    month: int | None = None
    gregorian: bool | None = None
    weekday: int | None = None


def _names_in(words: list[str]) -> _Names | None:
    """The month and the weekday that are named, each once at most; None if anything else is named."""
    months: list[tuple[int, bool]] = []
    weekdays: list[int] = []
    for word in map(_known_as, words):
        if word in _JALALI or word in _GREGORIAN:
            months.append((_JALALI[word], False) if word in _JALALI else (_GREGORIAN[word], True))
        elif word in _WEEKDAYS:
            weekdays.append(_WEEKDAYS[word])
        elif not word.isdigit() and word not in _FILLERS:
            return None
    if len(months) > 1 or len(weekdays) > 1:
        return None
    number, gregorian = months[0] if months else (None, None)
    return _Names(number, gregorian, weekdays[0] if weekdays else None)


def _known_as(word: str) -> str:
    """A name as it stands in the tables: «شهریورماه» is «شهریور»."""
    name = gapless(word)
    month = name.removesuffix("ماه")
    return month if month in _JALALI else name


def _numeric(numbers: list[str], weekday: int | None) -> Shape | None:
    if len(numbers) == 1 and len(numbers[0]) == 8:
        numbers = [numbers[0][:4], numbers[0][4:6], numbers[0][6:]]
    if len(numbers) != 3 or any(len(number) not in (1, 2, 4) for number in numbers):
        return None
    wide = [number for number in numbers if len(number) == 4]
    if len(wide) > 1 or wide == [numbers[1]] or any(number.startswith("0") for number in wide):
        return None
    year_first = len(numbers[2]) < 4
    year, month, day = map(int, numbers if year_first else reversed(numbers))
    return Shape(year, month, day, weekday=weekday, year_first=year_first)


def _with_month(numbers: list[str], names: _Names) -> Shape | None:
    if names.month is None or not 1 <= len(numbers) <= 2:
        return None
    year: int | None = None
    if len(numbers) == 2:
        year_first = len(numbers[0]) == 4
        year, day = (int(numbers[not year_first]), int(numbers[year_first]))
        if not year_first and len(numbers[1]) not in (2, 4):
            return None
    else:
        year_first, day = False, int(numbers[0])
    if day > 99:
        return None
    return Shape(year, names.month, day, True, names.gregorian, names.weekday, year_first)
