"""Reading a bank's file (docs/methods/bank-file.md): every row of it, the unreadable ones too. Touches no database."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pishkhan.journal.refusals import Invalid
from pishkhan.language.digits import ascii_digits
from pishkhan.language.jalali import NotADay, parse_day
from pishkhan.language.search import gapless
from pishkhan.language.text import Text

LARGEST, MOST_ROWS = 5 * 2**20, 5_000  # bytes; rows
COLUMNS = {
    "reference": ("reference", "شماره پیگیری", "شماره مرجع"),
    "amount": ("amount", "مبلغ", "مبلغ ریال"),
    "date": ("date", "تاریخ", "تاریخ پرداخت"),
    "payer_reference": ("payer_reference", "شناسه پرداخت", "شناسه واریز"),
}
REFERENCE, AMOUNT = re.compile(r"[0-9A-Z./_-]{1,40}"), re.compile(r"[0-9]{1,15}")
UNSEEN = re.compile("[\\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad\ufeff]+")  # blanks, and what no eye can see
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
GROUPED = re.compile("[,٬،'\u00a0]")

EMPTY = Text("پرونده خالی است یا سطری جز عنوان ندارد.", "The file is empty, or has no row but its heading.")
TOO_LARGE = Text("پرونده از ۵ مگابایت بزرگ‌تر است.", "The file is larger than 5 MB.")
TOO_MANY = Text(
    "پرونده بیش از {most} سطر دارد؛ آن را بخش کنید.", "The file has more than {most} {most:row|rows}: divide it."
)
NOT_TEXT = Text(
    "پرونده متن UTF-8 نیست؛ آن را «CSV UTF-8» ذخیره کنید.", "The file is no text in UTF-8: save it as 'CSV UTF-8'."
)
NOT_CSV = Text("پرونده CSV خوانا نیست (سطر {row}).", "The file is no readable CSV (row {row}).")
NO_COLUMN = Text("ستون «{column}» در پرونده نیست.", "The file has no column '{column}'.")
TWO_COLUMNS = Text("ستون «{column}» دو بار آمده است.", "The column '{column}' stands there twice.")


class NotABankFile(Invalid):
    """The file is none that a bank sends; nothing of it is kept."""

    def __init__(self, text: Text) -> None:
        super().__init__(text, {"file": text})


@dataclass(frozen=True)
class BankFileRow:
    """A row as the file tells it. `written` is its cells as they stand; what cannot be read is None or empty."""

    number: int  # in the file; the heading is row 1
    written: tuple[str, ...]
    reference: str = ""
    amount: int | None = None  # rial
    paid_on: date | None = None
    payer_reference: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it tells a payment: all but the payer's reference, which a bank may leave out."""
        return bool(self.reference) and self.amount is not None and self.paid_on is not None


def read_bank_file(content: bytes) -> list[BankFileRow]:
    """Every row of a bank's file; NotABankFile if the whole cannot be read."""
    lines = _lines(_text(content))
    heading = next(lines, None)
    if heading is None:
        raise NotABankFile(EMPTY)
    places = _places(heading[1])
    rows = []
    for number, cells in lines:
        if any(cell.strip() for cell in cells):
            rows.append(_row_of(number, cells, places, len(heading[1])))
        if len(rows) > MOST_ROWS:
            raise NotABankFile(TOO_MANY.filled(most=MOST_ROWS))
    if not rows:
        raise NotABankFile(EMPTY)
    return rows


def reference_of(written: str) -> str:
    """A reference in its one form, whatever digits and dashes it was written with; empty if it is none."""
    plain = UNSEEN.sub("", ascii_digits(written)).translate(DASHES).upper()
    return plain if REFERENCE.fullmatch(plain) else ""


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise NotABankFile(TOO_LARGE)
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise NotABankFile(NOT_TEXT) from None
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise NotABankFile(NOT_TEXT)
    return text


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of a CSV with their numbers, its cells divided by what divides its heading."""
    heading = text.partition("\n")[0]
    divider = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise NotABankFile(NOT_CSV.filled(row=number)) from None


def _places(heading: list[str]) -> dict[str, int]:
    """Where each of our columns stands."""
    named = [gapless(cell.replace("_", " ").replace("(", " ").replace(")", " ")) for cell in heading]
    places = {}
    for ours, names in COLUMNS.items():
        wanted = {gapless(name.replace("_", " ")) for name in names}
        columns = [place for place, name in enumerate(named) if name in wanted]
        if not columns:
            raise NotABankFile(NO_COLUMN.filled(column=ours))
        if len(columns) > 1:
            raise NotABankFile(TWO_COLUMNS.filled(column=ours))
        places[ours] = columns[0]
    return places


def _row_of(number: int, cells: list[str], places: dict[str, int], width: int) -> BankFileRow:
    written = tuple(cells[place] if place < len(cells) else "" for place in places.values())
    if len(cells) > width:  # a divider within a cell has moved the others: none is believed
        return BankFileRow(number, tuple(cells))
    reference, amount, day, payer = written
    return BankFileRow(number, written, reference_of(reference), _amount(amount), _day(day), reference_of(payer))


def _amount(written: str) -> int | None:
    plain = GROUPED.sub("", UNSEEN.sub("", ascii_digits(written))).removesuffix("ریال")
    return int(plain) or None if AMOUNT.fullmatch(plain) else None


def _day(written: str) -> date | None:
    plain = UNSEEN.sub("", ascii_digits(written)).translate(DASHES)
    if re.fullmatch(r"[0-9]{8}", plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    try:
        return parse_day(plain)
    except NotADay:
        return None
