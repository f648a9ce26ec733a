"""The access log tells its readers of their own place alone: who looked at what lies there, and who was refused."""

from datetime import timedelta
from uuid import UUID

import pytest

from appointed import national, proposed, scan_by
from factories import person, person_as
from http_client import as_read, signed_in
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.letters.models import Letter
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.payments.models import DemandNote
from pishkhan.people.roles import Role
from pishkhan.people.services import end_assignment
from pishkhan.site.operations.access_lines import lines_read_by
from procedure_driver import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law", "papers")]


def read_by(someone):
    return set(lines_read_by(someone).values_list("what", flat=True))


@pytest.fixture
def lines():
    """Looks at what lies in two provinces and in no place, by people of both."""
    here, there = person_as(Role.EXPERT, "15"), person_as(Role.EXPERT, "16")
    access.note(here.ref, person("1503").subject, "here by here")
    access.note(there.ref, person("1503").subject, "here by there")
    access.note(here.ref, person("1601").subject, "there by here")
    access.note(there.ref, person("1601").subject, "there by there")
    access.note(here.ref, "list of cases", "export here")
    access.note(there.ref, "list of cases", "export there", refused=True)
    access.note(there.ref, "complaint:987654", "no such row, there", refused=True)
    return here, there


def test_an_administrator_reads_of_their_own_place_alone(lines):
    assert read_by(person_as(Role.ADMINISTRATOR, "15")) == {"here by here", "here by there", "export here"}
    assert read_by(person_as(Role.ADMINISTRATOR, "16")) == {
        "there by here",
        "there by there",
        "export there",
        "no such row, there",
    }


def test_who_rules_the_country_reads_all_and_a_county_its_own(lines):
    access.note(lines[0].ref, person("1501").subject, "another county")

    assert len(read_by(national())) == 8
    assert read_by(person_as(Role.ADMINISTRATOR, "1503")) == {"here by here", "here by there"}


def test_who_rules_nowhere_today_reads_nothing(lines):
    left = person_as(Role.ADMINISTRATOR, "15")
    end_assignment(left.assignments.get(), on=today() - timedelta(days=1), by=national())

    assert read_by(left) == read_by(person_as(Role.DIRECTOR, "15")) == set()


def test_files_and_appointments_lie_somewhere_too():
    admin = person_as(Role.ADMINISTRATOR, "15")
    row, scan = proposed(place="16", by=person_as(Role.ADMINISTRATOR, "16"), someone=person("16")), scan_by(admin)
    for subject, what in ((row.subject, "appointment there"), (scan.subject, "file here")):
        access.note(admin.ref, subject, what)

    assert isinstance(scan.pk, UUID)
    assert read_by(admin) == {"file here"}


def test_the_page_shows_no_line_of_another_region_even_to_who_asks_for_it(lines):
    stranger = person("1601")
    access.note(lines[0].ref, stranger.subject, "national id: رازِ همسایه")
    admin = signed_in(person_as(Role.ADMINISTRATOR, "15"))

    whole = as_read(admin.get("/system/access/"))
    by_subject = as_read(admin.get("/system/access/", {"subject": stranger.subject}))
    refused = as_read(admin.get("/system/access/?refused=1"))

    assert "here by there" in whole and "رازِ همسایه" not in whole + by_subject
    assert "export there" not in whole + refused


def test_who_names_something_of_another_place_stands_in_the_log_of_that_place():
    case = at(NewLicence, "issued")
    letter, note = case_letter(case), DemandNote.objects.get(about=case.subject)
    stranger = signed_in(person_as(Role.EXPERT, "16"))
    doors = (
        f"/cases/{case.number}/",
        f"/letters/{letter.number}/fa/",
        f"/receipts/{note.number}/1/",
        "/cases/NL-15-1401-9999/",
    )

    assert [stranger.get(door).status_code for door in doors] == [404] * 4

    here, there = (read_by(person_as(Role.ADMINISTRATOR, place)) for place in ("15", "16"))
    assert {f"case number {case.number}", f"letter {letter.number}", f"receipt {note.number}"} <= here
    assert there == {"case number NL-15-1401-9999"}


def case_letter(case):
    return Letter.objects.filter(about=case.subject).earliest("pk")
