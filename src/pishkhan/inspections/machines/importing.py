"""The import of banks' ATMs and booths: read from a table, checked as a whole, entered by an act each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pishkhan.geography.cells import OUTSIDE, TWICE, RowReader, TableRow, degrees, is_inside, sound, table_of
from pishkhan.geography.models import Division
from pishkhan.geography.rows import NotImported
from pishkhan.inspections.models import Machine
from pishkhan.journal.acts import IMPORTER, Actor
from pishkhan.journal.clock import today
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.language.identifiers import legal_id
from pishkhan.language.jalali import parse_day
from pishkhan.language.tables import Row, numbered
from pishkhan.language.text import Text
from pishkhan.offices.models import Office
from pishkhan.people.models import Organisation
from pishkhan.people.services import enter_organisation

from .services import PlaceFacts, enter_machine

COLUMNS = ("kind", "bank", "bank_id", "number", "division", "address", "lat", "lon", "host", "from_on")
NEEDED = ("kind", "bank", "bank_id", "division", "address", "from_on")
LARGEST = 5 * 2**20  # bytes
MOST_ROWS = 20_000
NO_KIND = Text("«{value}» نه خودپرداز است و نه باجه", "'{value}' is neither atm nor bank_booth")
NO_DIVISION = Text(
    "محلی با کد «{value}» در محدودهٔ شما شناخته نیست", "no place of code '{value}' is known in your region"
)
NO_HOST = Text("در همین جا دفتری با کد «{value}» نیست", "no office of code '{value}' lies in that place")
TO_COME = Text("روز هنوز نیامده است", "the day has not come yet")
TOO_LARGE = Text("پرونده بزرگ‌تر از اندازه است.", "The file is too large.")


def read_machines(content: bytes, columns: dict[str, str] | None = None) -> list[Row]:
    """The rows of a table under our column names; `columns` maps ours to the file's."""
    if len(content) > LARGEST:
        raise NotImported([TOO_LARGE])
    rows = table_of(content, columns or {}, known=COLUMNS, needed=NEEDED)
    if len(rows) > MOST_ROWS:
        raise NotImported([TOO_LARGE])
    return rows


def checked_machines(rows: Iterable[Mapping[str, Any]], *, places: Iterable[str] = ("",)) -> list[TableRow]:
    """The rows as they can be entered, all in some regions; NotImported with every fault if any row is wrong."""
    within = tuple(places)
    divisions = {code for code in Division.objects.values_list("code", flat=True) if code.startswith(within)}
    offices = dict(Office.objects.values_list("code", "division__code"))
    used = {
        (bank, number) for bank, number in Machine.objects.exclude(number="").values_list("bank__legal_id", "number")
    }
    return sound([_read(row, divisions, offices, used) for row in numbered(rows)])


@retried
def import_machines(rows: Sequence[TableRow], *, by: Actor = IMPORTER, role: str = "importer") -> int:
    """Enter every machine, wholly or not at all; return how many."""
    with one_transaction():
        return len([_enter(row.facts, by, role) for row in rows])


def _enter(fields: dict[str, Any], by: Actor, role: str) -> Machine:
    division = Division.objects.get(code=fields["division"])
    bank = Organisation.objects.filter(legal_id=fields["bank_id"]).first() or enter_organisation(
        by,
        role=role,
        kind=Organisation.Kind.COMPANY,
        name=fields["bank"],
        legal_id=fields["bank_id"],
        division=division,
    )
    host = Office.objects.filter(code=fields["host"]).first() if fields["host"] else None
    return enter_machine(
        kind=fields["kind"],
        bank=bank,
        number=fields["number"],
        from_on=fields["from_on"],
        by=by,
        role=role,
        place=PlaceFacts(division, fields["address"], fields["lat"], fields["lon"], host),
    )


def _read(row: Row, divisions: set[str], offices: dict[str, str], used: set[tuple[str | None, str]]) -> TableRow:
    reader = RowReader(row)
    facts = {
        "kind": reader.one_of("kind", Machine.Kind.values, NO_KIND, needed=True),
        "bank": reader.text("bank", needed=True),
        "bank_id": reader.parsed("bank_id", legal_id, needed=True),
        "number": reader.code("number", room=30),
        "division": reader.one_of("division", divisions, NO_DIVISION, needed=True),
        "address": reader.text("address", needed=True),
        "lat": reader.parsed("lat", degrees, empty=None),
        "lon": reader.parsed("lon", degrees, empty=None),
        "host": reader.code("host", room=12),
        "from_on": reader.parsed("from_on", parse_day, needed=True, empty=None),
    }
    if not is_inside(facts["lat"], facts["lon"]):
        reader.blame("lat", OUTSIDE)
    if facts["host"] and offices.get(facts["host"]) != facts["division"]:
        reader.blame("host", NO_HOST.filled(value=facts["host"]))
    if facts["from_on"] and facts["from_on"] > today():
        reader.blame("from_on", TO_COME)
    if facts["number"] and (facts["bank_id"], facts["number"]) in used:
        reader.blame("number", TWICE.filled(value=facts["number"]))
    used.add((facts["bank_id"], facts["number"]))
    return reader.row(facts)
