"""Checklists that a province enters, over HTTP: drafted, filled, put forward, adopted."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from pishkhan.casework.actions.api import ActionBody, Route, add_routes
from pishkhan.inspections.models import ChecklistEdition
from pishkhan.journal.refusals import Missing
from pishkhan.people.models import Person
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import Day, RequestBody, asker, language

from .actions import CHECKLIST_ACTIONS
from .checklist import Evidence, Kind, Object, Purpose, Severity
from .importing import MOST_ITEMS, facts_of
from .rows import written
from .selectors import editions_seen_by
from .services import draft_checklist, what_is_missing

router = Router(tags=["checklists"])
Code = Annotated[str, Field(max_length=30)]


class StatedItem(RequestBody):
    """An item: codes of lists as of the checklists that there are; an empty list means all."""

    code: Code
    text: str = Field(min_length=1, max_length=300)
    text_en: str = Field(min_length=1, max_length=300)
    severity: Severity
    photo: Evidence = Evidence.NONE
    objects: list[Object] = Field([Object.OFFICE], max_length=4)
    kinds: list[Code] = Field([], max_length=10)
    visits: list[Kind] = Field([], max_length=10)
    purposes: list[Purpose] = Field([], max_length=10)
    at_places: list[Literal["initial", "final"]] = Field([], max_length=2)
    can_be_absent: bool = True
    instrument: Annotated[str, Field(min_length=1, max_length=40)]
    article: Annotated[str, Field(min_length=1, max_length=40)]


class WritingItem(ActionBody, StatedItem):
    def filled_in(self, row: Any, by: Person) -> dict[str, Any]:
        return {"item": self.model_dump(mode="json")}


class FillingChecklist(ActionBody):
    """All the items, in their order."""

    items: list[StatedItem] = Field(min_length=1, max_length=MOST_ITEMS)

    def filled_in(self, row: Any, by: Person) -> dict[str, Any]:
        return {"items": [item.model_dump(mode="json") for item in self.items]}


class DraftingChecklist(RequestBody):
    place: str = Field(pattern=r"^[0-9]{2}$")
    valid_from: Day
    like: str = Field("", max_length=20)


class EnteredEditionOut(Schema):
    """An edition with its items as they are stated, and what keeps it from being put forward."""

    code: str
    place: str
    valid_from: date
    state: str
    drafted_by: int
    drafted_on: date
    decision: str
    decision_on: date | None
    adopted_by: int | None
    adopted_on: date | None
    items: list[dict[str, str]]
    missing: list[str]


@router.get("", response={200: list[EnteredEditionOut], **REFUSALS})
def list_entered_editions(request: HttpRequest) -> list[dict[str, Any]]:
    """The checklists that the provinces entered where one is at work, the newest first."""
    return [_out(row) for row in editions_seen_by(asker(request))[:50]]


@router.post("", response={201: EnteredEditionOut, **REFUSALS})
def post_edition(request: HttpRequest, body: DraftingChecklist) -> Status[dict[str, Any]]:
    """Begin an edition for a province, with the items of another if one is named."""
    return Status(201, _out(draft_checklist(**body.model_dump(), by=asker(request))))


@router.get("/{code}", response={200: EnteredEditionOut, **REFUSALS})
def get_edition(request: HttpRequest, code: str) -> dict[str, Any]:
    """One of them."""
    return _out(_seen(request, code))


def _seen(request: HttpRequest, code: str) -> ChecklistEdition:
    row = editions_seen_by(asker(request)).filter(code=code[:20]).first()
    if row is None:
        raise Missing()
    return row


def _out(row: ChecklistEdition) -> dict[str, Any]:
    names = ("code", "place", "valid_from", "state", "drafted_on", "decision", "decision_on", "adopted_on")
    waits = row.state in (ChecklistEdition.State.DRAFT, ChecklistEdition.State.PROPOSED)
    return {name: getattr(row, name) for name in names} | {
        "drafted_by": row.drafted_by_id,
        "adopted_by": row.adopted_by_id,
        "items": [written(facts_of(item)) for item in row.items.select_related("instrument")],
        "missing": [text.to(language()) for text in what_is_missing(row)] if waits else [],
    }


add_routes(
    router,
    CHECKLIST_ACTIONS,
    at="/{code}",
    keys={"code": str},
    find=_seen,
    out=EnteredEditionOut,
    shape=_out,
    routes={
        "put": Route("put_item", body=WritingItem),
        "fill": Route("fill_items", body=FillingChecklist),
        "drop": Route("drop_item"),
        "set-day": Route("set_first_day"),
        "propose": Route("propose_edition"),
        "return": Route("return_edition"),
        "adopt": Route("adopt_edition"),
        "discard": Route("discard_edition"),
        "withdraw": Route("withdraw_edition"),
    },
)
