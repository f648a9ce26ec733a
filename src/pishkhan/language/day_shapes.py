"""The shapes in which people write a day: numbers in either order, months and weekdays by name, in both calendars."""

import re
from dataclasses import dataclass

from .calendar_names import GREGORIAN_MONTHS, MONTHS, WEEKDAYS
from .search import gapless
from .text import Text
from .typed import typed_code

# Besides what they are called: the two calendars share no name.
_OTHER_JALALI = {"امرداد": 5, "dei": 10}
_OTHER_GREGORIAN = {"می": 5, "جولای": 7, "آگوست": 8, "sept": 9}
_SHORT = 3  # letters of an English month
_MIDNIGHT = re.compile(r"[T ]0?0:00(:00(\.0+)?)?$")  # what spreadsheets add to a day
_PARTS = re.compile(r"\d+|[^\W\d_]+(?: (?:شنبه|بهشت))?")
_BETWEEN = re.compile(r"[\s/.,،٫-]*")
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th|ام|م|اُم)(?![^\W\d_])", re.IGNORECASE)


def _by_name(names: tuple[Text, ...], first: int) -> dict[str, int]:
    return {gapless(name): number for number, row in enumerate(names, first) for name in row}


_JALALI = _by_name(MONTHS, 1) | _OTHER_JALALI
_GREGORIAN = (
    _by_name(GREGORIAN_MONTHS, 1)
    | {gapless(month.en[:_SHORT]): number for number, month in enumerate(GREGORIAN_MONTHS, 1)}
    | {gapless(name): number for name, number in _OTHER_GREGORIAN.items()}
)
_WEEKDAYS = _by_name(WEEKDAYS, 0) | {gapless("آدینه"): 4}
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
