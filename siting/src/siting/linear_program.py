"""The linear relaxation of a node, by HiGHS: the best multipliers, and how much of each site it opens.

The radius formulation (Cornuéjols, Nemhauser and Wolsey 1980; García, Labbé and Marín 2011): with c_1 < c_2 < ... the
steps of client i's row,

    min  sum_i (c_1 + sum_k (c_{k+1} - c_k) z_ik)
    z_i1 + sum of y_j at c_1 >= 1,    z_ik - z_{i,k-1} + sum of y_j at c_k >= 0,
    sum_j y_j = p,    0 <= y_j <= 1,    z >= 0

and the dual of a client's first row is u_i - c_1. Nothing that HiGHS says is believed: its duals are multipliers like
any others, and give a bound by our own arithmetic (`siting.lagrangian`).
"""

import highspy
import numpy as np
from scipy.sparse import csr_array

from siting.arrays import Floats, Ints
from siting.jit import jit
from siting.sparse_rows import Rows


@jit
def radius_steps(rows: Rows) -> tuple[Ints, Ints, Floats]:
    """Return the step of each entry, the first step of each client, and the cost of going on to the next step."""
    step = np.empty(len(rows.site), np.int64)
    first = np.empty(len(rows.cap) + 1, np.int64)
    increase = np.empty(len(rows.site), np.float64)
    count = 0
    for i in range(len(rows.cap)):
        first[i] = count
        for k in range(rows.start[i], rows.start[i + 1]):
            step[k] = count
            following = rows.cost[k + 1] if k + 1 < rows.start[i + 1] else rows.cap[i]
            if following > rows.cost[k]:
                increase[count] = following - rows.cost[k]
                count += 1
    first[len(rows.cap)] = count
    return step, first, increase[:count].copy()


def radius_model(rows: Rows, p: int) -> tuple[highspy.HighsLp, Ints]:
    """Return the linear program, and the number of each client's first row."""
    step, first, increase = radius_steps(rows)
    steps, m = len(increase), rows.site_count
    lower = np.zeros(steps + 1)
    lower[first[:-1]] = 1.0
    lower[steps] = p
    matrix = radius_matrix(rows, step, first, steps)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = m + steps, steps + 1
    model.col_cost_ = np.concatenate([np.zeros(m), increase])
    model.col_lower_ = np.zeros(m + steps)
    model.col_upper_ = np.concatenate([np.ones(m), np.full(steps, np.inf)])
    model.row_lower_ = lower
    model.row_upper_ = np.concatenate([np.full(steps, np.inf), [float(p)]])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    return model, first[:-1]


def radius_matrix(rows: Rows, step: Ints, first: Ints, steps: int) -> csr_array:
    """Return the constraint matrix: a row for each step, the last for p; the columns are the y_j, then the z_ik."""
    m = rows.site_count
    later = np.setdiff1d(np.arange(steps), first[:-1])
    row = np.concatenate([step, np.arange(steps), later, np.full(m, steps)])
    column = np.concatenate([rows.site, m + np.arange(steps), m + later - 1, np.arange(m)])
    value = np.concatenate([np.ones(len(step) + steps), np.full(len(later), -1.0), np.ones(m)])
    return csr_array((value, (row, column)), shape=(steps + 1, m + steps))


class QuietHighs(highspy.Highs):
    """HiGHS without callbacks: setting them up writes a banner to standard output, where answers go."""

    def enableCallbacks(self) -> None:  # noqa: N802
        """Do nothing."""


def solve_relaxation(rows: Rows, p: int, seconds: float) -> tuple[Floats, Floats] | None:
    """Return the multipliers of the linear program and its y; None when it came to no end."""
    model, first = radius_model(rows, p)
    highs = QuietHighs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("parallel", "off")  # not "threads": HiGHS refuses another number than its scheduler began with
    highs.setOptionValue("time_limit", seconds)
    highs.passModel(model)
    highs.run()
    answer = highs.getSolution()
    if not answer.dual_valid or len(answer.row_dual) != model.num_row_:
        return None
    dual = np.array(answer.row_dual)[first]
    return rows.min_cost + np.maximum(dual, 0.0), np.array(answer.col_value)[: rows.site_count]
