"""The provinces of this database over HTTP, and opening another one: a national administrator."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from pishkhan.files.selectors import files_of
from pishkhan.journal.refusals import Missing, NotPermitted
from pishkhan.people.models import Assignment, Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import opened_provinces, rules_the_country
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import Day, RequestBody, asker, language
from pishkhan.site.operations.appointing import Appointee, Letter, open_a_province

from .pages import NOT_NATIONAL

router = Router(tags=["people"])


class HeldThere(Schema):
    """Who rules or directs a province, since when."""

    person: int
    role: str
    from_on: date


class ProvinceOut(Schema):
    code: str
    name: str
    held: list[HeldThere]


class FirstInOffice(RequestBody):
    """One of the first two of a province, and the letter by which; its scan was uploaded before."""

    given_name: str = Field(min_length=1, max_length=80)
    family_name: str = Field(min_length=1, max_length=80)
    national_id: str = Field(max_length=20)
    phone: str = Field(max_length=20)
    letter: str = Field(min_length=1, max_length=60)
    letter_on: Day
    scan: str = Field(max_length=36)


class OpeningProvince(RequestBody):
    code: Annotated[str, Field(pattern=r"^[0-9]{2}$")]
    administrator: FirstInOffice
    director: FirstInOffice


@router.get("/provinces", response={200: list[ProvinceOut], **REFUSALS})
def list_provinces(request: HttpRequest) -> list[dict[str, Any]]:
    """The provinces of this database, with who rules and directs each."""
    _national(request)
    return [_out(row) for row in opened_provinces()]


@router.post("/provinces", response={201: ProvinceOut, **REFUSALS})
def post_province(request: HttpRequest, body: OpeningProvince) -> Status[dict[str, Any]]:
    """Open another province, with its first administrator and its first director, each by their letter."""
    by = _national(request)
    province = open_a_province(
        body.code,
        administrator=_appointee(body.administrator),
        director=_appointee(body.director),
        letters=(_letter(body.administrator, by), _letter(body.director, by)),
        by=by,
    )
    return Status(201, _out(province))


def _national(request: HttpRequest) -> Person:
    person = asker(request)
    if not rules_the_country(person):
        raise NotPermitted(NOT_NATIONAL)
    return person


def _appointee(first: FirstInOffice) -> Appointee:
    return Appointee(first.given_name, first.family_name, first.national_id, first.phone)


def _letter(first: FirstInOffice, by: Person) -> Letter:
    scan = next((file for file in files_of(by) if str(file.pk) == first.scan), None)
    if scan is None:
        raise Missing()
    return Letter(first.letter, first.letter_on, scan)


def _out(province: Any) -> dict[str, Any]:
    held = Assignment.objects.current().filter(role__in=(Role.ADMINISTRATOR, Role.DIRECTOR), place=province.code)
    return {
        "code": province.code,
        "name": province.text.to(language()),
        "held": [
            {"person": row.person_id, "role": row.role, "from_on": row.from_on} for row in held.order_by("role", "pk")
        ],
    }
