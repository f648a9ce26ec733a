"""Every kind of leave: nobody gives it to themselves; to a director another director gives it, or the country."""

import pytest

from appointed import national
from factories import EARLY, fresh_national_id, person, person_as
from http_client import signed_in
from phone import given
from pishkhan.casework.models import OneTimeWaiver
from pishkhan.casework.refusals import WaivesForOneself
from pishkhan.casework.services import waive_second_pair
from pishkhan.inspections.models import Waiver
from pishkhan.inspections.visits.waivers import waive
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.roles import Role
from pishkhan.people.services import assign
from procedure_driver import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law", "papers")]
STEP = next(step for step in NewLicence.steps.values() if step.barring)


def of_a_case():
    case = at(NewLicence, "check")
    return lambda who, by: waive_second_pair(case, STEP, person=who, reason="کسی دیگر نیست", by=by)


def of_a_visit(rule):
    visit, _ = given()
    return lambda who, by: waive(visit, rule, person=who, reason="کسی دیگر نیست", by=by)


KINDS = {"case": of_a_case} | {rule.value: (lambda rule=rule: of_a_visit(rule)) for rule in Waiver.Rule}


def acting_head():
    head = person("15")
    assign(head, Role.DIRECTOR, place="15", from_on=EARLY, acting=True, letter="9", by=SYSTEM)
    return head


def test_these_are_all_kinds_of_leave():
    assert {model.__name__ for model in OneTimeWaiver.__subclasses__()} == {"Waiver"}
    assert {model._meta.app_label for model in OneTimeWaiver.__subclasses__()} == {"casework", "inspections"}


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_gives_leave_to_themselves(kind):
    give = KINDS[kind]()
    director, acting, everywhere = person_as(Role.DIRECTOR), acting_head(), national()
    assign(everywhere, Role.DIRECTOR, place="15", from_on=EARLY, by=SYSTEM)

    for who in (director, acting, everywhere):
        with pytest.raises(WaivesForOneself):
            give(who, by=who)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_director_needs_an_acting_head_gives_or_a_national_administrator(kind):
    give = KINDS[kind]()
    alone, other = person_as(Role.DIRECTOR), person_as(Role.DIRECTOR)

    by_country, by_acting = give(alone, by=national()), give(other, by=acting_head())

    first = [Entry.objects.get(subject=row.subject, number=1) for row in (by_country, by_acting)]
    assert [(entry.role, entry.acting) for entry in first] == [(Role.ADMINISTRATOR, False), (Role.DIRECTOR, True)]


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_else_gives_leave_and_the_country_only_to_who_directs_there(kind):
    give = KINDS[kind]()
    director, expert, elsewhere = person_as(Role.DIRECTOR), person_as(Role.EXPERT), person_as(Role.DIRECTOR, "16")

    for by in (person_as(Role.ADMINISTRATOR), person_as(Role.SECRETARY), person_as(Role.DIRECTOR, "16")):
        with pytest.raises(NotPermitted):
            give(director, by=by)
    for who in (expert, elsewhere):
        with pytest.raises(NotPermitted):
            give(who, by=national())


def test_a_national_administrator_gives_leave_on_pages_without_seeing_more():
    code = fresh_national_id()
    director, everywhere, case = person_as(Role.DIRECTOR, national_id=code), national(), at(NewLicence, "check")
    visit, _ = given()
    client, local = signed_in(everywhere), signed_in(person_as(Role.ADMINISTRATOR))

    leave = {"step": STEP.name, "person": code, "reason": "سرپرستی نیست"}
    there = {"rule": "other_inspector", "whom": code, "reason": "سرپرستی نیست"}

    assert client.post(f"/cases/{case.number}/waiver/", leave).headers["Location"] == "/today/"
    assert client.post(f"/visits/{visit.pk}/waiver/", there).headers["Location"] == "/today/"
    assert client.get(f"/cases/{case.number}/").status_code == 404
    assert local.post(f"/cases/{case.number}/waiver/", leave).status_code == 404
    assert local.post(f"/visits/{visit.pk}/waiver/", there).status_code == 404
    assert case.waivers.get().person == director and visit.waivers.get().person == director
    again = client.post(f"/cases/{case.number}/waiver/", leave)
    assert again.status_code == 422


def test_a_national_administrator_gives_leave_by_program():
    director, case = person_as(Role.DIRECTOR), at(NewLicence, "check")
    body = {"step": STEP.name, "person": director.pk, "reason": "سرپرستی نیست"}

    answers = [
        signed_in(who).post(f"/api/cases/{case.number}/waivers", body, content_type="application/json").status_code
        for who in (director, national(), person_as(Role.ADMINISTRATOR))
    ]

    assert answers == [403, 201, 404]
