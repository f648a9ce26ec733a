"""Lists in pages, counted once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from pishkhan.journal.clock import today
from pishkhan.language.digits import ascii_digits
from pishkhan.language.jalali import NotADay, parse_day
from pishkhan.language.text import Text

from .request_context import language

ROWS = 25
MOST = 10_000  # rows that are counted and can be paged to: who wants one beyond them narrows the search
MORE = Text("بیش از ۱۰٬۰۰۰", "more than 10,000")


@dataclass(frozen=True)
class Paged:
    """A page of a list: its rows, which page it is, of how many, and how many rows there are in all."""

    rows: list[Any]
    number: int
    pages: int
    count: int

    @property
    def counted(self) -> int | str:
        """How many rows there are, as far as they are counted."""
        return self.count if self.count <= MOST else MORE.to(language())

    def with_rows(self, rows: list[Any]) -> "Paged":
        """The same page, its rows told otherwise."""
        return Paged(rows, self.number, self.pages, self.count)


class _Counted(Paginator):  # type: ignore[type-arg]  # it takes no parameter when run
    """Counts no further than it must: a count of everything would cost more than the page."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        return rows.order_by()[: MOST + 1].count() if isinstance(rows, QuerySet) else len(rows)

    @cached_property
    def num_pages(self) -> int:
        return max(1, -(-min(self.count, MOST) // self.per_page))


def paged(request: HttpRequest, rows: Any, *, size: int = ROWS) -> Paged:
    """The page of a list (or query) that the address asks for; the last one where it asks for more."""
    return paged_at(ascii_digits(request.GET.get("page", "1")), rows, size=size)


def paged_at(number: int | str, rows: Any, *, size: int = ROWS) -> Paged:
    """The page of a number."""
    page = _Counted(rows, size).get_page(number)
    return Paged(list(page.object_list), page.number, page.paginator.num_pages, page.paginator.count)


def chosen(request: HttpRequest, name: str, of: Sequence[str]) -> str:
    """What the address asks for under a name, if it is one of some codes; empty if not."""
    value = request.GET.get(name, "")
    return value if value in of else ""


def chosen_day(request: HttpRequest, name: str) -> date:
    """The day that the address asks for under a name, in either calendar and any digits; today if it is none."""
    try:
        return parse_day(request.GET.get(name, ""))
    except NotADay:
        return today()
