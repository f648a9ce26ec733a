"""A table of instruments with their articles, one article to a row: read and checked as a whole."""

from typing import Any

from pishkhan.journal.refusals import Refusal
from pishkhan.language.jalali import NotADay, parse_day
from pishkhan.language.tables import NotATable, read_table
from pishkhan.language.text import Text
from pishkhan.regulation.models import Confidence, Instrument

from .services import BAD_CODE, CODE, CODE_IS_TAKEN, InstrumentFacts

COLUMNS = (
    "code",
    "title",
    "title_en",
    "issuer",
    "number",
    "adopted_on",
    "valid_from",
    "valid_to",
    "confidence",
    "link",
    "replaces",
    "article",
    "text",
)
NEEDED = ("code", "title")
DAYS = ("adopted_on", "valid_from", "valid_to")
ROOM = {"title": 200, "title_en": 200, "issuer": 100, "number": 60, "link": 400, "article": 40, "text": 20_000}
LARGEST, MOST_ROWS, MOST_FAULTS = 2 * 2**20, 2000, 20
TOO_LARGE = Text("این جدول بزرگ‌تر از اندازه است.", "The table is too large.")
NO_ROWS = Text("در این جدول سندی نیست.", "There is no instrument in this table.")
NO_TITLE = Text("ردیف {row}: عنوان لازم است.", "Row {row}: a title is needed.")
IN_ROW = Text("ردیف {row}: {column}: {why}", "Row {row}: {column}: {why}")
TOO_LONG = Text("بلندتر از {most} نویسه است", "it is longer than {most} {most:character|characters}")
NO_CONFIDENCE = Text("official یا secondary بنویسید", "write official or secondary")
NOT_KNOWN = Text("سندی با این کد نیست", "there is no instrument of that code")
Row = tuple[str, InstrumentFacts, list[tuple[str, str]]]


class NotTaken(Refusal):
    """The table cannot be taken; it says why, row by row."""

    def __init__(self, faults: list[Text]) -> None:
        shown = faults[:MOST_FAULTS]
        super().__init__(Text(" ".join(fault.fa for fault in shown), " ".join(fault.en for fault in shown)))


def read_instruments(content: bytes) -> list[Row]:
    """The instruments of a table; NotTaken with every fault if any row is wrong."""
    if len(content) > LARGEST:
        raise NotTaken([TOO_LARGE])
    try:
        rows = read_table(content, {}, known=COLUMNS, needed=NEEDED)
    except NotATable as wrong:
        raise NotTaken([*wrong.faults]) from None
    if not rows or len(rows) > MOST_ROWS:
        raise NotTaken([TOO_LARGE if rows else NO_ROWS])
    known = {row.code: row for row in Instrument.objects.all()}
    faults: list[Text] = []
    read: dict[str, Row] = {}
    for row in rows:
        data = {name: str(row.get(name) or "").strip() for name in COLUMNS}
        facts = _facts(row.number, data, known, faults, is_first=data["code"] not in read)
        _, _, articles = read.setdefault(data["code"], (data["code"], facts, []))
        if data["article"] or data["text"]:
            articles.append((data["article"], data["text"]))
    if faults:
        raise NotTaken(faults)
    return list(read.values())


def _facts(
    number: int, data: dict[str, str], known: dict[str, Instrument], faults: list[Text], *, is_first: bool
) -> InstrumentFacts:
    """What a row states of its instrument: its first row states it, later ones bring articles."""

    def blame(column: str, why: Text) -> None:
        faults.append(IN_ROW.filled(row=number, column=column, why=why))

    for column, most in ROOM.items():
        if len(data[column]) > most:
            blame(column, TOO_LONG.filled(most=most))
    days: dict[str, Any] = {}
    for column in DAYS:
        try:
            days[column] = parse_day(data[column]) if data[column] else None
        except NotADay as wrong:
            blame(column, wrong.text)
    if is_first:
        _ask_first_row(number, data, known, faults)
    return InstrumentFacts(
        title_fa=data["title"],
        title_en=data["title_en"] or data["title"],
        issuer=data["issuer"],
        number=data["number"],
        confidence=data["confidence"] or Confidence.SECONDARY,
        link=data["link"],
        replaces=known.get(data["replaces"]),
        **days,
    )


def _ask_first_row(number: int, data: dict[str, str], known: dict[str, Instrument], faults: list[Text]) -> None:
    wrong = {
        "code": BAD_CODE if not CODE.fullmatch(data["code"]) else None,
        "replaces": NOT_KNOWN if data["replaces"] and data["replaces"] not in known else None,
        "confidence": NO_CONFIDENCE
        if data["confidence"] not in ("", Confidence.OFFICIAL, Confidence.SECONDARY)
        else None,
    }
    if data["code"] in known:
        wrong["code"] = CODE_IS_TAKEN.filled(code=data["code"])
    faults += [IN_ROW.filled(row=number, column=column, why=why) for column, why in wrong.items() if why]
    if not data["title"]:
        faults.append(NO_TITLE.filled(row=number))
