"""Tables that leave the house: exactly what is shown, as CSV that any spreadsheet opens, or as a workbook (XLSX)."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any

from django.http import HttpResponse

from .request_context import language

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what no workbook may hold


def csv_of(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A CSV file in UTF-8, with a mark by which spreadsheets know it; no cell of it is a formula."""
    response = _file(f"{name}.csv", "text/csv; charset=utf-8", "\ufeff")
    writer = csv.writer(response)
    writer.writerow(headings)
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return response


def xlsx_of(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The same as a workbook of one sheet, which in Persian reads from right to left; numbers stay numbers."""
    book = import_module("openpyxl").Workbook(write_only=True)  # no command waits for it that writes none
    sheet = book.create_sheet(name[:31])
    sheet.sheet_view.rightToLeft = not language().startswith("en")
    sheet.append(list(headings))
    for row in rows:
        sheet.append([UNWRITABLE.sub("", cell) if isinstance(cell, str) else cell for cell in map(plain, row)])
    content = io.BytesIO()
    book.save(content)
    return _file(f"{name}.xlsx", WORKBOOK, content.getvalue())


FORMATS: dict[str, Callable[[str, Sequence[str], Iterable[Sequence[Any]]], HttpResponse]] = {
    "csv": csv_of,
    "xlsx": xlsx_of,
}


def plain(cell: Any) -> Any:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _file(name: str, kind: str, content: bytes | str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
