"""Against all sets of sites, one after the other."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from small import best_by_force, problems

from siting import MaxCover, Parameters, PMedian, Points, Stop, check, evaluate, marginal_gains, solve
from siting.lagrangian import compute_subgradient, compute_subgradient_by_columns, start_dual
from siting.parameters import PresolveParameters, TreeParameters
from siting.presolve import presolve

CLOSE = {"rel": 1e-9, "abs": 1e-9}


def in_order(problem, result, best):
    """Return whether bound, optimum and value stand in the order they must."""
    low, high = (result.value, result.bound) if isinstance(problem, MaxCover) else (result.bound, result.value)
    slack = 1e-9 * max(1.0, abs(best)) if np.isfinite(best) else 0.0
    return low <= best + slack and best <= high + slack


@given(problems())
def test_the_best_is_found_and_proven(problem):
    result = solve(problem)

    assert result.proven
    assert result.value == pytest.approx(best_by_force(problem), **CLOSE)
    assert check(problem, result) == []


@given(problems(), st.integers(1, 3))
def test_rows_cut_short_give_bounds_all_the_same(problem, width):
    result = solve(problem, Stop(rounds=1), parameters=Parameters(presolve=PresolveParameters(max_row_length=width)))

    assert in_order(problem, result, best_by_force(problem))
    assert check(problem, result) == []


@given(problems())
def test_the_ways_of_large_problems_hold_for_small_ones(problem):
    result = solve(problem, Stop(rounds=6), threads=2, parameters=Parameters(large_problem=0))

    assert in_order(problem, result, best_by_force(problem))
    assert check(problem, result) == []


@given(problems())
def test_the_subgradient_is_the_same_by_rows_and_by_columns(problem):
    store = presolve(problem)
    rows = store.rows
    u = start_dual(rows, max(problem.p, 1)).multipliers
    chosen = np.arange(rows.site_count) % 2 == 0
    by_rows, by_columns = np.empty(len(u)), np.empty(len(u))

    compute_subgradient(rows, u, chosen, by_rows)
    compute_subgradient_by_columns(store.columns, u, chosen, by_columns)

    assert by_rows.tolist() == by_columns.tolist()


@given(problems(), st.integers(0, 6))
def test_whoever_stops_early_gets_an_answer_with_a_bound(problem, looks):
    def interrupt(*_):
        nonlocal looks
        looks -= 1
        if looks < 0:
            raise KeyboardInterrupt

    result = solve(problem, progress=interrupt)

    assert in_order(problem, result, best_by_force(problem))
    assert check(problem, result) == []


@given(problems(), st.data())
def test_a_gain_is_what_opening_changes(problem, data):
    free = np.setdiff1d(np.arange(problem.costs.shape[1]), problem.fixed_sites)
    opened = data.draw(st.lists(st.sampled_from(free.tolist()), unique=True)) if len(free) else []
    assume(len(opened) + len(problem.fixed_sites) > 0)

    gains = marginal_gains(problem, opened)

    before = evaluate(problem, opened).value
    for j in range(problem.costs.shape[1]):
        if j in opened or j in problem.fixed_sites:
            assert gains[j] == 0
            continue
        after = evaluate(problem, [*opened, j]).value
        if np.isinf(before):
            served, served_after = (np.isfinite(evaluate(problem, some).distance) for some in (opened, [*opened, j]))
            more = (served_after & ~served & (problem.weights > 0)).any()
            assert np.isinf(gains[j]) == more
        else:
            assert gains[j] == pytest.approx(
                after - before if isinstance(problem, MaxCover) else before - after,
                rel=1e-9,
                abs=1e-6 * max(1.0, before) * 1e-3,
            )


@given(problems())
def test_one_more_site_never_hurts(problem):
    assume(problem.p + len(problem.fixed_sites) < problem.costs.shape[1])
    more = {"radius": problem.radius} if isinstance(problem, MaxCover) else {}
    wider = type(problem)(problem.costs, problem.p + 1, problem.weights, problem.fixed_sites, **more)

    one, other = solve(problem).value, solve(wider).value

    assert other >= one * (1 - 1e-9) if isinstance(problem, MaxCover) else other <= one * (1 + 1e-9)


@given(problems())
def test_linear_programs_that_lie_move_no_bound(problem):
    random = np.random.default_rng(0)

    def lying(rows, p, seconds):
        return rows.min_cost + random.random(len(rows.cap)) * 1e9, random.random(rows.site_count)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("siting.node_bounds.solve_relaxation", lying)
        result = solve(problem, parameters=Parameters(tree=TreeParameters(nodes_before_lp=1)))

    assert result.proven
    assert result.value == pytest.approx(best_by_force(problem), **CLOSE)


def test_the_median_of_three_is_in_the_middle():
    line = np.array([[0.0, 0.0], [1.0, 0.0], [5.0, 0.0]])

    result = solve(PMedian(Points(line, line), 1))

    assert result.opened == ("2",)
    assert result.value == result.bound == 5.0
    assert result.assignment.tolist() == [1, 1, 1]
