"""Visits: asked for, given to somebody else than last time, reported wholly, judged by their answers."""

from datetime import timedelta
from itertools import product

import pytest

from factories import person_as
from http_client import signed_in
from pishkhan.casework.models import Case
from pishkhan.inspections import refusals
from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.checklists.selectors import edition, edition_in_force
from pishkhan.inspections.models import Finding, Visit
from pishkhan.inspections.visits.selectors import has_failed, has_passed, items_of, visits_made, visits_seen_by
from pishkhan.inspections.visits.services import accept_visit, assign_visit, cancel_visit, request_visit, submit_visit
from pishkhan.journal import clock
from pishkhan.journal.clock import now, today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.roles import Role
from procedure_driver import at, take, visit_the_place

pytestmark = pytest.mark.usefixtures("law", "papers")
OK, NOT_OK, NA = Finding.Answer


def assigned(kind="counter", **data):
    """A routine visit to an office, given to an inspector."""
    office = at(NewLicence, "issued").dossier.office
    visit = request_visit(
        **{
            "kind": Visit.Kind.ROUTINE,
            "purpose": Visit.Purpose.PERFORMANCE,
            "office": office,
            "by": person_as(Role.EXPERT),
        }
        | data
    )
    inspector = person_as(Role.INSPECTOR)
    assign_visit(visit, inspector, planned_on=today(), by=person_as(Role.EXPERT))
    return visit, inspector


def answers(visit, *wrong):
    return {item.code: NOT_OK if item.code in wrong else OK for item in items_of(visit, today())}


def submit(visit, inspector, *wrong, **data):
    return submit_visit(
        visit,
        **{
            "answers": answers(visit, *wrong),
            "visited_on": today(),
            "by": inspector,
            "notes": dict.fromkeys(wrong, "چنین نیست"),
        }
        | data,
    )


@pytest.mark.parametrize(
    ("wrong", "passes"),
    [
        ((), True),
        (("access", "complaints"), True),
        (("manager", "users"), True),
        (("manager", "users", "services"), False),
        (("tariff",), False),
        (("open",), False),
    ],
)
def test_the_result_follows_from_the_answers(wrong, passes):
    visit, inspector = assigned()
    assert submit(visit, inspector, *wrong).passed is passes
    assert visit.findings.filter(answer=NOT_OK).count() == len(wrong)


def test_an_inspector_may_be_stricter_and_never_more_lenient():
    visit, inspector = assigned()
    with pytest.raises(refusals.TooLenient):
        submit(visit, inspector, "tariff", passed=True)
    assert submit(visit, inspector, passed=False).passed is False


def test_every_item_is_answered_and_no_other_and_nothing_is_written_otherwise():
    visit, inspector = assigned()
    entries = Entry.objects.count()
    whole = answers(visit)
    for wrong in (
        {},
        {**whole, "poem": OK},
        {**whole, "open": "maybe"},
        {code: OK for code in whole if code != "open"},
    ):
        with pytest.raises(refusals.WrongAnswers) as refusal:
            submit(visit, inspector, answers=wrong)
        assert refusal.value.fields
    with pytest.raises(refusals.WrongAnswers):
        submit(visit, inspector, notes={"poem": "x"})
    assert Entry.objects.count() == entries
    assert not Finding.objects.filter(visit=visit).exists()


def test_of_all_that_can_be_asked_for_a_visit_is_made_or_it_is_refused_in_words():
    office, expert = at(NewLicence, "issued").dossier.office, person_as(Role.EXPERT)
    for kind, purpose, seen in product(checklist.Kind.values, checklist.Purpose.values, checklist.Object.values):
        values = {"kind": kind, "purpose": purpose, "seen": seen}
        if kind in ("initial", "final") or seen == "proposed_place":
            with pytest.raises(refusals.NoSuchVisit):
                request_visit(office=office, by=expert, **values)
        else:
            assert request_visit(office=office, by=expert, **values).state == "planned"
    answer = signed_in(expert).post(
        "/api/visits", values | {"office": office.code, "seen": "proposed_place"}, content_type="application/json"
    )
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["kind"])


def test_another_inspector_than_last_time():
    visit, inspector = assigned()
    submit(visit, inspector)
    again = request_visit(
        kind=Visit.Kind.FOLLOW_UP, purpose=Visit.Purpose.PERFORMANCE, office=visit.office, by=person_as(Role.EXPERT)
    )
    with pytest.raises(refusals.TheSameInspector):
        assign_visit(again, inspector, planned_on=today(), by=person_as(Role.EXPERT))
    assign_visit(again, person_as(Role.INSPECTOR), planned_on=today(), by=person_as(Role.EXPERT))


def test_only_an_inspector_of_the_region_is_given_a_visit_and_only_they_report_it():
    visit, inspector = assigned()
    for somebody in (person_as(Role.EXPERT), person_as(Role.INSPECTOR, place="1504")):
        with pytest.raises(refusals.NotAnInspector):
            assign_visit(visit, somebody, planned_on=today(), by=person_as(Role.EXPERT))
    with pytest.raises(refusals.AnothersVisit):
        submit(visit, person_as(Role.INSPECTOR))
    with pytest.raises(NotPermitted):
        submit(visit, person_as(Role.EXPERT))
    submit(visit, inspector)


def test_a_visit_is_reported_once_on_a_day_that_has_come_and_not_before_it_was_asked_for():
    visit, inspector = assigned()
    with pytest.raises(refusals.ADayToCome):
        submit(visit, inspector, visited_on=today() + timedelta(days=1))
    with pytest.raises(refusals.BeforeTheRequest):
        submit(visit, inspector, visited_on=today() - timedelta(days=1))
    submit(visit, inspector)
    with pytest.raises(refusals.NotInThisState):
        submit(visit, inspector)


def test_a_visit_reported_late_tells_the_day_it_was_made_and_is_known_from_the_report():
    visit, inspector = assigned()
    made_on = today()
    with clock.at(now() + timedelta(days=5)):
        submit(visit, inspector, visited_on=made_on)
    entry = Entry.objects.get(act="visit.submit", subject=visit.subject)
    assert entry.happened_on == made_on
    made = visits_made("15", made_on, made_on).filter(pk=visit.pk)
    assert made.exists()
    assert not visits_made("15", made_on, made_on, known_on=made_on + timedelta(days=4)).filter(pk=visit.pk).exists()
    assert visits_made("15", made_on, made_on, known_on=made_on + timedelta(days=5)).filter(pk=visit.pk).exists()
    assert not visits_made("16", made_on, made_on).exists()


def test_states_lead_on_as_they_should():
    visit, inspector = assigned()
    with pytest.raises(refusals.NotInThisState):
        accept_visit(visit, by=person_as(Role.EXPERT))
    submit(visit, inspector)
    with pytest.raises(refusals.NotInThisState):
        cancel_visit(visit, by=person_as(Role.EXPERT))
    with pytest.raises(refusals.NotInThisState):
        assign_visit(visit, person_as(Role.INSPECTOR), planned_on=today(), by=person_as(Role.EXPERT))
    assert accept_visit(visit, by=person_as(Role.EXPERT)).state == "accepted"


def test_notes_are_kept_apart_and_further_purposes_are_counted_once():
    visit, inspector = assigned()
    submit(visit, inspector, "access", notes={"access": "پلهٔ بی‌شیب"}, further=("health", "performance", "health"))
    assert "پله" not in str(list(Entry.objects.values()))
    assert "پلهٔ بی‌شیب" in words_of(visit.subject).values()
    assert list(visit.further.values_list("purpose", flat=True)) == ["health"]


def test_a_machine_is_looked_at_by_its_own_items():
    visit, _ = assigned(seen=Visit.Object.ATM, purpose=Visit.Purpose.ATM_BOOTH)
    assert {item.code for item in items_of(visit, today())} == {"machine", "machine_place"}


def test_a_proposed_place_is_judged_by_what_is_there_already():
    kinds = {
        kind: {
            item.code for item in edition("1400").items_for(checklist.Object.PROPOSED_PLACE, kind, "rural_ict", today())
        }
        for kind in ("initial", "final")
    }
    assert kinds["final"] - kinds["initial"] == {"sign"}
    assert "connection" in kinds["initial"]
    counter = edition("1400").items_for(checklist.Object.PROPOSED_PLACE, checklist.Kind.INITIAL, "counter", today())
    assert "connection" not in {item.code for item in counter}


def test_the_latest_visit_to_the_place_counts():
    case = at(NewLicence, "final-visit")
    assert not has_passed(case, "final")
    assert not has_failed(case, "final")
    visit_the_place(case, "final", passes=False)
    assert has_failed(case, "final")
    take(Case.objects.get(pk=case.pk), "look_again")
    visit_the_place(case, "final", passes=True)
    assert has_passed(case, "final")
    assert not has_failed(case, "final")


def test_visits_are_seen_in_their_region():
    visit, _ = assigned()
    assert visit in visits_seen_by(person_as(Role.EXPERT, place="1503"))
    assert list(visits_seen_by(person_as(Role.EXPERT, place="1504"))) == []


def test_there_was_no_checklist_before_the_first():
    with pytest.raises(LookupError):
        edition_in_force(checklist.EDITIONS[0].valid_from - timedelta(days=1), "15")
