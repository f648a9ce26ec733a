"""The public register over HTTP: which offices there are, and whether one is real. Nothing about persons."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from pishkhan.geography.selectors import place_name
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import language

from .models import Licence, Office, OfficeKind, Premises
from .selectors import active_offices, offices_near, premises_of, status_of
from .status import OPEN, Status

router = Router(tags=["offices"])
PAGE = 50


class OfficeOut(Schema):
    code: str
    kind: str
    label: str
    division: str
    address: str
    lat: float | None
    lon: float | None


class OfficePage(Schema):
    count: int
    offices: list[OfficeOut]


class LicenceOut(Schema):
    number: str
    issuer: str
    issuer_number: str
    issued_on: date
    valid_from: date
    valid_until: date
    status: str
    label: str


class OfficeDetail(OfficeOut):
    place: str
    serves: bool
    licences: list[LicenceOut]


class OfficeQuery(Schema):
    """Active offices of a place and a kind, or within some metres of a point."""

    place: str = Field("", pattern=r"^([0-9]{2,16})?$")
    kind: OfficeKind | None = None
    lat: float | None = Field(None, ge=24, le=41)
    lon: float | None = Field(None, ge=43, le=65)
    within: Annotated[int, Field(ge=1, le=100_000)] = 5_000
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


@router.get("", auth=None, response={200: OfficePage, **REFUSALS})
def list_offices(request: HttpRequest, sought: Query[OfficeQuery]) -> dict[str, Any]:
    """The offices that are active today."""
    on = today()
    offices = active_offices(on, place=sought.place, kind=sought.kind or "").order_by("code")
    if sought.lat is not None and sought.lon is not None:
        near = [office.pk for office in offices_near(sought.lat, sought.lon, sought.within, on)]
        offices = offices.filter(pk__in=near)
    start = (sought.page - 1) * PAGE
    rows = list(offices[start : start + PAGE])
    premises = premises_of(rows, on)
    return {"count": offices.count(), "offices": [_told(office, premises.get(office.pk)) for office in rows]}


@router.get("/{code}", auth=None, response={200: OfficeDetail, **REFUSALS})
def get_office(request: HttpRequest, code: str) -> dict[str, Any]:
    """Whether an office is real, and whether it may serve today."""
    office = Office.objects.filter(code=code).first()
    if office is None:
        raise Missing()
    on = today()
    licences = [_licence_told(licence, on) for licence in office.licences.order_by("valid_from")]
    return _told(office, premises_of([office], on).get(office.pk)) | {
        "place": place_name(office.division_id, language()),
        "licences": licences,
        "serves": any(licence["status"] in OPEN for licence in licences),
    }


def _told(office: Office, premises: Premises | None) -> dict[str, Any]:
    return {
        "code": office.code,
        "kind": office.kind,
        "label": OfficeKind(office.kind).text.to(language()),
        "division": office.division_id,
        "address": premises.address if premises else "",
        "lat": premises.lat if premises else None,
        "lon": premises.lon if premises else None,
    }


def _licence_told(licence: Licence, on: date) -> dict[str, Any]:
    status = status_of(licence, on) or ""
    return {"status": status, "label": Status(status).text.to(language()) if status else ""} | {
        name: getattr(licence, name)
        for name in ("number", "issuer", "issuer_number", "issued_on", "valid_from", "valid_until")
    }
