"""One BLAS thread while the small matrices of a forecast are solved.

numpy and scipy carry an OpenBLAS each. On matrices of a few hundred rows its threads gain nothing, and where the machine is busy, or
the two libraries alternate, their spinning makes a solve ten to twenty times slower and burns the processor (measured: 2.4 s became
25 to 45 s for four queues with backtest). Other BLAS libraries are left alone.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import numpy.linalg._umath_linalg
import scipy.linalg._flapack

MODULES = (numpy.linalg._umath_linalg, scipy.linalg._flapack)
SYMBOLS = ("scipy_openblas_{}_num_threads64_", "scipy_openblas_{}_num_threads", "openblas_{}_num_threads64_", "openblas_{}_num_threads")

Control = tuple[Callable[[], int], Callable[[int], None]]


@cache
def controls() -> tuple[Control, ...]:
    """How to read and set the number of threads of each OpenBLAS that numpy and scipy brought."""
    found = []
    for module in MODULES:
        library = ctypes.CDLL(module.__file__)
        for symbol in SYMBOLS:
            if hasattr(library, symbol.format("set")):
                found.append((getattr(library, symbol.format("get")), getattr(library, symbol.format("set"))))
                break
    return tuple(found)


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Restores what was set before. The setting is the process's, so other threads may for that while run on one BLAS thread too."""
    before = [read() for read, _ in controls()]
    for _, write in controls():
        write(1)
    try:
        yield
    finally:
        for (_, write), threads in zip(controls(), before, strict=True):
            write(threads)
