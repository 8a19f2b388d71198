"""Searches for the least agents of Erlang A and B: by all measures, or quicker where service levels and occupancy alone are asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from wfm.queueing.fast import UNSURE, dense, kernels
from wfm.queueing.inputs import constant
from wfm.queueing.levels import levels
from wfm.queueing.measures import figures_of
from wfm.queueing.models import usual_patience
from wfm.queueing.search import least
from wfm.queueing.special import Array
from wfm.queueing.system import Figures, System
from wfm.queueing.targets import SL_DEFINITIONS, Wanted, judged

Flags = NDArray[np.bool_]

_CLOSE = 1e-10
"""A slack below which the quicker figures might decide otherwise than those of `evaluate`."""


def search(model: str, system: System, wanted: tuple[Wanted, ...]) -> Array:
    """The least whole agents of each row, (rows,), whatever is asked; load above 0, nothing nan."""
    # callers who never leave need more agents than load, whatever else is asked
    stable = np.isinf(system.patience_s) & (model == "A")
    return _search(partial(figures_of, model), system, wanted, stable)


def by_levels(system: System, wanted: tuple[Wanted, ...]) -> Array:
    """The same for Erlang A where `levels` has all that is asked."""
    usual = usual_patience(system)
    if not usual.all():
        answer = np.empty_like(system.load)
        for rows, way in ((np.flatnonzero(usual), by_levels), (np.flatnonzero(~usual), partial(search, "A"))):
            answer[rows] = way(system.take(rows), tuple(target.take(rows) for target in wanted))
        return answer
    answer = _compiled(system, wanted)
    rows = np.flatnonzero(answer == UNSURE)
    # neighbours in this order need about the same effort
    rows = rows[np.argsort((system.load * system.patience_s / system.aht_s)[rows])]
    part, asked = system.take(rows), tuple(target.take(rows) for target in wanted)
    close = np.zeros(len(rows), bool)
    answer[rows] = _search(_levels, part, asked, np.zeros(len(rows), bool), close)
    rows, part, asked = rows[close], part.take(close), tuple(target.take(close) for target in asked)
    answer[rows] = search("A", part, asked)
    return answer


def _levels(system: System) -> Figures:
    """As `levels`, and without agents the service level 0 of somebody who works always."""
    found = levels(replace(system, agents=np.maximum(system.agents, 1.0)))
    staffed = system.agents > 0
    if staffed.all():
        return found
    return {name: np.where(staffed, values, float(name == "occupancy")) for name, values in found.items()}


def _search(
    figures: Callable[[System], Figures], system: System, wanted: tuple[Wanted, ...], stable: Flags, close: Flags | None = None
) -> Array:
    """stable: rows that need more agents than load anyhow. close: is set where a decision hung on the last digits."""

    # a level near 1 has few digits left of what it lacks
    missing = np.min([1 - target.value for target in wanted if target.at_least], axis=0, initial=1.0)
    near = _CLOSE * (1 + 1e-4 / missing) + np.zeros(len(system))

    def judge(rows: np.ndarray, agents: Array) -> tuple[Flags, Array]:
        asked = replace(system.take(rows), agents=agents)
        met, slack = judged(tuple(target.take(rows) for target in wanted), figures(asked))
        if close is not None:
            close[rows] |= np.abs(slack) < near[rows]
        return met & (~stable[rows] | (agents > asked.load)), slack

    spread = np.sqrt(system.load)
    return least(judge, system.load + 0.35 * spread, 0.4 * spread)


def _compiled(system: System, wanted: tuple[Wanted, ...]) -> Array:
    """The answers of the compiled search, UNSURE where there is none."""
    answer = np.full(len(system), UNSURE)
    level = next((target for target in wanted if target.at_least), None)
    compiled = kernels(len(system))
    if compiled is not None and level is not None:
        cap = next((target.value for target in wanted if not target.at_least), constant(1.0, len(system)))
        per_call = system.patience_s / system.aht_s
        asked = dense(system.load, per_call, system.within_s / system.patience_s, level.value, cap)
        compiled.search(*asked, SL_DEFINITIONS.index(level.measure.removeprefix("sl_")), answer)
    return answer
