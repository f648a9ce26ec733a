"""Undertakings over HTTP: what is owed in one's region or by oneself, and what becomes of one."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import FileResponse, HttpRequest
from ninja import Field, Query, Router, Schema

from pishkhan.casework.actions.api import add_routes
from pishkhan.files.selectors import response_for
from pishkhan.journal import access
from pishkhan.journal.refusals import Missing
from pishkhan.offices.models import Undertaking
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import asker, language

from .actions import UNDERTAKING_ACTIONS
from .lists import OWED, UndertakingList, is_late, state_of, undertakings_given_by, undertakings_seen_by

router = Router(tags=["undertakings"])
PAGE = 50
UndertakingKey = Annotated[int, Field(ge=1, le=2**63 - 1)]


class UndertakingOut(Schema):
    """What is owed, by when, and how it stands. `overdue` says that its day has passed."""

    id: int
    office: str
    division: str
    kind: str
    label: str
    item: str
    due_on: date
    state: str
    state_label: str
    overdue: bool
    has_proof: bool
    settled_on: date | None


class UndertakingPage(Schema):
    count: int
    undertakings: list[UndertakingOut]


class UndertakingQuery(Schema):
    """Which: those still owed (or overdue, shown, kept, released, every), of a kind, a place, an office."""

    of: Literal["owed", "overdue", "shown", "kept", "released", "every"] = OWED  # type: ignore[assignment]
    kind: Undertaking.Kind | None = None
    place: str | None = Field(None, pattern=r"^[0-9]{2,16}$")
    office: str | None = Field(None, max_length=12)
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


@router.get("", response={200: UndertakingPage, **REFUSALS})
def list_undertakings(request: HttpRequest, sought: Query[UndertakingQuery]) -> dict[str, Any]:
    """The undertakings of one's region, by the day they are due."""
    rows = UndertakingList.select(asker(request), of=sought.of, kind=sought.kind, place=sought.place, q=sought.office)
    start = (sought.page - 1) * PAGE
    return {
        "count": rows.count(),
        "undertakings": [_told(each) for each in rows[start : start + PAGE]],
    }


@router.get("/mine", response={200: list[UndertakingOut], **REFUSALS})
def own_undertakings(request: HttpRequest) -> list[dict[str, Any]]:
    """What one gave in person, or by whom one acts for, by the day it is due."""
    rows = undertakings_given_by(asker(request)).select_related("office").order_by("due_on", "pk")
    return [_told(each) for each in rows[:PAGE]]


@router.get("/{undertaking}", response={200: UndertakingOut, **REFUSALS})
def get_undertaking(request: HttpRequest, undertaking: UndertakingKey) -> dict[str, Any]:
    """One undertaking."""
    found = _undertaking(request, undertaking)
    access.note(asker(request).ref, found.subject, "undertaking")
    return _told(found)


@router.get("/{undertaking}/proof", response={200: None, **REFUSALS})
def get_proof(request: HttpRequest, undertaking: UndertakingKey) -> FileResponse:
    """The proof that lies with it, as it was uploaded."""
    found = _undertaking(request, undertaking)
    if found.proof is None:
        raise Missing()
    access.note(asker(request).ref, found.subject, "proof")
    return response_for(found.proof)


def _undertaking(request: HttpRequest, key: int) -> Undertaking:
    found = undertakings_seen_by(asker(request)).select_related("office", "proof").filter(pk=key).first()
    if found is None:
        raise Missing()
    return found


def _told(row: Undertaking) -> dict[str, Any]:
    return {
        "id": row.pk,
        "office": row.office.code,
        "division": row.division_id,
        "overdue": is_late(row),
        "label": Undertaking.Kind(row.kind).text.to(language()),
        "state_label": state_of(row)[0].to(language()),
        "has_proof": row.proof_id is not None,
    } | {name: getattr(row, name) for name in ("kind", "item", "due_on", "state", "settled_on")}


add_routes(
    router,
    UNDERTAKING_ACTIONS,
    at="/{undertaking}",
    key=UndertakingKey,
    find=_undertaking,
    out=UndertakingOut,
    tell=_told,
)
