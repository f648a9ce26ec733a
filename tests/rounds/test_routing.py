"""Routes: feasible whatever is asked, by the plain loops; each constraint that is tampered with is named."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pishkhan.rounds.plans import why_unserved
from pishkhan.rounds.routing.feasibility import Driven, PlannedStop, Violation, check
from pishkhan.rounds.routing.problem import Problem, Task, Turn, timed
from pishkhan.rounds.routing.solver import routed
from pishkhan.rounds.routing.travel import StraightLines

pytestmark = pytest.mark.no_database

DAYS = [date(2026, 11, 28), date(2026, 11, 29), date(2026, 11, 30)]
EIGHT, TWO, HOUR = 8 * 3600, 14 * 3600, 3600


def problem(points, tasks, turns):
    metres, seconds = StraightLines(142, 50).between(points)
    return Problem(tuple(tasks), tuple(turns), metres, seconds, 500)


def task(key, point, *, windows=None, barred=(), prize=10**6, seconds=1800):
    usual = tuple((day, EIGHT, TWO) for day in DAYS)
    return Task(key, point, seconds, prize, usual if windows is None else tuple(windows), frozenset(barred))


def turn(key, inspector=1, day=DAYS[0], begins=EIGHT, ends=TWO, point=0):
    return Turn(key, inspector, day, begins, ends, point)


def told(result):
    driven = [
        Driven(
            key,
            tuple(
                PlannedStop(halt.task.key, place, halt.begins, halt.ends) for place, halt in enumerate(route.halts, 1)
            ),
            route.leaves,
            route.back,
            route.metres,
        )
        for key, route in result.routes.items()
    ]
    return driven, {each.key: "no_room" for each in result.unserved}


@st.composite
def problems(draw):
    near = st.tuples(st.floats(33.3, 33.7), st.floats(48.1, 48.6))
    points = draw(st.lists(near, min_size=3, max_size=10))
    hours = st.integers(6, 12).flatmap(lambda opens: st.tuples(st.just(opens), st.integers(opens + 1, 16)))
    tasks = []
    for key in range(1, len(points)):
        windows = [
            (day, opens * HOUR, closes * HOUR)
            for day in DAYS
            for opens, closes in draw(st.lists(hours, max_size=2, unique_by=lambda each: each[0]))
        ]
        tasks.append(
            task(
                key,
                key,
                windows=windows,
                barred=draw(st.sets(st.integers(1, 2), max_size=2)),
                prize=draw(st.integers(1, 10**6)),
                seconds=draw(st.integers(300, 5400)),
            )
        )
    turns = [
        turn(
            key,
            inspector=key % 2 + 1,
            day=day,
            begins=draw(st.integers(7, 9)) * HOUR,
            ends=draw(st.integers(11, 15)) * HOUR,
        )
        for key, day in enumerate(DAYS * 2, start=1)
    ]
    return problem(points, tasks, turns)


@settings(deadline=None, max_examples=25)
@given(problems())
def test_whatever_is_asked_the_routes_pass_the_plain_check_and_come_again_the_same(asked):
    result = routed(asked, seed=7, iterations=40)
    assert check(asked, *told(result)) == []
    again = routed(asked, seed=7, iterations=40)
    assert told(again) == told(result)
    reasons = why_unserved(asked, result.unserved)
    for each in result.unserved:
        free = [one for one in asked.turns if one.inspector not in each.barred]
        assert (reasons[each.key] == "no_inspector") == (not free)
        assert (reasons[each.key] == "no_room") == any(timed(asked, one, [each]) for one in free)


def a_day():
    """A feasible day: one inspector, two visits, another who may not make the second."""
    asked = problem(
        [(33.48, 48.35), (33.50, 48.36), (33.52, 48.40)],
        [task(1, 1), task(2, 2, barred=[2])],
        [turn(1), turn(2, inspector=2)],
    )
    route = timed(asked, asked.turns[0], asked.tasks)
    halts = tuple(
        PlannedStop(halt.task.key, place, halt.begins, halt.ends) for place, halt in enumerate(route.halts, 1)
    )
    return asked, Driven(1, halts, route.leaves, route.back, route.metres)


def first(driven, **changed):
    return replace(driven, halts=(replace(driven.halts[0], **changed), *driven.halts[1:]))


TAMPERED = {
    Violation.UNKNOWN: lambda day: first(day, task=9),
    Violation.TWICE: lambda day: replace(day, halts=(*day.halts, replace(day.halts[1], position=3))),
    Violation.LOST: lambda day: replace(day, halts=day.halts[:1]),
    Violation.ORDER: lambda day: first(day, position=2),
    Violation.OPENING: lambda day: first(day, begins=EIGHT - 3600),
    Violation.LENGTH: lambda day: first(day, ends=day.halts[0].ends - 60),
    Violation.TRAVEL: lambda day: first(day, ends=day.halts[1].begins),
    Violation.EARLY: lambda day: replace(day, leaves=EIGHT - 1),
    Violation.LATE: lambda day: replace(day, back=TWO + 1),
    Violation.SAME_INSPECTOR: lambda day: replace(day, turn=2),
    Violation.DISTANCE: lambda day: replace(day, metres=day.metres - 1),
}


@pytest.mark.parametrize("violation", Violation)
def test_each_constraint_that_is_tampered_with_is_named(violation):
    asked, day = a_day()
    assert check(asked, [day], {}) == []
    assert violation in {each.violation for each in check(asked, [TAMPERED[violation](day)], {})}


def test_a_shift_that_is_driven_twice_and_a_visit_that_is_served_and_unserved_are_named():
    asked, day = a_day()
    empty = Driven(2, (), EIGHT, EIGHT, 0)
    assert check(asked, [day, empty], {}) == []
    assert Violation.TWICE in {each.violation for each in check(asked, [day, empty, empty], {})}
    assert Violation.LOST in {each.violation for each in check(asked, [day], {1: "no_room"})}
    assert Violation.UNKNOWN in {each.violation for each in check(asked, [day, replace(empty, turn=5)], {})}


def test_an_office_that_opens_otherwise_on_another_day_is_visited_then():
    asked = problem(
        [(33.48, 48.35), (33.50, 48.36)],
        [task(1, 1, windows=[(DAYS[0], EIGHT, EIGHT + 60), (DAYS[1], 10 * HOUR, 11 * HOUR)])],
        [turn(1), turn(2, day=DAYS[1])],
    )
    result = routed(asked, seed=1, iterations=50)
    assert [(key, route.halts[0].begins) for key, route in result.routes.items()] == [(2, 10 * HOUR)]


def test_the_inspector_who_was_there_last_is_never_sent_however_near_they_are():
    asked = problem(
        [(33.48, 48.35), (33.49, 48.35), (34.0, 48.9)],
        [task(1, 1, barred=[1])],
        [turn(1, point=0), turn(2, inspector=2, point=2)],
    )
    assert list(routed(asked, seed=1, iterations=50).routes) == [2]
    alone = replace(asked, turns=asked.turns[:1])
    result = routed(alone, seed=1, iterations=50)
    assert (result.routes, why_unserved(alone, result.unserved)) == ({}, {1: "no_inspector"})


def test_what_is_worth_more_is_visited_where_not_both_can_be():
    def served(*prizes):
        asked = problem(
            [(33.48, 48.35), (33.6, 48.2), (33.6, 48.5)],
            [task(key, key, prize=prize, seconds=3 * HOUR) for key, prize in enumerate(prizes, 1)],
            [turn(1)],
        )
        return [halt.task.key for halt in routed(asked, seed=1, iterations=50).routes[1].halts]

    assert (served(10**6, 10**5), served(10**5, 10**6)) == ([1], [2])


def test_lengths_are_those_of_the_great_circle_with_the_detour():
    metres, seconds = StraightLines(142, 50).between([(33.4842, 48.3538), (33.8943, 48.7561)])
    assert metres[0, 1] == metres[1, 0] == pytest.approx(58_850 * 1.42, rel=0.01)
    assert seconds[0, 1] == round(metres[0, 1] * 3.6 / 50)
    assert np.all(np.diag(metres) == 0)
