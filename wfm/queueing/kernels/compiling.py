"""How a kernel is compiled. One that calls others shares a file with them: code kept on disk notices changes of its own file only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled(function: Callable[..., Any], fastmath: Any = frozenset({"contract"})) -> Any:
    """Compiled at the first call; kept on disk where there is a folder for it."""
    options: Any = {"fastmath": fastmath if fastmath is True else set(fastmath), "error_model": "numpy"}
    try:
        return njit(cache=True, **options)(function)
    except RuntimeError:  # numba finds no writable folder for its cache
        return njit(**options)(function)


def lanes(function: Callable[..., Any]) -> Any:
    """The same, with sums in any order, which lets loops over lanes use wide registers."""
    return compiled(function, fastmath=True)


def lanes_within(function: Callable[..., Any]) -> Any:
    """A part of such a function, taken into it whole: called, its loops would not be made wide."""
    return njit(fastmath=True, error_model="numpy", inline="always")(function)
