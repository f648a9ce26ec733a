"""Compilation of plain loops to machine code, kept on disk between runs."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def jit(function: F) -> F:
    """Compile at the first call, keep the machine code beside the source, and let other threads run meanwhile."""
    return cast("F", numba.njit(cache=True, nogil=True, error_model="numpy")(function))
