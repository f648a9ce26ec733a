"""Six months of activity before a transfer are read from register and visits; who asks twice under a call is told."""

from datetime import timedelta

import pytest

from factories import person_as
from http_client import as_read, signed_in
from pishkhan.inspections.models import Finding, Visit
from pishkhan.inspections.visits.services import (
    accept_visit,
    assign_visit,
    request_visit,
    submit_hindered_visit,
)
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.clock import now, today
from pishkhan.journal.models import Entry
from pishkhan.licensing.calls.services import open_request
from pishkhan.licensing.licences.licence_requests import begin_matter, supposed
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.licensing.procedures.transfer import Transfer
from pishkhan.licensing.rules.activity_rules import office_was_active
from pishkhan.offices.selectors import holder_on
from pishkhan.offices.services import change_status
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from procedure_driver import at, speaker_of, take
from rules_of_matters import licence
from rules_of_requests import attach_all, name_everybody

pytestmark = pytest.mark.usefixtures("law", "papers")


def was_active(about):
    case = supposed(Transfer.code, about, holder_on(about.office, today()))
    return office_was_active.holds(case, now(), {})


def shut(about, accepted=True):
    """A visit that found the office closed."""
    expert, inspector = person_as(Role.EXPERT), person_as(Role.INSPECTOR)
    visit = request_visit(kind=Visit.Kind.ROUTINE, purpose=Visit.Purpose.PERFORMANCE, office=about.office, by=expert)
    assign_visit(visit, inspector, planned_on=today(), by=expert)
    submit_hindered_visit(visit, what="closed", note="بسته بود", visited_on=today(), by=inspector)
    if accepted:
        accept_visit(visit, by=expert)
    return visit


def test_who_served_for_six_months_was_active_and_who_began_later_was_not():
    assert was_active(licence(months_left=30))  # of sixty: it began long ago
    assert not was_active(licence(months_left=57))  # three months ago


@pytest.mark.parametrize(("status", "active"), [(Status.SUSPENDED, False), (Status.CLOSED, True)])
def test_a_suspension_in_those_months_breaks_it_and_a_closure_with_permission_does_not(status, active):
    about = licence(months_left=30)
    days = {"from_on": today() - timedelta(days=90), "until_on": today() - timedelta(days=80)}
    change_status(about, status, by=IMPORTER, role="importer", **days)

    assert was_active(about) is active


def test_an_older_suspension_counts_no_more():
    about = licence(months_left=30)
    days = {"from_on": today() - timedelta(days=300), "until_on": today() - timedelta(days=200)}
    change_status(about, Status.SUSPENDED, by=IMPORTER, role="importer", **days)

    assert was_active(about)


def test_an_accepted_visit_that_found_it_shut_breaks_it_until_an_objection_takes_that_back():
    about = licence(months_left=30)
    visit = shut(about, accepted=False)
    assert was_active(about)  # nobody has accepted that report

    accept_visit(visit, by=person_as(Role.EXPERT))

    assert not was_active(about)
    Visit.objects.filter(pk=visit.pk).update(visited_on=today() - timedelta(days=200))
    assert was_active(about)
    Visit.objects.filter(pk=visit.pk).update(visited_on=today())
    Finding.objects.filter(visit=visit).update(disputed=True, revised=Finding.Answer.OK)
    assert was_active(about)


def test_a_holder_is_told_before_anything_is_drafted():
    about = licence(months_left=57)
    who = speaker_of(about.office.holdings.get().organisation)
    page = as_read(signed_in(who).get(f"/matters/{about.office.code}/"))
    assert "در ماه‌های مقرر پیش از درخواست فعال بوده است" in page
    with pytest.raises(Exception, match="active for the months prescribed"):
        begin_matter("transfer", about, by=who)


def second_request(first):
    speaker = speaker_of(first.organisation)
    case = open_request(first.dossier.places, by=speaker, for_organisation=first.organisation)
    take(case, "describe")
    name_everybody(case)
    attach_all(case)
    return case


def test_a_second_request_of_the_same_company_under_a_call_says_so_and_is_taken():
    first = at(NewLicence, "check")
    case = second_request(first)
    page = as_read(signed_in(speaker_of(first.organisation)).get(f"/cases/{case.number}/"))
    assert "متقاضی درخواست دیگری در همین فراخوان ندارد" in page

    assert take(case, "submit").stage == "check"

    warned = Entry.objects.get(subject=case.subject, number=case.revision).facts["warned"]
    assert warned == ["no_second_request"]
    take(first, "withdraw")
    assert take(case, "accept").stage == "initial-visit"
    assert Entry.objects.get(subject=case.subject, number=case.revision).facts["warned"] == []


def test_a_draft_and_a_request_of_another_company_are_no_second_one():
    first = at(NewLicence, "draft")
    assert NewLicence.steps["submit"].when  # its own rules
    rule = next(rule for rule in NewLicence.steps["submit"].when if rule.name == "no_second_request")
    case = second_request(first)
    assert rule.holds(case, now(), {})
    at(NewLicence, "committee")
    assert rule.holds(case, now(), {})
