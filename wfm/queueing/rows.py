"""What the models beyond Erlang share: arguments to rows, the edge cases, rows back to `Measures`, and the least number of agents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wfm.queueing.measures import NAMES, Measures
from wfm.queueing.search import least, refuse_unreachable
from wfm.queueing.special import Array
from wfm.queueing.system import Figures
from wfm.queueing.targets import Wanted, judged

_AIMS = tuple(name for name in NAMES if name not in ("load", "wait_abandoned"))

Rows = NDArray[np.intp]
Solver = Callable[[Rows], Figures]
"""Rows asked for → figures of those rows."""


def shaped(values: Array, shape: tuple[int, ...]) -> Any:
    """Rows in the caller's shape; a float where all arguments were scalars."""
    return values.reshape(shape) if shape else values.item()


def measures(figures: Figures, shape: tuple[int, ...]) -> Measures:
    """The record the callers get; figures beyond the named measures are left out."""
    return Measures(**{name: shaped(figures[name], shape) for name in NAMES})


def by_case(cases: list[tuple[NDArray[np.bool_], Solver]], count: int) -> Figures:
    """Each row by the first case whose mask holds it; nan where none does."""
    figures = {name: np.full(count, np.nan) for name in NAMES}
    free = np.ones(count, bool)
    for mask, solver in cases:
        rows = np.flatnonzero(mask & free)
        free &= ~mask
        if len(rows):
            for name, values in solver(rows).items():
                figures.setdefault(name, np.full(count, np.nan))[rows] = values
    return figures


def wanted(targets: Mapping[str, ArrayLike], *more: str) -> dict[str, Array]:
    """Targets by the measure they name: at least, for service levels (below 1), at most for the others (above 0).

    more: measures of the model's own, at most as well.
    Raises ValueError for an unknown measure, for none at all, and for a level out of reach.
    """
    if not targets:
        raise ValueError("targets is empty, expected at least one measure, such as {'sl_offered': 0.8}")
    for name, value in targets.items():
        if name not in (*_AIMS, *more):
            raise ValueError(f"targets names {name!r}, expected one of {', '.join((*_AIMS, *more))}")
        array = np.asarray(value, np.float64)
        bad = (array < 0) | (array >= 1) if name.startswith("sl_") else (array <= 0)
        if bad.any():
            raise ValueError(f"targets[{name!r}] is {array[bad].flat[0]:g}, expected {_reach(name)}")
    return {name: np.asarray(value, np.float64) for name, value in targets.items()}


def _reach(name: str) -> str:
    return "at least 0 and below 1" if name.startswith("sl_") else "above 0"


def fewest(figures: Callable[[Rows, Array], Figures], load: Array, targets: Mapping[str, Array]) -> Array:
    """The least whole number of agents of each row, (rows,), that meets every target; 0 without load, nan where something is nan.

    figures: (rows, agents) → figures. targets: rows (rows,) per measure. inf where `search.MOST_AGENTS` do not meet them.
    """
    known = ~np.isnan(load + sum(targets.values()))
    answer = np.where(known, 0.0, np.nan)
    busy = np.flatnonzero(known & (load > 0))
    aims = tuple(Wanted(name, value[busy], name.startswith("sl_")) for name, value in targets.items())

    def judge(rows: Rows, agents: Array) -> tuple[np.ndarray, Array]:
        return judged(tuple(aim.take(rows) for aim in aims), figures(busy[rows], agents))

    spread = np.sqrt(load[busy])
    answer[busy] = least(judge, load[busy] + 0.35 * spread, 0.4 * spread)
    return answer


def whole_answer(values: Array, shape: tuple[int, ...]) -> Any:
    """Whole numbers in the caller's shape; floats where some are nan. Raises ValueError where one is inf, out of reach."""
    refuse_unreachable(values, shape)
    return shaped(values if np.isnan(values).any() else values.astype(np.int64), shape)
