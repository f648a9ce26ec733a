"""Plans: routed by the worker, changed by hand at a told cost, published as visits that inspectors have in order."""

from datetime import timedelta

import pytest

from factories import division, person_as
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.selectors import visits_to_make
from pishkhan.inspections.visits.services import cancel_visit, request_visit
from pishkhan.journal import clock
from pishkhan.journal.clock import now, today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.journal.verification.verify import problems
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.roles import Role
from pishkhan.rounds import refusals
from pishkhan.rounds.models import Absence, Plan, Shift, Stop
from pishkhan.rounds.plans import check_plan
from pishkhan.rounds.routing.feasibility import Violation
from pishkhan.rounds.services import drop, open_plan, publish, route, route_waiting
from procedure_driver import at
from region import inspectors, offices, planned, routed, visited

pytestmark = pytest.mark.usefixtures("law", "papers")


def test_the_worker_routes_what_waits_longest_and_stores_what_it_was_reckoned_from():
    offices(6)
    first, second = planned(wanted=3), planned(wanted=3)
    assert [route_waiting(), route_waiting(), route_waiting()] == [first, second, None]
    first.refresh_from_db()
    assert first.state == Plan.State.ROUTED
    assert first.solver.startswith("PyVRP ")
    assert len(first.inputs) == 64
    assert first.metres == sum(first.shifts.values_list("metres", flat=True)) > 0
    assert check_plan(first) == []
    assert list(problems()) == []


def test_the_same_plan_is_routed_the_same_again_and_a_second_worker_comes_too_late():
    offices(6)
    plan = planned(wanted=6)
    late = Plan.objects.get(pk=plan.pk)
    route(plan)
    told = list(plan.stops.order_by("pk").values_list("shift", "position", "begins"))
    entries = Entry.objects.count()
    with pytest.raises(refusals.NotAtThisState):
        route(late)
    assert Entry.objects.count() == entries
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.WAITING)
    again = route(Plan.objects.get(pk=plan.pk))
    assert list(again.stops.order_by("pk").values_list("shift", "position", "begins")) == told
    assert again.inputs == plan.inputs


def test_publishing_gives_each_visit_its_inspector_day_hour_and_place_in_the_round():
    offices(5)
    people = inspectors(2)
    plan = publish(routed(wanted=5, people=people), by=person_as(Role.EXPERT))
    assert plan.state == Plan.State.PUBLISHED
    for each in people:
        mine = list(visits_to_make(each))
        told = list(Stop.objects.filter(shift__inspector=each).order_by("shift__day", "position"))
        assert [visit.pk for visit in mine] == [stop.visit_id for stop in told]
        assert [(visit.planned_on, visit.planned_at, visit.position) for visit in mine] == [
            (stop.shift.day, stop.begins_at, stop.position) for stop in told
        ]
    assert Visit.objects.filter(state=Visit.State.ASSIGNED).count() == 5
    because = {entry.because for entry in Entry.objects.filter(act="visit.request")}
    assert because == {f"{plan.subject}#{plan.revision}"}
    with pytest.raises(refusals.NotAtThisState):
        publish(plan, by=person_as(Role.EXPERT))
    with pytest.raises(refusals.NotAtThisState):
        drop(plan, by=person_as(Role.EXPERT))


def test_visits_that_wait_are_routed_too_and_one_that_was_cancelled_meanwhile_is_left_out():
    (office,) = offices(1)
    at(NewLicence, "initial-visit")
    follow = request_visit(
        kind=Visit.Kind.FOLLOW_UP, purpose=Visit.Purpose.PERFORMANCE, office=office, by=person_as(Role.EXPERT)
    )
    plan = routed(wanted=1)
    kinds = {stop.kind: stop.why for stop in plan.stops.all()}
    assert kinds == {"initial": Stop.Why.ASKED, "follow_up": Stop.Why.DRAWN}
    cancel_visit(follow, by=person_as(Role.EXPERT))
    publish(plan, by=person_as(Role.EXPERT))
    assert {stop.kind: stop.unserved for stop in plan.stops.all()} == {"initial": "", "follow_up": "given"}
    assert check_plan(Plan.objects.get(pk=plan.pk)) == []


def test_who_made_the_last_visit_is_not_sent_again():
    (office,) = offices(1)
    (there_last,) = inspectors(1)
    with clock.at(now() - timedelta(days=90)):
        visited(office, there_last)
    stop = routed(wanted=1, people=[there_last]).stops.get()
    assert (stop.shift, stop.unserved) == (None, Stop.Unserved.NO_INSPECTOR)
    Stop.objects.all().delete()
    (other,) = inspectors(1)
    assert routed(wanted=1, people=[there_last, other]).stops.get().shift.inspector == other


def test_an_office_that_somebody_goes_to_already_is_not_chosen_twice():
    offices(3)
    one, other = planned(wanted=2), planned(wanted=3)
    twice = set(one.stops.values_list("office", flat=True)) & set(
        other.stops.exclude(why=Stop.Why.DRAWN).values_list("office", flat=True)
    )
    assert twice == set()


def test_days_off_and_absences_have_no_shift():
    offices(1)
    someone, other = inspectors(2)
    first = today() + timedelta(days=1)
    Absence.objects.create(person=someone, division=division("15"), from_on=first, until_on=first + timedelta(days=9))
    plan = planned(days=7, people=[someone, other])
    assert set(plan.shifts.values_list("inspector", flat=True)) == {other.pk}
    assert 4 not in {day.weekday() for day in plan.shifts.values_list("day", flat=True)}  # a Friday
    with pytest.raises(refusals.NobodyToGo):
        planned(days=3, people=[someone])


@pytest.mark.parametrize(("begins", "days"), [(-1, 2), (1, 40), (1, 0)])
def test_days_that_make_no_plan_are_refused(begins, days):
    offices(1)
    with pytest.raises(refusals.WrongDays):
        planned(begins=begins, days=days)


def test_who_is_no_inspector_there_is_refused_and_so_is_a_region_without_offices():
    with pytest.raises(refusals.NobodyToVisit):
        planned()
    with pytest.raises(refusals.NotAnInspectorThere):
        planned(people=[person_as(Role.EXPERT)])
    assert Plan.objects.count() == 0


def test_only_an_expert_of_the_region_publishes_and_not_once_its_days_have_begun():
    offices(2)
    plan = routed(wanted=2)
    for someone in (person_as(Role.EXPERT, "16"), person_as(Role.DIRECTOR), person_as(Role.INSPECTOR)):
        with pytest.raises(NotPermitted):
            publish(plan, by=someone)
    with clock.at(now() + timedelta(days=2)), pytest.raises(refusals.TheDaysHavePassed):
        publish(plan, by=person_as(Role.EXPERT))
    assert Visit.objects.count() == 0


def test_a_plan_that_does_not_pass_the_check_is_not_published():
    offices(2)
    plan = routed(wanted=2)
    Stop.objects.filter(plan=plan, position=1).update(begins=0, ends=60)
    assert Violation.OPENING in {each.violation for each in check_plan(plan)}
    with pytest.raises(refusals.NotAtThisState):
        publish(plan, by=person_as(Role.EXPERT))


def test_a_place_without_a_start_is_refused():
    offices(1)
    lost = person_as(Role.INSPECTOR)
    with pytest.raises(refusals.NoStart):
        open_plan(
            division("15"),
            first_on=today() + timedelta(days=1),
            last_on=today() + timedelta(days=3),
            inspectors=[lost],
            wanted=1,
            by=person_as(Role.EXPERT),
        )
    assert Shift.objects.count() == 0
