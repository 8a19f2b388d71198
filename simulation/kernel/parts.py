"""What all parts of the kernel share."""

from __future__ import annotations

import numpy as np
from numba import njit

LEAN = {"_nrt": False, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""Without reference counts, since nothing is made here, and without what Python would need to call it, which doubles the compile time."""

part = njit(forceinline=True, **LEAN)
"""A part of `live`: written into it, not called. It is 20 times as fast so."""

AWAY, WAITING, HUNG_UP = 0, 1, 2
ZERO, ONE, TWO = np.uint64(0), np.uint64(1), np.uint64(2)
