"""Lists: what a count says its list shows, in one's region alone, however it is written; and exports of just that."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from factories import person_as
from http_client import signed_in
from pishkhan.casework.lists.case_list import CaseList
from pishkhan.casework.models import Case
from pishkhan.geography.models import Division
from pishkhan.journal import clock
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.models import Organisation
from pishkhan.people.roles import Role
from pishkhan.people.web.exports import csv_of
from procedure_driver import at

pytestmark = pytest.mark.usefixtures("law", "papers")
THEN = datetime(2022, 5, 7, 6, tzinfo=UTC)


@pytest.fixture
def expert():
    return person_as(Role.EXPERT)


@pytest.fixture
def cases():
    """One long overdue and one fresh, both waiting for the expert; one that waits for the committee."""
    with clock.at(THEN):
        late = at(NewLicence, "check")
    with clock.at(THEN + timedelta(days=60)):
        return late, at(NewLicence, "check"), at(NewLicence, "committee")


def listed(client, query):
    text = client.get(f"/cases/?{query}").content.decode()
    return {number for number in Case.objects.values_list("number", flat=True) if f">{number}<" in text}


def test_the_overdue_are_those_whose_term_is_over_and_mine_those_whose_turn_is_mine(cases, expert):
    late, fresh, elsewhere = cases
    with clock.at(THEN + timedelta(days=60)):
        client = signed_in(expert)
        assert listed(client, "mine=1") == {late.number, fresh.number}
        assert listed(client, "mine=1&late=1") == {late.number}
        assert listed(client, "stage=committee") == {elsewhere.number}
        today = client.get("/today/").content.decode()
        assert CaseList.select(expert, mine=True, late=True).count() == 1
        assert today.index(late.number) < today.index(fresh.number)
        assert elsewhere.number not in today


def test_a_place_is_read_in_either_digits_and_what_is_none_asks_nothing(cases, expert):
    every = {each.number for each in cases}
    client = signed_in(expert)
    for place, found in (
        ("1503", every),
        ("۱۵۰۳", every),
        ("١٥٠٣", every),
        ("۱۵۰۴", set()),
        ("1504", set()),
        ("۱۵۰۳۰۰۰۰۰۰۰۰۰۰۰۰۰۰", every),
        ("پانزده", every),
    ):
        assert listed(client, f"place={place}") == found


def test_a_term_that_holidays_lengthen_is_not_over_when_its_days_would_have_been(expert):
    """On the first day on which it might be overdue it is not: Thursdays and holidays lie between."""
    with clock.at(THEN):
        case = at(NewLicence, "check")
    with clock.at(datetime.combine(case.not_due_before, THEN.timetz())):
        assert Case.objects.filter(not_due_before__lte=clock.today()).count() == 1
        assert listed(signed_in(expert), "mine=1") == {case.number}
        assert listed(signed_in(expert), "mine=1&late=1") == set()


def test_another_region_lists_nothing_and_exports_nothing(cases):
    client = signed_in(person_as(Role.EXPERT, place="16"))
    assert listed(client, "") == set()
    assert len(client.get("/cases/?export=csv").content.decode().splitlines()) == 1
    assert client.get(f"/cases/{cases[0].number}/").status_code == 404
    assert signed_in(person_as(Role.EXPERT, place="1504")).get("/cases/").content.decode().count("NL-15") == 0


@pytest.mark.parametrize("written", ["پيشگامان", "پیش گامان", "خرم آباد", "خرم‌آباد"])
def test_a_name_is_found_however_it_is_written(cases, expert, written):
    Organisation.objects.update(name="پیشگامان", search="پیشگامان پیش گامان")
    Division.objects.filter(code="1503011001").update(name="خرم‌آباد", search="خرم اباد خرماباد")
    assert len(listed(signed_in(expert), f"q={written}")) == 3


def test_a_number_is_found_by_its_end(cases, expert):
    with clock.at(THEN + timedelta(days=60)):
        number = cases[1].number
        assert listed(signed_in(expert), f"q={int(number[-4:])}") == {number}
        assert listed(signed_in(expert), f"q={number}") == {number}


def test_an_export_is_exactly_what_is_shown(cases, expert):
    with clock.at(THEN + timedelta(days=60)):
        answer = signed_in(expert).get("/cases/?mine=1&late=1&export=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [cases[0].number]
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_of_an_export_is_a_formula(cell):
    rows = list(csv.reader(io.StringIO(csv_of("x", ["a"], [[cell]]).content.decode("utf-8-sig"))))
    assert rows[1] == [f"'{cell}"]


def test_a_page_beyond_the_last_is_the_last_and_nonsense_is_the_first(cases, expert):
    client = signed_in(expert)
    for page in ("99", "x", "-1", "۲"):
        assert client.get(f"/cases/?page={page}").status_code == 200
    assert client.get("/cases/?place=abc&stage=nowhere").status_code == 200


def test_the_register_is_searched_filtered_and_exported(expert):
    office = at(NewLicence, "issued").dossier.office
    client = signed_in(expert)
    for query in (f"q={office.code}", "kind=counter", "status=active", "place=1503"):
        assert office.code in client.get(f"/register/?{query}").content.decode(), query
        assert office.code in client.get(f"/register/?{query}&export=csv").content.decode(), query
    for query in ("kind=rural_ict", "status=revoked", "place=1504", "on=1390/01/01&status=active", "expiring=90"):
        assert office.code not in client.get(f"/register/?{query}").content.decode(), query
    assert client.get(f"/register/{office.code}/").status_code == 200
    assert signed_in(person_as(Role.EXPERT, place="16")).get(f"/register/{office.code}/").status_code == 404
