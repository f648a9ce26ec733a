"""What commands count agrees with the number: "1 office", never "1 offices"."""

import ast
import re
from pathlib import Path

import pytest

from pishkhan.language.text import counted

pytestmark = pytest.mark.no_database
HOUSE = Path(__file__).parents[2] / "src" / "pishkhan"
COMMANDS = [*HOUSE.glob("site/management/commands/*.py"), *HOUSE.glob("site/command_line/*.py")]
COUNTS = re.compile(r"(len\(|\(\)$|count$|rows$|offices$|cases$|number_of)")


def wrong_in(source):
    """What is counted in a string of some source, followed by a word that is always the same."""
    for string in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)):
        for value, after in zip(string.values, string.values[1:], strict=False):
            if isinstance(value, ast.FormattedValue) and isinstance(after, ast.Constant):
                counting, word = ast.unparse(value.value), re.match(r" ([a-z]+s)\b", str(after.value))
                if word and COUNTS.search(counting):
                    yield counting, word[1]


def test_one_is_counted_as_one_and_thousands_are_grouped():
    assert [counted(count, "office", "offices") for count in (0, 1, 2, 1200)] == [
        "0 offices",
        "1 office",
        "2 offices",
        "1,200 offices",
    ]


def test_no_command_puts_a_number_before_a_word_that_is_always_many():
    assert list(wrong_in('print(f"{len(rows)} instruments")')) == [("len(rows)", "instruments")]
    assert [(file.name, *match) for file in COMMANDS for match in wrong_in(file.read_text())] == []
