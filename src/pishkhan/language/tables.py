"""Tables that people bring: CSV or GeoJSON under any column names, read into rows under ours."""

import csv
import io
import json
from collections.abc import Collection, Mapping
from importlib import import_module
from typing import Any
from zipfile import BadZipFile

from .jalali import jalali
from .text import Text

ZIP = b"PK\x03\x04"
MOST_COLUMNS = 50
NOT_A_BOOK = Text("این پرونده XLSX خواندنی نیست.", "The file is no readable XLSX.")
NOT_READABLE = Text("پرونده خوانا نیست: {why}", "The file cannot be read: {why}")
NO_COLUMN = Text(
    "ستون «{column}» در پرونده نیست؛ ستون‌ها: {columns}", "The file has no column '{column}'; it has: {columns}"
)


class NotATable(ValueError):
    """The content is no table of the columns asked for; `.text` says why."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


def as_csv(content: bytes, *, most_rows: int) -> bytes:
    """A workbook's first sheet as CSV, a row more than the most so that too many are seen; what is CSV as it is."""
    if not content.startswith(ZIP):
        return content
    try:
        load = import_module("openpyxl").load_workbook  # no command waits for it that reads none
        sheet = load(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        rows = [list(row) for row in sheet.iter_rows(values_only=True, max_row=most_rows + 2, max_col=MOST_COLUMNS)]
    except (BadZipFile, KeyError, ValueError, IndexError, OSError):
        raise NotATable(NOT_A_BOOK) from None
    file = io.StringIO()
    csv.writer(file).writerows([_cell(cell) for cell in row] for row in rows)
    return file.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return jalali(value.date()) if hasattr(value, "date") else str(value)


def read_csv(
    content: bytes, columns: Mapping[str, str], *, known: Collection[str], needed: Collection[str]
) -> list[dict[str, Any]]:
    """The rows of a CSV in UTF-8 under our column names (`known`); `columns` maps ours to the file's."""
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise NotATable(NOT_READABLE.filled(why=error)) from None
    return _mapped(rows, columns, list(reader.fieldnames or []), known, needed)


def read_geojson(
    content: bytes, columns: Mapping[str, str], *, known: Collection[str], needed: Collection[str]
) -> list[dict[str, Any]]:
    """The point features of a GeoJSON FeatureCollection under our column names; `lat` and `lon` are their points."""
    try:
        rows = [
            feature["properties"] | _point_of(feature.get("geometry")) for feature in json.loads(content)["features"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotATable(NOT_READABLE.filled(why=error)) from None
    return _mapped(rows, columns, sorted({name for row in rows for name in row}), known, needed)


def _mapped(
    rows: list[dict[str, Any]],
    columns: Mapping[str, str],
    there: list[str],
    known: Collection[str],
    needed: Collection[str],
) -> list[dict[str, Any]]:
    if strange := sorted(set(columns) - set(known)):
        raise NotATable(NO_COLUMN.filled(column=strange[0], columns=", ".join(known)))
    names = {ours: columns.get(ours, ours) for ours in known}
    for ours in (*needed, *columns):
        if names[ours] not in there:
            raise NotATable(NO_COLUMN.filled(column=names[ours], columns=", ".join(there)))
    return [{ours: row.get(theirs) for ours, theirs in names.items()} for row in rows]


def _point_of(geometry: Any) -> dict[str, Any]:
    if not geometry or geometry["type"] != "Point":
        return {"lat": None, "lon": None}
    lon, lat, *_ = geometry["coordinates"]
    return {"lat": lat, "lon": lon}
