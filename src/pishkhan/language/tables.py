"""Tables that people bring: CSV or GeoJSON under any column names, read into rows under ours."""

import csv
import io
import json
from collections.abc import Collection, Mapping
from typing import Any

from .text import Text

NOT_READABLE = Text("پرونده خوانا نیست: {why}", "The file cannot be read: {why}")
NO_COLUMN = Text(
    "ستون «{column}» در پرونده نیست؛ ستون‌ها: {columns}", "The file has no column '{column}'; it has: {columns}"
)


class NotATable(ValueError):
    """The content is no table of the columns asked for; `.text` says why."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


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
