"""The bank's files over HTTP: taking one in, its rows, settling those that were left open."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, File, Query, Router, Schema, Status
from ninja.files import UploadedFile

from pishkhan.geography.models import Division
from pishkhan.journal.refusals import Missing
from pishkhan.people.roles import Role
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import Day, RequestBody, asker

from .bank_file import LARGEST, reference_of
from .importing import counts_of, import_bank_file
from .models import BankFile, BankRow
from .money_lists import BankRowList
from .repaying import repay
from .resolving import resolve
from .selectors import bank_rows_within, files_within, places_of
from .staff_pages import note_of

router = Router(tags=["payments"])
PAGE = 50
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]


class BankFileOut(Schema):
    """A bank's file, and how many of its rows came to which outcome."""

    id: int
    digest: str
    bank: str
    division: str
    count: int
    outcomes: dict[str, int]


class BankRowOut(Schema):
    id: int
    file: int
    number: int
    reference: str
    amount: int | None
    paid_on: date | None
    payer_reference: str
    demand_note: str | None
    outcome: str
    resolution: str
    overpaid: int
    repaid: int


class BankRowQuery(Schema):
    """Which rows: by state ("open", "booked", "returned" (to be), "repaid"), place, and day of payment."""

    state: str | None = Field(None, pattern="^(open|booked|returned|repaid)$")
    place: str | None = Field(None, pattern=r"^[0-9]{2,16}$")
    from_on: Day | None = None
    until_on: Day | None = None
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


class FileSaid(Schema):
    """Of which bank it is, and which place's demand notes it may pay; the widest one holds, if none is told."""

    bank: str = Field("", max_length=20)
    place: str | None = Field(None, pattern=r"^[0-9]{2,16}$")


class Settling(RequestBody):
    """What becomes of a row, and why; `demand_note` is the number of the note it is booked on."""

    resolution: BankRow.Resolution
    reason: str = Field(min_length=3, max_length=2000)
    demand_note: str = Field("", max_length=40)


class Repaying(RequestBody):
    """How much of an overpayment was returned, when, and the number of the paper by which it was."""

    amount: int = Field(ge=1, le=10**15)
    repaid_on: date
    paper: str = Field(min_length=1, max_length=40)


@router.post("/files", response={201: BankFileOut, **REFUSALS})
def post_bank_file(request: HttpRequest, said: Query[FileSaid], file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Take in a bank's file, as docs/methods/bank-file.md describes it."""
    person = asker(request)
    place = said.place or next(iter(places_of(person, [Role.ACCOUNTANT])), "")
    division = Division.objects.filter(code=place).first()
    if division is None:
        raise Missing()
    return Status(201, _file(import_bank_file(file.read(LARGEST + 1), bank=said.bank, division=division, by=person)))


@router.get("/files/{file}", response={200: BankFileOut, **REFUSALS})
def get_bank_file(request: HttpRequest, file: Key) -> dict[str, Any]:
    """A bank's file of one's region."""
    found = files_within(asker(request)).filter(pk=file).first()
    if found is None:
        raise Missing()
    return _file(found)


@router.get("/rows", response={200: list[BankRowOut], **REFUSALS})
def list_bank_rows(request: HttpRequest, sought: Query[BankRowQuery]) -> list[dict[str, Any]]:
    """The rows of the bank's files in one's region, the newest first, 50 a page."""
    asked = {name: value for name, value in sought.model_dump(exclude={"page"}).items() if value is not None}
    found = BankRowList.select(asker(request), **asked)
    return [_row(each) for each in found[(sought.page - 1) * PAGE : sought.page * PAGE]]


@router.post("/rows/{row}/resolution", response={200: BankRowOut, **REFUSALS})
def post_resolution(request: HttpRequest, row: Key, body: Settling) -> dict[str, Any]:
    """Settle a row that was left open."""
    person = asker(request)
    found = bank_rows_within(person).select_related("file", "note").filter(pk=row).first()
    if found is None:
        raise Missing()
    note = note_of(person, reference_of(body.demand_note))
    return _row(resolve(found, body.resolution, reason=body.reason, by=person, note=note))


@router.post("/rows/{row}/return", response={200: BankRowOut, **REFUSALS})
def post_return(request: HttpRequest, row: Key, body: Repaying) -> dict[str, Any]:
    """Record that what was overpaid, or a part of it, was returned to the payer."""
    person = asker(request)
    found = bank_rows_within(person).select_related("file", "note").filter(pk=row).first()
    if found is None:
        raise Missing()
    return _row(repay(found, by=person, **body.model_dump()).row)


def _file(file: BankFile) -> dict[str, Any]:
    return {
        "id": file.pk,
        "digest": file.digest,
        "bank": file.bank,
        "division": file.division_id,
        "count": file.count,
        "outcomes": counts_of(file),
    }


def _row(row: BankRow) -> dict[str, Any]:
    return {
        "id": row.pk,
        "file": row.file_id,
        "number": row.number,
        "reference": row.reference,
        "amount": row.amount,
        "paid_on": row.paid_on,
        "payer_reference": row.payer_reference,
        "demand_note": row.note.number if row.note else None,
        "outcome": row.outcome,
        "resolution": row.resolution,
        "overpaid": row.overpaid,
        "repaid": row.repaid,
    }
