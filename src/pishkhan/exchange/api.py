"""The exchange over HTTP: sending packages, fetching them, taking in answers."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Query, Router, Schema, Status
from ninja.files import UploadedFile

from pishkhan.geography.models import Division
from pishkhan.journal import access
from pishkhan.journal.refusals import Missing
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import RequestBody, asker

from .models import Package
from .package_list import PackageList
from .packing import LARGEST
from .pages import file_of, package_of
from .services import content_of, partner_of, send, take_in

router = Router(tags=["exchange"])
PAGE = 50
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]


class PackageOut(Schema):
    id: int
    direction: str
    partner: str
    division: str
    reference: str
    sequence: int
    digest: str
    count: int
    made_on: date
    at: datetime


class ItemOut(Schema):
    number: int
    reference: str
    outcome: str
    case: str | None


class PackageWithItems(PackageOut):
    answers_to: str | None
    items: list[ItemOut]


class PackageQuery(Schema):
    partner: str | None = Field(None, max_length=30)
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


class AskingOfPartner(RequestBody):
    """Whom to ask ("tax", …, "issuer"), about the cases of which place."""

    partner: str = Field(max_length=30)
    place: str = Field(pattern=r"^[0-9]{2,16}$")


class AnsweringFor(Schema):
    partner: str = Field(max_length=30)


@router.get("/packages", response={200: list[PackageOut], **REFUSALS})
def list_packages(request: HttpRequest, sought: Query[PackageQuery]) -> list[dict[str, Any]]:
    """The packages of one's region, the newest first, 50 a page."""
    found = PackageList.select(asker(request), partner=sought.partner)
    return [_told(each) for each in found[(sought.page - 1) * PAGE : sought.page * PAGE]]


@router.post("/packages", response={201: PackageOut, **REFUSALS})
def post_package(request: HttpRequest, body: AskingOfPartner) -> Status[dict[str, Any]]:
    """Make a package of whatever a partner is to be asked and was not yet."""
    division = Division.objects.filter(code=body.place).first()
    if division is None:
        raise Missing()
    return Status(201, _told(send(partner_of(body.partner), division, by=asker(request))))


@router.get("/packages/{package}", response={200: PackageWithItems, **REFUSALS})
def get_package(request: HttpRequest, package: Key) -> dict[str, Any]:
    """A package, and what became of each of its rows."""
    return _with_items(package_of(request, package))


@router.get("/packages/{package}/content", response={200: None, **REFUSALS})
def get_package_content(request: HttpRequest, package: Key) -> HttpResponse:
    """A package that one may send, as a zip."""
    person, found = asker(request), package_of(request, package)
    if found.direction != Package.Direction.OUT or not person.holds("expert", over=found):
        raise Missing()
    content = content_of(found)
    access.note(person.ref, found.subject, "package of questions")
    return file_of(found, content)


@router.post("/answers", response={201: PackageWithItems, **REFUSALS})
def post_answers(request: HttpRequest, said: Query[AnsweringFor], file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Take in a package of answers, as docs/methods/exchange.md describes it."""
    return Status(201, _with_items(take_in(file.read(LARGEST + 1), partner_of(said.partner), by=asker(request))))


def _told(package: Package) -> dict[str, Any]:
    return {
        name: getattr(package, name)
        for name in ("direction", "partner", "reference", "sequence", "digest", "count", "made_on", "at")
    } | {"id": package.pk, "division": package.division_id}


def _with_items(package: Package) -> dict[str, Any]:
    items = [
        {
            "number": each.number,
            "reference": each.reference,
            "outcome": each.outcome,
            "case": each.case.number if each.case else None,
        }
        for each in package.items.select_related("case").order_by("number")
    ]
    return _told(package) | {"items": items, "answers_to": package.answers_to.reference if package.answers_to else None}
