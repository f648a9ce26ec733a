"""Filters of a list: what whoever looks may write or choose, how it is read, and which rows it leaves."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from pishkhan.geography.selectors import counties_of, lying_in
from pishkhan.language.digits import ascii_digits
from pishkhan.language.jalali import NotADay, parse_day, written
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.people.web.request_context import language

Rows = QuerySet[Any]
Narrow = Callable[[Rows, Any, "ListQuery"], Rows]
Choices = Sequence[tuple[str, Text | str]]
NO_CHOICE = Text(
    "«{given}» در «{label}» نیست؛ یکی از گزینه‌ها را برگزینید.", "'{given}' is none of '{label}': choose one of them."
)
NO_PLACE = Text(
    "«{given}» کد جایی نیست؛ شهرستان را از فهرست برگزینید.", "'{given}' is no code of a place: choose a county."
)
TOO_LONG = Text(
    "آنچه در «{label}» نوشته‌اید بلندتر از {most} حرف است.", "'{label}' takes no more than {most} {most:letter|letters}."
)
COUNTY = Text("شهرستان", "County")
FROM, UNTIL = Text("از روز", "From"), Text("تا روز", "Until")
SEARCH = Text("جست‌وجو", "Search")


class Unreadable(ValueError):
    """What was given to a filter means nothing; `.text` says why."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


@dataclass(frozen=True)
class ListQuery:
    """What is asked of a list: by whom, which rows, in which order; and what of it could not be read, by filter."""

    person: Any  # who looks; None for the public
    values: dict[str, Any]
    sort: str = ""  # the name of a column, behind a minus if the last comes first; empty for the order of the list
    wrong: dict[str, Text] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@dataclass(frozen=True)
class Filter:
    """One thing that can be asked of a list. Filters narrow in the order in which they are declared."""

    name: str
    label: Text
    narrow: Narrow
    default: Any = ""
    shown: bool = True  # on pages; programs may ask all of them
    address: str = ""  # its name in addresses, if that is no name of the code
    shape = "text"  # which input `people/listing/filter.html` draws

    @property
    def parameter(self) -> str:
        """Its name in addresses."""
        return self.address or self.name

    def initial(self) -> Any:
        """Its value where nothing is said."""
        return self.default() if callable(self.default) else self.default

    def read(self, given: str) -> Any:
        """The value that is meant; Unreadable if none is."""
        return given

    def as_written(self, value: Any) -> str:
        """A value as it stands in the input."""
        return str(value)

    def options(self, person: Person) -> Choices:
        """What can be chosen; nothing where it is written."""
        return ()


@dataclass(frozen=True)
class Search(Filter):
    """Words, a number, a name: what they find is said by the list."""

    most: int = 100
    hint: Text | None = None
    is_code: bool = False  # written from left to right
    shape = "search"

    def read(self, given: str) -> str:
        if len(given.strip()) > self.most:
            raise Unreadable(TOO_LONG.filled(label=self.label, most=self.most))
        return given.strip()


@dataclass(frozen=True)
class OneOf(Filter):
    """One of some choices. Where there is a default, there is no choice of all."""

    choices: Choices | Callable[[], Choices] = ()
    shape = "choice"

    def read(self, given: str) -> str:
        if given and given not in {code for code, _ in self._choices()}:
            raise Unreadable(NO_CHOICE.filled(given=given[:20], label=self.label))
        return given or self.initial()

    def options(self, person: Person) -> Choices:
        return self._choices()

    def _choices(self) -> Choices:
        return self.choices() if callable(self.choices) else self.choices


@dataclass(frozen=True)
class Tick(Filter):
    """Yes, or not asked."""

    default: Any = False
    shape = "tick"

    def read(self, given: str) -> bool:
        return bool(given)

    def as_written(self, value: Any) -> str:
        return "1" if value else ""


@dataclass(frozen=True)
class OnDay(Filter):
    """A day in either calendar and any digits."""

    default: Any = None
    shape = "day"

    def read(self, given: str) -> Any:
        if not given.strip():
            return self.initial()
        try:
            return parse_day(given)
        except NotADay as wrong:
            raise Unreadable(wrong.text) from None

    def as_written(self, value: Any) -> str:
        return written(value, language()) if value else ""


@dataclass(frozen=True)
class InPlace(Filter):
    """A place, by its code in any digits; on pages one of the counties of whoever looks."""

    shape = "choice"

    def read(self, given: str) -> str:
        place = ascii_digits(given.strip())
        if place and not (place.isascii() and place.isdigit() and len(place) <= 16):
            raise Unreadable(NO_PLACE.filled(given=given[:20]))
        return place

    def options(self, person: Person) -> Choices:
        return counties_of([assignment.place for assignment in person.assignments_today]) if person else ()


def search(narrow: Callable[[Rows, str], Rows], label: Text = SEARCH, **more: Any) -> Search:
    """A search `q`."""
    return Search("q", label, lambda rows, value, query: narrow(rows, value), **more)


def one_of(name: str, label: Text, choices: Choices | Callable[[], Choices], column: str = "", **more: Any) -> OneOf:
    """One of the values of a column of the table."""
    return OneOf(
        name, label, lambda rows, value, query: rows.filter(**{column or name: value}), choices=choices, **more
    )


def in_place(column: str = "division", **more: Any) -> InPlace:
    """Rows that lie in a place."""
    return InPlace("place", COUNTY, lambda rows, value, query: rows.filter(lying_in(value, column)), **more)


def between(column: str) -> tuple[OnDay, OnDay]:
    """From a day until another, both among them."""
    return (
        OnDay("from_on", FROM, lambda rows, day, _: rows.filter(**{f"{column}__gte": day}), address="from"),
        OnDay("until_on", UNTIL, lambda rows, day, _: rows.filter(**{f"{column}__lte": day}), address="until"),
    )


def of_enum(members: Iterable[Any]) -> Choices:
    """The members of an enumeration that says itself in both languages."""
    return [(member.value, member.text) for member in members]
