"""Changing a plan by hand: the cost that is told is the cost that comes, and nothing is done that does not fit."""

import pytest

from factories import person_as
from http_client import signed_in
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.refusals import NotPermitted
from pishkhan.people.roles import Role
from pishkhan.people.services import assign
from pishkhan.rounds import refusals
from pishkhan.rounds.models import Plan, Shift, Stop
from pishkhan.rounds.plans import check_plan
from pishkhan.rounds.routing.manual_edits import Move, Swap, change, outcome_of
from pishkhan.rounds.selectors import plans_seen_by, sees_scores
from pishkhan.rounds.services import publish
from procedure_driver import sitting, working_group
from region import CITY, offices, routed

pytestmark = pytest.mark.usefixtures("law", "papers")


@pytest.fixture
def plan():
    offices(4)
    return routed(wanted=4, crew=2, days=3)


def driven(plan):
    plan = Plan.objects.get(pk=plan.pk)
    return plan.metres, plan.seconds


def another_shift(plan, stop):
    return Shift.objects.filter(plan=plan).exclude(pk=stop.shift_id).exclude(inspector=stop.shift.inspector).first()


def test_a_move_costs_what_was_told_and_the_plan_stays_whole(plan):
    stop = plan.stops.filter(shift__isnull=False).first()
    shift = another_shift(plan, stop)
    told, before = outcome_of(plan, Move(stop.pk, shift.pk)), driven(plan)
    change(plan, Move(stop.pk, shift.pk), seen=plan.revision, by=person_as(Role.EXPERT))
    after = driven(plan)
    assert (after[0] - before[0], after[1] - before[1]) == (told.metres, told.seconds)
    assert Stop.objects.get(pk=stop.pk).shift == shift
    assert check_plan(Plan.objects.get(pk=plan.pk)) == []


def test_what_is_taken_out_is_told_so_and_can_be_put_back_where_it_is_cheapest(plan):
    expert, stop = person_as(Role.EXPERT), plan.stops.filter(shift__isnull=False).first()
    shift, before = stop.shift, driven(plan)
    change(plan, Move(stop.pk, None), seen=plan.revision, by=expert)
    stop.refresh_from_db()
    assert (stop.shift, stop.unserved) == (None, Stop.Unserved.DROPPED)
    assert driven(plan)[1] < before[1]
    change(plan, Move(stop.pk, shift.pk), seen=plan.revision, by=expert)
    stop.refresh_from_db()
    assert (stop.shift, stop.unserved) == (shift, "")
    assert driven(plan) <= before


def test_two_inspectors_exchange_their_days(plan):
    one = Shift.objects.filter(plan=plan, stops__isnull=False).first()
    other = Shift.objects.filter(plan=plan).exclude(inspector=one.inspector).first()
    had = [set(each.stops.values_list("pk", flat=True)) for each in (one, other)]
    change(plan, Swap(one.pk, other.pk), seen=plan.revision, by=person_as(Role.EXPERT))
    assert [set(each.stops.values_list("pk", flat=True)) for each in (other, one)] == had


def test_nobody_is_moved_to_who_was_there_last_or_outside_the_opening_hours(plan):
    expert, stop = person_as(Role.EXPERT), plan.stops.filter(shift__isnull=False).first()
    shift = another_shift(plan, stop)
    Stop.objects.filter(pk=stop.pk).update(barred=[shift.inspector_id])
    with pytest.raises(refusals.DoesNotFit):
        outcome_of(plan, Move(stop.pk, shift.pk))
    Stop.objects.filter(pk=stop.pk).update(barred=[], windows=[[shift.day.isoformat(), 0, 60]])
    with pytest.raises(refusals.DoesNotFit):
        change(plan, Move(stop.pk, shift.pk), seen=plan.revision, by=expert)
    assert Stop.objects.get(pk=stop.pk).shift_id == stop.shift_id


def test_a_change_that_was_reckoned_from_an_older_plan_is_refused(plan):
    stop, other = plan.stops.filter(shift__isnull=False)[:2]
    seen, expert = plan.revision, person_as(Role.EXPERT)
    change(plan, Move(stop.pk, None), seen=seen, by=expert)
    with pytest.raises(refusals.ChangedMeanwhile):
        change(plan, Move(other.pk, None), seen=seen, by=expert)
    publish(plan, by=expert)
    with pytest.raises(refusals.NotAtThisState):
        change(plan, Move(other.pk, None), seen=plan.revision, by=expert)


@pytest.mark.parametrize("what", [Move(0, 0), Move(0, None), Swap(0, 0)])
def test_what_is_not_of_the_plan_is_refused(plan, what):
    with pytest.raises(refusals.DoesNotFit):
        outcome_of(plan, what)
    with pytest.raises(NotPermitted):
        change(plan, what, seen=plan.revision, by=person_as(Role.EXPERT, "16"))


def test_the_page_tells_the_cost_first_and_does_it_with_the_second_press(plan):
    stop = plan.stops.filter(shift__isnull=False).first()
    shift, browser = another_shift(plan, stop), signed_in(person_as(Role.EXPERT))
    address, told = f"/rounds/{plan.number}/change/", {"stop": stop.pk, "shift": shift.pk}
    first = browser.post(address, told)
    assert (first.status_code, 'name="confirmed"' in first.content.decode()) == (200, True)
    assert Stop.objects.get(pk=stop.pk).shift_id == stop.shift_id
    assert browser.post(address, told | {"confirmed": plan.revision}).status_code == 302
    assert Stop.objects.get(pk=stop.pk).shift == shift
    assert browser.post(address, told | {"confirmed": plan.revision}).status_code == 422


def test_plans_are_seen_in_their_region_by_who_plans_and_scores_by_no_member_of_a_body(plan):
    expert, elsewhere = person_as(Role.EXPERT), person_as(Role.EXPERT, "16")
    assert [
        plans_seen_by(each).count() for each in (expert, elsewhere, person_as(Role.DIRECTOR), person_as(Role.COMMITTEE))
    ] == [1, 0, 1, 0]
    assert signed_in(elsewhere).get(f"/rounds/{plan.number}/").status_code == 404
    member = next(iter(sitting(working_group()).values()))
    assign(member, Role.EXPERT, place="15", from_on=plan.chosen_on, by=SYSTEM)
    assert [sees_scores(each, CITY) for each in (expert, member, elsewhere, person_as(Role.DIRECTOR))] == [
        True,
        False,
        False,
        False,
    ]
    assert signed_in(member).get("/rounds/risk/").status_code == 403
