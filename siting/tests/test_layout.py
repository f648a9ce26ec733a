"""Rules of the house that no linter knows."""

import ast
from pathlib import Path

import pytest

import siting

FILES = sorted(Path(siting.__file__).parent.glob("*.py")) + sorted(Path(__file__).parent.glob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_and_functions_are_short(file):
    text = file.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 30, node.name
