"""Import offices that exist already."""

from pishkhan.geography.cells import TableRow
from pishkhan.offices.importing import COLUMNS, checked_register, import_register, read_register
from pishkhan.site.command_line.importing import TableImport


class Command(TableImport):
    help = f"Import the offices that exist already from a CSV, wholly or not at all. Columns: {', '.join(COLUMNS)}."
    named = "office", "offices"

    def rows_of(self, content: bytes, columns: dict[str, str]) -> list[TableRow]:
        return checked_register(read_register(content, columns))

    def enter(self, rows: list[TableRow]) -> int:
        return import_register(rows)
