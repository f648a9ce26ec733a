"""A list declared once: whose rows, which columns and filters, in which order. Every door to it derives from that."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.journal import access
from pishkhan.journal.refusals import Invalid
from pishkhan.language.text import Text
from pishkhan.people.web.exports import FORMATS
from pishkhan.people.web.paging import MOST, ROWS, Paged, paged, paged_at
from pishkhan.people.web.request_context import asker_if_any, language

from .columns import Column, in_file, in_json
from .filters import Filter, ListQuery, Unreadable
from .tables import Control, SortChoice, Table, control_of, sort_choices, table_of

RESERVED = ("page", "sort", "export")
NO_SORT = Text("فهرست به ترتیب «{given}» چیده نمی‌شود.", "The list cannot be sorted by '{given}'.")
NO_FORMAT = Text(
    "خروجی «{given}» نداریم؛ csv یا xlsx بخواهید.", "There is no export as '{given}': ask for csv or xlsx."
)
CUT = Text(
    "تنها {most} سطر نخست در این پرونده آمده است؛ برای بقیه، فهرست را با جست‌وجو کوتاه‌تر کنید.",
    "Only the first {most} {most:row is|rows are} in this file: narrow the list for the rest.",
)


class Listing:
    """A list. Subclasses declare; pages, cards on a phone, sorting, exports and the API follow from it."""

    register: ClassVar[dict[str, type["Listing"]]] = {}

    name: ClassVar[str]  # in addresses of the API, and of its files
    title: ClassVar[Text]
    about: ClassVar[Text | None] = None
    counted: ClassVar[Text]  # "{count} {count:case|cases}"
    empty: ClassVar[Text]
    roles: ClassVar[tuple[str, ...]] = ()  # to whom it is open; to everybody if none is said
    source: ClassVar["staticmethod[[Any], QuerySet[Any]]"]  # all that somebody may see of it, their region among it
    related: ClassVar[tuple[str, ...]] = ()  # what is read with each row
    columns: ClassVar[Sequence[Column]]
    filters: ClassVar[Sequence[Filter]] = ()
    order: ClassVar[tuple[Any, ...]] = ("-pk",)
    size: ClassVar[int] = ROWS
    most: ClassVar[int] = 10_000  # rows of an export
    template: ClassVar[str] = "people/listing.html"
    compact: ClassVar[bool] = False  # whether its table is narrow enough for half a page

    def __init_subclass__(cls) -> None:
        names = [each.name for each in cls.columns]
        asked = [*RESERVED, *(each.parameter for each in cls.filters)]
        first = [each.name for each in cls.columns if not each.under]
        if len(set(names)) < len(names) or len(set(asked)) < len(asked):
            raise TypeError(f"{cls.__name__}: two columns or two filters have one name")
        if wrong := [each.name for each in cls.columns if each.under and each.under not in first]:
            raise TypeError(f"{cls.__name__}: under which column do {wrong} stand?")
        if Listing.register.setdefault(cls.name, cls) is not cls:
            raise TypeError(f"two lists are called {cls.name}")

    @classmethod
    def load(cls, rows: list[Any], query: ListQuery) -> list[Any]:
        """The rows of a page as the columns read them, with what is asked of all of them together."""
        return rows

    @classmethod
    def extras(cls, request: HttpRequest, rows: QuerySet[Any], query: ListQuery) -> dict[str, Any]:
        """What else its page shows, beside the rows that were found."""
        return {}

    @classmethod
    def rows(cls, query: ListQuery) -> QuerySet[Any]:
        """The rows that are asked for, in the order that is."""
        found = cls.source(query.person)
        for each in cls.filters:
            if query[each.name]:
                found = each.narrow(found, query[each.name], query)
        found = cls.in_order(found, query)
        return found.select_related(*cls.related) if cls.related else found

    @classmethod
    def select(cls, person: Any, **values: Any) -> QuerySet[Any]:
        """The rows of a person under some filters, by name: for counts, and for doors of their own."""
        return cls.rows(cls.query(person, **values))

    @classmethod
    def query(cls, person: Any, **values: Any) -> ListQuery:
        """A question in which whatever is not said is as it is when a page is opened."""
        return ListQuery(person, {each.name: each.initial() for each in cls.filters} | values)

    @classmethod
    def read(cls, person: Any, given: Mapping[str, str]) -> ListQuery:
        """The question that an address asks. What cannot be read is not asked, and is told."""
        values, wrong = cls.query(person).values, {}
        for each in cls.filters:
            try:
                if each.parameter in given:
                    values[each.name] = each.read(given[each.parameter])
            except Unreadable as why:
                wrong[each.name] = why.text
        sort = given.get("sort", "")
        if sort and sort.removeprefix("-") not in {each.name for each in cls.columns if each.sort is not None}:
            wrong["sort"], sort = NO_SORT.filled(given=sort[:20]), ""
        return ListQuery(person, values, sort, wrong)

    @classmethod
    def order_of(cls, query: ListQuery) -> tuple[Any, ...]:
        """The order of the list where none is chosen: it ends with a key, so that pages never overlap."""
        return cls.order

    @classmethod
    def in_order(cls, rows: QuerySet[Any], query: ListQuery) -> QuerySet[Any]:
        """Rows sorted by a column, what has no value last; and among equals in the order of the list."""
        if not query.sort:
            return rows.order_by(*cls.order_of(query))
        by = next(each.sort for each in cls.columns if each.name == query.sort.removeprefix("-"))
        by = F(by) if isinstance(by, str) else by if hasattr(by, "resolve_expression") else by(query)
        falls = query.sort.startswith("-")
        return rows.order_by(by.desc(nulls_last=True) if falls else by.asc(nulls_last=True), *cls.order_of(query))

    @classmethod
    def columns_for(cls, person: Any) -> list[Column]:
        """The columns that a person is shown."""
        held = {each.role for each in person.assignments_today} if person else set()
        return [each for each in cls.columns if not each.roles or held & set(each.roles)]

    @classmethod
    def answer(cls, request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
        """Its page as an address asks for it; or, if it asks for one, a file of exactly what the page shows."""
        query = cls.read(asker_if_any(request), request.GET)
        if "export" in request.GET:
            return cls.export(query, request.GET["export"])
        rows = cls.rows(query)
        page = paged(request, rows, size=cls.size)
        return render(
            request,
            cls.template,
            {
                "list": cls,
                "page": page,
                "table": cls.table(page.rows, query, request),
                "controls": cls.controls(query, request),
                "sorting": cls.sorting(query),
                "wrong_sort": query.wrong.get("sort"),
                "cut": page.count > min(cls.most, MOST),
                "narrowed": any(request.GET.get(each.parameter) for each in cls.filters),
                "values": query.values,
                **cls.extras(request, rows, query),
                **context,
            },
            status=status,
        )

    @classmethod
    def table(cls, rows: list[Any], query: ListQuery, request: HttpRequest | None = None) -> Table:
        """Rows as a table, or cards; its headings sort it if the address of a request can say so."""
        sorted_by = (query.sort, request.GET) if request else None
        return table_of(cls.columns_for(query.person), cls.load(rows, query), sorted_by, compact=cls.compact)

    @classmethod
    def controls(cls, query: ListQuery, request: HttpRequest) -> list[Control]:
        """The inputs of its filters, as they were filled in."""
        return [control_of(each, query, request.GET) for each in cls.filters if each.shown]

    @classmethod
    def sorting(cls, query: ListQuery) -> list[SortChoice]:
        """The orders that can be chosen, for where there are no headings to press."""
        return sort_choices(cls.columns_for(query.person), query.sort)

    @classmethod
    def export(cls, query: ListQuery, given: str) -> HttpResponse:
        """A file of what is shown: the same rows under the same filters, in the same order, up to `most`."""
        if given not in FORMATS:
            raise Invalid(NO_FORMAT.filled(given=given[:20]), {})
        if query.person:
            asked = {name: str(value) for name, value in query.values.items() if value}
            access.note(query.person.ref, f"{cls.name} {asked or ''}".strip()[:80], "export")
        columns = [each for each in cls.columns_for(query.person) if each.leaves]
        rows = list(cls.rows(query)[: cls.most + 1])
        cells = [
            [in_file(each.shown(row), language()) for each in columns] for row in cls.load(rows[: cls.most], query)
        ]
        if len(rows) > cls.most:
            cells.append([CUT.filled(most=cls.most).to(language())])
        return FORMATS[given](cls.name, [each.label.to(language()) for each in columns], cells)

    @classmethod
    def json(cls, query: ListQuery, number: int) -> dict[str, Any]:
        """A page of it for programs: the columns of the page, by name."""
        for name, why in query.wrong.items():
            raise Invalid(why, {name: why})
        page: Paged = paged_at(number, cls.rows(query), size=cls.size)
        columns = [each for each in cls.columns_for(query.person) if each.leaves]
        rows = cls.load(page.rows, query)
        return {
            "count": page.count,
            "pages": page.pages,
            "rows": [{each.name: in_json(each.of(row), language()) for each in columns} for row in rows],
        }
