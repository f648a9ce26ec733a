"""The tool that puts errors in knows the kinds that have hurt the house, and nothing that is only words."""

import ast
from pathlib import Path

import pytest

from mutation_map import Known, completed
from mutations import changes

ROOT = Path(__file__).parents[1]
TRIED = [
    ("boundary", "a < b", "a <= b"),
    ("boundary", "a == b", "a != b"),
    ("boundary", "a in b", "a not in b"),
    ("and/or", "a and b", "a or b"),
    ("not", "not a", "a"),
    ("yes/no", "True", "False"),
    ("number", "7", "8"),
    ("arithmetic", "a + 1", "a - 1"),
    ("any/all", "any(a)", "all(a)"),
    ("filter", "rows.filter(Q(a), division=b)", "rows.filter(Q(a))"),
    ("filter", "rows.filter(in_places(a), b=c)", "rows.filter(b=c)"),
    ("filter", "rows.exclude(pk=a)", "rows.exclude()"),
    ("filter/exclude", "rows.filter(a=b)", "rows.exclude(a=b)"),
    ("filter/exclude", "rows.order_by(a).first()", "rows.order_by(a).last()"),
    ("role", "Role.EXPERT", "Role.DIRECTOR"),
    ("cause", "begin(a, because=b)", "begin(a)"),
    ("series", "f'case:{a}:{b}'", "f'case:{a}:'"),
    ("condition", "a if b else c", "a if not b else c"),
]
DONE = [
    ("refusal", "raise Refused()"),
    ("lock", "lock(a)"),
    ("call", "a.save()"),
    ("assignment", "entry.facts = {}"),
    ("assignment", "row.last += a"),
]


def made(source):
    """What becomes of a source by each change, with its kind."""
    result = []
    for number, change in enumerate(changes(ast.parse(source))):
        tree = ast.parse(source)
        changes(tree)[number].put()
        result.append((change.kind, ast.unparse(ast.fix_missing_locations(tree))))
    return result


@pytest.mark.parametrize(("kind", "source", "becomes"), TRIED)
def test_each_kind_of_error_is_put_into_an_expression(kind, source, becomes):
    assert (kind, f"x = {becomes}") in made(f"x = {source}")


@pytest.mark.parametrize(("kind", "source"), DONE)
def test_each_kind_of_statement_is_left_out(kind, source):
    assert (kind, "def f():\n    pass") in made(f"def f():\n    {source}")


def test_sentences_types_and_what_columns_hold_are_let_be():
    assert made('"""Words."""\nimport a\nx: Text = Text("fa", f"en {1}")\ny = z[:500]\nw = v.first()') == []
    models = ast.parse("class A:\n    room = Field(max_length=80)\n    def f(self):\n        return 1")
    assert [change.function for change in changes(models, only_functions=True)] == ["A.f"]


def test_a_change_says_in_which_function_and_at_which_statement_it_is():
    source = "class A:\n    def f(self):\n        if (a and\n            b < c):\n            pass\nr = lambda x: x > 1"
    assert {(change.function, change.line, change.at) for change in changes(ast.parse(source))} == {
        ("A.f", 3, 3),
        ("A.f", 3, 4),
        ("lambda", 6, 6),
    }


def declared(name):
    """A constant of the tool: to import it would set the tool going."""
    tool = ast.parse((ROOT / "tests" / "mutation.py").read_text())
    value = next(
        node.value for node in tool.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name
    )
    return ast.literal_eval(value)


def test_whatever_the_tool_leaves_out_or_asks_besides_is_there():
    stems = {file.stem for file in (ROOT / "src" / "pishkhan").rglob("*.py")}
    apps = {folder.name for folder in (ROOT / "src" / "pishkhan").iterdir()}
    tests = {path.name for path in (ROOT / "tests").rglob("*")}

    left_out = declared("NO_RULES")
    assert [name for name in left_out if not any(f"_{stem}".endswith(f"_{name}") for stem in stems)] == []
    assert declared("SLOW") <= tests
    for named in (declared("ALSO"), declared("READING")):
        assert set(named) <= apps
        assert [name for names in named.values() for name in names if not (ROOT / "tests" / name).is_file()] == []
    assert set(declared("PROCEDURES")) <= apps


def test_what_a_test_passes_is_kept_until_the_test_or_the_house_is_another(tmp_path):
    house, tests = tmp_path / "src", tmp_path / "tests"
    for folder in (house, tests):
        folder.mkdir()
    for name in ("test_a.py", "test_b.py", "factories.py"):
        (tests / name).write_text("")
    (house / "rules.py").write_text("")
    names, wanted = ["tests/test_a.py::one", "tests/test_b.py::two"], []

    def mapped(unknown):
        wanted.append(unknown)
        return {name: [0.1, [["rules.py", 1]]] for name in unknown}

    for file in (None, tests / "test_b.py", house / "rules.py", tests / "mutation.py"):
        if file:
            file.write_text("changed")
        for _ in range(2):
            assert [*completed(Known(tmp_path / "kept.json", tmp_path), names, mapped)] == names

    assert wanted == [names, names[1:], names]
