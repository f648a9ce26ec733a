"""The answer of the solver, with its bound."""

import importlib.metadata
import json
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from siting.arrays import Floats, Ints


def versions() -> dict[str, str]:
    """Return the versions of what computes an answer."""
    names = ("pishkhan-siting", "numpy", "scipy", "numba", "highspy")
    return {"python": platform.python_version()} | {name: importlib.metadata.version(name) for name in names}


@dataclass(frozen=True, eq=False)
class Result:
    """An answer with its bound.

    Attributes
    ----------
    question : str
        "p-median" (value and bound are costs, bound <= value) or "max-cover" (covered weight, bound >= value).
    opened : tuple of str
        The sites to open beside the fixed ones, by name.
    assignment : int64, shape (n,)
        The open site, fixed or not, to which each client goes; -1 if none reaches (or, in max-cover, covers) it.
    value, bound : float
        The value of the open sites on full costs, and the bound that no solution can pass.
    gap : float
        |value - bound| / |value|; 0 if both are 0, infinite if either is.
    proven : bool
        Whether value and bound are within 1e-9 of one another, relatively.
    method : str
        How the bound came about.
    seconds, compiling : float
        Solving without reading and compiling; compiling (or loading what was compiled before).
    multipliers : float64, shape (n,), or None
        From which `root_bound` can be computed again.
    root_bound : float
        The bound of the multipliers alone; `bound` may be better, by enumeration and by rounding to the granularity.
    unreached : tuple of str
        Clients with a weight that no site reaches; they count for nothing.
    """

    question: str
    opened: tuple[str, ...]
    assignment: Ints
    value: float
    bound: float
    proven: bool
    method: str
    seconds: float
    compiling: float
    seed: int
    parameters: dict[str, float | int | None]
    digest: str
    root_bound: float
    multipliers: Floats | None
    unreached: tuple[str, ...]
    versions: dict[str, str]

    @property
    def gap(self) -> float:
        """Return the relative gap between value and bound."""
        if self.value == self.bound:
            return 0.0
        if not np.isfinite(self.value) or not np.isfinite(self.bound) or self.value == 0:
            return float("inf")
        return abs(self.value - self.bound) / abs(self.value)

    def to_dict(self, full: bool = False) -> dict[str, Any]:
        """Return everything as plain values, with assignment and multipliers if it must be full."""
        long = ("assignment", "multipliers")
        answer: dict[str, Any] = {key: value for key, value in asdict(self).items() if key not in long}
        answer |= {"opened": list(self.opened), "unreached": list(self.unreached), "gap": self.gap}
        if full:
            answer["assignment"] = self.assignment.tolist()
            answer["multipliers"] = None if self.multipliers is None else self.multipliers.tolist()
        return {
            key: None if isinstance(value, float) and not np.isfinite(value) else value for key, value in answer.items()
        }

    def write(self, path: Path, full: bool = True) -> None:
        """Write the answer as JSON; an infinite number becomes null."""
        path.write_text(json.dumps(self.to_dict(full), ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
