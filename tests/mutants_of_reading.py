"""Sabotages of what is typed and of tables that are brought; see tests/mutants.py."""

from sabotage import Mutant

TYPED, TABLES, DOORS = "language/test_typed.py", "language/test_table_files.py", "site/test_typed_input.py"
READ_AS_MEANT = [
    Mutant("a pasted mark stays", TYPED, "language/typed.py", "_UNSEEN.sub(\"\", plain)", "plain"),
    Mutant("a toman is taken for a rial", TYPED, "language/typed.py", "    if _TOMAN.search(plain):\n", "    if False:\n"),
    Mutant("a year of two digits is guessed", TYPED, "language/jalali.py", "    if shape.year < 100:\n", "    if False:\n"),
    Mutant("a weekday that is another passes", TYPED, "language/jalali.py", "shape.weekday != parsed.weekday()", "False"),
    Mutant("passwords are tidied", DOORS, "site/middleware/typed_input.py", "values if AS_TYPED in name else [", "["),
    Mutant("the API reads as it is typed", DOORS, "site/middleware/text_sanitising.py", "meant(read_json(request.body))", "read_json(request.body)"),
    Mutant("wide rows pass", TABLES, "language/tables.py", "    if wide:\n", "    if False:\n"),
    Mutant("a quote swallows rows", TABLES, "language/table_files.py", "        if any(_swallows(cell, divider, width) for cell in cells):\n", "        if False:\n"),
    Mutant("a rounded number is believed", TABLES, "language/table_files.py", "abs(value) >= EXACT", "False"),
    Mutant("blank rows shift numbers", TABLES, "language/table_files.py", "            yield number, cells\n", "            yield number - 1, cells\n"),
]
