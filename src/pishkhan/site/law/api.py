"""The law and the map over HTTP: public to read; a director adopts defaults, an administrator declares days off."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal

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
from pishkhan.regulation.holidays.days_off import DayOff, as_day_off, days_off
from pishkhan.regulation.holidays.services import (
    confirm_holiday,
    declare_holiday,
    rule_named,
    withdraw_holiday,
)
from pishkhan.regulation.instruments.selectors import end_of_instrument, instruments_with_ends
from pishkhan.regulation.instruments.services import InstrumentFacts, enter_instrument
from pishkhan.regulation.keys import KEYS
from pishkhan.regulation.models import Holiday, Instrument, Number
from pishkhan.regulation.selectors import citation_of, in_force
from pishkhan.regulation.services import adopt, adopt_all

from .moved_terms import notifier

router = Router(tags=["law"])
PAGE = 50
MOST_DAYS = timedelta(days=3700)  # that are asked for at once
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


class AdoptingTogether(Adopting):
    numbers: Annotated[list[Key], Field(min_length=1, max_length=500)]


class Adopted(Schema):
    decision: str
    adopted_on: date


class HolidayOut(Schema):
    id: int | None  # of the act that declared it; none of a day of a rule
    day: date
    division_id: str
    name: str
    kind: str
    for_whom: str
    source: str
    tentative: bool  # a lunar day as it is reckoned, confirmed by nobody


class Declaring(RequestBody):
    day: Day
    place: Code
    name_fa: str = Field(min_length=1, max_length=100)
    name_en: str = Field(min_length=1, max_length=100)
    for_whom: Holiday.Whom = Holiday.Whom.ALL
    source: str = Field(min_length=1, max_length=300)


class Confirming(RequestBody):
    day: Day
    place: Code
    name_en: str = Field(min_length=1, max_length=100)
    source: str = Field(min_length=1, max_length=300)


class WithdrawingHoliday(RequestBody):
    source: str = Field(min_length=1, max_length=300)


class ArticleOut(Schema):
    number: str
    text: str


class InstrumentOut(Schema):
    code: str
    title: str
    issuer: str
    number: str
    adopted_on: date | None
    valid_from: date | None
    valid_to: date | None  # the first day on which it holds no more, by itself or by what replaces it
    confidence: str
    link: str
    replaces: str | None
    articles: list[ArticleOut]


class ArticleBody(RequestBody):
    number: str = Field(min_length=1, max_length=40)
    text: str = Field(min_length=1, max_length=20_000)


class EnteringInstrument(RequestBody):
    code: str = Field(min_length=2, max_length=40)
    place: Code
    title_fa: str = Field(min_length=1, max_length=200)
    title_en: str = Field(min_length=1, max_length=200)
    issuer: str = Field("", max_length=100)
    number: str = Field("", max_length=60)
    adopted_on: Day | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    confidence: Literal["official", "secondary"] = "secondary"
    link: str = Field("", max_length=400)
    replaces: str | None = Field(None, max_length=40)
    articles: Annotated[list[ArticleBody], Field(max_length=500)] = []


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


@router.post("/numbers/adoptions", response={201: list[Adopted], **REFUSALS})
def post_adoptions(request: HttpRequest, body: AdoptingTogether) -> Status[Any]:
    """Let several defaults bind in a province by one numbered decision of the director, all of them or none."""
    rows = list(Number.objects.filter(pk__in=body.numbers).order_by("pk"))
    if len(rows) < len(set(body.numbers)):
        raise Missing()
    return Status(201, adopt_all(rows, decision=body.decision, province=body.province, by=asker(request)))


@router.post("/numbers/{number}/adoptions", response={201: Adopted, **REFUSALS})
def post_adoption(request: HttpRequest, number: Key, body: Adopting) -> Status[Any]:
    """Let a default without a source bind in a province, by the director's numbered decision."""
    row = Number.objects.filter(pk=number).first()
    if row is None:
        raise Missing()
    adoption = adopt(row, decision=body.decision, source=body.source, province=body.province, by=asker(request))
    return Status(201, adoption)


@router.get("/holidays", auth=None, response={200: list[HolidayOut], **REFUSALS})
def list_holidays(request: HttpRequest, from_on: Day, to_on: Day, place: Code | None = None) -> list[dict[str, Any]]:
    """The days off between two days, weekends apart: of the country and of every part, or of one place."""
    until = min(to_on, from_on + MOST_DAYS)
    return [_holiday_out(row) for row in days_off(from_on, until, place=place or "")]


@router.post("/holidays", response={201: HolidayOut, **REFUSALS})
def post_holiday(request: HttpRequest, body: Declaring) -> Status[dict[str, Any]]:
    """Declare a day off in a place, also one that has passed: by its administrator, who says who announced it."""
    row = declare_holiday(
        body.day,
        name=Text(body.name_fa, body.name_en),
        by=asker(request),
        place=body.place,
        for_whom=body.for_whom,
        source=body.source,
        following=notifier(body.place),
    )
    return Status(201, _holiday_out(as_day_off(row)))


@router.post("/holidays/confirmations", response={201: list[HolidayOut], **REFUSALS})
def post_confirmation(request: HttpRequest, body: Confirming) -> Status[list[dict[str, Any]]]:
    """Confirm on which day a lunar day off begins in a place."""
    rule = rule_named(body.name_en)
    if rule is None:
        raise Missing()
    rows = confirm_holiday(
        rule, body.day, by=asker(request), place=body.place, source=body.source, following=notifier(body.place)
    )
    return Status(201, [_holiday_out(as_day_off(row)) for row in rows])


@router.post("/holidays/{holiday}/withdrawal", response={200: HolidayOut, **REFUSALS})
def post_withdrawal(request: HttpRequest, holiday: Key, body: WithdrawingHoliday) -> dict[str, Any]:
    """Let a day that was declared off be a working day after all."""
    row = Holiday.objects.filter(pk=holiday).first()
    if row is None:
        raise Missing()
    withdraw_holiday(row, by=asker(request), source=body.source, following=notifier(row.division_id))
    return _holiday_out(as_day_off(row))


def _holiday_out(off: DayOff) -> dict[str, Any]:
    return {
        "id": off.row.pk if off.row else None,
        "day": off.day,
        "division_id": off.place,
        "kind": off.kind,
        "name": off.name.to(language()),
        "for_whom": off.for_whom,
        "source": off.source,
        "tentative": off.tentative,
    }


@router.get("/instruments", auth=None, response={200: list[InstrumentOut], **REFUSALS})
def list_instruments(request: HttpRequest) -> list[dict[str, Any]]:
    """Every instrument of the law that numbers and rules cite, with its articles as far as they are known."""
    return [_instrument_out(row) for row in instruments_with_ends().prefetch_related("articles")]


@router.post("/instruments", response={201: InstrumentOut, **REFUSALS})
def post_instrument(request: HttpRequest, body: EnteringInstrument) -> Status[dict[str, Any]]:
    """Enter an instrument of a place, with what it says: by its administrator."""
    data = body.model_dump(exclude={"code", "place", "articles", "replaces"})
    replaces = Instrument.objects.filter(code=body.replaces).first() if body.replaces else None
    if body.replaces and replaces is None:
        raise Missing()
    articles = [(article.number, article.text) for article in body.articles]
    facts = InstrumentFacts(**data, replaces=replaces)
    row = enter_instrument(body.code, facts, by=asker(request), place=body.place, articles=articles)
    return Status(201, _instrument_out(instruments_with_ends().get(pk=row.pk)))


def _instrument_out(row: Any) -> dict[str, Any]:
    names = ("code", "issuer", "number", "adopted_on", "valid_from", "confidence", "link")
    return {name: getattr(row, name) for name in names} | {
        "title": row.title.to(language()),
        "valid_to": end_of_instrument(row),
        "replaces": row.replaces.code if row.replaces else None,
        "articles": [{"number": article.number, "text": article.text} for article in row.articles.all()],
    }


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
