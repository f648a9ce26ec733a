"""Whoever opens an act does it once more when the database gave it up for another's sake, or says that it is busy."""

import ast
from pathlib import Path

import pytest

import pishkhan

pytestmark = pytest.mark.no_database

HOUSE = Path(pishkhan.__file__).parent
OPENS = {"act", "begin", "one_transaction", "taking"}
THE_HOUSE_ITSELF = {
    HOUSE / "journal" / "acts.py",
    HOUSE / "casework" / "actions" / "actions.py",
}  # where they are made of each other


def _name(node):
    return getattr(node, "id", getattr(node, "attr", ""))


def _calls(function):
    return {_name(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}


def _opens(function):
    managed = (item.context_expr for node in ast.walk(function) if isinstance(node, ast.With) for item in node.items)
    return any(isinstance(each, ast.Call) and _name(each.func) in OPENS for each in managed)


def _is_retried(function):
    return "retried" in {_name(each) for each in function.decorator_list}


def _is_inner(function):
    """It cannot be asked but within another act, for the sake of which it is done."""
    told = function.args
    needed = [
        *told.args[: len(told.args) - len(told.defaults)],
        *(each for each, default in zip(told.kwonlyargs, told.kw_defaults, strict=True) if default is None),
    ]
    return bool({"because", "entry"} & {each.arg for each in needed})


def _open_to_giving_up(path):
    """The functions of a module that open an act which nobody tries again."""
    functions = {node.name: node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}
    safe = {name for name, function in functions.items() if _is_retried(function) or _is_inner(function)}
    called = {name: _calls(function) for name, function in functions.items()}
    for _ in functions:  # what is private is as safe as all that call it
        for name in functions:
            callers = {other for other, names in called.items() if name in names and other != name}
            if name.startswith("_") and callers and callers <= safe:
                safe.add(name)
    return {name for name, function in functions.items() if _opens(function)} - safe


def test_every_act_is_tried_again():
    modules = [path for path in HOUSE.rglob("*.py") if path not in THE_HOUSE_ITSELF]
    found = {str(path.relative_to(HOUSE)): sorted(names) for path in modules if (names := _open_to_giving_up(path))}
    assert found == {}


def test_one_that_is_not_is_found(tmp_path):
    (tmp_path / "services.py").write_text(
        "def lent(by):\n    with act(by, 'x', on=1): pass\n"
        "@retried\ndef kept(by):\n    _inside(by)\n"
        "def _inside(by):\n    with begin(by, 'y', 1): pass\n"
        "def _outside(by):\n    with begin(by, 'y', 1): pass\n"
        "def shown(by):\n    _outside(by)\n"
        "def follows(*, because):\n    with begin(because.by, 'z', 1, because=because): pass\n"
        "def may_follow(*, because=None):\n    with begin(because.by, 'z', 1, because=because): pass\n"
    )
    assert _open_to_giving_up(tmp_path / "services.py") == {"lent", "_outside", "may_follow"}
