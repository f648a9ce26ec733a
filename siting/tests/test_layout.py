"""Rules of the house that no linter knows; the lengths are those of decision 43 of the house."""

import ast
from pathlib import Path

import pytest

import siting

FILES = sorted(Path(siting.__file__).parent.glob("*.py")) + sorted(Path(__file__).parent.glob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_and_functions_are_short(file):
    """As the formatter lays them out: a function has at most 26 statements and its body 45 lines, a file 440 lines."""
    text = file.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 440
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            statements = sum(isinstance(inner, ast.stmt) for part in body for inner in ast.walk(part))
            assert statements <= 26, node.name
            assert not body or node.end_lineno - body[0].lineno < 45, node.name
