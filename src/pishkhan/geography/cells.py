"""The cells of tables that are imported: read row by row, with every fault, and taken wholly or not at all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pishkhan.language.identifiers import NotValid
from pishkhan.language.jalali import NotADay
from pishkhan.language.tables import NotATable, Row, read_table
from pishkhan.language.text import Text
from pishkhan.language.typed import typed_code

from .rows import BOX, NotImported

FAULT = Text("ردیف {row}: {column}: {why}", "Row {row}: {column}: {why}")
EMPTY = Text("خالی است", "it is empty")
NO_NUMBER = Text("«{value}» عدد نیست", "'{value}' is no number")
OUTSIDE = Text(
    "نقطه بیرون از کشور است یا نیمی از آن نیست", "the point lies outside the country, or half of it is missing"
)
TOO_LONG = Text("بیش از {room} نویسه دارد", "it has more than {room} {room:character|characters}")
TWICE = Text("شمارهٔ «{value}» پیش‌تر آمده است", "'{value}' was used before")


@dataclass(frozen=True)
class TableRow:
    """A row as a table tells of it, read and checked."""

    facts: dict[str, Any]  # by column
    faults: tuple[Text, ...]


def table_of(content: bytes, columns: dict[str, str], *, known: tuple[str, ...], needed: tuple[str, ...]) -> list[Row]:
    """The rows of a table under our column names; `columns` maps ours to the file's."""
    try:
        return read_table(content, columns, known=known, needed=needed)
    except NotATable as wrong:
        raise NotImported([*wrong.faults]) from None


def sound(rows: list[TableRow]) -> list[TableRow]:
    """The same rows; NotImported with every fault if any of them is wrong."""
    if faults := [fault for row in rows for fault in row.faults]:
        raise NotImported(faults)
    return rows


class RowReader:
    """Reads the cells of one row, and gathers what is wrong with them."""

    def __init__(self, row: Row) -> None:
        self._number, self._row = row.number, row
        self.faults: list[Text] = []

    def blame(self, column: str, why: Text) -> None:
        self.faults.append(FAULT.filled(row=self._number, column=column, why=why))

    def text(self, column: str, *, needed: bool = False, room: int = 200) -> str:
        """The cell of a column, which has room for so many characters: nothing of it is cut off."""
        text = str(self._row.get(column) or "").strip()
        if needed and not text:
            self.blame(column, EMPTY)
        if len(text) > room:
            self.blame(column, TOO_LONG.filled(room=room))
            return ""
        return text

    def code(self, column: str, *, room: int = 200) -> str:
        """The cell of a column that holds a code, as it was meant."""
        return typed_code(self.text(column, room=room))

    def parsed(self, column: str, parse: Callable[[str], Any], *, needed: bool = False, empty: Any = "") -> Any:
        text = self.text(column, needed=needed)
        try:
            return parse(text) if text else empty
        except (NotValid, NotADay) as wrong:
            self.blame(column, wrong.text)
        except (ValueError, OverflowError):
            self.blame(column, NO_NUMBER.filled(value=text[:20]))
        return empty

    def one_of(self, column: str, codes: Iterable[str], why: Text, *, needed: bool = False) -> str:
        code = typed_code(self.text(column, needed=needed))
        if code and code not in codes:
            self.blame(column, why.filled(value=code[:20]))
        return code

    def row(self, facts: dict[str, Any]) -> TableRow:
        """What was read of it, and what is wrong."""
        return TableRow(facts, tuple(self.faults))


def is_inside(lat: float | None, lon: float | None) -> bool:
    if lat is None or lon is None:
        return lat is lon
    south, north, west, east = BOX
    return south <= lat <= north and west <= lon <= east


def degrees(text: str) -> float:
    return float(typed_code(text).replace("٫", "."))
