"""Compiled twins of the searches of `climb` and `level_search`. Imported by `fast` only, since numba is an optional dependency."""

from wfm.queueing.kernels.climb import climb, fitted
from wfm.queueing.kernels.level import search

__all__ = ["climb", "fitted", "search"]
