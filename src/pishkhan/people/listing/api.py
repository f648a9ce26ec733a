"""Every list over HTTP, from its declaration alone: the same rows, filters and orders as on its page."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from pishkhan.journal.refusals import Missing, NotPermitted
from pishkhan.people.access import CLOSED, roles_held
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import asker, language

from .listing import Listing

router = Router(tags=["lists"])
PageNumber = Annotated[int, Field(ge=1, le=100_000)]


class ListFilterOut(Schema):
    """What can be asked of a list, under a name in the address; with the codes of its choices, if it has any."""

    name: str
    label: str
    choices: list[str]


class ListColumnOut(Schema):
    """What each row holds, and whether it can be sorted by (`sort=name`, and `sort=-name` for the last first)."""

    name: str
    label: str
    sorts: bool


class ListOut(Schema):
    """A list that is open to whoever asks."""

    name: str
    title: str
    columns: list[ListColumnOut]
    filters: list[ListFilterOut]


class ListPageOut(Schema):
    """A page of a list. Rows are counted as far as 10,000."""

    count: int
    pages: int
    rows: list[dict[str, Any]]


@router.get("", response={200: list[ListOut], **REFUSALS})
def list_lists(request: HttpRequest) -> list[dict[str, Any]]:
    """The lists that are open to one's roles, each with its columns and filters."""
    return [_described(each, request) for each in Listing.register.values() if _is_open(each, request)]


@router.get("/{name}", response={200: ListPageOut, **REFUSALS})
def get_list(request: HttpRequest, name: str, page: PageNumber = 1, sort: str = "") -> dict[str, Any]:
    """A page of a list, under any of its filters by name: the same rows as on its page, in the same order."""
    if name not in Listing.register:
        raise Missing()
    found = Listing.register[name]
    if not _is_open(found, request):
        raise NotPermitted(CLOSED)
    return found.json(found.read(asker(request), request.GET), page)


def _is_open(of: type[Listing], request: HttpRequest) -> bool:
    return not of.roles or bool(set(of.roles) & roles_held(request))


def _described(of: type[Listing], request: HttpRequest) -> dict[str, Any]:
    person = asker(request)
    return {
        "name": of.name,
        "title": of.title.to(language()),
        "columns": [
            {"name": each.name, "label": each.label.to(language()), "sorts": each.sort is not None}
            for each in of.columns_for(person)
            if each.leaves
        ],
        "filters": [
            {
                "name": each.parameter,
                "label": each.label.to(language()),
                "choices": [code for code, _ in each.options(person)],
            }
            for each in of.filters
        ],
    }
