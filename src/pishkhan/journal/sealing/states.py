"""The state of a subject: one digest over its row and the rows it owns, as the database holds them.

It is read by plain SQL from formats, not from models: so a database of an earlier version can be verified by this one.
"""

import hmac
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection

from pishkhan.journal.verification.sql import any_of, select

from .canonical import encoded
from .declarations import BOUND, Column, Format, Formats, formats
from .values import CONVERTERS, Convert

FEW = 2  # owned tables that are asked at once; of more it is asked first which of them hold rows
SecretOf = Callable[[str], bytes | None]
MOST = 500  # keys in one question


@dataclass(frozen=True)
class Reader:
    """How to read the rows of a format by SQL, each with the key of the subject that it belongs to."""

    format: Format
    source: str  # the table, joined up to the subject's row
    root: str  # the subject's key, as SQL

    @cached_property
    def select(self) -> str:
        """The query, to which a condition and the order are added."""
        found = self.format
        chain = [] if found.owner else ["t0.revision", "t0.head"]
        columns = [_asked(column) for column in (found.key, *found.columns, *found.personal)]
        return select(", ".join([self.root, *columns, *chain]), self.source)

    @property
    def order(self) -> str:
        return f" ORDER BY {self.root}, t0.{self.format.key.column}"

    @cached_property
    def _converters(self) -> list[tuple[int, Convert]]:
        known = CONVERTERS[connection.vendor]
        columns = (self.format.key, *self.format.columns, *self.format.personal)
        return [(place, known[column.type]) for place, column in enumerate(columns, 1) if column.type in known]

    def line(self, row: Sequence[Any], subject: str, secret_of: SecretOf) -> str:
        """What the state of the subject holds of a row: its name and its digest."""
        found, values = self.format, list(row)
        for place, convert in self._converters:
            if values[place] is not None:
                values[place] = convert(values[place])
        key, end = values[1], 2 + len(found.columns)
        open_columns = {column.name: value for column, value in zip(found.columns, values[2:end], strict=True)}
        keyed = _keyed(found.personal, values[end:], subject, secret_of) if found.personal else None
        return f"{found.label}:{key} {sha256(encoded([found.version, open_columns, keyed])).hexdigest()}\n"


@dataclass(frozen=True)
class Subject:
    """A journalled row as the database holds it: where its chain ends, and the digest of it and of all it owns."""

    name: str
    key: Any
    revision: int
    head: str
    state: str


def state_of(label: str, key: Any, secret_of: SecretOf) -> str:
    """The state of one subject now."""
    raw = key.hex if connection.vendor == "sqlite" and hasattr(key, "hex") else key
    found = list(subjects(formats(), label, " = %s", [raw], secret_of, sift=True))
    assert len(found) == 1, f"{label}:{key} has one row"  # noqa: S101
    return found[0].state


def states_of(label: str, keys: Sequence[int]) -> dict[int, str]:
    """The states of rows that were entered one after the other, none of which holds anything personal."""
    found = subjects(formats(), label, " BETWEEN %s AND %s", [min(keys), max(keys)], lambda subject: None)
    return {subject.key: subject.state for subject in found}


def bound_digest(label: str, key: UUID | int) -> str:
    """The digest of a row that the next entry binds, as it is stored now."""
    return bound_digests(formats(), label, [str(key)])[str(key)]


def bound_digests(given: Formats, label: str, keys: Collection[str]) -> dict[str, str]:
    """The digests of bound rows by their keys; those that are gone are absent."""
    found, listed = reader_of(given, label), list(keys)
    if connection.vendor == "sqlite" and found.format.key.type == "uuid":
        listed = [key.replace("-", "") for key in listed]
    digests: dict[str, str] = {}
    with connection.cursor() as cursor:
        for start in range(0, len(listed), MOST):
            asked = listed[start : start + MOST]
            for row in _rows(cursor, found, f" {any_of(asked)}", asked):
                name, _, digest = found.line(row, "", lambda subject: None).strip().partition(" ")
                digests[name.partition(":")[2]] = digest
    return digests


def subjects(
    given: Formats,
    label: str,
    condition: str,
    told: Sequence[Any],
    secret_of: SecretOf,
    *,
    sift: bool = False,
    counted: dict[str, int] | None = None,
) -> list[Subject]:
    """The subjects of a label whose key fulfils a condition (" BETWEEN %s AND %s"), in the order of their keys."""
    main, owned = reader_of(given, label), readers_owned(given, label)
    lines: dict[Any, list[str]] = {}
    chains: dict[Any, tuple[str, int, str]] = {}
    with connection.cursor() as cursor:
        for row in _rows(cursor, main, condition, told):
            line = main.line(row[:-2], f"{label}:{_name(main, row[1])}", secret_of)
            chains[row[0]] = line.partition(" ")[0], row[-2], row[-1]
            lines[row[0]] = [line]
        for each in _holding(cursor, owned, condition, told) if sift and len(owned) > FEW else owned:
            for row in _rows(cursor, each, condition, told):
                if row[0] in lines:
                    lines[row[0]].append(each.line(row, chains[row[0]][0], secret_of))
                    if counted is not None:
                        counted[each.format.label] += 1
    return [
        Subject(name, key, revision, head, sha256("".join(lines[key]).encode()).hexdigest())
        for key, (name, revision, head) in chains.items()
    ]


@cache
def reader_of(given: Formats, label: str) -> Reader:
    """How to read the rows of a label."""
    found = here = given.by_label[label]
    source, root, level = f"{found.table} t0", f"t0.{found.key.column}", 0
    while here.owner and here.owner.label != BOUND:
        owner, column = given.by_label[here.owner.label], here.owner.column
        if column and here.owner.names == owner.key.column and owner.owner is None:
            return Reader(found, source, f"t{level}.{column}")
        level += 1
        source += (
            f" JOIN {owner.table} t{level} ON t{level}.{here.owner.names} = t{level - 1}.{column}"
            if column
            else f" CROSS JOIN {owner.table} t{level}"
        )
        root, here = f"t{level}.{owner.key.column}", owner
    return Reader(found, source, root)


@cache
def readers_owned(given: Formats, label: str) -> tuple[Reader, ...]:
    """How to read the rows that subjects of a label own, by their labels."""
    return tuple(reader_of(given, each.label) for each in given.owned_by(label))


def _rows(cursor: Any, found: Reader, condition: str, told: Sequence[Any]) -> Iterable[tuple[Any, ...]]:
    cursor.execute(f"{found.select} WHERE {found.root}{condition}{found.order}", told)
    rows: Iterable[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _holding(cursor: Any, owned: Sequence[Reader], condition: str, told: Sequence[Any]) -> Iterator[Reader]:
    """Those that hold rows of the subject: one query for all."""
    asked = " UNION ALL ".join(
        f"SELECT {place} WHERE EXISTS ({select('1', each.source, f'WHERE {each.root}{condition}')})"
        for place, each in enumerate(owned)
    )
    cursor.execute(asked, [*told] * len(owned))
    there = {place for (place,) in cursor.fetchall()}
    return (each for place, each in enumerate(owned) if place in there)


def _asked(column: Column) -> str:
    """A column as SQL; SQLite's own reading of days and truths is passed by."""
    plain = connection.vendor == "postgresql" or column.type not in ("boolean", "date", "instant", "time")
    return f't0."{column.column}"' if plain else f'+t0."{column.column}"'


def _name(found: Reader, key: Any) -> Any:
    convert = CONVERTERS[connection.vendor].get(found.format.key.type)
    return convert(key) if convert else key


def _keyed(columns: Sequence[Column], values: Sequence[Any], subject: str, secret_of: SecretOf) -> str | None:
    """The digest of what is personal, keyed under the secret of the subject; None where there is nothing."""
    if not any(value not in (None, "") for value in values):
        return None
    secret = secret_of(subject)
    if secret is None:
        return ""  # erased, with all that was personal: what stands there now names nobody
    facts = {column.name: value for column, value in zip(columns, values, strict=True)}
    return hmac.new(secret, encoded(facts), sha256).hexdigest()
