"""What an answer says of itself."""

import importlib.metadata
import json
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from siting.arrays import Floats, Ints


def versions() -> dict[str, str]:
    """Return the versions that an answer was made with."""
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
        What the answer is worth on full costs, and what none can better.
    gap : float
        |value - bound| / |value|; 0 if both are 0, infinite if either is.
    proven : bool
        Whether value and bound are within 1e-9 of one another, relatively.
    method : str
        How the bound came about.
    seconds, compiling : float
        Solving without reading and compiling; compiling (or loading what was compiled before).
    multipliers : float64, shape (n,), or None
        From which `root_bound` can be reckoned anew.
    root_bound : float
        The bound of the multipliers alone; `bound` may be better, by enumeration and by rounding to what values can be.
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
        """Return how far the value can be from the best, as a part of the value."""
        if self.value == self.bound:
            return 0.0
        if not np.isfinite(self.value) or not np.isfinite(self.bound) or self.value == 0:
            return float("inf")
        return abs(self.value - self.bound) / abs(self.value)

    def told(self, whole: bool = False) -> dict[str, Any]:
        """Return everything as plain values; assignment and multipliers only if the whole is wanted."""
        answer: dict[str, Any] = {key: each for key, each in asdict(self).items() if key not in ("assignment", "multipliers")}
        answer |= {"opened": list(self.opened), "unreached": list(self.unreached), "gap": self.gap}
        if whole:
            answer["assignment"] = self.assignment.tolist()
            answer["multipliers"] = None if self.multipliers is None else self.multipliers.tolist()
        return {key: None if isinstance(each, float) and not np.isfinite(each) else each for key, each in answer.items()}

    def write(self, path: Path, whole: bool = True) -> None:
        """Write the answer as JSON; an infinite number becomes null."""
        path.write_text(json.dumps(self.told(whole), ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
