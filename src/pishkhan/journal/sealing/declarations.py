"""Which rows the journal seals, and in which form: each model says so once, under names that no renaming changes.

An entry seals the state of its subject: a digest over the journalled row and all rows that it owns, as they are when
the act ends. The form is told for strangers in docs/methods/journal.md; docs/methods/journal-formats.json lists it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from .exceptions import NOT_SEALED

TYPES: dict[type[Any], str] = {  # the first that fits
    models.BooleanField: "boolean",
    models.FloatField: "float",
    models.IntegerField: "integer",
    models.DateTimeField: "instant",
    models.DateField: "date",
    models.TimeField: "time",
    models.UUIDField: "uuid",
    models.BinaryField: "bytes",
    models.JSONField: "json",
    models.CharField: "text",
    models.TextField: "text",
}
BOUND = "entry"  # the owner of rows that belong to an entry: written in its act, and never changed
CHAIN = ("revision", "head")  # columns of a journalled row that tell its last entry: the chain itself holds them


@dataclass(frozen=True)
class Sealed:
    """What a model declares of how the journal seals its rows.

    `label` names its rows for ever. `of` is the foreign key to the row that owns them, or the label of an owner of
    which there is one alone, or BOUND; it is empty where the row is journalled itself. `personal` columns are sealed
    by a digest keyed under the erasable secret of the subject. `renamed` gives columns their stored names. A change of
    any of it, or of the columns, raises `version`.
    """

    label: str
    of: str = ""
    personal: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    version: int = 1


@dataclass(frozen=True)
class Column:
    """A column: the name under which it is sealed, its name in the table, and how its values are written."""

    name: str
    column: str
    type: str


@dataclass(frozen=True)
class Owner:
    """Whose rows they are: the label, and which column here names which column there (none: all rows are its)."""

    label: str
    column: str = ""
    names: str = ""


@dataclass(frozen=True)
class Format:
    """How the rows of a table are sealed. All a verifier needs to know of it."""

    label: str
    version: int
    table: str
    key: Column
    owner: Owner | None  # None: the row is journalled itself
    columns: tuple[Column, ...]  # by name
    personal: tuple[Column, ...]  # by name


@dataclass(frozen=True, eq=False)
class Formats:
    """The formats of a version of the house, by label."""

    by_label: Mapping[str, Format]

    @property
    def journalled(self) -> list[Format]:
        """Those of rows that are subjects themselves."""
        return [found for found in self.by_label.values() if found.owner is None]

    def owned_by(self, label: str) -> list[Format]:
        """Those of rows that a subject of this label owns, directly or through others."""
        return [
            found
            for found in self.by_label.values()
            if found.owner and found not in self.bound and self.root_of(found).label == label
        ]

    @property
    def bound(self) -> list[Format]:
        """Those of rows that belong to the entry in whose act they were written."""
        return [found for found in self.by_label.values() if found.owner and found.owner.label == BOUND]

    def root_of(self, found: Format) -> Format:
        """The format of the subjects to which rows of a format belong."""
        while found.owner:
            found = self.by_label[found.owner.label]
        return found

    def as_facts(self) -> list[dict[str, Any]]:
        """The formats as a journal entry and the documents list them."""
        return [asdict(found) for found in self.by_label.values()]

    @classmethod
    def from_facts(cls, listed: list[dict[str, Any]]) -> "Formats":
        """The formats that an entry lists."""
        return cls(
            {
                facts["label"]: Format(
                    **facts
                    | {
                        "key": Column(**facts["key"]),
                        "owner": Owner(**facts["owner"]) if facts["owner"] else None,
                        "columns": tuple(Column(**each) for each in facts["columns"]),
                        "personal": tuple(Column(**each) for each in facts["personal"]),
                    }
                )
                for facts in listed
            }
        )


@cache
def formats() -> Formats:
    """The formats of all models of this version."""
    found = sorted(map(_format_of, sealed_models()), key=lambda found: found.label)
    assert len({each.label for each in found}) == len(found), "a label names one table"  # noqa: S101
    return Formats({each.label: each for each in found})


def sealed_models() -> Iterator[type[models.Model]]:
    """The models whose rows the journal seals."""
    return (model for model in apps.get_models() if "sealed" in vars(model))


def sealing_of(model: type[models.Model]) -> Sealed:
    """What a model declares."""
    declared: Sealed = vars(model)["sealed"]
    return declared


def _format_of(model: type[models.Model]) -> Format:
    declared, options = sealing_of(model), model._meta
    assert options.pk is not None, "every table has a key"  # noqa: S101
    left_out = {
        options.pk.name,
        *CHAIN,
        *(
            name
            for name in (each.name for each in options.local_concrete_fields)
            if f"{options.label_lower}.{name}" in NOT_SEALED
        ),
    }
    columns = sorted(
        (_column(each, declared) for each in options.concrete_fields if each.name not in left_out),
        key=lambda column: column.name,
    )
    personal = {_column(options.get_field(name), declared) for name in declared.personal}
    return Format(
        declared.label,
        declared.version,
        options.db_table,
        _column(options.pk, declared),
        _owner_of(model, declared),
        tuple(column for column in columns if column not in personal),
        tuple(column for column in columns if column in personal),
    )


def _owner_of(model: type[models.Model], declared: Sealed) -> Owner | None:
    if not declared.of:
        return None
    if declared.of in {each.name for each in model._meta.concrete_fields}:
        key: Any = model._meta.get_field(declared.of)
        return Owner(sealing_of(key.related_model).label, key.column, key.target_field.column)
    return Owner(declared.of)


def _column(found: Any, declared: Sealed) -> Column:
    name, column = declared.renamed.get(found.name, found.name), found.column
    while found.is_relation:
        found = found.target_field
    return Column(name, column, next(name for kind, name in TYPES.items() if isinstance(found, kind)))
