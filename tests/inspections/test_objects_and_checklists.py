"""What is asked of which visit, which photos a report must show; banks' machines; lists that keep to one's region."""

from datetime import date, timedelta

import pytest
from django.core.checks import run_checks
from django.test import Client
from hypothesis import given as examples
from hypothesis import strategies as st

from factories import company, division, person_as
from http_client import signed_in
from phone import given, report
from pishkhan.geography.rows import NotImported
from pishkhan.inspections import refusals
from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.checklists.checklist import EDITIONS, Evidence, Kind, Object, Purpose, Severity, photos_wanted
from pishkhan.inspections.machines.importing import checked_machines, import_machines, read_machines
from pishkhan.inspections.machines.services import PlaceFacts, enter_machine, move_machine, retire_machine
from pishkhan.inspections.models import Machine, Visit
from pishkhan.inspections.visits.list_filters import NEVER, reports_to_accept
from pishkhan.inspections.visits.services import request_visit, submit_visit
from pishkhan.inspections.visits.where_lists import MachineList, UnvisitedList
from pishkhan.journal.clock import today
from pishkhan.journal.verification.verify import problems
from pishkhan.offices.models import OfficeKind
from pishkhan.people.roles import Role

pytestmark = pytest.mark.usefixtures("law", "papers")
DAYS = st.dates(date(2021, 4, 1), date(2030, 1, 1))
asked = examples(
    st.sampled_from(EDITIONS),
    st.sampled_from(Object),
    st.sampled_from(Kind),
    st.sampled_from(OfficeKind.values),
    st.sampled_from(Purpose),
    DAYS,
)


@asked
def test_a_visit_looks_at_what_concerns_it_and_at_something_that_can_fail_it(edition, seen, kind, office, purpose, on):
    items = edition.items_for(seen, kind, office, on, purpose)
    every = edition.items_for(seen, kind, office, on)
    ended = [module.code for module in edition.modules if module.valid_to and on >= module.valid_to]
    assert set(items) <= set(every) and not [item for item in items if item.module in ended]
    for item in edition.items:
        wanted = (
            seen in item.objects
            and (not item.kinds or office in item.kinds)
            and (not item.purposes or purpose in item.purposes)
        )
        assert item not in items or wanted, item.code
    if seen != Object.PROPOSED_PLACE or kind in (Kind.INITIAL, Kind.FINAL):
        assert Severity.CRITICAL in {item.severity for item in items}


@examples(st.data())
def test_a_report_lacks_exactly_the_photos_that_its_items_ask(data):
    items = EDITIONS[0].items
    answers = {item.code: data.draw(st.sampled_from(["ok", "not_ok", "not_applicable"])) for item in items}
    shown = data.draw(st.sets(st.sampled_from([item.code for item in items])))
    lacking = {item.code for item in photos_wanted(items, answers, shown)}
    assert not lacking & shown
    for item in items:
        asks = item.evidence == Evidence.ALWAYS or (
            item.evidence == Evidence.OF_A_FAULT and answers[item.code] == "not_ok"
        )
        assert (item.code in lacking) == (asks and item.code not in shown)


def test_health_guidelines_are_looked_at_until_their_day_and_not_from_it_on():
    (health,) = EDITIONS[0].modules
    for day, looked_at in ((health.valid_to - timedelta(days=1), True), (health.valid_to, False)):
        items = EDITIONS[0].items_for(Object.OFFICE, Kind.ROUTINE, "counter", day, Purpose.HEALTH)
        assert ("health" in {item.code for item in items}) is looked_at


def test_a_report_from_the_spot_shows_what_its_items_ask_and_says_what_is_wrong():
    visit, inspector = given()
    told = report(visit)
    with pytest.raises(refusals.WrongAnswers) as refused:
        submit_visit(
            visit, answers=told.answers | {"access": "not_ok"}, visited_on=today(), by=inspector, photographed={"open"}
        )
    assert set(refused.value.fields) == {"access", "address"}
    submit_visit(visit, answers=told.answers, visited_on=today(), by=inspector, photographed={"open", "address", ""})


def test_start_up_refuses_if_a_checklist_is_gone(monkeypatch):
    given()
    assert [each.id for each in run_checks(databases=["default"]) if each.id == "inspections.E001"] == []
    monkeypatch.setattr("pishkhan.inspections.checks.EDITIONS", [])
    assert [each.id for each in run_checks(databases=["default"]) if each.id == "inspections.E001"]


def test_an_edition_is_declared_once_and_names_modules_of_its_own():
    first = EDITIONS[0]
    for told in (
        {"code": first.code},
        {"code": "x", "items": (*first.items, first.items[0])},
        {"code": "x", "modules": ()},
    ):
        with pytest.raises(ValueError, match="checklist"):
            checklist.Edition(
                **{"code": "x", "valid_from": first.valid_from, "items": first.items, "modules": first.modules} | told
            )
    assert [first] == EDITIONS


def a_machine(**told):
    return enter_machine(
        **{
            "kind": "atm",
            "bank": company("15", name="بانک نمونه"),
            "from_on": today(),
            "by": person_as(Role.EXPERT),
            "place": PlaceFacts(division("1503011001"), "خیابان شهدا"),
        }
        | told
    )


def test_a_machine_moves_and_ends_and_what_was_so_stays_known():
    expert = person_as(Role.EXPERT)
    machine = a_machine(from_on=today() - timedelta(days=30))
    move_machine(machine, PlaceFacts(division("1504011001"), "میدان"), from_on=today() - timedelta(days=10), by=expert)
    assert machine.division_id == "1504011001"
    places = {day: machine.places.on(today() - timedelta(days=day)).get().division_id for day in (20, 10, 0)}
    assert places == {20: "1503011001", 10: "1504011001", 0: "1504011001"}
    retire_machine(machine, on=today() - timedelta(days=1), by=expert)
    assert not machine.places.on(today()).exists() and machine.places.on(today() - timedelta(days=1)).exists()
    with pytest.raises(refusals.RetiredAlready):
        move_machine(machine, PlaceFacts(division("1503011001"), "x"), from_on=today(), by=expert)
    with pytest.raises(refusals.RetiredAlready):
        request_visit(kind=Visit.Kind.ROUTINE, purpose=Visit.Purpose.ATM_BOOTH, machine=machine, by=expert)
    assert list(problems()) == []


def test_a_banks_number_stands_for_one_machine_and_a_host_lies_where_it_does():
    machine = a_machine(number="11")
    with pytest.raises(refusals.NumberIsTaken):
        a_machine(bank=machine.bank, number="11")
    office = given()[0].office
    with pytest.raises(refusals.HostIsElsewhere):
        a_machine(place=PlaceFacts(division("1504011001"), "x", host=office))
    with pytest.raises(refusals.DaysOutOfOrder):
        a_machine(from_on=today() + timedelta(days=1))
    assert Machine.objects.count() == 1


HEAD = "kind,bank,bank_id,number,division,address,lat,lon,host,from_on\n"


def test_a_table_of_machines_is_taken_in_wholly_or_not_at_all():
    bank = company("15").legal_id
    right = f"atm,بانک,{bank},7,1503011001,خیابان,33.4,48.3,,1401/01/05\n"
    wrong = f"safe,بانک,12,7,9999,,99,48,15-C-9999,2999/01/01\n{right}{right}"
    with pytest.raises(NotImported) as refused:
        import_machines(checked_machines(read_machines((HEAD + wrong).encode())))
    assert len(refused.value.faults) >= 7 and not Machine.objects.exists()
    with pytest.raises(NotImported):
        checked_machines(read_machines((HEAD + right).encode()), places=["1504"])
    assert import_machines(checked_machines(read_machines((HEAD + right).encode()))) == 1
    assert Machine.objects.get().bank.legal_id == bank


def test_lists_keep_to_ones_region():
    visit, inspector = given()
    submit_visit(visit, answers=report(visit).answers, visited_on=today(), by=inspector)
    machine, never = a_machine(), given()[0].office
    here, elsewhere = person_as(Role.EXPERT, place="1503"), person_as(Role.EXPERT, place="1504")
    assert [each.pk for each in UnvisitedList.select(here)] == [never.pk, visit.office_id]
    assert [each.pk for each in UnvisitedList.select(here, since=NEVER)] == [never.pk]
    assert list(MachineList.select(here)) == [machine] and visit in reports_to_accept(here)
    assert not UnvisitedList.select(elsewhere).exists()
    assert not MachineList.select(elsewhere).exists() and not reports_to_accept(elsewhere).exists()


def test_what_follows_is_done_over_the_api_too():
    visit, inspector = given()
    submit_visit(
        visit,
        answers=report(visit).answers | {"tariff": "not_ok"},
        visited_on=today(),
        by=inspector,
        notes={"tariff": "نصب نیست"},
    )
    expert, other = (signed_in(person_as(Role.EXPERT)) for _ in range(2))
    assert expert.post(f"/api/visits/{visit.pk}/acceptance").status_code == 200
    holder = visit.party.assignments.get(role=Role.REPRESENTATIVE).person
    body = {"items": ["tariff"], "reasons": "نصب است"}
    for who, status in ((other, 404), (signed_in(holder), 201), (signed_in(holder), 409)):
        told = who.post(f"/api/visits/{visit.pk}/objection", body, content_type="application/json")
        assert told.status_code == status, told.content
    body = {"outcome": "annulled", "reasons": "نصب بود"}
    for who, status in ((expert, 403), (other, 200), (other, 409)):
        told = who.post(f"/api/visits/{visit.pk}/objection/decision", body, content_type="application/json")
        assert told.status_code == status, told.content
    assert other.get("/api/visits/faults").json() == []
    assert [each["office"] for each in other.get("/api/visits/last").json()] == [visit.office.code]
    assert other.get("/api/visits/checklists").json()[0]["code"] == EDITIONS[0].code
    assert Client().get("/api/visits/machines").status_code == 401
