"""Whom a violation case may reach, and what it may rest on: the holder of the day, a hearing called in time,
findings that stand; and that it undoes only what it did."""

from datetime import timedelta

import pytest

from factories import company, person_as
from http_client import signed_in
from pishkhan.casework.models import Case
from pishkhan.casework.refusals import RulesUnmet
from pishkhan.enforcement.models import InterimOrder, Sanction
from pishkhan.enforcement.procedure.register_acts import undo
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.enforcement.refusals import NoSuchFault
from pishkhan.enforcement.reporting import report_fault
from pishkhan.enforcement.selectors import faults_to_report
from pishkhan.inspections.models import Visit
from pishkhan.inspections.objections.services import decide_objection, object_to
from pishkhan.inspections.visits.services import accept_visit, request_visit
from pishkhan.journal import clock
from pishkhan.journal.acts import IMPORTER, SYSTEM, act
from pishkhan.journal.clock import now, today
from pishkhan.meetings.models import Outcome
from pishkhan.offices.models import Holding
from pishkhan.offices.selectors import status_of
from pishkhan.offices.services import change_status
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from procedure_driver import answers_for, at, ready, resolve, speaker_of, take, visit_office
from rules_of_matters import licence
from rules_of_violations import new_report, serve

pytestmark = pytest.mark.usefixtures("law", "papers")


def again(case):
    return Case.objects.get(pk=case.pk)


def broken_by(case, step, **answers):
    with pytest.raises(RulesUnmet) as refusal:
        take(again(case), step, **answers)
    return [rule.name for rule in refusal.value.rules]


def test_who_holds_the_office_today_is_not_charged_with_what_was_reported_of_who_held_it_before():
    case = new_report()
    theirs = Holding.objects.get(office=case.dossier.office)
    Holding.objects.filter(pk=theirs.pk).update(valid_to=today())
    Holding.objects.create(
        office=theirs.office, organisation=company(), valid_from=today(), recorded_at=now(), entry=theirs.entry
    )
    assert broken_by(case, "notify") == ["holder_held_it_then"]


def test_a_hearing_to_which_one_was_called_too_late_is_called_again():
    case = ready(ViolationCase.steps["schedule"])
    take(case, "schedule")
    hearing = again(case).dossier.hearing_on
    with clock.at(now() + (hearing - today()) + timedelta(days=1)):
        serve(again(case), "schedule")
        assert broken_by(case, "hear") == ["summons_was_served", "hearing_follows_service"]
        take(again(case), "schedule")
        assert again(case).dossier.hearing_on > hearing
        assert broken_by(case, "hear") == ["summons_was_served", "hearing_day_has_come"]  # nobody has that call yet
        serve(again(case), "schedule")
    with clock.at(now() + timedelta(days=30)):
        assert take(again(case), "hear").stage == "heard"


def test_an_urgent_suspension_ends_when_the_committee_finds_a_warning_enough():
    case = at(ViolationCase, "explaining")
    take(case, "suspend_at_once")
    held = case.dossier.licence
    Case.objects.filter(pk=case.pk).update(stage="heard")
    answers = answers_for(again(case), ViolationCase.steps["draft"]) | {
        "rung": "warning",
        "factors": ["admitted"],
        "weighed": "همکاری کرد.",
        "departure": "رفع شده است.",
    }
    take(again(case), "draft", answers=answers)
    serve(again(case), "notify")
    case.dossier.__class__.objects.filter(case=case).update(answered_on=today())
    resolve(again(case), Outcome.SANCTIONED)
    assert status_of(held, today()) == Status.SUSPENDED
    take(again(case), "impose")
    assert Sanction.objects.get(case=case).days is None
    assert (InterimOrder.objects.get(case=case).ended_on, status_of(held, today())) == (today(), Status.ACTIVE)


@pytest.mark.parametrize("what", [{"rung": "warning", "days": None}, {"rung": "suspension", "days": 10}])
def test_what_is_annulled_undoes_nothing_that_another_case_did(what):
    """A warning put nothing into the register; neither did a suspension of which the urgent one left no day."""
    case = at(ViolationCase, "decided")
    Sanction.objects.filter(case=case).update(**what, final_on=today(), executed_on=today(), from_on=today())
    held = case.dossier.licence
    other = Status.REVOKED if what["days"] is None else Status.SUSPENDED
    change_status(held, other, from_on=today(), by=IMPORTER, role="importer")
    with act(SYSTEM, "violation.try", on=again(case), role=Role.SYSTEM) as entry:
        entry.facts = undo(again(case), entry)
    assert status_of(held, today()) == other


def visited(item="address"):
    """An accepted visit with faults, of which one is objected to."""
    visit = request_visit(
        kind=Visit.Kind.ROUTINE, purpose=Visit.Purpose.PERFORMANCE, office=licence().office, by=person_as(Role.EXPERT)
    )
    visit_office(visit, passes=False)
    accept_visit(visit, by=person_as(Role.EXPERT))
    return visit, object_to(visit, items=[item], reasons="چنین نبود.", by=speaker_of(visit.party))


def test_nobody_is_charged_with_what_an_objection_has_taken_back_or_may_yet():
    visit, objection = visited()
    expert = person_as(Role.EXPERT)
    case = report_fault(visit, "address", by=expert)
    assert broken_by(case, "notify") == ["finding_stands"]
    decide_objection(objection, "annulled", reasons="عکس جای دیگری است.", by=expert)
    assert broken_by(case, "notify") == ["finding_stands"]


def test_what_an_objection_has_taken_back_is_not_reported_as_a_violation():
    visit, objection = visited()
    expert = person_as(Role.EXPERT)
    assert "address" in {fault.item for fault in faults_to_report(expert)}
    decide_objection(objection, "annulled", reasons="عکس جای دیگری است.", by=person_as(Role.EXPERT))
    assert "address" not in {fault.item for fault in faults_to_report(expert)}
    with pytest.raises(NoSuchFault):
        report_fault(visit, "address", by=expert)
    response = signed_in(expert).post(
        "/api/violations/faults", {"visit": str(visit.pk), "item": "address"}, content_type="application/json"
    )
    assert response.status_code == 422
