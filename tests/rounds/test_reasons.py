"""What an office is told and says of its reasons; calendars by a secret; what was found; roads that are read in."""

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from factories import company, division, person, person_as
from http_client import signed_in
from pishkhan.geography.models import Division
from pishkhan.inspections.field.offline_bundle import taken_along
from pishkhan.inspections.machines.services import PlaceFacts, enter_machine
from pishkhan.inspections.models import Visit
from pishkhan.inspections.objections.services import decide_objection, object_to
from pishkhan.inspections.visits.services import accept_visit, assign_visit, request_visit
from pishkhan.journal import clock
from pishkhan.journal.clock import TEHRAN, now, today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid, NotPermitted
from pishkhan.people.roles import Role
from pishkhan.rounds import refusals
from pishkhan.rounds.choosing.correcting import dismiss, said_of, say_it_is_wrong, uphold
from pishkhan.rounds.choosing.evaluation import Rate, found_by, half_year_of
from pishkhan.rounds.choosing.risk import scores_of
from pishkhan.rounds.models import Plan, Stop
from pishkhan.rounds.routing.roads import read_roads, travel_by
from pishkhan.rounds.routing.travel import StraightLines
from pishkhan.rounds.services import publish
from pishkhan.rounds.shifts.ical import calendar_of
from pishkhan.rounds.shifts.services import be_away, close_feed, open_feed, set_duty
from region import CITY, SEED, inspectors, offices, planned, routed, visited

pytestmark = pytest.mark.usefixtures("law", "papers")
WORDS = "سال پیش بازدید شده‌ایم."


def manager_of(office):
    return office.managements.get().manager


def test_a_correction_that_is_upheld_sets_its_part_aside_until_a_day():
    (office,) = offices(1)
    expert = person_as(Role.EXPERT)
    before = scores_of([office], today())[office.pk]
    said = say_it_is_wrong(office, "never_visited", words=WORDS, by=manager_of(office))
    assert scores_of([office], today())[office.pk] == before
    uphold(said, until_on=today() + timedelta(days=30), words="درست است.", by=expert)
    after = scores_of([office], today())[office.pk]
    assert before.points - after.points == 3000
    assert [each.part.code for each in after.parts if each.set_aside] == ["never_visited"]
    assert scores_of([office], today() + timedelta(days=31))[office.pk].points == before.points
    assert said_of(said) == {"words": WORDS, "answer": "درست است."}
    with pytest.raises(refusals.AnsweredAlready):
        dismiss(said, words="نه", by=expert)


def test_only_who_holds_or_manages_says_so_once_and_only_an_expert_there_answers():
    (office,) = offices(1)
    with pytest.raises(refusals.NotYours):
        say_it_is_wrong(office, "since", words=WORDS, by=person())
    with pytest.raises(Invalid):
        say_it_is_wrong(office, "no such part", words=WORDS, by=manager_of(office))
    said = say_it_is_wrong(office, "since", words=WORDS, by=manager_of(office))
    with pytest.raises(refusals.SaidAlready):
        say_it_is_wrong(office, "since", words=WORDS, by=manager_of(office))
    for someone in (manager_of(office), person_as(Role.EXPERT, "16"), person_as(Role.COMMITTEE)):
        with pytest.raises(NotPermitted):
            dismiss(said, words="نه", by=someone)
    dismiss(said, words="به‌جاست", by=person_as(Role.EXPERT))
    assert WORDS not in "".join(str(entry.facts) for entry in Entry.objects.filter(subject=said.subject))


def test_the_public_is_told_the_seal_first_and_the_seed_once_the_plan_is_over():
    offices(3)
    plan = publish(routed(wanted=2), by=person_as(Role.EXPERT))
    told = Client().get("/draws/").content.decode()
    assert (plan.seal in told, SEED in told, Client().get(f"/draws/{plan.number}/").status_code) == (True, False, 404)
    with clock.at(now() + timedelta(days=10)):
        told = Client().get("/draws/").content.decode()
        listed = b"".join(Client().get(f"/draws/{plan.number}/")).decode()
    by_lot = plan.stops.get(why=Stop.Why.DRAWN).office.code
    assert SEED in told
    assert f"{by_lot},1" in listed
    assert listed.count(",0") == 2
    chosen_by_risk = plan.stops.get(why=Stop.Why.RISK).office.code
    assert f"{chosen_by_risk},0" in listed  # as everybody else


def test_a_draft_tells_the_public_nothing():
    offices(2)
    plan = routed(wanted=2)
    assert plan.seal not in Client().get("/draws/").content.decode()


def moment(day, seconds):
    return datetime.combine(day, time(), TEHRAN) + timedelta(seconds=seconds)


def test_a_calendar_has_each_visit_at_its_hour_names_nobody_and_ends_when_it_is_closed():
    offices(2)
    (inspector,) = inspectors(1)
    duty = set_duty(
        inspector, division=Division.objects.get(code=CITY), begins=None, ends=None, by=person_as(Role.EXPERT)
    )
    plan = publish(routed(wanted=2, people=[inspector]), by=person_as(Role.EXPERT))
    secret = open_feed(duty, by=inspector)
    answer = Client().get(f"/feeds/{secret}.ics")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    told = {(str(event["uid"]), event["dtstart"].dt, event["dtend"].dt) for event in events}
    assert told == {
        (f"{stop.visit_id}@pishkhan", moment(stop.shift.day, stop.begins // 60 * 60), moment(stop.shift.day, stop.ends))
        for stop in plan.stops.filter(shift__isnull=False)
    }
    for name in (inspector.family_name, manager_of(plan.stops.first().office).family_name):
        assert name not in answer.content.decode()
    again = open_feed(duty, by=inspector)
    assert Client().get(f"/feeds/{secret}.ics").status_code == 404
    close_feed(duty, by=inspector)
    assert Client().get(f"/feeds/{again}.ics").status_code == 404
    for deed in (open_feed, close_feed):
        with pytest.raises(refusals.AnothersCalendar):
            deed(duty, by=person_as(Role.INSPECTOR))


def test_the_feed_of_who_is_no_inspector_any_more_leads_nowhere():
    (inspector,) = inspectors(1)
    duty = set_duty(
        inspector, division=Division.objects.get(code=CITY), begins=None, ends=None, by=person_as(Role.EXPERT)
    )
    secret = open_feed(duty, by=inspector)
    assert Client().get(f"/feeds/{secret}.ics").status_code == 200
    inspector.assignments.update(until_on=today() - timedelta(days=1), from_on=date(2020, 1, 1))
    assert Client().get(f"/feeds/{secret}.ics").status_code == 404


def test_hours_and_absences_of_an_inspector_are_those_of_their_shifts():
    offices(1)
    (inspector,) = inspectors(1)
    expert, city = person_as(Role.EXPERT), Division.objects.get(code=CITY)
    set_duty(inspector, division=city, begins=time(9), ends=time(12, 30), by=expert)
    be_away(
        inspector, division=city, from_on=today() + timedelta(days=2), until_on=today() + timedelta(days=2), by=expert
    )
    shifts = list(planned(days=6, people=[inspector]).shifts.all())
    assert {(each.begins, each.ends) for each in shifts} == {(9 * 3600, 12 * 3600 + 1800)}
    assert today() + timedelta(days=2) not in {each.day for each in shifts}


def test_rates_are_those_of_wilson_and_of_published_plans_alone():
    assert Rate(10, 2).interval == (5.7, 51.0)  # Wilson 1927; as R's binom.confint(2, 10, methods="wilson")
    assert Rate(10, 0).interval == (0.0, 27.8)
    assert Rate(0, 0).interval is None
    (office,) = offices(1)
    plan = publish(routed(wanted=1), by=person_as(Role.EXPERT))
    visit = plan.stops.get().visit
    Visit.objects.filter(pk=visit.pk).update(state="submitted", visited_on=today(), passed=False, submitted_at=now())
    first_on, last_on = half_year_of(today())
    rows = found_by(["15"], first_on, last_on)
    assert [(row.county, row.rates["drawn"]) for row in rows] == [("1503", Rate(1, 1)), ("", Rate(1, 1))]
    assert found_by(["16"], first_on, last_on)[-1].rates["drawn"] == Rate(0, 0)
    exported = signed_in(person_as(Role.DIRECTOR)).get("/rounds/found/?export=csv").content.decode()
    assert "1,1,100.0,20.7,100.0" in exported
    assert office


def test_a_visit_is_found_once_by_who_plans_a_region_and_a_part_of_it():
    offices(1)
    (inspector,) = inspectors(1)
    plan = publish(routed(wanted=1, people=[inspector]), by=person_as(Role.EXPERT))
    Visit.objects.filter(pk=plan.stops.get().visit_id).update(
        state="submitted", visited_on=today(), passed=False, submitted_at=now()
    )
    assert found_by(["15", "1503", "15"], *half_year_of(today()))[-1].rates["drawn"] == Rate(1, 1)


def test_what_an_objection_took_back_is_no_reason_to_go_and_no_phone_tells_it():
    (office,) = offices(1)
    visit = visited(office, person_as(Role.INSPECTOR), "tariff", "open")
    accept_visit(visit, by=person_as(Role.EXPERT))
    objection = object_to(visit, items=["tariff"], reasons="چنین نبود.", by=manager_of(office))
    decide_objection(objection, "annulled", reasons="درست می‌گوید.", by=person_as(Role.EXPERT))
    told = {each.part.code: each.fact for each in scores_of([office], today())[office.pk].parts}
    assert told["findings"] == 1
    other = person_as(Role.INSPECTOR)
    again = request_visit(kind="follow_up", purpose="performance", office=office, by=person_as(Role.EXPERT))
    assign_visit(again, other, planned_on=today(), by=person_as(Role.EXPERT))
    assert len(taken_along(other)["visits"][0]["about"]["past"][0]["faults"]) == 1


def test_a_calendar_tells_a_banks_machine_by_its_code():
    (inspector,) = inspectors(1)
    expert = person_as(Role.EXPERT)
    machine = enter_machine(
        kind="atm",
        bank=company(),
        from_on=today(),
        by=expert,
        place=PlaceFacts(Division.objects.get(code=CITY), "میدان"),
    )
    visit = request_visit(kind="routine", purpose="atm_booth", machine=machine, by=expert)
    assign_visit(visit, inspector, planned_on=today(), by=expert)
    duty = set_duty(inspector, division=Division.objects.get(code=CITY), begins=None, ends=None, by=expert)
    assert machine.code in calendar_of(duty).decode()


@pytest.mark.parametrize(
    ("day", "half"),
    [
        (date(2022, 9, 16), (date(2022, 3, 21), date(2022, 9, 22))),
        (date(2022, 10, 1), (date(2022, 9, 23), date(2023, 3, 20))),
    ],
)
def test_half_years_are_those_of_the_jalali_calendar(day, half):
    assert half_year_of(day) == half


OSM = """<?xml version='1.0'?><osm version="0.6" generator="test">
<node id="1" lat="33.48" lon="48.35" version="1"/><node id="2" lat="33.50" lon="48.35" version="1"/>
<node id="3" lat="33.50" lon="48.40" version="1"/><node id="4" lat="33.48" lon="48.40" version="1"/>
<way id="1" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="primary"/></way>
<way id="2" version="1"><nd ref="3"/><nd ref="4"/><nd ref="1"/><tag k="highway" v="primary"/>
<tag k="oneway" v="yes"/></way>
<way id="3" version="1"><nd ref="1"/><nd ref="3"/><tag k="highway" v="footway"/></way></osm>"""


def test_ways_of_a_map_are_the_quickest_that_a_car_may_take(tmp_path):
    told = tmp_path / "roads.osm"
    told.write_text(OSM)
    roads = travel_by(read_roads(told, division=division("15"), name="roads"), StraightLines(142, 50))
    metres, seconds = roads.between([(33.48, 48.35), (33.50, 48.40), (33.48, 48.40)])
    up, across = 2_224, 4_637  # metres of 0.02 degrees north and of 0.05 degrees east there
    assert metres[0, 1] == pytest.approx(up + across, rel=0.01)
    assert metres[1, 2] == pytest.approx(up, rel=0.01)
    assert metres[2, 1] == pytest.approx(across + up + across, rel=0.01)  # not against the one-way street
    assert seconds[0, 1] == pytest.approx(metres[0, 1] * 3.6 / 70, rel=0.01)


def test_a_plan_by_a_matrix_is_reckoned_with_what_it_tells_and_refused_for_what_it_does_not(tmp_path):
    (office,) = offices(1)
    there = office.premises.get()
    told = tmp_path / "matrix.csv"
    rows = [(33.48, 48.35, there.lat, there.lon, 4000, 900), (there.lat, there.lon, 33.48, 48.35, 5000, 1200)]
    told.write_text(
        "from_lat,from_lon,to_lat,to_lon,metres,seconds\n" + "\n".join(",".join(map(str, row)) for row in rows)
    )
    offices_at_the_start = there.lat == 33.48 and there.lon == 48.35
    roads = read_roads(told, division=division("15"), name="told")
    plan = routed(wanted=1, roads=roads)
    assert Plan.objects.get(pk=plan.pk).metres == (0 if offices_at_the_start else 9000)
    offices(2)
    with pytest.raises(refusals.OffTheRoads):
        routed(wanted=3, roads=roads)


def test_files_that_hold_no_roads_are_refused_in_words(tmp_path):
    for name, content in (
        ("a.csv", "x,y\n1,2\n"),
        ("b.osm", "<osm version='0.6'></osm>"),
        ("c.pbf", "no map"),
        ("d.csv", "from_lat,from_lon,to_lat,to_lon,metres,seconds\na,b,c,d,e,f\n"),
    ):
        (tmp_path / name).write_text(content)
        with pytest.raises(refusals.UnreadableRoads):
            read_roads(tmp_path / name, division=division("15"), name="x")
