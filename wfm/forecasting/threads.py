"""One BLAS thread while the small matrices of a forecast are solved.

numpy and scipy carry an OpenBLAS each. On matrices of a few hundred rows its threads gain nothing, and where the machine is busy, or
the two libraries alternate, their spinning makes a solve ten to twenty times slower and burns the processor (measured: 2.4 s became
25 to 45 s for four queues with backtest).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import scipy.linalg.lapack  # noqa: F401  its BLAS must be loaded before the controller looks for it
from threadpoolctl import ThreadpoolController


@cache
def controller() -> ThreadpoolController:
    """Finds the libraries once; looking for them anew on each call would take longer than a small solve."""
    return ThreadpoolController()


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Restores what was set before. The setting is the process's, so other threads may for that while run on one BLAS thread too."""
    with controller().limit(limits=1, user_api="blas"):
        yield
