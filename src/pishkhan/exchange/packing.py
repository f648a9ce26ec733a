"""What a package is made of (docs/methods/exchange.md): a zip of a manifest and a table. Touches no database."""

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from pishkhan.journal.refusals import Invalid
from pishkhan.language.jalali import NotADay, parse_day
from pishkhan.language.search import folded
from pishkhan.language.table_files import NotATable, lines_of
from pishkhan.language.text import Text
from pishkhan.language.typed import typed, typed_code
from pishkhan.people.web.exports import plain

FORMAT, VERSION = "pishkhan-exchange", 1
LARGEST, MOST_ROWS = 5 * 2**20, 5_000  # bytes, of the package and of each part; rows
MANIFEST, QUESTIONS, ANSWERS = "manifest.json", "questions.csv", "answers.csv"
NEEDED, FURTHER = ("reference", "outcome", "letter", "letter_on"), ("years", "reasons")
WORDS = {
    "cleared": ("cleared", "بلامانع", "موافق"),
    "not_cleared": ("not_cleared", "منفی", "مخالف"),
    "issued": ("issued", "صادر شد"),
    "returned": ("returned", "بازگشت"),
}
NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z./_-]{0,59}")

NO_ZIP = Text("پرونده بستهٔ zip سالم نیست.", "The file is no whole zip.")
TOO_LARGE = Text("بسته از ۵ مگابایت بزرگ‌تر است.", "The package is larger than 5 MB.")
PARTS = Text("بسته باید همین دو بخش را داشته باشد: {wanted}.", "A package holds these two parts: {wanted}.")
BAD_MANIFEST = Text(
    "شناسنامهٔ بسته (manifest.json) درست نیست: {field}.", "The manifest of the package is wrong: {field}."
)
ALTERED = Text(
    "جدول بسته با چکیدهٔ آن نمی‌خواند: دست خورده یا ناقص است.",
    "The table does not agree with its checksum: it was altered or cut short.",
)
BAD_TABLE = Text("جدول پاسخ‌ها خوانا نیست: CSV با UTF-8.", "The table of answers cannot be read: CSV in UTF-8.")
NO_COLUMN = Text("ستون «{column}» در جدول نیست.", "The table has no column '{column}'.")
TOO_MUCH = Text(
    "جدول ستون «{column}» هم دارد؛ جز نتیجه و نامه چیزی پذیرفته نمی‌شود.",
    "The table has a column '{column}' too: nothing but the outcome and the letter is taken.",
)
WRONG_COUNT = Text(
    "جدول {there} سطر دارد و شناسنامه {told} می‌گوید.",
    "The table has {there} {there:row|rows}, the manifest says {told}.",
)


class NotAPackage(Invalid):
    """The file is no package that could be taken in; nothing of it is kept."""

    def __init__(self, text: Text) -> None:
        super().__init__(text, {"file": text})


@dataclass(frozen=True)
class Manifest:
    """What a package says of itself."""

    kind: str  # "questions" or "answers"
    partner: str
    province: str
    reference: str
    sequence: int
    answers_to: str
    made_on: date
    rows: int
    sha256: str


@dataclass(frozen=True)
class Answer:
    """A row of a table of answers; what cannot be read is empty."""

    number: int  # in the table; the heading is row 1
    reference: str
    outcome: str = ""
    letter: str = ""
    letter_on: date | None = None
    years: int | None = None
    reasons: str = ""


def packed(manifest: Manifest, table: bytes) -> bytes:
    """A package: the same bytes whenever it is made of the same."""
    fields = {
        "format": FORMAT,
        "version": VERSION,
        **asdict(manifest),
        "made_on": manifest.made_on.isoformat(),
        "table": QUESTIONS if manifest.kind == "questions" else ANSWERS,
    }
    parts = {MANIFEST: json.dumps(fields, ensure_ascii=False, indent=1).encode(), fields["table"]: table}
    day = manifest.made_on.timetuple()[:3]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as there:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, (*day, 0, 0, 0))
            entry.external_attr = 0o600 << 16
            there.writestr(entry, part)
    return content.getvalue()


def table_of(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A table as CSV that any spreadsheet opens, none of whose cells is a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def checksum(table: bytes) -> str:
    return sha256(table).hexdigest()


def unpacked(content: bytes) -> tuple[Manifest, list[Answer]]:
    """What a package of answers says; NotAPackage with the reason if it says nothing that can be relied on."""
    if len(content) > LARGEST:
        raise NotAPackage(TOO_LARGE)
    parts = _parts(content)
    manifest = _manifest(parts[MANIFEST])
    if checksum(parts[ANSWERS]) != manifest.sha256:
        raise NotAPackage(ALTERED)
    answers = _answers(parts[ANSWERS])
    if len(answers) != manifest.rows:
        raise NotAPackage(WRONG_COUNT.filled(there=len(answers), told=manifest.rows))
    return manifest, answers


def _parts(content: bytes) -> dict[str, bytes]:
    wanted = {MANIFEST, ANSWERS}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as there:
            if len(there.infolist()) != len(wanted) or set(there.namelist()) != wanted:
                raise NotAPackage(PARTS.filled(wanted=" + ".join(sorted(wanted))))
            return {name: _part(there, name) for name in sorted(wanted)}
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        OverflowError,
        zlib.error,
    ):
        raise NotAPackage(NO_ZIP) from None


def _part(there: zipfile.ZipFile, name: str) -> bytes:
    """A part, read no further than it may be large, whatever its heading says."""
    with there.open(name) as part:
        content = part.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise NotAPackage(TOO_LARGE)
    return content


def _manifest(content: bytes) -> Manifest:
    try:
        fields = json.loads(content)
        if (fields["format"], fields["version"], fields["table"]) != (FORMAT, VERSION, ANSWERS):
            raise NotAPackage(BAD_MANIFEST.filled(field="format"))
        day = parse_day(str(fields["made_on"]))
    except NotADay:
        raise NotAPackage(BAD_MANIFEST.filled(field="made_on")) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotAPackage(BAD_MANIFEST.filled(field="JSON")) from None
    for name, shape in (
        ("kind", "answers"),
        ("partner", NAME),
        ("province", re.compile("[0-9]{2}")),
        ("reference", NAME),
        ("answers_to", NAME),
        ("sha256", re.compile("[0-9a-f]{64}")),
    ):
        value = fields.get(name)
        if not isinstance(value, str) or not re.fullmatch(shape, value):
            raise NotAPackage(BAD_MANIFEST.filled(field=name))
    for name in ("sequence", "rows"):
        if type(fields.get(name)) is not int or not 0 < fields[name] < 2**31:
            raise NotAPackage(BAD_MANIFEST.filled(field=name))
    return Manifest(
        made_on=day,
        **{
            name: fields[name]
            for name in ("kind", "partner", "province", "reference", "sequence", "answers_to", "rows", "sha256")
        },
    )


def _answers(table: bytes) -> list[Answer]:
    try:
        rows = [(number, [typed(cell).strip() for cell in cells]) for number, cells in lines_of(table)]
    except NotATable as wrong:
        raise NotAPackage(wrong.text) from None
    if not rows or len(rows) > MOST_ROWS + 1:
        raise NotAPackage(BAD_TABLE)
    heading = rows[0][1]
    for column in NEEDED:
        if heading.count(column) != 1:
            raise NotAPackage(NO_COLUMN.filled(column=column))
    for column in heading:
        if column not in NEEDED + FURTHER or heading.count(column) > 1:
            raise NotAPackage(TOO_MUCH.filled(column=column[:40]))
    return [
        _answer(number, dict(zip(heading, row, strict=False)), len(row) == len(heading)) for number, row in rows[1:]
    ]


def _answer(number: int, fields: dict[str, Any], is_whole: bool) -> Answer:
    """A row as it is understood; one with other cells than the heading has is not."""
    reference = typed_code(str(fields.get("reference", "")))[:80]
    if not is_whole:
        return Answer(number, reference)
    outcome = next(
        (code for code, words in WORDS.items() if folded(fields["outcome"]) in {folded(word) for word in words}), ""
    )
    letter = typed_code(fields["letter"]).removeprefix("'")
    years = typed_code(str(fields.get("years", "")))
    return Answer(
        number,
        reference,
        outcome,
        letter if re.search(r"\w", letter) and len(letter) <= 60 else "",
        _day(fields["letter_on"]),
        int(years) if re.fullmatch("[0-9]{1,2}", years) else None,
        str(fields.get("reasons", "")).strip()[:2000],
    )


def _day(written: str) -> date | None:
    try:
        return parse_day(written)
    except NotADay:
        return None
