"""What an import is made of: rows, read from CSV or GeoJSON under any column names, and what is wrong with them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pishkhan.journal.refusals import Refusal
from pishkhan.language.tables import NotATable, numbered, read_geojson, read_table
from pishkhan.language.text import Text
from pishkhan.language.typed import typed_code

from .models import Division, Population
from .selectors import LENGTHS

COLUMNS = (
    "code",
    "kind",
    "name",
    "name_en",
    "lat",
    "lon",
    "quality",
    "people",
    "year",
    "people_quality",
    "source",
    "valid_from",
    "valid_to",
)
BOX = (24.0, 40.5, 43.5, 64.0)  # of the country: least and most latitude, least and most longitude

BAD_CODE = Text("ردیف {row}: کد «{code}» کد تقسیمات نیست.", "Row {row}: '{code}' is no SCI code.")
LOST_ZERO = Text(
    "ردیف {row}: کد «{code}» {length} رقم دارد؛ برای {kind} {wanted} رقم لازم است (شاید صفر آغاز افتاده).",
    "Row {row}: code '{code}' has {length} {length:digit|digits}; a {kind} has {wanted} (a leading zero may be lost).",
)
BAD_KIND = Text("ردیف {row}: نوع «{kind}» نوع تقسیمات نیست.", "Row {row}: '{kind}' is no kind of division.")
NO_NAME = Text("ردیف {row}: نام خالی است.", "Row {row}: the name is empty.")
TWICE = Text("ردیف {row}: کد {code} در ردیف {first} هم آمده است.", "Row {row}: code {code} stands in row {first} too.")
NO_PARENT = Text(
    "ردیف {row}: کد بالادست {parent} شناخته نیست.", "Row {row}: {parent}, in which it would lie, is not known."
)
BAD_POINT = Text(
    "ردیف {row}: مختصات ({lat}, {lon}) بیرون از کشور است.", "Row {row}: ({lat}, {lon}) lies outside the country."
)
SWAPPED = Text(
    "ردیف {row}: مختصات ({lat}, {lon}) گویا جابه‌جاست: نخست عرض، سپس طول.",
    "Row {row}: ({lat}, {lon}) seems swapped: latitude comes first.",
)
HALF_POINT = Text("ردیف {row}: عرض یا طول خالی است.", "Row {row}: latitude or longitude is empty.")
NOT_A_NUMBER = Text(
    "ردیف {row}: «{value}» در ستون {column} عدد نیست.", "Row {row}: '{value}' in column {column} is no number."
)
BAD_QUALITY = Text("ردیف {row}: کیفیت «{value}» شناخته نیست.", "Row {row}: the quality '{value}' is not known.")
SAME_NAME = Text(
    "ردیف {row}: نام «{name}» در همان بالادست تکراری است (ردیف {first}).",
    "Row {row}: the name '{name}' stands in the same parent twice (row {first}).",
)

READERS = {"csv": read_table, "geojson": read_geojson}


class NotImported(Refusal):
    """Nothing was imported; `.faults` says what is wrong, row by row."""

    def __init__(self, faults: list[Text]) -> None:
        self.faults = faults
        super().__init__(
            Text("چیزی وارد نشد: {count} ایراد.", "Nothing was imported: {count} {count:fault|faults}.").filled(
                count=len(faults)
            )
        )


@dataclass(frozen=True)
class Row:
    """One division as a file tells of it; `number` is its row there."""

    number: int
    code: str
    kind: str
    name: str
    name_en: str = ""
    lat: float | None = None
    lon: float | None = None
    quality: str = Division.Quality.NONE
    people: int | None = None
    year: int | None = None
    people_quality: str = Population.Quality.CENSUS
    source: str = ""
    faults: list[Text] = field(default_factory=list)

    @property
    def parent(self) -> str:
        """The code of what it lies in; empty for a province."""
        lengths = [0, 2, 4, 6, 10, 16]
        return self.code[: lengths[lengths.index(len(self.code)) - 1]] if len(self.code) in lengths else ""


def read(content: bytes, form: str, columns: dict[str, str]) -> Sequence[dict[str, Any]]:
    """The rows of a table ("csv") or "geojson" under our column names; `columns` maps ours to the file's."""
    try:
        return READERS[form](content, columns, known=COLUMNS, needed=("code", "name"))
    except NotATable as wrong:
        raise NotImported([*wrong.faults]) from None


def checked(rows: Iterable[dict[str, Any]], known: set[str]) -> tuple[list[Row], list[Text]]:
    """The rows as they can be entered, and warnings; NotImported with every fault if any row is wrong."""
    read = [_row(row.number, row) for row in numbered(rows)]
    faults = [fault for row in read for fault in row.faults] + list(_faults_among(read, known))
    if faults:
        raise NotImported(faults)
    return read, list(_namesakes(read))


def _row(number: int, row: dict[str, Any]) -> Row:
    faults: list[Text] = []
    code = typed_code(str(row.get("code") or ""))
    kind = str(row.get("kind") or _kind_by_length(code)).strip()
    if not code.isascii() or not code.isdigit():
        faults.append(BAD_CODE.filled(row=number, code=code[:20]))
    elif kind not in Division.Kind.values:
        faults.append(BAD_KIND.filled(row=number, kind=kind[:20]))
    elif len(code) != LENGTHS[Division.Kind(kind)]:
        faults.append(
            LOST_ZERO.filled(
                row=number, code=code[:20], length=len(code), kind=kind, wanted=LENGTHS[Division.Kind(kind)]
            )
        )
    name = str(row.get("name") or "").strip()
    if not name:
        faults.append(NO_NAME.filled(row=number))
    lat, lon = (_number(number, row, column, float, faults) for column in ("lat", "lon"))
    people, year = (_number(number, row, column, int, faults) for column in ("people", "year"))
    faults += _point_faults(number, lat, lon)
    quality = str(row.get("quality") or (Division.Quality.NONE if lat is None else Division.Quality.GEOCODED))
    if quality not in Division.Quality.values:
        faults.append(BAD_QUALITY.filled(row=number, value=quality[:20]))
    return Row(
        number,
        code,
        kind,
        name,
        str(row.get("name_en") or "").strip(),
        lat,
        lon,
        quality,
        people,
        year,
        str(row.get("people_quality") or Population.Quality.CENSUS),
        str(row.get("source") or "")[:200],
        faults,
    )


def _kind_by_length(code: str) -> str:
    kinds = {
        2: Division.Kind.PROVINCE,
        4: Division.Kind.COUNTY,
        6: Division.Kind.DISTRICT,
        16: Division.Kind.SETTLEMENT,
    }
    return kinds.get(len(code), "")


def _number(row: int, data: dict[str, Any], column: str, form: type, faults: list[Text]) -> Any:
    value = data.get(column)
    if value is None or str(value).strip() == "":
        return None
    try:
        number = form(typed_code(str(value)).replace(",", "").replace("٬", "").replace("٫", "."))
    except (ValueError, OverflowError):
        number = -1 if form is int else float("nan")
    if not (abs(number) < 2**31) or (form is int and number < 0):
        faults.append(NOT_A_NUMBER.filled(row=row, value=str(value)[:20], column=column))
        return None
    return number


def _point_faults(row: int, lat: float | None, lon: float | None) -> Iterator[Text]:
    if (lat is None) != (lon is None):
        yield HALF_POINT.filled(row=row)
    elif lat is not None and lon is not None and not _inside(lat, lon):
        yield (SWAPPED if _inside(lon, lat) else BAD_POINT).filled(row=row, lat=lat, lon=lon)


def _inside(lat: float, lon: float) -> bool:
    south, north, west, east = BOX
    return south <= lat <= north and west <= lon <= east


def _faults_among(rows: list[Row], known: set[str]) -> Iterator[Text]:
    seen: dict[str, int] = {}
    codes = known | {row.code for row in rows}
    for row in rows:
        if row.code in seen:
            yield TWICE.filled(row=row.number, code=row.code, first=seen[row.code])
        seen.setdefault(row.code, row.number)
        if row.parent and row.parent not in codes and not row.faults:
            yield NO_PARENT.filled(row=row.number, parent=row.parent)


def _namesakes(rows: list[Row]) -> Iterator[Text]:
    seen: dict[tuple[str, str, str], int] = {}
    for row in rows:
        key = row.parent, row.kind, row.name
        if key in seen:
            yield SAME_NAME.filled(row=row.number, name=row.name, first=seen[key])
        seen.setdefault(key, row.number)
