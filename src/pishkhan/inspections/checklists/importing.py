"""A table of the items of a checklist, CSV or XLSX: read under our columns, and written as it is read."""

from collections.abc import Iterable

from pishkhan.inspections.models import ChecklistItem
from pishkhan.journal.refusals import Refusal
from pishkhan.language.tables import NotATable, Row, read_table
from pishkhan.language.text import Text

from .rows import COLUMNS, NEEDED, ItemFacts, written

LARGEST, MOST_ITEMS, FIRST = 2**20, 100, 2  # the row after the names of the columns
TOO_LARGE = Text("این جدول بزرگ‌تر از اندازه است: تا ۱۰۰ بند.", "The table is too large: 100 items at most.")


class NotTaken(Refusal):
    """The content is no table of items."""


def read_items(content: bytes) -> list[Row]:
    """The rows of a table, unchecked; NotTaken if it is none."""
    if len(content) > LARGEST:
        raise NotTaken(TOO_LARGE)
    try:
        rows = read_table(content, {}, known=COLUMNS, needed=NEEDED)
    except NotATable as wrong:
        raise NotTaken(wrong.text) from None
    rows = [row for row in rows if any(row.values())]
    if len(rows) > MOST_ITEMS:
        raise NotTaken(TOO_LARGE)
    return rows


def facts_of(row: ChecklistItem) -> ItemFacts:
    """An item as it is kept."""
    return ItemFacts(**{name: getattr(row, name) for name in ItemFacts.__dataclass_fields__})


def table_of(items: Iterable[ChecklistItem]) -> list[list[str]]:
    """Items as rows under the columns that `read_items` reads."""
    return [[written(facts_of(item))[name] for name in COLUMNS] for item in items]
