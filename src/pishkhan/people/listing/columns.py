"""Columns of a list: what each holds, by what it is ordered, and how pages, files and programs are given it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any

from pishkhan.geography.models import Division
from pishkhan.journal.clock import TEHRAN
from pishkhan.language.jalali import jalali
from pishkhan.language.text import Text

NOTHING = (None, "")


class Kind(StrEnum):
    """What a column holds; `people/listing/value.html` shows each in its way."""

    WORDS = "words"  # a sentence of the house, in both languages
    CODE = "code"  # from left to right in any sentence
    NAME = "name"  # of a person or an organisation, as it was given
    WRITTEN = "written"  # what somebody wrote, in the digits of the language
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    MONEY = "money"  # in rial
    PLACE = "place"
    ACTION = "action"  # what can be done about the row: on pages alone


@dataclass(frozen=True)
class Column:
    """A column. What stands `under` another is a second line of its cell on pages, and a column of its own in files."""

    name: str
    label: Text
    kind: Kind
    value: str | Callable[[Any], Any] = ""  # attributes of the row with dots between; its own name if empty
    sort: Any = None  # by what the database orders: a field, an expression, or one made of the question; else nothing
    link: Callable[[Any], str] | None = None  # where its value leads
    badge: Callable[[Any], str] | None = None  # "good", "warn", "bad", "info" or "": its value is shown as a badge
    under: str = ""
    says_label: bool = False  # whether a second line says of what it is
    nothing: Text | None = None  # what is said where there is no value
    template: str = ""  # how pages show it where its kind does not do: knows `row`, `value` and `cell`
    roles: tuple[str, ...] = ()  # for whom it is, if not for everybody who sees the list

    def of(self, row: Any) -> Any:
        """Its value in a row."""
        if callable(self.value):
            return self.value(row)
        for part in (self.value or self.name).split("."):
            row = row.get(part) if isinstance(row, Mapping) else getattr(row, part, None)
        return row

    def shown(self, row: Any) -> Any:
        """The same, or what is said where there is none."""
        value = self.of(row)
        return self.nothing if value in NOTHING and self.nothing else value

    @property
    def leaves(self) -> bool:
        """Whether files and programs are given it."""
        return self.kind != Kind.ACTION

    @property
    def is_number(self) -> bool:
        return self.kind in (Kind.DAY, Kind.NUMBER, Kind.MONEY)


words = partial(Column, kind=Kind.WORDS)
code = partial(Column, kind=Kind.CODE)
person = partial(Column, kind=Kind.NAME)
written = partial(Column, kind=Kind.WRITTEN)
day = partial(Column, kind=Kind.DAY)
moment = partial(Column, kind=Kind.MOMENT)
number = partial(Column, kind=Kind.NUMBER)
money = partial(Column, kind=Kind.MONEY)
place = partial(Column, kind=Kind.PLACE, sort="division__sort_key")
action = partial(Column, kind=Kind.ACTION)


def in_file(value: Any, language: str) -> Any:
    """A value as a cell of a file: sentences in one language, days as "1401-06-25", numbers as numbers."""
    if value in NOTHING:
        return ""
    if isinstance(value, Text):
        return value.to(language)
    if isinstance(value, datetime):
        there = value.astimezone(TEHRAN)
        return f"{jalali(there.date())} {there:%H:%M}"
    if isinstance(value, date):
        return jalali(value)
    if isinstance(value, Division):
        return value.text.to(language)
    return value if isinstance(value, int | float) else str(value)


def in_json(value: Any, language: str) -> Any:
    """A value as programs are given it: a place by its code, a day in the Gregorian calendar."""
    if isinstance(value, Text):
        return value.to(language)
    if isinstance(value, Division):
        return value.code
    if isinstance(value, datetime):
        return value.astimezone(TEHRAN).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int | float) else str(value)
