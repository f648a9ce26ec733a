"""Import the ATMs and booths of banks."""

from pishkhan.geography.cells import TableRow
from pishkhan.inspections.machines.importing import COLUMNS, checked_machines, import_machines, read_machines
from pishkhan.site.command_line.importing import TableImport


class Command(TableImport):
    help = f"Import banks' ATMs and booths from a CSV, wholly or not at all. Columns: {', '.join(COLUMNS)}."
    named = "machine", "machines"

    def rows_of(self, content: bytes, columns: dict[str, str]) -> list[TableRow]:
        return checked_machines(read_machines(content, columns))

    def enter(self, rows: list[TableRow]) -> int:
        return import_machines(rows)
