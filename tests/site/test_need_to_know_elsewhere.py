"""What leaves the house in bulk (exports, lists, calendars, searches) tells nobody more than its pages do."""

import pytest
from django.test import Client
from django.urls import reverse
from test_every_list import address_of
from test_need_to_know import SAID, STAFF

from factories import person_as
from http_client import signed_in
from phone import given
from pishkhan.complaints.filing import complain
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.geography.models import Division
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import hide, words_of
from pishkhan.journal.models import Entry
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.offices.models import Office
from pishkhan.people.listing.listing import Listing
from pishkhan.people.models import NATIONAL_ID, PHONE, Person
from pishkhan.people.roles import Role
from pishkhan.rounds.shifts.services import open_feed, set_duty
from pishkhan.site.api import api
from procedure_driver import at

pytestmark = pytest.mark.usefixtures("law", "papers")
MARKS = {
    "identity": "9876543210",
    "contact": "09187654321",
    "personal": "قناری‌پدر",
    "complaint": "متن قناری شکایت",
}


@pytest.fixture
def filled():
    """One of much, with a mark in each field that only some may read; what was written of a violation, by kind."""
    issued = at(NewLicence, "issued")
    at(NewLicence, "inquiries")
    case = at(ViolationCase, "decided")
    complain(
        kind="closed",
        text=MARKS["complaint"],
        happened_on=today(),
        office=issued.dossier.office,
        contact=MARKS["contact"],
    )
    Person.objects.update(
        national_id=hide(MARKS["identity"], purpose=NATIONAL_ID),
        phone=hide(MARKS["contact"], purpose=PHONE),
        father_name=MARKS["personal"],
    )
    steps = dict(Entry.objects.filter(subject=case.subject).values_list("number", "act"))
    words = [(steps[number], text) for (number, _), text in words_of(case.subject).items()]
    return MARKS | {
        kind: next(text for act, text in words if act == f"violation.{step}")
        for kind, step in (("defence", "answer"), ("draft", "draft"))
    }


def bulk():
    """The doors that give many rows at once."""
    for listing in Listing.register.values():
        yield f"{address_of(listing)}?export=csv"
        yield f"/api/lists/{listing.name}"
    for path, methods in api.get_openapi_schema()["paths"].items():
        if "get" in methods and "{" not in path:
            yield path
    yield from ("/today/", "/?q=قناری", "/people/?q=قناری", "/cases/?q=قناری")


@pytest.mark.parametrize("role", STAFF)
def test_nothing_that_leaves_in_bulk_holds_what_a_role_does_not_read(filled, role):
    client = signed_in(person_as(role))

    shown = {
        (kind, path)
        for path in bulk()
        for answer in [client.get(path)]
        for kind, mark in filled.items()
        if mark in (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(errors="replace")
    }

    assert {(kind, path) for kind, path in shown if kind not in SAID[role] or kind == "identity"} == set()


def test_a_calendar_names_places_and_hours_alone(filled):
    _, inspector = given(office=Office.objects.earliest("pk"))
    duty = set_duty(
        inspector, division=Division.objects.get(code="15"), begins=None, ends=None, by=person_as(Role.EXPERT)
    )

    calendar = Client().get(reverse("feed", args=[open_feed(duty, by=inspector)])).content.decode()

    assert "BEGIN:VEVENT" in calendar
    assert [kind for kind, mark in filled.items() if mark in calendar] == []
