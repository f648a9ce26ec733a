"""Lists in pages, counted once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from pishkhan.language.digits import ascii_digits

ROWS = 25


@dataclass(frozen=True)
class Paged:
    """A page of a list: its rows, which page it is, of how many, and how many rows there are in all."""

    rows: list[Any]
    number: int
    pages: int
    count: int


def paged(request: HttpRequest, rows: Any, *, size: int = ROWS) -> Paged:
    """The page of a list (or query) that the address asks for; the last one where it asks for more."""
    page = Paginator(rows, size).get_page(ascii_digits(request.GET.get("page", "1")))
    return Paged(list(page.object_list), page.number, page.paginator.num_pages, page.paginator.count)


def chosen(request: HttpRequest, name: str, of: Sequence[str]) -> str:
    """What the address asks for under a name, if it is one of some codes; empty if not."""
    value = request.GET.get(name, "")
    return value if value in of else ""
