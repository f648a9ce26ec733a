"""The law and the map over HTTP: public to read; a director adopts defaults, an administrator declares days off."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import ancestors, lying_in, place_name
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.search import folded
from pishkhan.language.text import Text
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import Day, RequestBody, asker, language
from pishkhan.regulation.keys import KEYS
from pishkhan.regulation.models import Holiday, Number
from pishkhan.regulation.selectors import citation_of, in_force
from pishkhan.regulation.services import adopt, declare_holiday

router = Router(tags=["law"])
PAGE = 50
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
Code = Annotated[str, Field(pattern=r"^[0-9]{2,16}$")]


class NumberOut(Schema):
    id: int
    key: str
    meaning: str
    kind: str
    place: str
    value: int
    unit: str
    valid_from: date
    valid_to: date | None
    confidence: str
    citation: str


class Adopting(RequestBody):
    decision: str = Field(min_length=1, max_length=60)
    source: str = Field("", max_length=300)
    province: Annotated[str, Field(pattern=r"^[0-9]{2}$")]


class Adopted(Schema):
    decision: str
    adopted_on: date


class HolidayOut(Schema):
    day: date
    division_id: str
    name: str
    kind: str


class Declaring(RequestBody):
    day: Day
    place: Code
    name_fa: str = Field(min_length=1, max_length=100)
    name_en: str = Field(min_length=1, max_length=100)


class DivisionOut(Schema):
    code: str
    kind: str
    name: str
    lies_in: str
    lat: float | None
    lon: float | None
    quality: str


class DivisionDetail(DivisionOut):
    place: str  # its name with what it lies in


class DivisionQuery(Schema):
    """Which divisions: by the beginning of their code, kind and name."""

    place: str = Field("", pattern=r"^([0-9]{2,16})?$")
    kind: Division.Kind | None = None
    q: str = Field("", max_length=100)
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


@router.get("/numbers", auth=None, response={200: list[NumberOut], **REFUSALS})
def list_numbers(request: HttpRequest, on: Day | None = None, place: Code | None = None) -> list[dict[str, Any]]:
    """Every number of the law that holds on a day (today), with its source, or the decision that adopted it there."""
    return [
        {
            "meaning": KEYS[row.key].meaning.to(language()) if row.key in KEYS else row.key,
            "unit": KEYS[row.key].unit if row.key in KEYS else "",
            "citation": citation_of(row).to(language()),
        }
        | {
            name: getattr(row, name)
            for name in ("id", "key", "kind", "place", "value", "valid_from", "valid_to", "confidence")
        }
        for row in in_force(on or today(), place or "").order_by("key", "place", "kind")
    ]


@router.post("/numbers/{number}/adoptions", response={201: Adopted, **REFUSALS})
def post_adoption(request: HttpRequest, number: Key, body: Adopting) -> Status[Any]:
    """Let a default without a source bind in a province, by the director's numbered decision."""
    row = Number.objects.filter(pk=number).first()
    if row is None:
        raise Missing()
    adoption = adopt(row, decision=body.decision, source=body.source, province=body.province, by=asker(request))
    return Status(201, adoption)


@router.get("/holidays", auth=None, response={200: list[HolidayOut], **REFUSALS})
def list_holidays(request: HttpRequest, from_on: Day, to_on: Day) -> list[dict[str, Any]]:
    """The days off between two days, weekends apart."""
    rows = Holiday.objects.filter(day__range=(from_on, to_on), withdrawn=False).order_by("day")[:500]
    return [
        {
            "day": row.day,
            "division_id": row.division_id,
            "kind": row.kind,
            "name": Text(row.name_fa, row.name_en).to(language()),
        }
        for row in rows
    ]


@router.post("/holidays", response={201: HolidayOut, **REFUSALS})
def post_holiday(request: HttpRequest, body: Declaring) -> Status[dict[str, Any]]:
    """Declare a day off in a place, also one that has passed: by its administrator."""
    row = declare_holiday(body.day, name=Text(body.name_fa, body.name_en), by=asker(request), place=body.place)
    return Status(
        201,
        {
            "day": row.day,
            "division_id": row.division_id,
            "kind": row.kind,
            "name": Text(row.name_fa, row.name_en).to(language()),
        },
    )


@router.get("/divisions", auth=None, response={200: list[DivisionOut], **REFUSALS})
def list_divisions(request: HttpRequest, query: Query[DivisionQuery]) -> list[dict[str, Any]]:
    """Divisions of the country, by code."""
    rows = Division.objects.order_by("code")
    if query.place:
        rows = rows.filter(lying_in(query.place, field="code"))
    if query.kind:
        rows = rows.filter(kind=query.kind)
    if query.q:
        rows = rows.filter(search__contains=folded(query.q))
    start = (query.page - 1) * PAGE
    return [_division_out(row) for row in rows[start : start + PAGE]]


@router.get("/divisions/{code}", auth=None, response={200: DivisionDetail, **REFUSALS})
def get_division(request: HttpRequest, code: str) -> dict[str, Any]:
    """One division, and what it lies in, in words."""
    row = Division.objects.filter(code=code).first()
    if row is None:
        raise Missing()
    return _division_out(row) | {"place": place_name(row.code, language())}


def _division_out(row: Division) -> dict[str, Any]:
    """A division, with the code of what it lies in; empty for a province."""
    above = ancestors(row.code)[:-1]
    return {"lies_in": above[-1] if above else ""} | {
        name: getattr(row, name) for name in ("code", "kind", "name", "lat", "lon", "quality")
    }
