"""What templates draw of a list: its headings and cells, its filters as they were filled in, the orders to choose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import QueryDict

from pishkhan.geography.models import Division
from pishkhan.language.text import Text
from pishkhan.people.web.request_context import language

from .columns import NOTHING, Column, Kind
from .filters import Filter, ListQuery

ASCENDING, DESCENDING = Text("از کم به زیاد", "rising"), Text("از زیاد به کم", "falling")
SORTED = Text("{label}، {way}", "{label}, {way}")


@dataclass(frozen=True)
class Heading:
    """The heading of a column, with the address that sorts by it, if one does; and those of its second lines."""

    column: Column
    address: str = ""
    direction: str = ""  # as aria-sort says it
    lines: tuple["Heading", ...] = ()


@dataclass(frozen=True)
class Cell:
    """A value of a row as it is shown; and the lines below it."""

    column: Column
    row: Any
    value: Any
    lines: tuple["Cell", ...] = ()

    @property
    def shape(self) -> str:
        """How it is drawn: as what it is, or as its column says where that does not tell."""
        shapes = ((Text, Kind.WORDS), (Division, Kind.PLACE), (datetime, Kind.MOMENT), (date, Kind.DAY))
        return next((shape for kind, shape in shapes if isinstance(self.value, kind)), self.column.kind)

    @property
    def is_empty(self) -> bool:
        return self.value in NOTHING

    @property
    def label(self) -> Text | None:
        """Of which column it is, where no heading tells: on a card."""
        return self.column.label if self.column.leaves else None

    @property
    def link(self) -> str:
        return self.column.link(self.row) if self.column.link else ""

    @property
    def badge(self) -> str | None:
        return self.column.badge(self.row) if self.column.badge and not self.is_empty else None


@dataclass(frozen=True)
class Table:
    """Headings and rows."""

    headings: list[Heading]
    rows: list[list[Cell]]
    compact: bool = False


@dataclass(frozen=True)
class Control:
    """A filter as its input shows it: what was written or chosen, and what is wrong with it."""

    filter: Filter
    value: str
    options: list[tuple[str, str, bool]]
    wrong: Text | None

    @property
    def described_by(self) -> str:
        """Where the input's fault stands, if it has one."""
        return f"{self.filter.name}_error" if self.wrong else ""


@dataclass(frozen=True)
class SortChoice:
    """An order that can be chosen."""

    value: str
    label: str
    chosen: bool


def table_of(
    columns: Sequence[Column], rows: list[Any], sorted_by: tuple[str, QueryDict] | None, *, compact: bool
) -> Table:
    """Rows under the headings of some columns; what stands under another column is in its cell."""
    lines = {column.name: [line for line in columns if line.under == column.name] for column in columns}
    first = [column for column in columns if not column.under]
    headings = [
        Heading(
            *_sorting(column, sorted_by),
            tuple(Heading(*_sorting(line, sorted_by)) for line in lines[column.name] if line.sort is not None),
        )
        for column in first
    ]

    def cell(column: Column, row: Any) -> Cell:
        below = [Cell(line, row, line.of(row)) for line in lines[column.name]]
        return Cell(column, row, column.of(row), tuple(item for item in below if not item.is_empty))

    return Table(headings, [[cell(column, row) for column in first] for row in rows], compact)


def _sorting(column: Column, sorted_by: tuple[str, QueryDict] | None) -> tuple[Column, str, str]:
    if column.sort is None or sorted_by is None:
        return column, "", ""
    now, data = sorted_by
    query = data.copy()
    for name in ("page", "export"):
        query.pop(name, None)
    query["sort"] = f"-{column.name}" if now == column.name else column.name
    return column, f"?{query.urlencode()}", {column.name: "ascending", f"-{column.name}": "descending"}.get(now, "")


def control_of(criterion: Filter, query: ListQuery, data: QueryDict) -> Control:
    """The input of a filter: what could not be read stands there as it was written."""
    wrong = query.wrong.get(criterion.name)
    value = criterion.as_written(query[criterion.name])
    options = [
        (code, text.to(language()) if isinstance(text, Text) else text, code == value)
        for code, text in criterion.options(query.person)
    ]
    return Control(criterion, data.get(criterion.parameter, "")[:100] if wrong else value, options, wrong)


def sort_choices(columns: Sequence[Column], now: str) -> list[SortChoice]:
    """Each column that can be sorted by, both ways."""
    return [
        SortChoice(
            f"{sign}{column.name}", SORTED.filled(label=column.label, way=way).to(language()), now == sign + column.name
        )
        for column in columns
        if column.sort is not None
        for sign, way in (("", ASCENDING), ("-", DESCENDING))
    ]
