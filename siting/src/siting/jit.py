"""Compilation of plain loops to machine code, kept on disk between runs, and records that compiled code can change."""

from collections.abc import Callable
from typing import TypeVar, cast, get_type_hints

import numba
import numpy as np

F = TypeVar("F", bound=Callable[..., object])
Layout = TypeVar("Layout")


def jit(function: F) -> F:
    """Compile at the first call, keep the machine code beside the source, and let other threads run meanwhile.

    A compiled function calls only those of its own file: what is kept is not renewed when another file changes.
    """
    return cast("F", numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def zero_record(layout: type[Layout]) -> Layout:
    """Return a record with the annotated fields of a class (float or int), all 0.

    A NamedTuple cannot change its numbers; a record can, in compiled code and outside, and both name its fields.
    """
    fields = np.dtype(list(get_type_hints(layout).items()), align=True)
    return cast("Layout", np.zeros(1, fields).view(np.recarray)[0])
