"""The register import: offices that exist already, read from a table, checked as a whole, entered by an act each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pishkhan.geography.cells import OUTSIDE, TWICE, RowReader, TableRow, degrees, is_inside, sound, table_of
from pishkhan.geography.models import Division
from pishkhan.journal.acts import IMPORTER, Actor
from pishkhan.journal.clock import today
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.language.identifiers import legal_id, national_id, postal_code
from pishkhan.language.jalali import parse_day
from pishkhan.language.tables import Row, numbered
from pishkhan.language.text import Text
from pishkhan.language.typed import whole_number
from pishkhan.people.models import Organisation, Person
from pishkhan.people.services import enter_or_find_person, enter_organisation

from .models import Licence, Office, OfficeKind, Tenure
from .services import ISSUER, OfficeFacts, PremisesFacts, import_office

PERSON = ("given_name", "family_name", "national_id")
COLUMNS = (
    "kind",
    "division",
    "company",
    "legal_id",
    *(f"manager_{name}" for name in PERSON),
    *(f"deputy_{name}" for name in PERSON),
    "address",
    "postal_code",
    "area",
    "tenure",
    "lat",
    "lon",
    "quality",
    "issuer_number",
    "issued_on",
    "valid_from",
    "valid_until",
)
NEEDED = (
    "kind",
    "division",
    *(f"manager_{name}" for name in PERSON),
    "address",
    "issuer_number",
    "issued_on",
    "valid_from",
    "valid_until",
)

NO_KIND = Text("«{value}» نوع دفتر نیست", "'{value}' is no kind of office")
NO_DIVISION = Text("محلی با کد «{value}» شناخته نیست", "no place of code '{value}' is known")
NO_TENURE = Text("«{value}» نوع تصرف نیست", "'{value}' is no tenure")
NO_QUALITY = Text("«{value}» کیفیت نقطه نیست", "'{value}' is no quality of a point")
ORDER = Text(
    "صدور، آغاز و پایان به ترتیب نیست یا صدور هنوز نیامده است",
    "issue, beginning and end are out of order, or the issue is still to come",
)


def read_register(content: bytes, columns: dict[str, str]) -> list[Row]:
    """The rows of a table under our column names; `columns` maps ours to the file's."""
    return table_of(content, columns, known=COLUMNS, needed=NEEDED)


def checked_register(rows: Iterable[Mapping[str, Any]]) -> list[TableRow]:
    """The rows as they can be entered; NotImported with every fault if any row is wrong."""
    divisions = set(Division.objects.values_list("code", flat=True))
    used = set(Licence.objects.filter(issuer=ISSUER).values_list("issuer_number", flat=True))
    read = []
    for cells in numbered(rows):
        row = _read(cells, divisions, used)
        used.add(row.facts["issuer_number"])
        read.append(row)
    return sound(read)


@retried
def import_register(rows: Sequence[TableRow], *, by: Actor = IMPORTER, role: str = "importer") -> int:
    """Enter every office, wholly or not at all; return how many."""
    with one_transaction():
        return len([enter_row(row, by=by, role=role) for row in rows])


@retried
def enter_row(row: TableRow, *, by: Actor = IMPORTER, role: str = "importer") -> Office:
    """Enter one office with its people, each by an act of its own, all or none."""
    facts = row.facts
    with one_transaction():
        division = Division.objects.get(code=facts["division"])
        manager = _person("manager", facts, division, by, role)
        deputy = _person("deputy", facts, division, by, role) if facts["deputy_national_id"] else None
        premises = PremisesFacts(
            **{name: facts[name] for name in ("address", "postal_code", "area", "tenure", "lat", "lon")},
            quality=facts["quality"] if facts["lat"] is not None else Division.Quality.NONE,
        )
        office, _ = import_office(
            OfficeFacts(
                facts["kind"],
                division,
                _company(facts, division, by, role) or manager,
                premises,
                manager,
                deputy,
                facts["issued_on"],
                facts["issuer_number"],
                facts["valid_from"],
                facts["valid_until"],
            ),
            by=by,
            role=role,
        )
    return office


def _person(post: str, facts: dict[str, Any], division: Division, by: Actor, role: str) -> Person:
    details = {name: facts[f"{post}_{name}"] for name in PERSON}
    return enter_or_find_person(by, role=role, division=division, **details)


def _company(facts: dict[str, Any], division: Division, by: Actor, role: str) -> Organisation | None:
    if not facts["legal_id"]:
        return None
    return Organisation.objects.filter(legal_id=facts["legal_id"]).first() or enter_organisation(
        by,
        role=role,
        kind=Organisation.Kind.COMPANY,
        name=facts["company"],
        legal_id=facts["legal_id"],
        division=division,
    )


def _read(row: Row, divisions: set[str], used: set[str]) -> TableRow:
    reader = RowReader(row)
    facts = {
        "kind": reader.one_of("kind", OfficeKind.values, NO_KIND, needed=True),
        "division": reader.one_of("division", divisions, NO_DIVISION, needed=True),
        "company": reader.text("company", needed=bool(row.get("legal_id"))),
        "legal_id": reader.parsed("legal_id", legal_id),
        **dict(_people(reader, row)),
        "address": reader.text("address", needed=True),
        "postal_code": reader.parsed("postal_code", postal_code),
        "area": reader.parsed("area", _whole, empty=None),
        "tenure": reader.one_of("tenure", Tenure.values, NO_TENURE),
        "lat": reader.parsed("lat", degrees, empty=None),
        "lon": reader.parsed("lon", degrees, empty=None),
        "quality": reader.one_of("quality", Division.Quality.values, NO_QUALITY) or Division.Quality.GEOCODED,
        "issuer_number": reader.text("issuer_number", needed=True, room=40),
        **{
            name: reader.parsed(name, parse_day, needed=True, empty=None)
            for name in ("issued_on", "valid_from", "valid_until")
        },
    }
    if facts["issuer_number"] in used:
        reader.blame("issuer_number", TWICE.filled(value=facts["issuer_number"]))
    if not _in_order(facts["issued_on"], facts["valid_from"], facts["valid_until"]):
        reader.blame("valid_until", ORDER)
    if not is_inside(facts["lat"], facts["lon"]):
        reader.blame("lat", OUTSIDE)
    return reader.row(facts)


def _people(reader: RowReader, facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for post in ("manager", "deputy"):
        needed = post == "manager" or bool(facts.get(f"{post}_national_id"))
        for name in ("given_name", "family_name"):
            yield f"{post}_{name}", reader.text(f"{post}_{name}", needed=needed, room=80)
        yield f"{post}_national_id", reader.parsed(f"{post}_national_id", national_id, needed=needed)


def _in_order(issued_on: date | None, valid_from: date | None, valid_until: date | None) -> bool:
    if issued_on is None or valid_from is None or valid_until is None:
        return True  # blamed already
    return issued_on <= valid_from <= valid_until and issued_on <= today()


def _whole(text: str) -> int:
    number = whole_number(text)
    if not 1 <= number <= 100_000:
        raise ValueError(text)
    return number
