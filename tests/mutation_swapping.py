"""Modules of the house that note which of their lines are passed, and functions that get another body while they live.

Both without a file being written: an import hook reads the source, alters its syntax tree and compiles that.
"""

import ast
import gc
import sys
from collections.abc import Callable, Iterator
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType

from mutations import FUNCTION

NOTE = "__passed__"  # what a noting module calls at each statement of a function
passed: set[tuple[str, int]] = set()  # the files and lines that were passed since somebody emptied it
originals: dict[str, CodeType] = {}  # of each noting module by its file


living: dict[str, list[FunctionType]] = {}  # the functions of each noting module, once they were found


def find_the_living() -> None:
    """Find them, once all is imported; and let what is imported be shared by the processes that are forked."""
    gc.unfreeze()  # what was collected is frozen by the suite, and would not be found
    for item in gc.get_objects():
        if isinstance(item, FunctionType) and item.__code__.co_filename in originals:
            living.setdefault(item.__code__.co_filename, []).append(item)
    gc.freeze()


class Unlike(Exception):
    """A changed module has other functions than the one that is loaded: it must be imported anew."""


class Hook(MetaPathFinder):
    """Imports modules of some files from what somebody makes of their source."""

    def __init__(self, code_of: Callable[[str], CodeType], files: set[str]) -> None:
        self.code_of, self.files = code_of, files

    def find_spec(self, name, path=None, target=None):
        spec = PathFinder.find_spec(name, path, target) if name.startswith("pishkhan.") else None
        if spec is None or spec.origin not in self.files:
            return None
        spec.loader = _Loader(name, spec.origin, self.code_of)
        return spec


class _Loader(SourceFileLoader):
    def __init__(self, name, path, code_of):
        super().__init__(name, path)
        self._code_of = code_of

    def get_code(self, fullname):
        return self._code_of(self.path)


def noting(path: str) -> CodeType:
    """A module that notes each statement of its functions, and each lambda, as it is passed."""
    tree = ast.parse(Path(path).read_text())
    for node in list(ast.walk(tree)):
        if isinstance(node, ast.Lambda):
            node.body = ast.BoolOp(ast.Or(), [_note(path, node.lineno), node.body])
        if isinstance(node, FUNCTION):
            _note_each_of(node, path)
    code = compile(ast.fix_missing_locations(tree), path, "exec")
    sys.modules["builtins"].__dict__[NOTE] = lambda file, line: passed.add((file, line))
    originals[path] = code
    return code


def _note_each_of(function: ast.AST, path: str) -> None:
    for block in _blocks(function):
        noted = []
        for statement in block:
            if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
                noted.append(ast.copy_location(ast.Expr(_note(path, statement.lineno)), statement))
            noted.append(statement)
        block[:] = noted


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """The lists of statements in a function, but for those of functions in it."""
    for _, value in ast.iter_fields(node):
        for part in value if isinstance(value, list) else ():
            if isinstance(part, ast.AST) and not isinstance(part, FUNCTION | ast.ClassDef):
                yield from _blocks(part)
        if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
            yield value


def _note(path: str, line: int) -> ast.Call:
    return ast.Call(ast.Name(NOTE, ast.Load()), [ast.Constant(path), ast.Constant(line)], [])


def swap(path: str, tree: ast.Module) -> None:
    """Let the living functions of a noting module do what those of a changed one would; Unlike if that is not all."""
    clean = compile(Path(path).read_text(), path, "exec")
    new = compile(tree, path, "exec")
    instead = dict(_pairs(originals[path], clean, new))
    changed = [element for element in living.get(path, ()) if element.__code__ in instead]
    if not changed:
        raise Unlike(path)
    for item in changed:
        item.__code__ = instead[item.__code__]


def _pairs(loaded: CodeType, clean: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    parts = [_parts(item) for item in (loaded, clean, new)]
    if len({len(part) for part in parts}) > 1:
        raise Unlike(loaded.co_filename)
    for old, was, becomes in zip(*parts, strict=True):
        if {old.co_name, was.co_name} != {becomes.co_name} or old.co_freevars != becomes.co_freevars:
            raise Unlike(loaded.co_filename)
        if was != becomes:
            yield old, becomes
            yield from _pairs(old, was, becomes)


def _parts(code: CodeType) -> list[CodeType]:
    return [const for const in code.co_consts if isinstance(const, CodeType)]
