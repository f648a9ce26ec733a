"""Compile everything, or load what was compiled before, apart from the first answer."""

import time

import numpy as np

from siting.costs import Matrix
from siting.greedy import greedy
from siting.incumbent import Incumbent
from siting.lagrangian import start_dual, subgradient_ascent
from siting.local_search import clear_queue, improve, make_solution, perturb_and_improve, seed_random
from siting.node import Node, branched, climb, finish
from siting.presolve import build
from siting.problems import PMedian
from siting.sparse_rows import total_cost, transpose

done = [False]


def warm() -> float:
    """Run everything compiled once on a tiny problem; return the seconds this took, 0 when it was done before."""
    if done[0]:
        return 0.0
    began = time.perf_counter()
    done[0] = True
    away = np.abs(np.subtract.outer(np.arange(8.0), np.arange(8.0))) ** 1.5
    store = build(PMedian(Matrix(away), 3))
    rows = store.rows
    seed_random(0)
    solution = make_solution(rows, greedy(rows, store.columns, 3))
    log = np.zeros((8, 2), np.int32)
    improve(rows, store.columns, solution, 1e-9, log)
    perturb_and_improve(rows, store.columns, solution, 1e-9, 3, 4, log, 0, len(rows.cap))
    clear_queue(solution)
    sites = np.flatnonzero(solution.is_open)
    incumbent = Incumbent(store.true_cost(sites), sites, 0.0, store.true_cost)
    dual = start_dual(rows, 3)
    subgradient_ascent(rows, store.columns, dual, 3, incumbent.value, incumbent.cutoff, 5, 20)
    total_cost(rows, solution.is_open)
    transpose(rows)
    node = climb(Node(rows, 3, np.arange(8), np.zeros(0, np.int64), dual.best_multipliers), incumbent, 2, 2, 0.5)
    if node is not None:
        for half in branched(node, incumbent, 2, 2):
            finish(half, incumbent)
    return time.perf_counter() - began
