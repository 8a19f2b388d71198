"""Inbound calls blended with outbound ones that fill quiet moments, some agents being kept free for inbound.

Equal handle times, endless outbound work: as soon as more than `reserve` agents are free, one of them dials. So at least n − reserve
agents are always busy, and the birth–death chain of M/M/n+G is cut off below n − reserve (Bhulai & Koole 2003, "A queueing model for
call blending in call centers"). Outbound calls start at the rate at which the chain would fall below: (n − reserve)·µ·π_{n−reserve}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wfm.queueing.inputs import flat, numbers
from wfm.queueing.law import Law
from wfm.queueing.laws import Exponential
from wfm.queueing.measures import Measures
from wfm.queueing.models import without_agents, without_calls
from wfm.queueing.rows import Rows, by_case, measures, shaped, wanted
from wfm.queueing.search import least
from wfm.queueing.special import Array
from wfm.queueing.system import Figures, System
from wfm.queueing.targets import Wanted, judged
from wfm.queueing.virtual_wait import FullHouse, waiting


@dataclass(frozen=True, eq=False)
class Blended:
    """measures: of inbound; occupancy counts both kinds of calls. outbound_calls: started per interval. Shapes as in `evaluate`."""

    measures: Measures
    outbound_calls: Array


def evaluate_blend(
    *,
    calls: ArrayLike,
    interval_s: ArrayLike,
    aht_s: ArrayLike,
    agents: ArrayLike,
    reserve: ArrayLike,
    patience: Law | float,
    within_s: ArrayLike = 20.0,
) -> Blended:
    """Inbound measures and outbound calls where outbound is dialled while more than `reserve` (whole, 0 to agents) agents are free.

    aht_s > 0 holds for both kinds. patience: mean seconds of the inbound callers (exponential), or a law. Arguments broadcast. With
    reserve = agents nothing is dialled: M/M/n+G. Raises ValueError naming the argument and the first bad index.
    """
    shape, system, kept, law = _system(calls, interval_s, aht_s, agents, reserve, patience, within_s)
    figures = _figures(system, kept, law)
    outbound = figures["outbound_per_s"] * np.broadcast_to(np.asarray(interval_s, np.float64), shape).ravel()
    return Blended(measures(figures, shape), shaped(outbound, shape))


def reserve_needed(
    *,
    calls: ArrayLike,
    interval_s: ArrayLike,
    aht_s: ArrayLike,
    agents: ArrayLike,
    patience: Law | float,
    targets: Mapping[str, ArrayLike],
    within_s: ArrayLike = 20.0,
) -> Any:
    """The least reserve (which dials the most) that meets all inbound targets; nan where even reserve = agents does not. Floats.

    Targets as in `rows.wanted`, without occupancy. Errors as in `evaluate_blend`.
    """
    aims = wanted({name: value for name, value in targets.items() if name != "occupancy"})
    shape, system, _, law = _system(calls, interval_s, aht_s, agents, 0.0, patience, within_s, *aims.values())
    values = tuple(Wanted(name, np.broadcast_to(value, shape).ravel(), name.startswith("sl_")) for name, value in aims.items())

    def judge(rows: Rows, reserve: Array) -> tuple[np.ndarray, Array]:
        asked = tuple(value.take(rows) for value in values)
        met, slack = judged(asked, _figures(system.take(rows), np.minimum(reserve, system.agents[rows]), law))
        return met, slack

    answer = np.full(len(system), np.nan)
    best, _ = judge(np.arange(len(system)), system.agents)
    rows = np.flatnonzero(best)
    start = np.sqrt(system.load[rows])
    answer[rows] = least(lambda at, reserve: judge(rows[at], reserve), start, start)
    return shaped(answer, shape)


def _system(
    calls: ArrayLike,
    interval_s: ArrayLike,
    aht_s: ArrayLike,
    agents: ArrayLike,
    reserve: ArrayLike,
    patience: Law | float,
    *more: ArrayLike,
) -> tuple[tuple[int, ...], System, Array, Law]:
    law = Exponential(float(patience)) if isinstance(patience, (int, float)) else patience
    within_s, *others = more
    shape, rows = flat(
        numbers("calls", calls),
        numbers("interval_s", interval_s, open_low=True),
        numbers("aht_s", aht_s, open_low=True),
        _whole("agents", agents),
        _whole("reserve", reserve),
        numbers("within_s", within_s),
        *(np.asarray(value, np.float64) for value in others),
    )
    if (rows[4] > rows[3]).any():
        raise ValueError(f"reserve is {rows[4][rows[4] > rows[3]][0]:g}, expected at most the agents")
    load, endless = rows[0] * rows[2] / rows[1], np.full_like(rows[0], np.inf)
    return shape, System(load, rows[3], rows[2], np.full_like(load, law.mean_s), endless, rows[5]), rows[4], law


def _whole(name: str, values: ArrayLike) -> Array:
    array = numbers(name, values)
    broken = ~np.isnan(array) & (array % 1 != 0)
    if broken.any():
        raise ValueError(f"{name} is {array[broken].flat[0]:g}, expected a whole number")
    return array


def _figures(system: System, reserve: Array, law: Law) -> Figures:
    known = ~np.isnan(system.load + system.agents + system.within_s + reserve)
    cases = [
        (known & (system.load == 0), lambda rows: _quiet(system.take(rows), reserve[rows])),
        (known & (system.agents == 0), lambda rows: _unserved(system.take(rows), law)),
        (known, lambda rows: _served(system.take(rows), reserve[rows], law)),
    ]
    figures = by_case(cases, len(system))
    return {"outbound_per_s": np.full(len(system), np.nan)} | figures | {"load": np.where(known, system.load, np.nan)}


def _quiet(system: System, reserve: Array) -> Figures:
    """No inbound: n − reserve agents dial all the time, and an agent is free for whoever calls, unless none is kept."""
    dialling, none_kept = system.agents - reserve, (reserve == 0) & (system.agents > 0)
    figures = without_calls(system) | {"outbound_per_s": dialling / system.aht_s}
    return figures | {"occupancy": np.where(none_kept, 1.0, dialling / np.maximum(system.agents, 1.0))}


def _unserved(system: System, law: Law) -> Figures:
    late = {"p_abandon_within": law.left(system.within_s), "outbound_per_s": np.zeros(len(system))}
    return without_agents("A", system) | late


def _served(system: System, reserve: Array, law: Law) -> Figures:
    floor = system.agents - reserve
    log_free, log_floor, busy = _free_states(system.load, system.agents, floor)
    figures = waiting(FullHouse(system.calls_per_s, system.agents / system.aht_s, log_free, system.within_s), law)
    full = figures["p_wait"]
    working = (1 - full) * busy + full * system.agents
    # with no reserve every state is busy, and the flow past the lowest is the density of the wait at 0
    first = np.exp(figures["log_last_free"] + log_floor)
    start = first * np.where(reserve > 0, floor / system.aht_s, system.calls_per_s)
    return figures | {"occupancy": np.minimum(working / system.agents, 1.0), "outbound_per_s": start}


def _free_states(load: Array, agents: Array, floor: Array) -> tuple[Array, Array, Array]:
    """States floor … agents − 1: ln(sum of π ÷ π of the last), ln(π of the first ÷ π of the last), mean busy; −inf where there are none."""
    none = floor >= agents
    log_sum, log_floor, busy = np.where(none, -np.inf, 0.0), np.zeros_like(load), np.where(none, 0.0, floor)
    steps = np.maximum(agents - 1 - floor, 0.0)
    for step in range(1, int(steps.max(initial=0.0)) + 1):
        at = np.flatnonzero(steps >= step)
        log_ratio = np.log((floor[at] + step) / load[at])
        log_floor[at] += log_ratio
        log_sum[at] = np.logaddexp(0.0, log_ratio + log_sum[at])
        busy[at] += np.exp(-log_sum[at]) * (floor[at] + step - busy[at])
    return log_sum, log_floor, busy
