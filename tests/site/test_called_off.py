"""What was begun by mistake is called off: calls, days away, objections, leave, and what lies with the issuer."""

from datetime import timedelta

import pytest

from actionable import objection, reported
from factories import person_as
from http_client import as_read, signed_in
from pishkhan.casework.models import Case, Waiver
from pishkhan.casework.refusals import WaiverIsGone
from pishkhan.casework.services import waive_second_pair, withdraw_leave
from pishkhan.inspections.models import Objection
from pishkhan.inspections.models import Waiver as VisitWaiver
from pishkhan.inspections.objections.services import object_to, take_back
from pishkhan.inspections.refusals import DecidedAlready
from pishkhan.inspections.visits.publication import finality_of
from pishkhan.inspections.visits.services import accept_visit
from pishkhan.inspections.visits.waivers import use_waiver, waive
from pishkhan.inspections.visits.waivers import withdraw_leave as withdraw_visit_leave
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.journal.verification.verify import problems
from pishkhan.licensing.calls.selectors import open_places
from pishkhan.licensing.calls.services import CallIsOver, SomebodyApplied, open_request, withdraw_call
from pishkhan.licensing.models import Call
from pishkhan.licensing.procedures.name_change import NameChange
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.licensing.procedures.renewal import Renewal
from pishkhan.notices.models import Notice
from pishkhan.people.roles import Role
from pishkhan.rounds.models import Absence
from pishkhan.rounds.refusals import AbsenceIsOver
from pishkhan.rounds.shifts.services import be_away, call_off_absence
from procedure_driver import at, new_request, places, speaker_of, take

pytestmark = pytest.mark.usefixtures("law", "papers")
DAY = timedelta(days=1)
WHY = "سهم استان دو برابر نوشته شده بود"


# --- calls


def test_a_call_under_which_nobody_applied_is_withdrawn_and_who_prepares_a_request_is_told():
    under, director = places(), person_as(Role.DIRECTOR)
    draft = new_request(under)
    with pytest.raises(NotPermitted):
        withdraw_call(under.call, reasons=WHY, by=person_as(Role.EXPERT))

    withdraw_call(under.call, reasons=WHY, by=director)

    assert not open_places(today()).exists()
    entry = Entry.objects.get(act="licensing.withdraw-call")
    assert words_of(under.call.subject)[entry.number, "reasons"] == WHY
    notice = Notice.objects.get(template="call.withdrawn")
    assert notice.person in {speaker_of(draft.organisation)} and notice.facts["number"] == draft.number
    assert not Call.objects.get().is_open(today())
    under.refresh_from_db()
    with pytest.raises(CallIsOver):
        open_request(under, by=speaker_of(draft.organisation))
    with pytest.raises(CallIsOver):
        withdraw_call(under.call, reasons=WHY, by=director)
    assert list(problems()) == []


def test_whoever_has_applied_has_their_request_decided_until_they_give_up():
    case = at(NewLicence, "check")
    call, director = case.dossier.places.call, person_as(Role.DIRECTOR)
    with pytest.raises(SomebodyApplied):
        withdraw_call(call, reasons=WHY, by=director)

    take(case, "withdraw")
    withdraw_call(call, reasons=WHY, by=director)
    assert call.withdrawn_on == today()


def test_a_call_is_withdrawn_on_its_page_and_by_programs_by_the_director_of_the_place_alone():
    first, second = places(), places()
    director, elsewhere = signed_in(person_as(Role.DIRECTOR)), signed_in(person_as(Role.DIRECTOR, "16"))
    page = f"/calls/{first.call_id}/withdrawal/"
    assert elsewhere.get(page).status_code == 404 and signed_in(person_as(Role.EXPERT)).get(page).status_code == 403
    assert page in as_read(director.get("/calls/")) and page not in as_read(elsewhere.get("/calls/"))
    assert director.post(page, {"reasons": ""}).status_code == 422
    assert director.post(page, {"reasons": WHY}).status_code == 302

    data = {"code": second.call.code, "reasons": WHY}
    answer = elsewhere.post("/api/licensing/calls/withdrawal", data, content_type="application/json")
    assert answer.status_code == 404
    answer = director.post("/api/licensing/calls/withdrawal", data, content_type="application/json")
    assert (answer.status_code, Call.objects.exclude(withdrawn_on=None).count()) == (200, 2)


# --- days away


def away(first, last):
    inspector, expert = person_as(Role.INSPECTOR), person_as(Role.EXPERT)
    return be_away(inspector, division=inspector.division, from_on=first, until_on=last, by=expert), expert


def test_days_away_that_have_not_begun_are_taken_back_and_others_end_with_yesterday():
    ahead, expert = away(today(), today() + 5 * DAY)
    with pytest.raises(NotPermitted):
        call_off_absence(ahead, by=person_as(Role.INSPECTOR))
    assert call_off_absence(ahead, by=expert).withdrawn
    with pytest.raises(AbsenceIsOver):
        call_off_absence(ahead, by=expert)

    begun, expert = away(today() - 2 * DAY, today() + 5 * DAY)
    call_off_absence(begun, by=expert)
    assert (begun.withdrawn, begun.until_on) == (False, today() - DAY)
    over, expert = away(today() - 2 * DAY, today() - DAY)
    with pytest.raises(AbsenceIsOver):
        call_off_absence(over, by=expert)
    assert list(problems()) == []


def test_an_expert_takes_days_away_back_on_the_page_of_the_inspector_there_alone():
    row, expert = away(today() + DAY, today() + 2 * DAY)
    other, _ = away(today() + DAY, today() + 2 * DAY)
    http, page = signed_in(expert), f"/rounds/inspectors/{row.person_id}/"
    assert "پس گرفتن" in as_read(http.get(page))
    assert http.post(page, {"act": "back", "absence": other.pk}).status_code == 422
    assert http.post(page, {"act": "back", "absence": row.pk}).status_code == 302
    assert Absence.objects.get(withdrawn=True) == row


# --- objections


def test_who_was_visited_takes_an_objection_back_and_what_was_found_stands_and_is_owed():
    row, _, people = objection("")
    visit, party = row.visit, people["party"]
    with pytest.raises(NotPermitted):
        take_back(row, by=person_as(Role.EXPERT))

    take_back(row, by=party)

    assert (row.outcome, row.decided_on) == (Objection.Outcome.TAKEN_BACK, today())
    finding = visit.findings.get(item="tariff")
    assert finding.undertaking is not None and not finding.disputed and finding.is_fault
    assert finality_of([visit])[visit.pk].final
    with pytest.raises(DecidedAlready):
        take_back(row, by=party)
    assert list(problems()) == []


def test_an_objection_to_a_report_that_nobody_accepted_is_taken_back_and_follows_from_the_acceptance():
    visit, _ = reported("tariff")
    party = speaker_of(visit.party)
    row = object_to(visit, items=["tariff"], reasons="چنین نبود", by=party)
    take_back(row, by=party)
    assert visit.findings.get(item="tariff").undertaking is None
    visit.refresh_from_db()
    accept_visit(visit, by=person_as(Role.EXPERT))
    assert visit.findings.get(item="tariff").undertaking is not None


def test_an_expert_does_not_decide_that_an_objection_was_taken_back():
    row, data, _ = objection("")
    expert = person_as(Role.EXPERT)
    from_table = data["decide"] | {"outcome": "taken_back"}
    answer = signed_in(expert).post(
        f"/api/visits/{row.visit_id}/objection/decision",
        {"outcome": "taken_back", "reasons": "بررسی شد"},
        content_type="application/json",
    )
    assert answer.status_code == 422
    assert signed_in(expert).post(f"/visits/{row.visit_id}/objection/", from_table).status_code == 422


def test_an_objection_is_taken_back_on_its_page_and_by_programs():
    row, _, people = objection("")
    http = signed_in(people["party"])
    page = f"/my-visits/{row.visit_id}/objection/taking-back/"
    assert page in as_read(http.get(f"/my-visits/{row.visit_id}/"))
    assert signed_in(person_as(Role.EXPERT)).get(page).status_code == 404
    assert http.post(page).status_code == 302
    shown = as_read(http.get(f"/my-visits/{row.visit_id}/"))
    assert "اعتراض خود را پس گرفتید" in shown and page not in shown


# --- leave


def leave_for_a_case():
    case, expert, director = at(NewLicence, "committee"), person_as(Role.EXPERT), person_as(Role.DIRECTOR)
    step = next(step for step in NewLicence.steps.values() if step.apart_from)
    waive_second_pair(case, step, person=expert, reason="تنها کارشناس", by=director)
    return case, step, expert, director


def test_leave_that_nobody_used_is_taken_back_and_can_be_given_anew():
    case, step, expert, director = leave_for_a_case()
    with pytest.raises(NotPermitted):
        withdraw_leave(case, step, person=expert.pk, by=expert)

    waiver = withdraw_leave(case, step, person=expert.pk, by=director)

    assert waiver.used == Entry.objects.get(act="casework.withdraw-waiver").name
    with pytest.raises(WaiverIsGone):
        withdraw_leave(case, step, person=expert.pk, by=director)
    waive_second_pair(case, step, person=expert, reason="باز هم تنها", by=director)
    assert Waiver.objects.filter(used="").count() == 1
    assert list(problems()) == []


def test_leave_is_taken_back_on_the_page_of_the_case_and_by_programs():
    case, step, expert, director = leave_for_a_case()
    http, name = signed_in(director), step.path.partition(".")[2]
    assert "اجازهٔ به‌کارنرفته" in as_read(http.get(f"/cases/{case.number}/"))
    assert (
        http.post(f"/cases/{case.number}/waiver/", {"act": "withdraw", "step": name, "person": expert.pk}).status_code
        == 302
    )
    assert not Waiver.objects.filter(used="").exists()
    data = {"step": name, "person": expert.pk}
    answer = http.post(f"/api/cases/{case.number}/waivers/withdrawal", data, content_type="application/json")
    assert answer.status_code == 409


def test_leave_about_a_visit_is_taken_back_and_what_was_used_is_not():
    visit, _ = reported("tariff")
    expert, director = person_as(Role.EXPERT), person_as(Role.DIRECTOR)
    rule = VisitWaiver.Rule.SECOND_PAIR
    first = waive(visit, rule, person=expert, reason="یک کارشناس داریم", by=director)
    http = signed_in(director)
    page = f"/visits/{visit.pk}/"
    assert "پس گرفتن" in as_read(http.get(page))
    assert http.post(f"/visits/{visit.pk}/waiver/", {"withdraw": first.pk}).status_code == 302
    assert "پس گرفته شد" in as_read(http.get(page))
    entry = Entry.objects.get(act="visit.withdraw-waiver")
    assert use_waiver(visit, rule, expert, entry) == ""
    with pytest.raises(WaiverIsGone):
        withdraw_visit_leave(visit, first.pk, by=director)
    second = waive(visit, rule, person=expert, reason="باز هم", by=director)
    answer = http.post(f"/api/visits/{visit.pk}/waivers/{second.pk}/withdrawal", content_type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"id": second.pk})


# --- with the issuer


@pytest.mark.parametrize("stage", ["region", "given-back"])
@pytest.mark.parametrize("procedure", [NewLicence, Renewal, NameChange])
def test_the_applicant_withdraws_while_the_issuer_has_the_file_or_has_given_it_back(procedure, stage):
    case = at(procedure, stage)
    take(case, "withdraw")
    assert Case.objects.get(pk=case.pk).stage == "withdrawn"
