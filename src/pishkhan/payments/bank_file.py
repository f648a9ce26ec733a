"""Reading a bank's file (docs/methods/bank-file.md): every row of it, the unreadable ones too. Touches no database."""

import re
from dataclasses import dataclass
from datetime import date

from pishkhan.journal.refusals import Invalid
from pishkhan.language.jalali import NotADay, parse_day
from pishkhan.language.search import gapless
from pishkhan.language.table_files import NotATable, lines_of
from pishkhan.language.text import Text
from pishkhan.language.typed import NotANumber, typed_code, whole_number

LARGEST, MOST_ROWS = 5 * 2**20, 5_000  # bytes; rows
COLUMNS = {
    "reference": ("reference", "شماره پیگیری", "شماره مرجع"),
    "amount": ("amount", "مبلغ", "مبلغ ریال"),
    "date": ("date", "تاریخ", "تاریخ پرداخت"),
    "payer_reference": ("payer_reference", "شناسه پرداخت", "شناسه واریز"),
}
REFERENCE, MOST = re.compile(r"[0-9A-Z./_-]{1,40}"), 10**15  # rial

EMPTY = Text("پرونده خالی است یا سطری جز عنوان ندارد.", "The file is empty, or has no row but its heading.")
TOO_LARGE = Text("پرونده از ۵ مگابایت بزرگ‌تر است.", "The file is larger than 5 MB.")
TOO_MANY = Text(
    "پرونده بیش از {most} سطر دارد؛ آن را بخش کنید.", "The file has more than {most} {most:row|rows}: divide it."
)
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
    if len(content) > LARGEST:
        raise NotABankFile(TOO_LARGE)
    try:
        lines = iter([*lines_of(content)])
    except NotATable as wrong:
        raise NotABankFile(wrong.text) from None
    heading = next(lines, None)
    if heading is None:
        raise NotABankFile(EMPTY)
    places = _places(heading[1])
    rows = []
    for number, cells in lines:
        rows.append(_row_of(number, cells, places, len(heading[1])))
        if len(rows) > MOST_ROWS:
            raise NotABankFile(TOO_MANY.filled(most=MOST_ROWS))
    if not rows:
        raise NotABankFile(EMPTY)
    return rows


def reference_of(written: str) -> str:
    """A reference in its one form, whatever digits and dashes it was written with; empty if it is none."""
    plain = "".join(typed_code(written).split()).upper()
    return plain if REFERENCE.fullmatch(plain) else ""


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
    try:
        amount = whole_number(written)
    except NotANumber:
        return None
    return amount if 0 < amount < MOST else None


def _day(written: str) -> date | None:
    try:
        return parse_day(written)
    except NotADay:
        return None
