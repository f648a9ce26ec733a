"""Compile everything, or load what was compiled before, apart from the first answer."""

import time

import numpy as np

from siting.branching import branch
from siting.costs import Matrix
from siting.greedy import greedy
from siting.incumbent import Incumbent
from siting.lagrangian import start_dual, subgradient_ascent
from siting.local_search import clear_queue, improve, make_solution, perturb_and_improve, seed_random
from siting.node import Node, evaluate_leaf
from siting.node_bounds import bound_and_reduce
from siting.parameters import DEFAULTS, Ascent, StrongBranching
from siting.presolve import presolve
from siting.problems import PMedian
from siting.sparse_rows import total_cost, transpose

done = [False]


def warm_up() -> float:
    """Run everything compiled once on a tiny problem; return the seconds this took, 0 when it was done before."""
    if done[0]:
        return 0.0
    started = time.perf_counter()
    done[0] = True
    costs = np.abs(np.subtract.outer(np.arange(8.0), np.arange(8.0))) ** 1.5
    presolved = presolve(PMedian(Matrix(costs), 3))
    rows, columns = presolved.rows, presolved.columns
    seed_random(0)
    solution = make_solution(rows, greedy(rows, columns, 3))
    swap_log = np.zeros((8, 2), np.int32)
    improve(rows, columns, solution, 1e-9, swap_log)
    perturb_and_improve(rows, columns, solution, 1e-9, 3, 4, swap_log, 0, len(rows.cap))
    clear_queue(solution)
    sites = np.flatnonzero(solution.is_open)
    incumbent = Incumbent(presolved.true_cost(sites), sites, 0.0, presolved.true_cost)
    dual = start_dual(rows, 3)
    subgradient_ascent(rows, columns, dual, 3, incumbent.value, incumbent.cutoff, 5, 20)
    total_cost(rows, solution.is_open)
    transpose(rows)
    root = Node(rows, 3, np.arange(8), np.zeros(0, np.int64), dual.best_multipliers)
    node = bound_and_reduce(root, incumbent, Ascent(2, 2), DEFAULTS)
    if node is not None:
        for child in branch(node, incumbent, StrongBranching(2, Ascent(2, 2)), DEFAULTS):
            evaluate_leaf(child, incumbent)
    return time.perf_counter() - started
