"""The compiled path: taken for large arrays where numba can be imported, with the very same answers.

A compiled row whose decision hangs on less than the rounding of either path is handed back, and answered by the numpy path.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType

import numpy as np

from wfm.queueing.special import Array

LARGE = 4_096
"""Rows from which on it pays; loading the compiler takes a second, once in a process."""

UNSURE = -1.0
"""What a kernel answers for a row that it hands back."""


def kernels(rows: int) -> ModuleType | None:
    """The compiled kernels for so many rows; None where they are too few, or there is no numba."""
    return _loaded() if rows >= LARGE else None


@cache
def _loaded() -> ModuleType | None:
    try:
        from wfm.queueing import kernels as compiled
    except ImportError:  # no numba, or one that does not fit this numpy
        return None
    return compiled


def dense(*arrays: Array) -> tuple[Array, ...]:
    """As the kernels want them: one number after the other."""
    return tuple(np.ascontiguousarray(array) for array in arrays)
