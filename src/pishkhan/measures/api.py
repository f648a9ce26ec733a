"""The bulletin over HTTP, for whoever works in its region."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from pishkhan.journal import access
from pishkhan.journal.refusals import Invalid, Missing
from pishkhan.language.jalali import NotADay, parse_day
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import asker

from .bulletin import as_json, asked_for
from .figures import Period

router = Router(tags=["measures"])
Day = Annotated[str, Field(max_length=10)]


class BulletinQuery(Schema):
    """Which region (SCI code) and period: days are Jalali or Gregorian."""

    region: str = Field(pattern=r"^[0-9]{2,16}$")
    from_: Day = Field(alias="from")
    to: Day
    as_known_on: Day | None = None


class FigureOut(Schema):
    code: str
    by: dict[str, str]
    value: int
    unit: str
    records: list[str]


class BulletinOut(Schema):
    region: str
    from_: str = Field(alias="from")
    to: str
    as_known_on: str
    figures: list[FigureOut]
    goals: list[dict[str, Any]]


@router.get("/bulletin", response={200: BulletinOut, **REFUSALS}, by_alias=True)
def get_bulletin(request: HttpRequest, sought: Query[BulletinQuery]) -> dict[str, Any]:
    """The figures of a region and a period, each with the records it counts."""
    person = asker(request)
    if not _works_in(person, sought.region):
        access.note(person.ref, f"bulletin of {sought.region}", "bulletin", refused=True)
        raise Missing()
    try:
        period = Period(
            sought.region,
            parse_day(sought.from_),
            parse_day(sought.to),
            parse_day(sought.as_known_on) if sought.as_known_on else None,
        )
    except NotADay as wrong:
        raise Invalid(wrong.text) from None
    return as_json(asked_for(period))


def _works_in(person: Person, region: str) -> bool:
    return any(each.role != Role.REPRESENTATIVE and region.startswith(each.place) for each in person.assignments_today)
