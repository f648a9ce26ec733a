"""Every list through all its doors: page, CSV, XLSX and API show the same rows, under the same filters and orders."""

import csv
import io
import re
from html import escape
from uuid import uuid4

import pytest
from django.db.models import F
from django.template.loader import render_to_string
from django.test import Client
from django.urls import resolve, reverse
from openpyxl import load_workbook
from test_every_page import province  # noqa: F401  a province in which there is one of everything

from factories import person as somebody
from factories import person_as
from http_client import signed_in
from pishkhan.casework.lists.case_list import CaseList
from pishkhan.casework.models import Case
from pishkhan.inspections.models import Finding, Machine, Visit
from pishkhan.language.text import Text
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.offices.models import Office
from pishkhan.people.listing.columns import Kind, code
from pishkhan.people.listing.filters import InPlace, OnDay, OneOf, Search, Tick
from pishkhan.people.listing.listing import Listing
from pishkhan.people.roles import Role
from pishkhan.people.web.exports import csv_of, xlsx_of
from pishkhan.site.operations.simulation import simulate
from procedure_driver import at

pytestmark = pytest.mark.usefixtures("law", "papers", "signing_folder")
PAGES = {
    "last-visits": "unvisited",
    "reports-not-told": "untold",
    "handed-in": "handed_in",
    "demand-notes": "demand_notes",
    "legal-notices": "legal_notices",
    "packages": "exchange",
}
NOBODY_CALLED_SO = "هیچ‌کس"
LONG_AGO, ONE_DAY = "1210-01-01", "1590-01-01"


def address_of(listing):
    return reverse(PAGES.get(listing.name, listing.name))


def looker(listing, place="15"):
    return person_as(listing.roles[0] if listing.roles else Role.EXPERT, place)


def exported(client, listing, query=""):
    """The rows of a list as CSV, which must be those of the XLSX."""
    path = address_of(listing)
    text = client.get(f"{path}?{query}&export=csv").content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(client.get(f"{path}?{query}&export=xlsx").content))
    rows = list(csv.reader(io.StringIO(text)))
    sheet = [[str("" if cell is None else cell) for cell in row] for row in book.active.iter_rows(values_only=True)]
    assert book.active.sheet_view.rightToLeft
    assert sheet == rows, (listing.name, query)
    return rows


def asked(client, listing, query=""):
    """How many rows its page counts; with what it says of what it could not read."""
    answer = client.get(f"{address_of(listing)}?{query}")
    assert answer.status_code == 200, (listing.name, query)
    return answer.context["page"].count, answer


def keys(rows):
    return [key for key in rows.values_list("sorted_by", flat=True) if key is not None]


def sorts_both_ways(listing, person):
    for column in listing.columns:
        if column.sort is None:
            continue
        up, down = (listing.read(person, {"sort": f"{sign}{column.name}"}) for sign in ("", "-"))
        by = F(column.sort) if isinstance(column.sort, str) else column.sort
        by = by if hasattr(by, "resolve_expression") else by(up)
        rising, falling = (listing.rows(query).annotate(sorted_by=by) for query in (up, down))
        assert keys(rising) == keys(falling)[::-1], (listing.name, column.name)
        if not any(isinstance(key, str) for key in keys(rising)):
            assert keys(rising) == sorted(keys(rising)), (listing.name, column.name)
        every = [row.pk for row in listing.rows(listing.query(person))]
        assert sorted(map(str, every)) == sorted(str(row.pk) for row in rising), (listing.name, column.name)


def nonsense_of(each):
    """What leaves no row, and what means nothing, written into a filter."""
    if isinstance(each, Search):
        return NOBODY_CALLED_SO[: each.most], "x" * (each.most + 1)
    if isinstance(each, InPlace):
        return "16", "پانزده"
    if isinstance(each, OnDay):
        return None if callable(each.default) else LONG_AGO if each.parameter == "until" else ONE_DAY, "1401"
    return None, "nowhere" if isinstance(each, OneOf) else None


def each_filter_narrows_and_says_what_it_cannot_read(listing, client, count):
    for each in listing.filters:
        nobody, unreadable = nonsense_of(each)
        if nobody:
            assert asked(client, listing, f"{each.parameter}={nobody}")[0] == 0, (listing.name, each.name)
        if unreadable and each.shown:
            found, answer = asked(client, listing, f"{each.parameter}={unreadable}")
            assert found == count, (listing.name, each.name)
            assert 'role="alert"' in answer.content.decode(), (listing.name, each.name)
        if isinstance(each, Tick):
            assert asked(client, listing, f"{each.parameter}=1")[0] <= max(count, 99)
        if isinstance(each, OneOf) and not each.default and each.shown:
            parts = [asked(client, listing, f"{each.parameter}={choice}")[0] for choice, _ in each.options(None)]
            assert all(part <= count for part in parts), (listing.name, each.name)


def shows_what_it_exports(listing, client, person):
    columns = [each for each in listing.columns_for(person) if each.leaves]
    count, answer = asked(client, listing)
    headings, *rows = exported(client, listing)
    assert headings == [each.label.fa for each in columns] and len(rows) == count, listing.name
    text = answer.content.decode()
    for row in rows[: listing.size]:
        for column, cell in zip(columns, row, strict=True):
            if column.kind in (Kind.CODE, Kind.NAME) and cell:
                assert escape(cell.removeprefix("'")) in text, (listing.name, column.name)
    told = client.get(f"/api/lists/{listing.name}").json()
    assert told["count"] == count and len(told["rows"]) == min(count, listing.size), listing.name
    assert all(set(row) == {each.name for each in columns} for row in told["rows"])
    return count


def cards_carry_labels(listing, client, person):
    _, answer = asked(client, listing)
    body = answer.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    cells = re.findall(r"<td[^>]*>", body)
    shown = [each for each in listing.columns_for(person) if not each.under]
    bare = 1 + sum(not each.leaves for each in shown[1:])
    rows = len(answer.context["page"].rows)
    assert [len(cells), sum("data-label" not in each for each in cells)] == [rows * len(shown), rows * bare]


def keeps_to_its_region(listing):
    home, stranger = looker(listing), looker(listing, "16")
    client = signed_in(stranger)
    for query in ("", "of=every", "of=all"):
        given = dict([query.split("=")] if query else [])
        ours, theirs = (listing.rows(listing.read(who, given)) for who in (home, stranger))
        assert not {row.pk for row in ours} & (there := {row.pk for row in theirs}), listing.name
        assert asked(client, listing, query)[0] == len(there) == len(exported(client, listing, query)) - 1, listing.name
        told = client.get(f"/api/lists/{listing.name}?{query}")
        assert told.status_code == 422 or told.json()["count"] == len(there), listing.name


def test_every_list_says_the_same_through_all_its_doors_and_keeps_to_ones_region(province):  # noqa: F811
    filled = []
    for listing in Listing.register.values():
        person = looker(listing)
        client = signed_in(person)
        count = shows_what_it_exports(listing, client, person)
        sorts_both_ways(listing, person)
        each_filter_narrows_and_says_what_it_cannot_read(listing, client, count)
        if count:
            cards_carry_labels(listing, client, person)
            filled.append(listing.name)
        keeps_to_its_region(listing)
        assert Client().get(f"/api/lists/{listing.name}").status_code == 401
        if listing.roles:
            stranger = signed_in(somebody("15"))
            assert stranger.get(f"/api/lists/{listing.name}").status_code == 403
    assert len(filled) > 12, filled


def test_a_list_costs_as_many_queries_however_long_it_is(province, django_assert_max_num_queries):  # noqa: F811
    def cost():
        costs = {}
        for listing in Listing.register.values():
            client = signed_in(looker(listing))
            for path in (address_of(listing), f"{address_of(listing)}?export=csv", f"/api/lists/{listing.name}"):
                client.get(path)
                with django_assert_max_num_queries(60) as asked_of_the_database:
                    client.get(path)
                costs[path] = len(asked_of_the_database)
        return costs

    few = cost()
    simulate(20, 40, lambda name, done, total: None, under_way=0.8)
    many = cost()

    assert {path: (few[path], many[path]) for path in few if many[path] > few[path]} == {}


ABOUT = {
    "15-C-0001": {"office": Office(code="15-C-0001")},
    "NL-15-1401-0001": {"case": Case(number="NL-15-1401-0001")},
    "15-M-0001": {"machine": Machine(code="15-M-0001")},
}


@pytest.mark.parametrize("code", ABOUT)
def test_what_can_be_done_about_a_visit_says_about_which_whatever_was_looked_at(code):
    visit = Visit(**ABOUT[code], notice_id=uuid4())
    cells = {"serve": (visit, True), "prove": (visit, False), "follow": (Finding(visit=visit), None)}
    for name, (row, value) in cells.items():
        drawn = render_to_string(f"inspections/cells/{name}.html", {"row": row, "value": value})
        assert f">{code}</bdi>" in drawn, name


def test_every_list_has_its_page():
    for listing in Listing.register.values():
        assert resolve(address_of(listing)).func, listing.name


def test_a_file_that_is_cut_says_so_and_so_does_the_page(monkeypatch):
    at(NewLicence, "check"), at(NewLicence, "check")
    monkeypatch.setattr(CaseList, "most", 1)
    client = signed_in(person_as(Role.EXPERT))

    rows = list(csv.reader(io.StringIO(client.get("/cases/?export=csv").content.decode("utf-8-sig"))))

    assert len(rows) == 3 and rows[2][0].startswith("تنها 1 سطر نخست")
    assert "در پرونده تنها ۱ سطر نخست می‌آید" in client.get("/cases/").content.decode()


def test_what_cannot_be_read_is_told_and_an_unknown_export_is_refused():
    case, client = at(NewLicence, "check"), signed_in(person_as(Role.EXPERT))
    for query, sentence in (
        ("sort=nix", "به ترتیب «nix» چیده نمی‌شود"),
        ("stage=nowhere", "«nowhere» در «مرحله» نیست"),
        ("place=abc", "«abc» کد جایی نیست"),
    ):
        text = client.get(f"/cases/?{query}").content.decode()
        assert sentence in re.sub(r"<[^>]+>", "", text) and case.number in text
        answer = client.get(f"/api/lists/cases?{query}")
        assert answer.status_code == 422 and answer.json()["refusal"]
    assert client.get("/cases/?export=pdf").status_code == 422
    assert client.get("/api/lists/nothing").status_code == 404
    lists = {each["name"]: each for each in client.get("/api/lists").json()}
    assert "people" not in lists and "late" in [each["name"] for each in lists["cases"]["filters"]]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "a\x00b", 7])
def test_a_workbook_runs_nothing_and_holds_what_the_csv_holds(cell):
    text = csv_of("x", ["a"], [[cell]]).content.decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(xlsx_of("x", ["a"], [[cell]]).content)).active
    assert sheet["A2"].data_type in ("s", "n")
    assert str(sheet["A2"].value) == next(csv.reader([text.splitlines()[1].replace("\x00", "")]))[0]


@pytest.mark.no_database
def test_a_list_that_contradicts_itself_is_an_error_at_import():
    number = Text("شماره", "Number")

    def declared(**said):
        return type("Wrong", (Listing,), {"name": "wrong", "columns": (code("a", number),), **said})

    for said in (
        {"columns": (code("a", number), code("a", number))},
        {"columns": (code("a", number, under="b"),)},
        {"filters": (Search("page", number, lambda rows, value, query: rows),)},
        {"name": "cases"},
    ):
        with pytest.raises(TypeError):
            declared(**said)
    assert "wrong" not in Listing.register
