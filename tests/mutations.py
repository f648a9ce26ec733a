"""The ways in which a line of the house can be plausibly wrong: each a small change of its syntax tree.

`changes` tells those of a module in one order, so that the same one is found again in a fresh tree and put into it.
"""

import ast
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

TURNED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
NAMED = {"any": "all", "all": "any", "min": "max", "max": "min"}
ASKED = {
    "filter": "exclude",
    "exclude": "filter",
    "first": "last",
    "last": "first",
    "earliest": "latest",
    "latest": "earliest",
}
ENDS = {"first", "last"}  # of what has an order; of one row at most they are the same
SIFTING = {"filter", "exclude", "get"}
LOCKING = {"lock", "locked", "one_transaction"}
ROLES = ("EXPERT", "DIRECTOR", "INSPECTOR", "SECRETARY", "ADMINISTRATOR", "APPLICANT", "SYSTEM")
SPOKEN = {"Text", "warning", "info", "error", "debug", "TextChoices"}  # what only words are given to
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


class Change(NamedTuple):
    """One place where something else could stand: of which kind, in which function ("" for none), what changes."""

    kind: str
    function: str
    line: int  # of the innermost statement, or of the lambda: what must be passed for anything to be noticed
    at: int
    old: str
    new: str
    put: Callable[[], None]


class Scope(NamedTuple):
    """Where a node stands: in which function, in which statement, and whether it is asked whatever runs."""

    function: str
    line: int
    named: str = ""


def changes(tree: ast.Module, *, only_functions: bool = False) -> list[Change]:
    """All changes of a module in the order of its text; in a module of models only those in functions."""
    result = [item for item in _in_body(tree, Scope("", 1)) if item.function or not only_functions]
    return sorted(result, key=lambda item: (item.line, item.at))


def _in_body(node: ast.AST, scope: Scope) -> Iterator[Change]:
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns") or (field == "keywords" and isinstance(node, ast.ClassDef)):
            continue
        for index, part in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(part, ast.AST):
                put = _putting(node, field, index if isinstance(value, list) else None)
                yield from _of(part, _scope_of(node, field, part, scope), put)


def _putting(parent: ast.AST, field: str, index: int | None) -> Callable[[ast.AST], None]:
    def put(new: ast.AST) -> None:
        old = getattr(parent, field) if index is None else getattr(parent, field)[index]
        ast.fix_missing_locations(ast.copy_location(new, old))
        if index is None:
            setattr(parent, field, new)
        else:
            getattr(parent, field)[index] = new

    return put


def _scope_of(parent: ast.AST, field: str, node: ast.AST, scope: Scope) -> Scope:
    named, function, line = scope.named, scope.function, scope.line
    if isinstance(parent, FUNCTION | ast.ClassDef) and field == "body":
        named = f"{named}.{parent.name}".strip(".")
        function = named if isinstance(parent, FUNCTION) else function
    if isinstance(parent, ast.Lambda) and field == "body":
        function, line = f"{named}.lambda".strip("."), parent.lineno
    return Scope(function, node.lineno if isinstance(node, ast.stmt) else line, named)


def _of(node: ast.AST, scope: Scope, put: Callable[[ast.AST], None]) -> Iterator[Change]:
    if _is_only_words(node):
        return
    for kind, new in _instead(node):
        yield Change(
            kind,
            scope.function,
            scope.line,
            getattr(node, "lineno", scope.line),
            _said(node),
            _said(new),
            lambda new=new: put(new),
        )
    yield from _parts_dropped(node, scope)
    yield from _in_body(node, scope)


def _is_only_words(node: ast.AST) -> bool:
    """Docstrings, sentences, types and imports: no rule stands in them."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Slice):  # how much of a text a column takes
        return isinstance(node.upper, ast.Constant) and isinstance(node.upper.value, int) and node.upper.value >= 80
    if isinstance(node, ast.Call):
        return _name_of(node) in SPOKEN
    return isinstance(node, ast.Import | ast.ImportFrom | ast.arg)


def _instead(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What could stand in the place of a node, each with its kind."""
    match node:
        case ast.BoolOp(op=op, values=values):
            yield "and/or", ast.BoolOp(TURNED[type(op)](), values)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in TURNED and not _is_text(left, right):
            yield "arithmetic", ast.BinOp(left, TURNED[type(op)](), right)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not", operand
        case ast.Constant(value=bool(value)):
            yield "yes/no", ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield "number", ast.Constant(value + 1)
        case ast.Raise():
            yield "refusal", ast.Pass()
        case ast.Expr(value=ast.Call() as call):
            yield "lock" if _name_of(call) in LOCKING else "call", ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]) | ast.AugAssign():
            yield "assignment", ast.Pass()
        case ast.Attribute(value=ast.Name(id="Role"), attr=role) if role.isupper():
            yield "role", ast.Attribute(ast.Name("Role", ast.Load()), _another(role), ast.Load())
        case ast.Name(id=name, ctx=ast.Load()) if name in NAMED:
            yield "any/all", ast.Name(NAMED[name], ast.Load())
    yield from _conditions(node)


def _conditions(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.If(test=ast.Name() | ast.Attribute() | ast.Call() | ast.NamedExpr() as test, body=body, orelse=other):
            yield "condition", ast.If(ast.UnaryOp(ast.Not(), test), body, other)
        case ast.IfExp(test=ast.Name() | ast.Attribute() | ast.Call() as test, body=body, orelse=other):
            yield "condition", ast.IfExp(ast.UnaryOp(ast.Not(), test), body, other)
        case ast.Compare(left=left, ops=ops, comparators=others):
            for index, op in enumerate(ops):
                turned = [*ops[:index], TURNED[type(op)](), *ops[index + 1 :]]
                yield "boundary", ast.Compare(left, turned, others)


def _parts_dropped(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """What a call or a name made of parts could lack."""

    def change(kind: str, old: str, new: str, put: Callable[[], None]) -> Change:
        return Change(kind, scope.function, scope.line, getattr(node, "lineno", scope.line), old, new, put)

    if isinstance(node, ast.Call):
        name = _name_of(node)
        if isinstance(node.func, ast.Attribute) and name in ASKED and (name not in ENDS or _has_an_order(node.func)):
            other = ASKED[name]
            yield change("filter/exclude", f".{name}({_arguments(node)})", f".{other}(…)", _naming(node.func, other))
        sifts = isinstance(node.func, ast.Attribute) and name in SIFTING
        for part in node.keywords:
            if part.arg == "because" or (part.arg and sifts):
                kind = "cause" if part.arg == "because" else "filter"
                yield change(kind, f"{name}({_said(part)})", f"{name}()", _dropping(node.keywords, part))
        for part in node.args if sifts and name != "get" else ():
            if not isinstance(part, ast.Constant):
                yield change("filter", f"{name}({_said(part)})", f"{name}()", _dropping(node.args, part))
    if isinstance(node, ast.JoinedStr) and len(node.values) > 1:
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield change("series", f"{{{_said(part.value)}}} in a name", "left out", _dropping(node.values, part))


def _has_an_order(attribute: ast.Attribute) -> bool:
    return bool(re.search(r"order_by|Entry\.objects", ast.unparse(attribute.value)))


def _dropping(parts: list, part: ast.AST) -> Callable[[], None]:
    return lambda: parts.remove(part)


def _naming(attribute: ast.Attribute, name: str) -> Callable[[], None]:
    return lambda: setattr(attribute, "attr", name)


def _another(role: str) -> str:
    return ROLES[(ROLES.index(role) + 1) % len(ROLES)] if role in ROLES else ROLES[0]


def _name_of(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _arguments(call: ast.Call) -> str:
    return ", ".join(_said(arg) for arg in [*call.args, *call.keywords])


def _is_text(*sides: ast.AST) -> bool:
    return any(
        isinstance(side, ast.JoinedStr | ast.List | ast.Tuple)
        or (isinstance(side, ast.Constant) and isinstance(side.value, str | bytes))
        for side in sides
    )


def _said(node: ast.AST) -> str:
    """A node on one line, as a person would read it."""
    if isinstance(node, ast.If):
        return f"if {ast.unparse(node.test)}"
    return re.sub(r"\s+", " ", ast.unparse(ast.fix_missing_locations(node)))[:150]
