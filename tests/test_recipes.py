"""The recipes say what is there: every file, command, name and parameter that they mention is looked up."""

import ast
import builtins
import inspect
import re
import shutil
import sys
import tomllib
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest

from pishkhan.casework.procedures.procedure import Procedure, Step, effect, rule
from pishkhan.inspections.checklists.checklist import Item
from pishkhan.site.command_line.cli import COMMANDS

pytestmark = pytest.mark.no_database
ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "recipes.md").read_text()
FENCE = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
PROSE = FENCE.sub("", PAGE)
INLINE = re.findall(r"`([^`]+)`", PROSE)
MADE_BY_THE_RECIPE = object()
PARAMETERS = {
    name for item in (Step, rule, effect, Procedure.amend, Item) for name in inspect.signature(item).parameters
}


@dataclass(frozen=True)
class Snippet:
    """A piece of a file that is there, or of one that the recipe makes."""

    file: str
    is_new: bool
    text: str

    @property
    def module(self):
        """What it is imported as."""
        return self.file.removeprefix("src/").removesuffix(".py").replace("/", ".")

    @property
    def tree(self):
        return ast.parse(self.text)

    @property
    def names(self):
        """What it binds, wherever in it."""
        bound = {
            node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        bound |= {node.arg for node in ast.walk(self.tree) if isinstance(node, ast.arg)}
        kinds = ast.FunctionDef | ast.ClassDef
        return bound | {node.name for node in ast.walk(self.tree) if isinstance(node, kinds)}


def snippets(language):
    snippets = []
    for kind, text in FENCE.findall(PAGE):
        if kind == language:
            first, _, rest = dedent(text).partition("\n")
            said = re.fullmatch(r"# (new: )?(\S+)", first)
            assert said, f"Above this snippet stands no file: {first}"
            snippets.append(Snippet(said[2], bool(said[1]), rest))
    return snippets


SNIPPETS = snippets("python")
each_snippet = pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda item: item.file)
LINES = [line for kind, text in FENCE.findall(PAGE) if kind == "console" for line in dedent(text).splitlines()]
COMMAND_LINES = [part.strip() for line in LINES for part in line.split("&&")]


def made(module):
    """The names that the recipes add to a module."""
    return {name for snippet in SNIPPETS if snippet.module == module for name in snippet.names}


def member(module, name):
    """What a module calls by a name, now or once the recipe was followed; None if nothing."""
    if name in made(module) or any(snippet.module == f"{module}.{name}" for snippet in SNIPPETS):
        return MADE_BY_THE_RECIPE
    if any(snippet.module == module and snippet.is_new for snippet in SNIPPETS):
        return None
    there = import_module(module)
    return getattr(there, name, None) if hasattr(there, name) else submodule(f"{module}.{name}")


def submodule(name):
    try:
        return import_module(name)
    except ModuleNotFoundError:
        return None


def imported(snippet):
    """What the snippet imports, by name."""
    result = {}
    for node in ast.walk(snippet.tree):
        if isinstance(node, ast.ImportFrom):
            package = ".".join(snippet.module.split(".")[: -node.level]) if node.level else ""
            module = ".".join(filter(None, [package, node.module]))
            for alias in node.names:
                result[alias.asname or alias.name] = member(module, alias.name)
    return result


def top_names(file):
    """What a file of the tests binds at its top; it is not imported a second time."""
    bound = {}
    for node in ast.parse((ROOT / file).read_text()).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            bound |= {alias.asname or alias.name: MADE_BY_THE_RECIPE for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound[node.name] = MADE_BY_THE_RECIPE
        else:
            stored = [row for row in ast.walk(node) if isinstance(row, ast.Name) and isinstance(row.ctx, ast.Store)]
            bound |= {item.id: MADE_BY_THE_RECIPE for item in stored}
    return bound


def known_to(snippet):
    """Every name that the snippet may use: the file's own, what it imports, and what the recipes add to the file."""
    if snippet.is_new:
        there = {}
    elif snippet.file.startswith("tests/"):
        there = top_names(snippet.file)
    else:
        there = vars(import_module(snippet.module))
    return there | dict.fromkeys(made(snippet.module), MADE_BY_THE_RECIPE) | imported(snippet)


def called(node, names):
    """What a call calls, if that is there already."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    owner = called(node.value, names) if isinstance(node, ast.Attribute) else None
    return getattr(owner, node.attr, None) if owner is not None else None


def parameters_of(what):
    """The parameters of what is called; none where Python does not tell."""
    try:
        return inspect.signature(what).parameters.values() if callable(what) else ()
    except ValueError:
        return ()


@each_snippet
def test_a_snippet_belongs_to_a_file_that_is_there_or_can_be_made(snippet):
    file = ROOT / snippet.file
    assert file.parent.is_dir() if snippet.is_new else file.is_file()


@each_snippet
def test_whatever_a_snippet_imports_is_there(snippet):
    assert [name for name, result in imported(snippet).items() if result is None] == []


@each_snippet
def test_every_name_of_a_snippet_is_known_in_its_file(snippet):
    names = known_to(snippet)
    used = {row.id for row in ast.walk(snippet.tree) if isinstance(row, ast.Name) and isinstance(row.ctx, ast.Load)}
    assert sorted(used - {*names} - {*dir(builtins)}) == []
    for node in ast.walk(snippet.tree):
        owner = (
            names.get(node.value.id) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) else None
        )
        if isinstance(owner, ModuleType):
            assert member(owner.__name__, node.attr) is not None, f"{owner.__name__} has no {node.attr}"
        elif isinstance(owner, type):
            assert hasattr(owner, node.attr), f"{owner.__name__} has no {node.attr}"


@each_snippet
def test_every_parameter_of_a_snippet_is_one(snippet):
    names = known_to(snippet)
    for call in (node for node in ast.walk(snippet.tree) if isinstance(node, ast.Call)):
        what = called(call.func, names)
        taken = parameters_of(what)
        if taken and not any(parameter.kind == parameter.VAR_KEYWORD for parameter in taken):
            given = {keyword.arg for keyword in call.keywords if keyword.arg}
            assert given <= {parameter.name for parameter in taken}, ast.unparse(call)


@each_snippet
def test_every_call_of_a_snippet_gives_all_that_must_be_given(snippet):
    names = known_to(snippet)
    for call in (node for node in ast.walk(snippet.tree) if isinstance(node, ast.Call)):
        what, is_whole = called(call.func, names), not any(isinstance(item, ast.Starred) for item in call.args)
        if is_whole and parameters_of(what) and all(keyword.arg for keyword in call.keywords):
            must = inspect.signature(what)
            must.bind(*call.args, **{keyword.arg: keyword.value for keyword in call.keywords})


@pytest.mark.parametrize("snippet", snippets("toml"), ids=lambda item: item.file)
def test_a_table_has_the_fields_of_its_like(snippet):
    ((name, rows),) = tomllib.loads(snippet.text).items()
    like = tomllib.loads((ROOT / snippet.file).read_text())[name]
    assert {*rows[0]} <= {field for row in like for field in row}


def test_every_file_that_is_named_is_there():
    paths = [match for match in INLINE if re.match(r"(src|tests|docs)/", match) and "<" not in match]
    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_name_and_parameter_in_the_text_is_there():
    files = {match for match in INLINE if match.endswith(".py") and match.startswith(("src/", "tests/"))}
    files |= {snippet.file for snippet in SNIPPETS if not snippet.is_new}
    bound = {name for file in files for name in top_names(file)} | {"KEY"}
    assert [match for match in INLINE if re.fullmatch(r"[A-Z][A-Z_]{2,}", match) and match not in bound] == []
    named = [match.partition("=")[0] for match in INLINE if re.fullmatch(r"\w+=\w*", match)]
    assert len(named) > 5 and [item for item in named if item not in PARAMETERS] == []


def test_every_command_is_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for line in [*COMMAND_LINES, *(match for match in INLINE if match.startswith("make "))]:
        words = line.split()
        for program, argument in zip(words, [*words[1:], ""], strict=True):
            if program.startswith(".venv/bin/"):
                assert shutil.which(program.removeprefix(".venv/bin/"), path=str(Path(sys.executable).parent)), line
            if program == ".venv/bin/pishkhan":
                assert argument in COMMANDS, line
        assert words[0] != "make" or words[1] in targets, line
        assert [word for word in words if re.match(r"(src|tests|docs)/", word) and not (ROOT / word).exists()] == [], (
            line
        )


def test_every_heading_that_is_pointed_to_is_there():
    headings = {"-".join(match.lower().split()) for match in re.findall(r"^## (.+)$", PAGE, re.MULTILINE)}
    assert set(re.findall(r"\(#([\w-]+)\)", PAGE)) == headings
