"""What can be reported as a violation, by whom, and with what the charge and the draft begin."""

from datetime import timedelta

import pytest

from factories import division, person, person_as
from pishkhan.casework.models import Case
from pishkhan.enforcement import refusals, reporting
from pishkhan.enforcement.catalogue import EDITIONS, edition_on, violation_seen_by
from pishkhan.enforcement.models import Sanction
from pishkhan.enforcement.procedure import locks
from pishkhan.enforcement.procedure.stated import Charge, Draft
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.enforcement.reporting import report_by_letter, report_fault, report_undertaking
from pishkhan.enforcement.selectors import edition_of, faults_to_report, undertakings_to_report, violation_of
from pishkhan.inspections.models import Finding, Visit
from pishkhan.inspections.visits.services import accept_visit, request_visit
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid
from pishkhan.offices.models import Undertaking
from pishkhan.people.roles import Role
from procedure_driver import actor_for, answers_for, at, ready, take, visit_office
from rules_of_matters import licence
from rules_of_violations import new_report, notices_of, proofs_of, rest_on_a_visit, serve

pytestmark = pytest.mark.usefixtures("law", "papers")


def violations():
    return Case.objects.filter(procedure_code="violation").count()


def visited(*, accepted=True, office=None, **facts):
    visit = request_visit(
        kind=Visit.Kind.ROUTINE,
        purpose=Visit.Purpose.PERFORMANCE,
        office=office or licence().office,
        by=person_as(Role.EXPERT),
    )
    visit_office(visit, passes=False)
    if accepted:
        accept_visit(visit, by=person_as(Role.EXPERT))
    Visit.objects.filter(pk=visit.pk).update(**facts)
    return Visit.objects.get(pk=visit.pk)


def undertaking(days, office=None, **facts):
    office = office or licence().office
    return Undertaking.objects.create(
        office=office,
        division=office.division,
        kind="insurance",
        because=f"x#{days}",
        due_on=today() + timedelta(days=days),
        person=person(),
        **facts,
    )


def test_a_fault_is_reported_of_the_day_on_which_it_was_seen_and_of_no_other_visit_or_item():
    visit, other = visited(), visited()
    Finding.objects.filter(visit=visit, item="sign").update(answer=Finding.Answer.OK)
    for item in ("sign", "poetry"):
        with pytest.raises(refusals.NoSuchFault):
            report_fault(visit, item, by=person_as(Role.EXPERT))
    assert violations() == 0
    case = report_fault(other, "sign", by=person_as(Role.EXPERT))
    assert (case.dossier.committed_on, case.dossier.visit, case.dossier.item) == (other.visited_on, other, "sign")
    with pytest.raises(refusals.ReportedAlready):
        report_fault(other, "sign", by=person_as(Role.EXPERT))


def test_what_is_not_accepted_yet_or_of_no_office_is_not_reported():
    visit = visited(accepted=False)
    of_nowhere = visited()
    of_nowhere.office = None
    for item in (visit, of_nowhere):
        with pytest.raises(refusals.NotAcceptedYet):
            report_fault(item, "sign", by=person_as(Role.EXPERT))
    assert violations() == 0


def test_an_undertaking_is_reported_from_the_day_after_it_was_due():
    undertaking(-5)
    with pytest.raises(refusals.NotOverdue):
        report_undertaking(undertaking(0), by=person_as(Role.EXPERT))
    assert violations() == 0
    late = undertaking(-1)
    dossier = report_undertaking(late, by=person_as(Role.EXPERT)).dossier
    assert (dossier.committed_on, dossier.violation, dossier.undertaking) == (today(), "undertaking", late)
    with pytest.raises(refusals.ReportedAlready):
        report_undertaking(late, by=person_as(Role.EXPERT))


def test_an_expert_of_the_place_reports_by_letter_what_an_agency_or_a_complainant_told():
    office, expert = licence().office, person_as(Role.EXPERT)
    values = {"office": office.code, "source": "agency", "violation": "staff", "letter": "1"}
    licence()
    for by, wrong, field in (
        (person_as(Role.EXPERT, place="1504"), {}, "office"),
        (person_as(Role.DIRECTOR), {}, "office"),
        (expert, {"office": "15-C-9999"}, "office"),
        (expert, {"source": "visit"}, "source"),
        (expert, {"violation": "poetry"}, "violation"),
    ):
        with pytest.raises(Invalid) as refusal:
            report_by_letter(by, **values | wrong)
        assert [*refusal.value.fields] == [field]
    assert violations() == 0
    for source in ("agency", "complaint"):
        case = report_by_letter(expert, **values | {"source": source, "office": f" {office.code.lower()} "})
        assert (case.dossier.office, case.dossier.source, case.dossier.letter) == (office, source, "1")


@pytest.mark.parametrize("missing", ["holder_on", "licence_today"])
def test_of_an_office_that_nobody_holds_or_that_has_no_licence_today_nothing_is_reported(missing, monkeypatch):
    monkeypatch.setattr(reporting, missing, lambda *arguments: None)
    with pytest.raises(refusals.NobodyHoldsIt):
        new_report()
    assert violations() == 0


def test_the_faults_to_report_are_those_of_accepted_visits_of_ones_region_that_are_not_minor_or_reported():
    expert, visit = person_as(Role.EXPERT), visited()
    Finding.objects.filter(visit=visit).exclude(item__in=["sign", "address", "open"]).update(severity="minor")
    Finding.objects.filter(visit=visit, item__in=["sign", "address", "open"]).update(severity="major")
    Finding.objects.filter(visit=visit, item="address").update(disputed=True, revised="ok")
    visited(accepted=False)
    visited(office_id=None, seen=Visit.Object.PROPOSED_PLACE, case=new_report())  # it is nobody's office yet
    division("1601")
    visited(division="1601")

    assert [(fault.visit, fault.item) for fault in faults_to_report(expert)] in (
        [(visit, "sign"), (visit, "open")],
        [(visit, "open"), (visit, "sign")],
    )
    earlier = visited(visited_on=today() - timedelta(days=3))
    assert [fault.visit for fault in faults_to_report(expert)][:3] == [visit, visit, earlier]
    report_fault(visit, "sign", by=expert)
    assert ("sign", visit) not in {(fault.item, fault.visit) for fault in faults_to_report(expert)}
    assert ("sign", earlier) in {(fault.item, fault.visit) for fault in faults_to_report(expert)}


def test_the_undertakings_to_report_are_those_of_ones_region_that_were_due_before_today_and_are_not_reported():
    late, later = undertaking(-1), undertaking(-9)
    undertaking(0)
    elsewhere = undertaking(-3)
    Undertaking.objects.filter(pk=elsewhere.pk).update(division=division("1601"))
    expert = person_as(Role.EXPERT)
    assert list(undertakings_to_report(expert)) == [later, late]
    report_undertaking(late, by=expert)
    assert list(undertakings_to_report(expert)) == [later]


def test_the_charge_begins_with_what_the_report_is_a_sign_of():
    def initial(case):
        form = Charge()
        form.about(Case.objects.get(pk=case.pk))
        assert {code for code, _ in form.fields["violation"].widget.choices} == {
            violation.code for violation in EDITIONS[-1].violations
        }
        return form.initial

    case = new_report(violation="staff", committed_on=today() - timedelta(days=4))
    assert initial(case) == {"violation": "staff", "committed_on": today() - timedelta(days=4)}
    again = new_report(violation="unremedied", item="sign", committed_on=today())  # as what was not remedied is
    assert initial(again) == {"violation": "unremedied", "committed_on": today()}
    rest_on_a_visit(case)
    visit = Case.objects.get(pk=case.pk).dossier.visit
    assert initial(case) == {"violation": "relocation", "committed_on": visit.visited_on}
    assert initial(report_undertaking(undertaking(-1), by=person_as(Role.EXPERT)))["violation"] == "undertaking"


def test_the_draft_begins_with_the_rung_called_for_and_the_article_of_the_catalogue_or_with_what_was_drafted():
    case = at(ViolationCase, "heard")

    def initial():
        form = Draft()
        form.about(Case.objects.get(pk=case.pk))
        return form.initial

    assert initial() == {"rung": "suspension", "factors": [], "instrument": "by-law-1388", "article": "20"}
    type(case.dossier).objects.filter(case=case).update(rung="warning", factors=["hidden"])
    assert (initial()["rung"], initial()["factors"]) == ("warning", ["hidden"])


def test_an_act_is_judged_by_the_catalogue_of_its_day():
    first = EDITIONS[0].valid_from
    assert first.isoformat() == "2009-10-13"
    assert [edition_on(first - timedelta(days=1)), edition_on(first)] == [None, EDITIONS[0]]
    dossier = new_report().dossier
    assert (edition_of(dossier), violation_of(dossier)) == (EDITIONS[-1], None)
    assert [violation_seen_by(item, first).code for item in ("sign", "tariff", "data")] == [
        "equipment",
        "above_tariff",
        "data",
    ]
    assert violation_seen_by("sign", first - timedelta(days=1)) is None
    assert violation_seen_by("poetry", first) is None


def test_a_rule_holds_the_rows_it_counts_and_no_others(monkeypatch):
    case, other = new_report(), new_report()
    for item in (case, other):
        take(Case.objects.get(pk=item.pk), "notify")
        serve(item, "notify")
        rest_on_a_visit(item)
    case = Case.objects.get(pk=case.pk)
    assert locks.office_and_licence(case) == [case.dossier.office, case.dossier.licence]
    assert [*locks.proofs_of_service(case)] == [*proofs_of(case, "notify")] != []
    assert locks.visit_reported(case) == [case.dossier.visit]
    assert locks.what_follows_up(case) == []
    for element in (case, other):
        request_visit(
            kind=Visit.Kind.FOLLOW_UP,
            purpose=Visit.Purpose.PERFORMANCE,
            office=element.dossier.office,
            by=person_as(Role.EXPERT),
        )
    late = undertaking(-1, office=case.dossier.office)
    case.dossier.undertaking = late
    assert locks.what_follows_up(case) == [
        Visit.objects.get(office=case.dossier.office, kind=Visit.Kind.FOLLOW_UP),
        late,
    ]
    case.dossier.visit = None
    assert locks.visit_reported(case) == []
    monkeypatch.setattr(locks, "licence_today", lambda office: None)
    assert locks.office_and_licence(case) == [case.dossier.office]


@pytest.mark.parametrize("step", ViolationCase.steps.values(), ids=lambda item: item.name)
def test_whatever_is_written_by_a_step_names_it_as_its_cause(step):
    case = ready(step)
    actor, answers = actor_for(case, step), answers_for(case, step)
    before = Entry.objects.count()

    take(case, step.name, by=actor, answers=answers)

    case = Case.objects.get(pk=case.pk)
    taken = f"{case.subject}#{case.revision}"
    others = [entry for entry in Entry.objects.order_by("pk")[before:] if entry.name != taken]
    assert {other.because for other in others} <= {taken}
    assert {(other.actor, other.role) for other in others if other.actor == "system"} <= {("system", "system")}
    if step.notices and step.by != Role.CLOCK:
        assert notices_of(case, step.name).exists()


def test_the_region_that_revokes_does_so_from_the_day_of_its_letter_and_never_before_today():
    case = at(ViolationCase, "revocation-proposed")
    letter = {"issuer_number": "CRA-9", "issued_on": (today() - timedelta(days=3)).isoformat()}
    take(case, "revoke", answers=letter)
    assert Sanction.objects.get(case=case).from_on == today()
