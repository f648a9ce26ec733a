"""What import-linter does not see: the floors in the database, who writes what, and how long things are."""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from mutants import POSTGRES, SQLITE
from pishkhan.journal.locks import ORDER
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import formats, sealed_models, sealing_of
from pishkhan.journal.sealing.exceptions import NOT_SEALED
from pishkhan.site.command_line.cli import COMMANDS
from pishkhan.site.keeping.command import DEEDS
from pishkhan.site.management.commands.formats import formats_as_text

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "src" / "pishkhan"
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
FLOOR = {app.strip(" ()"): height for height, floor in enumerate(reversed(LAYERS)) for app in floor.split("|")}
FILES = sorted(file for file in HOUSE.rglob("*.py") if "migrations" not in file.parts)
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
OURS = [model for model in apps.get_models() if model.__module__.startswith("pishkhan.")]
MODULES = 16  # of a folder; see decision 54
LINES = 440  # of a file, as the formatter lays it out; see decision 43
WIDTH = 160  # of a line of a template; see decision 44
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(HOUSE)))


def stands_on(app, other):
    return app == other or FLOOR[other] < FLOOR[app]


def nodes(file):
    return ast.walk(ast.parse(file.read_text()))


def name_of(file):
    return file.relative_to(HOUSE).as_posix()


def test_foreign_keys_lead_down():
    wrong = [
        str(field)
        for model in OURS
        for field in model._meta.get_fields(include_hidden=True)
        if field.is_relation
        and field.concrete
        and not stands_on(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert wrong == []


def test_migrations_depend_on_floors_below():
    migrations = MigrationLoader(None).disk_migrations
    wrong = [
        (key, other)
        for key, migration in migrations.items()
        if key[0] in FLOOR
        for other in migration.dependencies
        if other[0] in FLOOR and not stands_on(key[0], other[0])
    ]
    assert wrong == []


def test_every_table_is_sealed_or_stands_on_the_list_of_exceptions_with_a_reason():
    tables = {model._meta.label_lower for model in apps.get_models()}
    sealed = {model._meta.label_lower for model in sealed_models()}
    excused = {name for name in NOT_SEALED if name.count(".") == 1}
    assert tables - sealed == excused
    assert all(NOT_SEALED.values())


def test_what_is_left_out_of_a_sealed_table_is_there():
    columns = {
        f"{model._meta.label_lower}.{column.name}"
        for model in sealed_models()
        for column in model._meta.concrete_fields
    }
    assert {name for name in NOT_SEALED if name.count(".") == 2} <= columns


def test_stored_forms_change_by_decision_only():
    """Labels and names of columns are a stored format. Renamed a field? Say `renamed`. Added one? Raise the version,
    then `pishkhan formats > docs/methods/journal-formats.json`."""
    assert formats_as_text() == (ROOT / "docs/methods/journal-formats.json").read_text()


def test_what_belongs_to_an_entry_keeps_its_form_for_ever():
    assert {found.label: found.version for found in formats().bound} == {"notice": 1}


def test_whatever_the_journal_is_about_can_be_locked():
    assert {model._meta.label_lower for model in OURS if issubclass(model, Journalled)} <= set(ORDER)


def test_owners_are_journalled_and_labels_unlike():
    assert all(
        formats().root_of(found).owner is None for found in formats().by_label.values() if found not in formats().bound
    )
    assert len({sealing_of(model).label for model in sealed_models()}) == len(list(sealed_models()))


def test_the_journal_stands_on_nothing():
    assert not any(
        field.is_relation for model in apps.get_app_config("journal").get_models() for field in model._meta.get_fields()
    )


def test_every_command_of_the_house_is_told_of():
    built = {file.stem.replace("_", "-") for file in (HOUSE / "site/management/commands").glob("[a-z]*.py")}
    assert set(COMMANDS) == built | {"migrate", "verify-licence", *DEEDS}


@each_file
def test_only_the_services_of_casework_write_a_stage(file):
    if name_of(file) == "casework/services.py":
        return
    for node in nodes(file):
        assert not (
            isinstance(node, ast.Attribute)
            and node.attr == "stage"
            and isinstance(node.ctx, ast.Store)
            and ast.unparse(node.value) != "self"
        )
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("update", "Case"):
            assert "stage" not in [keyword.arg for keyword in node.keywords]


@each_file
def test_now_comes_from_one_clock(file):
    if name_of(file) == "journal/clock.py":
        return
    for node in nodes(file):
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow", "localdate", "localtime"):
            assert ast.unparse(node.value) in ("clock", "self", "stopped"), ast.unparse(node)


@each_file
def test_imports_stand_at_the_top(file):
    if file.name in ("apps.py", "cli.py"):  # where Django must be ready first
        return
    for node in nodes(file):
        if isinstance(node, ast.FunctionDef):
            assert not any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node)), node.name


@each_file
def test_files_and_functions_are_short(file):
    assert len(file.read_text().splitlines()) <= LINES
    for node in nodes(file):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            statements = sum(isinstance(inner, ast.stmt) for part in body for inner in ast.walk(part))
            assert statements <= 26, node.name
            assert not body or node.end_lineno - body[0].lineno < 45, node.name


def test_templates_are_read_without_scrolling():
    """A sentence that is too long for `say` stands in a block: {% text %} … {% english %} … {% endtext %}."""
    lines = [(name_of(file), line) for file in TEMPLATES for line in file.read_text().splitlines()]
    assert len(TEMPLATES) > 100
    assert [(name, line) for name, line in lines if len(line) > WIDTH] == []


@each_file
def test_public_things_say_what_they_promise(file):
    """A module says what it is about, and a class that is not a schema, a refusal or Django's own says so too."""
    tree = ast.parse(file.read_text())
    if tree.body and file.name not in ("apps.py",):
        assert ast.get_docstring(tree), "the module says nothing"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and any("router" in ast.unparse(each) for each in node.decorator_list):
            assert ast.get_docstring(node), node.name


@each_file
def test_only_tests_lift_the_guard(file):
    assert not re.search("DROP TRIGGER|DROP FUNCTION", file.read_text())


@pytest.mark.parametrize("file", sorted((HOUSE / "demo").rglob("*.py")), ids=lambda file: file.name)
def test_the_demo_writes_nothing_behind_the_back_of_acts(file):
    assert not re.search(r"bulk_create|(?<!image)\.save\(|objects\.create|\.update\(|get_or_create", file.read_text())


def test_no_signals_and_no_bags_of_helpers():
    assert not any(
        "django.db.models.signals" in file.read_text() or "django.dispatch" in file.read_text() for file in FILES
    )
    assert not any(file.stem in ("utils", "helpers", "common", "misc", "base") for file in [*FILES, *TESTS])


WHOSE_MEANING_NOBODY_GUESSES = {
    "told",
    "tell",
    "tells",
    "telling",
    "each",
    "found",
    "sought",
    "asked",
    "asking",
    "stating",
    "answers",
    "answering",
    "writing",
    "doors",
    "toil",
    "loss",
    "untold",
    "following",
    "preparing",
    "expiring",
    "waiving",
    "objecting",
    "gathering",
    "choosing",
    "changing",
    "feed",
    "copies",
    "owed",
    "two_times",
    "frame",
    "readable",
    "opening",
    "matters",
    "holding",
    "conditions",
    "deciding",
    "permanence",
    "secrecy",
    "wrongs",
    "grievances",
    "lives",
    "scene",
    "folk",
    "play",
}


@each_file
def test_modules_and_classes_are_called_what_one_would_search_for(file):
    """See "Words of the code" in the glossary."""
    classes = [node.name for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.ClassDef)]
    assert file.stem not in WHOSE_MEANING_NOBODY_GUESSES or file == HOUSE / "demo" / "play.py"
    assert [name for name in classes if re.fullmatch(r"[A-Za-z]*(Told|Asked|Found|Sought|Stated)", name)] == []


def test_every_sabotage_finds_what_it_alters_and_the_tests_that_must_notice():
    for mutant in [*POSTGRES, *SQLITE]:
        assert mutant.old in (HOUSE / mutant.file).read_text(), mutant.name
        assert (ROOT / "tests" / mutant.tests.partition("::")[0]).exists(), mutant.name


def test_no_folder_is_crowded():
    """What belongs to one thing stands in a room of its own: see decision 54."""
    modules = Counter(file.parent for file in FILES if file.name != "__init__.py")
    assert {folder for folder, count in modules.items() if count > MODULES} == {HOUSE / "site/management/commands"}


def test_tests_are_short_files_too():
    assert [str(file) for file in TESTS if len(file.read_text().splitlines()) > LINES] == []


def test_every_decision_and_document_that_is_pointed_to_is_there():
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} points to {target}"
