"""The linear relaxation of what is left, by HiGHS: the best multipliers, and where to branch.

The radius formulation: with c_1 < c_2 < ... the steps of client i's row,

    min  sum_i c_1 + sum_k (c_{k+1} - c_k) z_ik
    z_i1 + sum of y_j at c_1 >= 1,    z_ik - z_{i,k-1} + sum of y_j at c_k >= 0,    sum_j y_j = p,    0 <= y_j <= 1, z >= 0

and the dual of a client's first row is u_i - c_1. Nothing that HiGHS says is believed: its duals are multipliers like any
others, and give a bound by our own arithmetic (`siting.lagrangian`).
"""

import highspy
import numpy as np
from scipy.sparse import csr_array

from siting.arrays import Floats, Ints
from siting.jit import jit
from siting.sparse_rows import Rows


@jit
def stepped(rows: Rows) -> tuple[Ints, Ints, Floats]:
    """Return the step of each entry, the first step of each client, and what each step costs."""
    step = np.empty(len(rows.site), np.int64)
    first = np.empty(len(rows.cap) + 1, np.int64)
    rise = np.empty(len(rows.site), np.float64)
    count = 0
    for i in range(len(rows.cap)):
        first[i] = count
        for k in range(rows.start[i], rows.start[i + 1]):
            step[k] = count
            following = rows.cost[k + 1] if k + 1 < rows.start[i + 1] else rows.cap[i]
            if following > rows.cost[k]:
                rise[count] = following - rows.cost[k]
                count += 1
    first[len(rows.cap)] = count
    return step, first, rise[:count].copy()


def model_of(rows: Rows, p: int) -> tuple[highspy.HighsLp, Ints]:
    """Return the linear program and the number of each client's first row."""
    step, first, rise = stepped(rows)
    steps, m = len(rise), rows.site_count
    chained = np.setdiff1d(np.arange(steps), first[:-1])
    down = np.concatenate([step, np.arange(steps), chained, np.full(m, steps)])
    across = np.concatenate([rows.site, m + np.arange(steps), m + chained - 1, np.arange(m)])
    values = np.concatenate([np.ones(len(step) + steps), np.full(len(chained), -1.0), np.ones(m)])
    matrix = csr_array((values, (down, across)), shape=(steps + 1, m + steps))
    low = np.zeros(steps + 1)
    low[first[:-1]] = 1.0
    low[steps] = p
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = m + steps, steps + 1
    model.col_cost_ = np.concatenate([np.zeros(m), rise])
    model.col_lower_ = np.zeros(m + steps)
    model.col_upper_ = np.concatenate([np.ones(m), np.full(steps, np.inf)])
    model.row_lower_ = low
    model.row_upper_ = np.concatenate([np.full(steps, np.inf), [float(p)]])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    return model, first[:-1]


class Quiet(highspy.Highs):
    """HiGHS without callbacks: setting them up writes a banner to standard output, where answers go."""

    def enableCallbacks(self) -> None:  # noqa: N802
        """Do nothing."""


def relaxed(rows: Rows, p: int, seconds: float) -> tuple[Floats, Floats] | None:
    """Return multipliers and how much of each site the linear program opens; None when it came to no end."""
    model, first = model_of(rows, p)
    highs = Quiet()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("parallel", "off")  # not "threads": HiGHS refuses another number than its scheduler began with
    highs.setOptionValue("time_limit", seconds)
    highs.passModel(model)
    highs.run()
    answer = highs.getSolution()
    if not answer.dual_valid or len(answer.row_dual) != model.num_row_:
        return None
    dual = np.array(answer.row_dual)[first]
    return rows.min_cost + np.maximum(dual, 0.0), np.array(answer.col_value)[:rows.site_count]
