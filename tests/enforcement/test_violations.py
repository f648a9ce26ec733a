"""What is reported, weighed and told of violations: by pages and API, to those whom it concerns."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from factories import company, describe_division, division, person, person_as
from http_client import as_read, signed_in
from pishkhan.casework.models import Case
from pishkhan.casework.refusals import RulesUnmet
from pishkhan.enforcement.access_impact import loss_of
from pishkhan.enforcement.catalogue import LADDER
from pishkhan.enforcement.models import Objection, Sanction
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.enforcement.reports.figures import Period, course, tables
from pishkhan.enforcement.selectors import licence_today, rung_called_for, similar_to, usual_rung
from pishkhan.geography.models import Division, Population
from pishkhan.inspections.models import Finding, Visit
from pishkhan.inspections.visits.services import accept_visit, request_visit
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.letters.models import Letter
from pishkhan.meetings.models import Body, Outcome
from pishkhan.meetings.refusals import NotReady
from pishkhan.meetings.selectors import ready_cases, suggested_recusals
from pishkhan.meetings.services import put_on_agenda
from pishkhan.meetings.voting import open_vote
from pishkhan.offices.models import Licence, Office, Premises
from pishkhan.people.roles import Role
from pishkhan.people.services import assign
from pishkhan.regulation.models import Adoption
from pishkhan.site.operations.deployment import close_play, open_demo
from procedure_driver import (
    PDF,
    answers_for,
    applicant_of,
    at,
    meeting_about,
    ready,
    sitting,
    take,
    visit_office,
    working_group,
)
from rules_of_matters import licence
from rules_of_violations import new_report

pytestmark = pytest.mark.usefixtures("law", "papers")


def again(case):
    return Case.objects.get(pk=case.pk)


def api(case, step, by, **answers):
    return signed_in(by).post(
        f"/api/cases/{case.number}/steps/{step}", {"answers": answers}, content_type="application/json"
    )


def imposed(rung="suspension", **facts):
    """A case with a sanction, as if it had been imposed: what similar cases are."""
    case = at(ViolationCase, "decided")
    Sanction.objects.filter(case=case).update(**{"rung": rung, "imposed": rung} | facts)
    return case


@pytest.mark.parametrize(
    ("wanting", "named"),
    [
        ({"instrument": ""}, "article_is_cited"),
        ({"evidence": ""}, "evidence_is_named"),
        ({"reasons": " "}, "reasons_are_written"),
        ({"rung": "warning", "factors": ["admitted"], "weighed": "همکاری کرد."}, "departure_is_reasoned"),
    ],
)
def test_a_decision_without_article_evidence_reasons_or_reason_to_depart_is_refused_naming_it(wanting, named):
    case = ready(ViolationCase.steps["draft"])
    data = api(case, "draft", person_as(Role.SECRETARY), **answers_for(case, ViolationCase.steps["draft"]) | wanting)
    assert data.status_code == 422
    assert [rule["name"] for rule in data.json()["rules"]] == [named]
    assert again(case).dossier.drafted == 0


def test_departing_from_similar_cases_needs_a_written_reason():
    imposed("second_suspension")
    case = ready(ViolationCase.steps["draft"])
    assert usual_rung(case.dossier) == "second_suspension" != rung_called_for(case.dossier).code
    answers, secretary = answers_for(case, ViolationCase.steps["draft"]), person_as(Role.SECRETARY)

    assert api(case, "draft", secretary, **answers).status_code == 422
    assert api(case, "draft", secretary, **answers | {"departure": "زیان کمتر بود."}).status_code == 200


def test_what_was_annulled_or_was_of_another_kind_is_no_example():
    imposed("second_suspension", annulled_on=today())
    imposed("second_suspension", kind="rural_ict")
    imposed("second_suspension", violation="staff")
    assert similar_to(ready(ViolationCase.steps["draft"]).dossier) == []


@pytest.mark.parametrize(("months", "rung"), [(1, "second_suspension"), (23, "second_suspension"), (25, "suspension")])
def test_an_earlier_sanction_within_the_window_raises_the_rung(months, rung):
    about = licence()
    first = imposed()
    case = ready(ViolationCase.steps["draft"], about=about)
    Sanction.objects.filter(case=first).update(
        office=about.office, final_on=case.dossier.committed_on - timedelta(days=30 * months)
    )
    Case.objects.filter(pk=first.pk).update(organisation=case.organisation, person=case.person)
    assert rung_called_for(again(case).dossier).code == rung


def test_who_did_nothing_is_not_punished_for_who_held_the_office_before():
    about = licence()
    first, case = imposed(), ready(ViolationCase.steps["draft"], about=about)
    Sanction.objects.filter(case=first).update(office=about.office, final_on=case.dossier.committed_on)
    assert rung_called_for(case.dossier).code == "suspension"


def test_a_ladder_that_nobody_adopted_when_they_acted_punishes_nobody():
    case = ready(ViolationCase.steps["draft"])
    Adoption.objects.filter(number__key="rung.relocation").update(
        adopted_on=case.dossier.committed_on + timedelta(days=1)
    )
    with pytest.raises(RulesUnmet) as refusal:
        take(case, "draft")
    assert [rule.name for rule in refusal.value.rules] == ["sanction_has_a_source"]


def test_no_vote_on_a_sanction_before_the_decision_is_drafted():
    case = at(ViolationCase, "heard")
    meeting, secretary = meeting_about(case)
    with pytest.raises(RulesUnmet) as refusal:
        open_vote(meeting.items.get(), Outcome.SANCTIONED, by=secretary)
    assert [rule.name for rule in refusal.value.rules] == ["decision_is_drafted"]
    assert open_vote(meeting.items.get(), Outcome.UNFOUNDED, by=secretary).round == 1


def test_violations_come_before_their_own_committee_alone():
    case = at(ViolationCase, "heard")
    assert list(ready_cases(working_group(Body.Code.VIOLATIONS_COMMITTEE))) == [case]
    assert list(ready_cases(working_group())) == []


def test_of_two_meetings_the_second_does_not_get_the_case():
    case = at(ViolationCase, "heard")
    _, secretary = meeting_about(case, opened=False)
    other = at(ViolationCase, "heard")
    second, _ = meeting_about(other, opened=False)
    type(second).objects.filter(pk=second.pk).update(state="convened")
    with pytest.raises(NotReady):
        put_on_agenda(type(second).objects.get(pk=second.pk), case, by=secretary)


def test_whoever_reported_licensed_or_competes_is_suggested_to_take_no_part():
    body = working_group(Body.Code.VIOLATIONS_COMMITTEE)
    people = list(sitting(body).values())
    assign(people[0], Role.EXPERT, place="15", from_on=today(), by=SYSTEM)
    rival = licence(holder=company())
    Premises.objects.filter(office=rival.office).update(lat=33.4901, lon=48.3601)
    assign(
        people[1],
        Role.REPRESENTATIVE,
        place="15",
        from_on=today(),
        by=SYSTEM,
        organisation=rival.office.holdings.get().organisation,
    )
    case = new_report()
    dossier = case.dossier
    dossier.reporter = people[0]
    dossier.save()
    for step in ("notify", "answer"):
        take(again(case), step)
    Case.objects.filter(pk=case.pk).update(stage="heard")
    meeting, _ = meeting_about(again(case))
    row = {recusal.person.pk: recusal.reason for recusal in suggested_recusals(meeting.items.get())}
    assert row == {people[0].pk: "reported_it", people[1].pk: "competitor"}


def test_the_holder_learns_of_a_case_with_the_notice_and_of_no_draft_before_the_decision():
    case = new_report()
    holder = signed_in(applicant_of(case))
    assert holder.get(f"/cases/{case.number}/").status_code == 404
    assert Client().get(f"/track/?code={case.tracking_code}").status_code == 404
    assert holder.get(f"/my-office/{case.dossier.office.code}/").content.decode().count(case.number) == 0

    case = ready(ViolationCase.steps["impose"])
    holder = signed_in(applicant_of(case))
    page = holder.get(f"/cases/{case.number}/").content.decode()
    entries = holder.get(f"/api/cases/{case.number}/entries").json()
    assert "violation.draft" not in {entry["act"] for entry in entries}
    assert "احراز شد." not in page and "نردبان" not in page
    expert = signed_in(person_as(Role.EXPERT)).get(f"/cases/{case.number}/").content.decode()
    assert "احراز شد." in expert and "نردبان" in expert


def test_the_holder_explains_and_objects_from_pages_with_files():
    case = at(ViolationCase, "explaining")
    holder = signed_in(applicant_of(case))
    assert case.number in holder.get(f"/my-office/{case.dossier.office.code}/").content.decode()
    sent = holder.post(
        f"/cases/{case.number}/steps/answer/", {"reasons": "چنین نبود.", "file": ContentFile(PDF, name="a.pdf")}
    )
    assert (sent.status_code, again(case).stage) == (302, "ready-to-hear")
    assert again(case).documents.get(kind="defence")

    case = at(ViolationCase, "decided")
    holder = signed_in(applicant_of(case))
    sent = holder.post(f"/cases/{case.number}/steps/object/", {"body": "issuer", "grounds": "ابلاغ نشد."})
    assert (sent.status_code, again(case).stage) == (302, "objected")
    assert Objection.objects.get(case=case).suspensive
    assert {letter.kind for letter in Letter.objects.filter(about=case.subject)} == {
        "violation-notice",
        "violation-summons",
        "violation-decision",
    }


def test_a_fault_of_a_visit_is_reported_in_one_press_and_once():
    office = licence().office
    visit = request_visit(
        kind=Visit.Kind.ROUTINE, purpose=Visit.Purpose.PERFORMANCE, office=office, by=person_as(Role.EXPERT)
    )
    visit_office(visit, passes=False)
    accept_visit(visit, by=person_as(Role.EXPERT))
    expert = signed_in(person_as(Role.EXPERT))
    item = Finding.objects.filter(visit=visit, severity="critical").first().item
    assert item in expert.get("/violations/").content.decode()

    first = expert.post("/violations/report/", {"visit": str(visit.pk), "item": item})
    case = Case.objects.get(procedure_code="violation")
    assert first["Location"] == f"/cases/{case.number}/"
    assert (case.dossier.item, case.about, case.stage) == (item, office.subject, "reported")
    assert expert.post("/violations/report/", {"visit": str(visit.pk), "item": item})["Location"] == "/violations/"
    assert Case.objects.filter(procedure_code="violation").count() == 1
    elsewhere = signed_in(person_as(Role.EXPERT, place="1504"))
    assert elsewhere.post("/violations/report/", {"visit": str(visit.pk), "item": item}).status_code == 404
    assert (
        elsewhere.post(
            "/violations/", {"office": office.code, "source": "agency", "violation": "staff", "letter": "1"}
        ).status_code
        == 422
    )


def test_only_final_sanctions_are_public_for_their_time_by_office_and_annulled_ones_too():
    describe_division("15", name="لرستان", kind="province")
    close_play(open_demo(Division.objects.get(code="15"), "few"), stands_on=today())
    cases = [imposed() for _ in range(4)]
    open_one, old, fresh, annulled = (Sanction.objects.get(case=case) for case in cases)
    for row, days in ((old, 366), (fresh, 364), (annulled, 10)):
        Sanction.objects.filter(pk=row.pk).update(final_on=today() - timedelta(days=days))
    Sanction.objects.filter(pk=annulled.pk).update(annulled_on=today())
    shown = Client().get("/sanctions/").content.decode()
    assert [item.office.code in shown for item in (open_one, old, fresh, annulled)] == [False, False, True, True]
    assert "باطل شد" in shown
    assert not any(applicant_of(case).family_name in shown for case in cases)
    own = [as_read(Client().get(f"/offices/{row.office.code}/")) for row in (open_one, old, fresh, annulled)]
    assert ["تنبیه‌های قطعی" in page.partition("پروانه‌ها")[0] for page in own] == [False, False, True, True]
    assert ["باطل شد" in page for page in own] == [False, False, False, True]
    assert "قطعی از" in own[2] and applicant_of(cases[2]).family_name not in own[2]
    Adoption.objects.filter(number__key="sanction.public_days").delete()
    assert "قطعی از" not in as_read(Client().get(f"/offices/{fresh.office.code}/"))
    assert fresh.office.code not in Client().get("/sanctions/").content.decode()


def test_every_table_of_the_report_sums_up_to_the_same_and_the_annulled_is_left_out():
    kept = [imposed(), imposed("warning", violation="staff", earlier=1)]
    imposed(annulled_on=today())
    period = Period("15", today() - timedelta(days=1), today())
    result = tables(period)
    assert [item.total for item in result] == [2, 2, 2, 2]
    assert {sum(item.sums) for item in result} == {2}
    by = {item.code: {sort: total for sort, _, total in item.rows} for item in result}
    assert by["violation"] == {"relocation": 1, "staff": 1} and by["repeated"] == {"first": 1, "repeated": 1}
    assert (course(period).reported, course(period).decided, course(period).median_days) == (3, 3, 0)
    response = signed_in(person_as(Role.DIRECTOR)).get("/violations/figures/?export=csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows[0]) == 3 + len(LADDER) and len(rows) > len(kept)
    assert signed_in(person_as(Role.DIRECTOR)).get("/violations/figures/?from=poem").status_code == 422


def test_who_loses_access_and_who_takes_them_by_counting_on_a_line():
    """Three villages on a meridian, offices at both ends: only the near ones lose, and go to the other end."""
    for place, (lat, people) in enumerate(((33.0, 100), (33.1, 10), (33.9, 1000))):
        row = division(f"150301100{place}")
        Division.objects.filter(pk=row.pk).update(lat=lat, lon=48.0, kind="city", quality="surveyed")
        Population.objects.create(division=row, year=1395, people=people, quality="census")
    closed, other = licence().office, licence().office
    Premises.objects.filter(office=closed).update(lat=33.0, lon=48.0)
    Premises.objects.filter(office=other).update(lat=34.0, lon=48.0)
    Office.objects.exclude(pk__in=[closed.pk, other.pk]).delete()
    loss = loss_of(closed, today())
    degree = 6371.0088 * 3.141592653589793 / 180
    assert loss.people == 110
    assert loss.mean_km == pytest.approx(10 * 0.1 * degree / 110)
    assert loss.mean_km_then == pytest.approx((100 * 1.0 + 10 * 0.9) * degree / 110)
    assert [(neighbour.office, neighbour.people) for neighbour in loss.neighbours] == [(other, 110)]


def test_a_revocation_is_the_issuers_and_the_licence_stands_until_then():
    case = ready(ViolationCase.steps["propose"])
    take(case, "propose")
    held = licence_today(case.dossier.office)
    assert held.statuses.filter(status="revoked").count() == 0
    assert (
        api(case, "revoke", person_as(Role.DIRECTOR), issuer_number="CRA-1", issued_on=today().isoformat()).status_code
        == 403
    )
    take(again(case), "revoke")
    assert Licence.objects.get(pk=held.pk).statuses.known().filter(status="revoked").exists()


def test_a_program_reports_by_letter_and_reads_the_file_that_its_asker_may_see():
    office, expert = licence().office, signed_in(person_as(Role.EXPERT))
    letter = {"office": office.code, "source": "agency", "violation": "staff", "letter": "1401/3"}
    response = expert.post("/api/violations/letters", letter, content_type="application/json")
    assert response.status_code == 201
    refused = [
        expert.post("/api/violations/letters", letter | wrong, content_type="application/json").status_code
        for wrong in ({"office": "15-C-9999"}, {"violation": "poetry"}, {"source": "visit"})
    ]
    assert refused == [422, 422, 422]
    assert (
        signed_in(person()).post("/api/violations/letters", letter, content_type="application/json").status_code == 422
    )
    assert Case.objects.filter(procedure_code="violation").count() == 1

    imposed("second_suspension")
    case = ready(ViolationCase.steps["draft"])
    seen = expert.get(f"/api/violations/{case.number}").json()
    assert (seen["called_for"], seen["usual"], len(seen["similar"])) == ("suspension", "second_suspension", 1)
    mine = signed_in(applicant_of(case)).get(f"/api/violations/{case.number}").json()
    assert (mine["called_for"], mine["similar"], mine["violation"]) == ("", [], "relocation")
    assert signed_in(person()).get(f"/api/violations/{case.number}").status_code == 404


def test_a_case_about_what_was_not_remedied_names_the_step_that_opened_it():
    case = take(ready(ViolationCase.steps["escalate"]), "escalate")

    again = Case.objects.get(violationdossier__escalates__case=case)

    opened = Entry.objects.get(subject=again.subject, number=1)
    assert opened.because == f"{case.subject}#{case.revision}"
