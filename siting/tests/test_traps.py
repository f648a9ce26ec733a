"""What has gone wrong elsewhere, and must not here."""

import json
from concurrent.futures import ThreadPoolExecutor

import highspy
import numpy as np
import pytest
from scipy.sparse import csr_array

from siting import Matrix, MaxCover, Parameters, PMedian, Points, ProblemError, Stop, TooLargeError, check, road, solve
from siting.generator import generate_points
from siting.incumbent import Incumbent
from siting.linear_program import radius_model, solve_relaxation
from siting.parameters import ReductionParameters, RootParameters
from siting.readers import read_orlib, read_tsplib
from siting.sparse_rows import make_rows


def province(p=12, cover=False, fixed=True, seed=1):
    demand, weight, sites, kept = generate_points("province", seed, (300, 200, 25))
    costs = Points(demand, sites, "haversine")
    kept = kept if fixed else ()
    return MaxCover(costs, p, weight, kept, radius=9_000.0) if cover else PMedian(costs, p, weight, kept)


def by_highs(problem):
    """Return the optimum of the plain model: one binary for each site, one share for each pair."""
    n, m = problem.costs.shape
    cost = problem.weights[:, None] * np.array([problem.costs.row(i, np.arange(m)) for i in range(n)])
    highs = highspy.Highs()
    highs.silent()
    opened = [highs.addBinary() for _ in range(m)]
    highs.addConstr(sum(opened) == problem.p + len(problem.fixed_sites))
    for j in problem.fixed_sites.tolist():
        highs.addConstr(opened[j] == 1)
    for i in range(n):
        shares = [highs.addVariable(0, 1, obj=float(cost[i, j])) for j in range(m)]
        highs.addConstr(sum(shares) == 1)
        for j in range(m):
            highs.addConstr(shares[j] <= opened[j])
    highs.run()
    return highs.getInfo().objective_function_value


def test_the_plain_model_of_highs_agrees():
    demand, weight, sites, kept = generate_points("province", 3, (60, 40, 4))
    problem = PMedian(Points(demand, sites, "haversine"), 5, weight, kept)

    result = solve(problem)

    assert result.proven
    assert result.value == pytest.approx(by_highs(problem), rel=1e-6)


@pytest.mark.parametrize("cover", [False, True])
@pytest.mark.parametrize("fixed", [False, True])
def test_threads_change_nothing(cover, fixed):
    one, two = (
        solve(province(cover=cover, fixed=fixed), Stop(rounds=2), seed=5, threads=threads) for threads in (1, 2)
    )

    assert (one.opened, one.value, one.bound, one.method) == (two.opened, two.value, two.bound, two.method)
    assert (one.multipliers == two.multipliers).all()


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ([1, 2, 3, 4, 10], [0, 2, 3, 4, 11], [2, 3, 4, 10, 11]),  # each changed something else
        ([1, 2, 3, 4, 10], [1, 2, 3, 4, 12], [1, 2, 3, 4, 12]),  # both closed the same: the better of them
        ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]),
    ],
)
def test_what_two_searches_found_is_put_together(first, second, together):
    def cost(sites):
        return 100.0 - sites.sum()

    before, one, other = (
        Incumbent(cost(sites), sites, 0.0, cost) for sites in map(np.array, ([0, 1, 2, 3, 4], first, second))
    )

    before.merge_changes([one, other])

    assert before.sites.tolist() == together
    assert before.value == cost(before.sites)


def test_threads_change_nothing_in_what_is_too_large_to_enumerate():
    parameters = Parameters(
        large_problem=0,
        root=RootParameters(stages=((20, 20),), entries_per_search_entry=1000),
        reduction=ReductionParameters(effort=1, min_entries=1),
    )
    random = np.random.default_rng(2)
    points = random.random((2000, 2))
    problem = PMedian(Points(points, points), 200, random.random(2000))

    one, two, other = (
        solve(problem, Stop(rounds=4), seed=seed, threads=threads, parameters=parameters)
        for seed, threads in ((5, 1), (5, 2), (6, 1))
    )

    assert check(problem, one) == []
    assert (one.opened, one.value, one.bound, one.method) == (two.opened, two.value, two.bound, two.method)
    assert one.value != other.value


@pytest.mark.parametrize("cover", [False, True])
@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("opened", lambda answer: answer["opened"].pop()),
        ("opened", lambda answer: answer["opened"].__setitem__(0, "nowhere")),
        ("opened", lambda answer: answer["opened"].__setitem__(0, answer["opened"][1])),
        ("value", lambda answer: answer.update(value=answer["value"] * 1.01)),
        ("value", lambda answer: answer.update(value=answer["value"] * 0.99)),
        ("gap", lambda answer: answer.update(gap=0.5)),
        ("digest", lambda answer: answer.update(digest="0" * 64)),
        ("question", lambda answer: answer.update(question="p-center")),
        ("assignment", lambda answer: answer["assignment"].__setitem__(0, (answer["assignment"][0] + 1) % 200)),
        ("root_bound", lambda answer: answer.update(multipliers=[0.0] * 300)),
        ("multipliers", lambda answer: answer["multipliers"].pop()),
        ("seconds", lambda answer: answer.pop("bound") and answer.update(seconds=None)),
    ],
)
def test_a_changed_answer_is_named(cover, what, change):
    problem = province(cover=cover)
    answer = json.loads(json.dumps(solve(problem).to_dict(full=True)))
    assert check(problem, answer) == []

    change(answer)

    wrong = check(problem, answer)
    assert any(line.startswith("bound: missing" if what == "seconds" else what) for line in wrong), wrong


@pytest.mark.parametrize("cover", [False, True])
def test_a_bound_beyond_the_optimum_is_named(cover):
    problem = province(cover=cover)
    answer = solve(problem).to_dict()

    answer["bound"] *= 0.9 if cover else 1.1

    assert any(line.startswith("bound") for line in check(problem, answer))


def test_a_proof_with_a_gap_is_named():
    problem = province()
    answer = solve(problem).to_dict()

    answer.update(bound=answer["value"] * 0.9, gap=0.1)

    assert any(line.startswith("proven") for line in check(problem, answer))


def test_the_last_line_of_a_repeated_edge_wins(tmp_path):
    path = tmp_path / "pmed.txt"
    path.write_text("3 4 1\n1 2 5\n2 3 5\n2 1 50\n1 3 1\n")

    matrix, p = read_orlib(path)

    assert p == 1
    assert matrix.values.tolist() == [[0, 6, 1], [6, 0, 5], [1, 5, 0]]


def test_lines_of_tsplib_may_end_as_on_an_old_macintosh(tmp_path):
    path = tmp_path / "x.tsp"
    path.write_bytes(b"NAME : x\rNODE_COORD_SECTION\r1 1.5e+01 2\r2 3 4\rEOF\r")

    assert read_tsplib(path).tolist() == [[15, 2], [3, 4]]


def test_islands_are_named_and_count_for_nothing():
    costs = Matrix(np.array([[1, np.inf], [2, np.inf], [np.inf, np.inf]]))

    result = solve(PMedian(costs, 1, clients=("a", "b", "island")))

    assert result.unreached == ("island",)
    assert result.value == result.bound == 3.0
    assert result.assignment.tolist() == [0, 0, -1]


def test_too_few_sites_for_all_islands_are_proven_to_be_too_few():
    result = solve(PMedian(Matrix(np.where(np.eye(3) > 0, 1.0, np.inf)), 2))

    assert result.value == result.bound == np.inf
    assert result.to_dict()["value"] is None


def test_a_road_is_longer_than_the_crow_flies():
    graph = csr_array(np.array([[0, 4.0, 0], [4.0, 0, 1.0], [0, 1.0, 0]]))

    result = solve(PMedian(road(graph, np.arange(3), np.array([0, 2])), 1))

    assert result.opened == ("2",)
    assert result.value == 6.0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: Points([[0, 0], [1, np.nan]], [[0, 0]]), "clients, row 2"),
        (lambda: Points([[0, 0]], [[0, 95]], "haversine"), "sites, row 1"),
        (lambda: Matrix([[1, 2], [3, -1]]), "matrix, row 2"),
        (lambda: PMedian(Matrix([[1.0], [2.0]]), 1, [1, -1], clients=("a", "b")), r"weight, row 2 \(b\)"),
        (lambda: PMedian(Matrix([[1.0], [2.0]]), 1, clients=("a", "a")), "clients, row 2: 'a'"),
        (lambda: PMedian(Matrix([[1.0, 2.0]]), 3), "only 2 sites"),
        (lambda: PMedian(Matrix([[1.0, 2.0]]), 1, fixed=(2,)), "fixed"),
        (lambda: PMedian(Matrix([[1.0, 2.0]]), 0), "p must be 1 or more"),
        (lambda: MaxCover(Matrix([[1.0]]), 1, radius=np.inf), "radius"),
    ],
)
def test_what_is_no_problem_is_refused_by_name(wrong, words):
    with pytest.raises(ProblemError, match=words):
        wrong()


def test_too_large_a_problem_says_so_before_it_starts(monkeypatch):
    monkeypatch.setattr("siting.presolve.free_memory", lambda: 1e5)

    with pytest.raises(TooLargeError, match="free"):
        solve(province(fixed=False))


def test_scaling_and_renumbering_change_nothing_but_the_scale():
    demand, weight, sites, kept = generate_points("province", 2, (200, 150, 0))
    order = np.random.default_rng(0).permutation(150)
    plain = solve(PMedian(Points(demand, sites, "euclid"), 9, weight))
    turned = solve(PMedian(Points(demand * 3.5, sites[order] * 3.5, "euclid"), 9, weight * 2))

    assert len(kept) == 0
    assert turned.value == pytest.approx(7 * plain.value, rel=1e-9)
    assert turned.proven and plain.proven


@pytest.mark.parametrize("threads", [1, 2])
def test_the_linear_program_is_solved_beside_somebody_elses(threads):
    rows = make_rows(np.array([0, 1]), np.array([0], np.int32), np.array([1.0]), np.array([9.0]), 2)

    def after_another():
        highs = highspy.Highs()
        highs.silent()
        highs.setOptionValue("threads", threads)
        highs.addVariable(0, 1, obj=1.0)
        highs.run()
        return solve_relaxation(rows, 1, 9.0)

    with ThreadPoolExecutor(1) as pool:  # HiGHS has a scheduler for each thread
        assert pool.submit(after_another).result() is not None


def test_the_linear_program_is_the_relaxation(capfd):
    site, cost = np.array([0, 1, 1, 0], np.int32), np.array([1.0, 3, 2, 5])
    rows = make_rows(np.array([0, 2, 4]), site, cost, np.array([9.0, 9]), 2)

    model, first = radius_model(rows, 1)

    assert model.num_col_ == 2 + 4
    assert first.tolist() == [0, 2]
    assert list(model.col_cost_) == [0, 0, 2, 6, 3, 4]
    u, share = solve_relaxation(rows, 1, 9.0)
    assert u.sum() + min(min(1 - u[0], 0) + min(5 - u[1], 0), min(3 - u[0], 0) + min(2 - u[1], 0)) == pytest.approx(5)
    assert share.sum() == pytest.approx(1)
    assert capfd.readouterr().out == ""
