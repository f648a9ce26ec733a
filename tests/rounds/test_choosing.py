"""Whom to visit: parts add up, a weight moves its own part alone, and the draw is what its seed says."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from complained import again, told
from factories import person, person_as
from pishkhan.complaints import services as complaints
from pishkhan.journal import clock
from pishkhan.journal.clock import now, today
from pishkhan.journal.refusals import NotPermitted
from pishkhan.offices.models import Office, Undertaking
from pishkhan.people.roles import Role
from pishkhan.regulation.models import Number
from pishkhan.rounds import numbers
from pishkhan.rounds.choosing.risk import PARTS, Points, Score, read_back, scores_of
from pishkhan.rounds.choosing.selection import drawn, order_of_draw
from pishkhan.rounds.models import Stop
from region import SEED, inspectors, offices, planned, visited

pytestmark = pytest.mark.usefixtures("law", "papers")


def weigh(key, value):
    Number.objects.filter(key=key.code).update(value=value)


def points(score):
    return {each.part.code: each.points for each in score.parts}


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 100)), min_size=len(PARTS), max_size=len(PARTS)))
def test_the_parts_add_up_to_the_score_and_come_back_from_storage_as_they_were(told):
    score = Score(tuple(Points(part, weight, measure, 3) for part, (weight, measure) in zip(PARTS, told, strict=True)))
    assert score.points == sum(each.points for each in score.parts) == sum(w * m for w, m in told)
    assert read_back([each.as_list() for each in score.parts]) == score


def office_of_every_kind_of_risk():
    """An office that fills every part but one: it cannot both have been visited and never have been."""
    (office,) = offices(1, ends_in=30)
    (inspector,) = inspectors(1)
    visited(office, inspector, "tariff", "queue")
    holder = office.holdings.get().person
    Undertaking.objects.create(
        office=office,
        division=office.division,
        kind=Undertaking.Kind.INSURANCE,
        person=holder,
        because="x#1",
        due_on=today() - timedelta(days=3),
    )
    managed = office.managements.get()
    type(managed).objects.create(
        office=office, manager=person(), valid_from=today() - timedelta(days=9), recorded_at=now(), entry="x#2"
    )
    type(managed).objects.filter(pk=managed.pk).update(valid_to=today() - timedelta(days=9))
    status = office.statuses.order_by("valid_from").first()
    type(status).objects.create(
        office=office,
        licence=status.licence,
        status="closed",
        recorded_at=now(),
        valid_from=today() - timedelta(days=60),
        valid_to=today() - timedelta(days=20),
        entry="x#3",
    )
    complaints.send(told(office), "بسته بود؟", by=person_as(Role.EXPERT))
    return office


def test_each_part_measures_what_it_says_and_no_other_moves_when_its_weight_is_zero():
    office, never = office_of_every_kind_of_risk(), offices(1)[0]
    on = today() + timedelta(days=73)  # a tenth of two years after the visit
    before = scores_of([office, never], on)
    found = points(before[office.pk])
    assert found["since"] == 25 * 10
    assert found["findings"] == 20 * (50 + 5)
    assert found["undertakings"] == 15 * 50
    assert found["manager"] == 10 * 100
    assert found["closure"] == 10 * (100 * 40 // 90)
    assert found["complaints"] == 15 * 25
    assert points(before[never.pk]) == dict.fromkeys((part.code for part in PARTS), 0) | {"never_visited": 30 * 100}
    early = points(scores_of([office], today())[office.pk])
    assert early["expiry"] == 5 * (100 * 150 // 180)
    for part in PARTS:
        usual = Number.objects.get(key=part.weight.code).value
        weigh(part.weight, 0)
        after = scores_of([office, never], on)
        weigh(part.weight, usual)
        for key in (office.pk, never.pk):
            assert points(after[key]) == points(before[key]) | {part.code: 0}
            assert after[key].points == before[key].points - points(before[key])[part.code]


def test_complaints_are_risk_once_the_office_knows_of_them_and_they_are_founded_or_wait_for_its_answer():
    (office,) = offices(1)
    holder, expert = office.holdings.get().person, person_as(Role.EXPERT)
    noted = {"by": expert, "role": Role.EXPERT, "door": "phone", "reference": "195/1"}

    def measured(on=None):
        (part,) = (
            each for each in scores_of([office], on or today())[office.pk].parts if each.part.code == "complaints"
        )
        return part.measure, part.fact

    def sent():
        return again(complaints.send(told(office, **noted), "بسته بود؟", by=expert))

    at_the_desk, dismissed, founded_unknown = told(office), told(office, **noted), told(office, **noted)
    complaints.dismiss(dismissed, "از این دفتر نیست", by=expert)
    complaints.close(founded_unknown, "pursued", "پیگیری شد", by=expert)
    assert measured() == (0, 0)  # of none of these was the office told
    first = sent()
    assert measured() == (25, 1)
    complaints.join(at_the_desk, first, by=expert)
    complaints.answer(first, "بسته نبود", by=holder)
    assert measured() == (0, 0)
    complaints.close(again(first), "remedied", "درست شد", by=expert)
    assert measured() == (50, 1)
    for outcome in ("explained", "unfounded", "referred"):
        complaints.close(sent(), outcome, "گفته شد", by=expert)
    assert measured() == (50, 1)
    looked_into = told(office, **noted)
    complaints.ask_visit(looked_into, by=expert)
    assert measured() == (50, 1)
    complaints.close(again(looked_into), "pursued", "بازدید نشان داد", by=expert)
    sent()
    assert measured() == (100, 3)
    assert measured(today() + timedelta(days=365)) == (100, 3)
    assert measured(today() + timedelta(days=366)) == (0, 0)
    complaints.reopen(again(first), "دوباره دیده شود", by=expert)
    assert measured() == (75, 2)


def test_scores_cost_the_same_number_of_queries_however_many_offices_there_are():
    few, inspector = offices(2), inspectors(1)[0]
    visited(few[0], inspector)
    with CaptureQueriesContext(connection) as of_few:
        scores_of(few, today())
    many = offices(15)
    visited(many[0], inspector)
    with CaptureQueriesContext(connection) as of_many:
        scores_of(many, today())
    assert len(of_few) == len(of_many)


@given(
    st.text("0123456789abcdef", min_size=1, max_size=32),
    st.sets(st.text("0123456789C-", min_size=1, max_size=9), max_size=30),
    st.randoms(),
)
def test_the_order_of_a_draw_is_that_of_the_digests_and_of_nothing_else(seed, codes, shuffle):
    listed = list(codes)
    shuffle.shuffle(listed)
    found = order_of_draw(seed, listed)
    assert sorted(found) == sorted(codes)
    digests = [sha256(f"{seed}:{code}".encode()).hexdigest() for code in found]
    assert digests == sorted(digests)
    assert drawn(seed, listed, wanted=15, percent=10) == found[:2]


def test_the_random_share_of_a_plan_is_what_its_seed_says_of_every_active_office():
    offices(12)
    plan = planned(wanted=10)
    assert plan.share == 10
    assert plan.frame == sorted(Office.objects.values_list("code", flat=True))
    by_lot = set(plan.stops.filter(why=Stop.Why.DRAWN).values_list("office__code", flat=True))
    assert by_lot == set(drawn(SEED, plan.frame, wanted=10, percent=10))
    assert plan.seal == sha256(SEED.encode()).hexdigest()
    others = {
        tuple(
            sorted(
                planned(wanted=4, seed=f"{seed:032x}")
                .stops.filter(why=Stop.Why.DRAWN)
                .values_list("office__code", flat=True)
            )
        )
        for seed in range(6)
    }
    assert len(others) > 1


def test_who_is_due_comes_before_the_highest_risk_and_who_was_just_visited_is_left_alone():
    with clock.at(now() - timedelta(days=500)):
        (late,) = offices(1, ends_in=1500)
    first, second = inspectors(2)
    with clock.at(now() - timedelta(days=300)):
        mild, worst, fresh = offices(3, ends_in=1300)
        visited(mild, first)
        visited(worst, first, "tariff")
    visited(fresh, second, "tariff", "open")
    visited(late, second)
    Number.objects.filter(key=numbers.LEAST_GAP.code).update(value=60)
    weigh(numbers.RANDOM_SHARE, 0)
    risky = [stop.office for stop in planned(wanted=2, people=[first, second]).stops.order_by("rank")]
    assert risky == [worst, mild]
    Stop.objects.all().delete()
    weigh(numbers.LEAST_MONTHS, 8)
    due = planned(wanted=1, people=[first, second]).stops.get()
    assert (due.office, due.why) == (worst, Stop.Why.DUE)


def test_shuffled_weights_choose_others():
    first, second = inspectors(2)
    with clock.at(now() - timedelta(days=200)):
        seen = offices(3)
        for office in seen:
            visited(office, first, "tariff", "open")
    never = offices(3)
    weigh(numbers.RANDOM_SHARE, 0)
    one = {stop.office_id for stop in planned(wanted=3, people=[first, second]).stops.all()}
    Stop.objects.all().delete()
    weigh(numbers.NEVER_VISITED, 1)
    weigh(numbers.FINDINGS, 90)
    other = {stop.office_id for stop in planned(wanted=3, people=[first, second]).stops.all()}
    assert (one, other) == ({office.pk for office in never}, {office.pk for office in seen})


def test_only_offices_of_the_region_are_chosen_and_by_whoever_works_there():
    (here,) = offices(1)
    (elsewhere,) = offices(1, place="1604011001")
    plan = planned(wanted=9)
    assert plan.frame == [here.code]
    assert elsewhere.pk not in plan.stops.values_list("office", flat=True)
    with pytest.raises(NotPermitted):
        planned(by=person_as(Role.EXPERT, "16"))
    for role in (Role.COMMITTEE, Role.SECRETARY, Role.REGION, Role.INSPECTOR, Role.DIRECTOR):
        with pytest.raises(NotPermitted):
            planned(by=person_as(role))


def test_who_is_drawn_is_not_chosen_once_more_for_being_due():
    with clock.at(now() - timedelta(days=500)):
        offices(3, ends_in=1500)
    weigh(numbers.RANDOM_SHARE, 50)
    whys = sorted(planned(wanted=3).stops.values_list("why", flat=True))
    assert whys == [Stop.Why.DRAWN, Stop.Why.DRAWN, Stop.Why.DUE]
