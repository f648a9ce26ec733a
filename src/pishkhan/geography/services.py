"""Acts on the map of the country: opening a province, and importing divisions, wholly or not at all."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from importlib.resources import files
from typing import Any

from pishkhan.journal.acts import Actor, act, begin
from pishkhan.journal.locks import retried
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Refusal
from pishkhan.journal.sealing.canonical import canonical, digest
from pishkhan.language.search import searchable, sort_key
from pishkhan.language.text import Text

from .models import Division, Gazetteer, Import, Population
from .rows import Row, checked, read
from .selectors import lying_in

BATCH = 500
NO_PROVINCE = Text("استانی با کد «{code}» نیست.", "There is no province of code '{code}'.")
OUTSIDE = Text("ردیف‌ها بیرون از استان {code} هم هستند: {other}.", "Some rows lie outside province {code}: {other}.")


def provinces() -> dict[str, dict[str, str]]:
    """The provinces of the country by SCI code, with their names in Persian and English."""
    with files(__package__).joinpath("provinces.csv").open(encoding="utf-8") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def open_province(code: str, by: Actor, *, role: str = "system") -> Division:
    """Enter a province by its SCI code, if it is not there yet."""
    if division := Division.objects.filter(code=code).first():
        return division
    if code not in provinces():
        raise Refusal(NO_PROVINCE.filled(code=code[:16]))
    province = provinces()[code]
    import_rows([province | {"kind": Division.Kind.PROVINCE}], name="provinces.csv", province=code, by=by, role=role)
    return Division.objects.get(code=code)


def import_file(
    content: bytes,
    *,
    form: str,
    name: str,
    province: str,
    by: Actor,
    role: str,
    columns: dict[str, str] | None = None,
    dry_run: bool = False,
) -> tuple[int, list[Text]]:
    """Import divisions from CSV or GeoJSON; return how many, and warnings. NotImported names every fault."""
    rows = read(content, form, columns or {})
    if dry_run:
        result, warnings = _looked_through(rows, province)
        return len(result), warnings
    return import_rows(rows, name=name, province=province, by=by, role=role, content_digest=sha256(content).hexdigest())


@retried
def import_rows(
    rows: Iterable[dict[str, Any]], *, name: str, province: str, by: Actor, role: str, content_digest: str = ""
) -> tuple[int, list[Text]]:
    """Enter or update divisions in one act on one import, with their people and points."""
    rows = list(rows)
    result, warnings = _looked_through(rows, province)
    row = Import(
        name=name[:200],
        division_id=province,
        digest=content_digest or digest(canonical([[str(value) for value in data.values()] for data in rows])),
    )
    with begin(by, "geography.import", row, role=role) as entry:
        known = set(
            Division.objects.filter(code__in=[division.code for division in result]).values_list("code", flat=True)
            if len(result) < BATCH
            else Division.objects.values_list("code", flat=True)
        )
        with changing_gazetteer(by, role=role, because=entry):
            _write(result)
        row.created = sum(division.code not in known for division in result)
        row.changed = len(result) - row.created
        entry.facts = {"name": row.name, "digest": row.digest, "created": row.created, "changed": row.changed}
    return len(result), warnings


@contextmanager
def changing_gazetteer(by: Actor, *, role: str, because: Entry | None = None) -> Iterator[Entry]:
    """The act in which rows of divisions and their people are written."""
    row = Gazetteer.objects.first()
    with (
        act(by, "gazetteer.change", on=row, role=role, because=because)
        if row
        else begin(by, "gazetteer.open", Gazetteer(), role=role, because=because)
    ) as entry:
        yield entry


def _looked_through(rows: Sequence[dict[str, Any]], province: str) -> tuple[list[Row], list[Text]]:
    known = set(Division.objects.filter(lying_in(province, field="code")).values_list("code", flat=True))
    result, warnings = checked(rows, known)
    if strangers := {row.code for row in result if not row.code.startswith(province)}:
        raise Refusal(OUTSIDE.filled(code=province, other=min(strangers)))
    return result, warnings


def _write(rows: list[Row]) -> None:
    fields = ["kind", "name", "name_en", "search", "sort_key", "lat", "lon", "quality"]
    Division.objects.bulk_create(
        (
            Division(
                code=row.code,
                kind=row.kind,
                name=row.name,
                name_en=row.name_en,
                search=searchable(row.name, row.name_en),
                sort_key=sort_key(row.name),
                lat=row.lat,
                lon=row.lon,
                quality=row.quality,
            )
            for row in rows
        ),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=fields,
    )
    Population.objects.bulk_create(
        (
            Population(
                division_id=row.code, year=row.year, people=row.people, quality=row.people_quality, source=row.source
            )
            for row in rows
            if row.people is not None and row.year is not None
        ),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["division", "year"],
        update_fields=["people", "quality", "source"],
    )
