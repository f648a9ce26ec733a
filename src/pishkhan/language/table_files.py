"""The lines of a table that somebody brings: CSV of any divider and encoding, a workbook, a saved page."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time
from html.parser import HTMLParser
from importlib import import_module
from typing import Any
from zipfile import BadZipFile

from .jalali import jalali
from .text import Text

LARGEST, MOST_ROWS, MOST_COLUMNS = 32 * 2**20, 400_000, 200  # bytes; lines; cells of a line
DIVIDERS = ",;\t|"
ZIP, OLD_WORKBOOK, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
EXACT = 10**15  # beyond it a spreadsheet has rounded a number that was not stored as text

NOT_TEXT = Text(
    "پرونده جدول نیست: CSV، XLSX یا صفحهٔ ذخیره‌شده (HTML) بفرستید.",
    "The file is no table: send CSV, XLSX or a saved page (HTML).",
)
OLD = Text(
    "پروندهٔ XLS قدیمی خوانده نمی‌شود؛ آن را «XLSX» یا «CSV UTF-8» ذخیره کنید.",
    "An old XLS file is not read: save it as XLSX or 'CSV UTF-8'.",
)
TOO_LARGE = Text("پرونده بزرگ‌تر از اندازه است.", "The file is too large.")
STRAY_QUOTE = Text(
    'ردیف {row}: گیومهٔ " باز یا بسته نشده است و ردیف‌های پس از آن را می‌بلعد.',
    'Row {row}: a quote (") is not opened or closed and swallows the rows after it.',
)
ROUNDED = Text(
    "ردیف {row}: عدد {value} در صفحه‌گسترده گرد شده است؛ ستون را «متن» کنید و دوباره بنویسید.",
    "Row {row}: the spreadsheet has rounded the number {value}: make the column text and write it again.",
)
Line = tuple[int, list[str]]  # its number among the rows, blank ones too, from 1, and its cells as they stand there


class NotATable(ValueError):
    """The content is no table, or not of the columns asked for; `.text` says why, `.faults` row by row."""

    def __init__(self, *faults: Text) -> None:
        self.faults = faults
        self.text = Text(" ".join(fault.fa for fault in faults), " ".join(fault.en for fault in faults))
        super().__init__(self.text.en)


def lines_of(content: bytes) -> Iterator[Line]:
    """The lines of a table that hold anything, the heading first; NotATable if it cannot be read."""
    if len(content) > LARGEST:
        raise NotATable(TOO_LARGE)
    for number, cells in _rows(content):
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise NotATable(TOO_LARGE)
        if any(cell.strip() for cell in cells):
            yield number, cells


def _rows(content: bytes) -> Iterable[Line]:
    if content.startswith(OLD_WORKBOOK):
        raise NotATable(OLD)
    if content.startswith(PDF):
        raise NotATable(NOT_TEXT)
    if content.startswith(ZIP):
        return _workbook(content)
    text = _text(content)
    return _page(text) if text.lstrip("\ufeff \t\r\n").startswith("<") else _divided(text)


def _text(content: bytes) -> str:
    """A text in UTF-8 or UTF-16, or else as Persian Windows writes it (Windows-1256)."""
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    if wide or content[1:400:2].count(0) > len(content[1:400:2]) / 3:
        try:
            return content.decode("utf-16" if wide else "utf-16-le")
        except UnicodeDecodeError:
            raise NotATable(NOT_TEXT) from None
    with suppress(UnicodeDecodeError):
        return content.decode("utf-8-sig")
    return content.decode("cp1256")


def _divided(text: str) -> Iterator[Line]:
    if "\0" in text:
        raise NotATable(NOT_TEXT)
    heading = text.partition("\n")[0]
    divider = max(DIVIDERS, key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    number, width = 0, 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise NotATable(STRAY_QUOTE.filled(row=number)) from None
        width = width or len(cells)
        if any(_swallows(cell, divider, width) for cell in cells):
            raise NotATable(STRAY_QUOTE.filled(row=number))
        yield number, cells


def _swallows(cell: str, divider: str, width: int) -> bool:
    """Whether a whole line of the table stands within one cell: the quote before it was never meant as one."""
    return width > 1 and "\n" in cell and any(line.count(divider) >= width - 1 for line in cell.splitlines())


def _workbook(content: bytes) -> Iterator[Line]:
    """The first sheet; days as Jalali ones, numbers without the spreadsheet's decimals."""
    try:
        book = import_module("openpyxl").load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1)
        for number, cells in enumerate(rows, start=1):
            texts = [_cell(number, cell) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            yield number, texts
    except (BadZipFile, KeyError, IndexError, OSError, TypeError, ValueError) as error:
        raise (error if isinstance(error, NotATable) else NotATable(NOT_TEXT)) from None


def _cell(row: int, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) >= EXACT:
        raise NotATable(ROUNDED.filled(row=row, value=f"{value:.0f}"))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() != time.min:
        return str(value)
    return jalali(value) if isinstance(value, date) else str(value)


def _page(text: str) -> Iterable[Line]:
    """The longest table of a saved page, as many systems write what they call an Excel file."""
    page = _Page()
    page.feed(text)
    page.close()
    rows: list[list[str]] = max(page.tables, key=len, default=[])
    if not rows:
        raise NotATable(NOT_TEXT)
    return enumerate(rows, start=1)


class _Page(HTMLParser):
    """Gathers the tables of a page, row by row; of a table within a table each is its own."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._open: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._columns = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append([])
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].append([])
        elif tag in ("td", "th") and self._open and self._open[-1]:
            self._end_cell()
            columns = dict(attrs).get("colspan") or ""
            self._cell, self._columns = [], min(int(columns), MOST_COLUMNS) if columns.isdigit() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table" and self._open:
            self.tables.append(self._open.pop())

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_cell()
        self.tables += self._open

    def _end_cell(self) -> None:
        if self._cell is not None and self._open and self._open[-1]:
            self._open[-1][-1] += [" ".join("".join(self._cell).split())] + [""] * (self._columns - 1)
        self._cell = None
