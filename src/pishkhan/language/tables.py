"""Tables that people bring, read into rows under our column names: from any file that holds one, or GeoJSON."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from .search import gapless
from .table_files import Line, NotATable, lines_of
from .text import Text
from .typed import typed

__all__ = ["NotATable", "Row", "numbered", "read_geojson", "read_table"]

MOST_FAULTS = 20
NOT_READABLE = Text("پرونده خوانا نیست: {why}", "The file cannot be read: {why}")
EMPTY = Text("پرونده خالی است.", "The file is empty.")
NO_COLUMN = Text(
    "ستون «{column}» در پرونده نیست؛ ستون‌ها: {columns}", "The file has no column '{column}'; it has: {columns}"
)
TWO_COLUMNS = Text("ستون «{column}» دو بار آمده است.", "The column '{column}' stands there twice.")
TOO_WIDE = Text(
    "ردیف {row}: {there} خانه دارد و عنوان {wanted}؛ جداکننده‌ای در خانه‌ای هست که باید در گیومه باشد.",
    "Row {row}: it is {there} {there:cell|cells} wide and the heading {wanted}: a cell with a divider wants quotes.",
)


class Row(dict[str, Any]):
    """The cells of a row under our names, as they were meant; what the file has no column for is None."""

    def __init__(self, number: int, cells: Mapping[str, Any]) -> None:
        super().__init__(cells)
        self.number = number  # in the file; the heading is row 1


def numbered(rows: Iterable[Mapping[str, Any]], *, first: int = 2) -> Iterator[Row]:
    """Rows with their numbers: those of a file keep its own, others are counted from `first`, below a heading."""
    for number, row in enumerate(rows, start=first):
        yield row if isinstance(row, Row) else Row(number, row)


def read_table(
    content: bytes, columns: Mapping[str, str], *, known: Collection[str], needed: Collection[str]
) -> list[Row]:
    """The rows of a table under our column names (`known`); `columns` maps ours to the file's.

    It may be CSV of any usual divider and encoding, a workbook or a saved page; blank rows are passed over. NotATable
    names every row that is wider than the heading: nothing of it would be where it belongs."""
    lines = list(lines_of(content))
    if not lines:
        raise NotATable(EMPTY)
    (_, heading), *rest = lines
    there = [typed(name).strip() for name in heading]
    while there and not there[-1]:
        there.pop()
    _refuse_wide(rest, len(there))
    places = _places(there, columns, known, needed)
    return [
        Row(
            number,
            {
                ours: None if place is None else typed(cells[place]).strip() if place < len(cells) else ""
                for ours, place in places.items()
            },
        )
        for number, cells in rest
    ]


def read_geojson(
    content: bytes, columns: Mapping[str, str], *, known: Collection[str], needed: Collection[str]
) -> list[Row]:
    """The point features of a GeoJSON FeatureCollection under our column names; `lat` and `lon` are their points."""
    try:
        rows = [
            feature["properties"] | _point_of(feature.get("geometry")) for feature in json.loads(content)["features"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotATable(NOT_READABLE.filled(why=error)) from None
    there = sorted({name for row in rows for name in row})
    places = _places(there, columns, known, needed)
    names = {ours: None if place is None else there[place] for ours, place in places.items()}
    return [
        Row(number, {ours: None if name is None else _meant(row.get(name)) for ours, name in names.items()})
        for number, row in enumerate(rows, start=2)
    ]


def _refuse_wide(lines: Iterable[Line], width: int) -> None:
    wide = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells[width:])]
    if wide:
        raise NotATable(
            *(TOO_WIDE.filled(row=number, there=len(cells), wanted=width) for number, cells in wide[:MOST_FAULTS])
        )


def _places(
    there: list[str], columns: Mapping[str, str], known: Collection[str], needed: Collection[str]
) -> dict[str, int | None]:
    """Where each of our columns stands; None where there is none."""
    if strange := sorted(set(columns) - set(known)):
        raise NotATable(NO_COLUMN.filled(column=strange[0], columns=", ".join(known)))
    named: dict[str, list[int]] = {}
    for place, name in enumerate(there):
        named.setdefault(_plain(name), []).append(place)
    places: dict[str, int | None] = {}
    for ours in known:
        theirs = columns.get(ours, ours)
        at = named.get(_plain(theirs), [])
        if not at and (ours in needed or ours in columns):
            raise NotATable(NO_COLUMN.filled(column=theirs, columns=", ".join(there)))
        if len(at) > 1:
            raise NotATable(TWO_COLUMNS.filled(column=theirs))
        places[ours] = at[0] if at else None
    return places


def _plain(name: str) -> str:
    return gapless(name.replace("_", " ").replace("(", " ").replace(")", " "))


def _meant(value: Any) -> Any:
    return typed(value).strip() if isinstance(value, str) else value


def _point_of(geometry: Any) -> dict[str, Any]:
    if not geometry or geometry["type"] != "Point":
        return {"lat": None, "lon": None}
    lon, lat, *_ = geometry["coordinates"]
    return {"lat": lat, "lon": lon}
