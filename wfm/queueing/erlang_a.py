"""Erlang A, M/M/n+M: callers wait, and leave when their exponential patience ends.

P(no wait) : P(wait) = 1/B(n−1) : y ∫g, with the integrals of `palm` (Mandelbaum & Zeltyn 2005, "The Palm/Erlang-A queue"). For real n the
same formula with the continued B. Worked number: 48 calls a minute, AHT 60 s, 50 agents, patience 120 s abandon 3.1 %, ASA 3.7 s (Gans,
Koole & Mandelbaum 2003).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wfm.queueing.erlang_b import log_inverse_blocking
from wfm.queueing.ladder import climbable, ladder, rungs
from wfm.queueing.palm import Palm, palm
from wfm.queueing.special import Array, ratio_gap
from wfm.queueing.system import Figures, System, share

BLOCK = 2048
"""Rows worked on at once: the nodes of so many integrals still fit the cache."""


def impatient(system: System) -> Figures:
    """Every measure of Erlang A with patience in (0, inf)."""
    x, y, within = scaled(system)
    short = climbable(x, y, within)
    steps = np.where(short, 1, 0)
    steps[short] = rungs(x[short], y[short])
    figures: Figures = {}
    for count, rows in _groups(steps):
        for name, values in _evenly(system.take(rows), count).items():
            figures.setdefault(name, np.empty(len(system)))[rows] = values
    return figures


def _groups(steps: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Rows of equal effort, a block at a time."""
    for count in np.unique(steps):
        rows = np.flatnonzero(steps == count)
        for block in np.array_split(rows, len(rows) // BLOCK + 1):
            yield int(count), block


def _evenly(system: System, steps: int) -> Figures:
    """Rows that need the same effort: a ladder of so many steps, or the quadrature for 0."""
    x, y, within = scaled(system)
    if steps:
        (soon, late), peak = ladder(x, y, within, steps), np.zeros_like(x)
    else:
        soon, late = palm(x, y, np.zeros_like(x), within), palm(x, y, within, np.full_like(x, np.inf))
        peak = x * ratio_gap(np.maximum(y / x, 1.0))
    idle, waiting = weights(system, y, peak)
    return _figures(system, idle, waiting, soon, late)


def scaled(system: System) -> tuple[Array, Array, Array]:
    patience = system.patience_s / system.aht_s
    return system.agents * patience, system.load * patience, system.within_s / system.patience_s


def weights(system: System, y: Array, log_unit: Array) -> tuple[Array, Array]:
    """Weight of an agent free, and of one unit (e^log_unit) of the integrals; the larger of that unit and 1/B is taken out of both."""
    log_ratio = log_unit - log_inverse_blocking(system.agents - 1, system.load)
    return np.exp(-np.maximum(log_ratio, 0.0)), y * np.exp(np.minimum(log_ratio, 0.0))


def _figures(system: System, idle: Array, waiting: Array, soon: Palm, late: Palm) -> Figures:
    whole, patience_s = soon + late, system.patience_s
    total = idle + waiting * whole.every
    served, in_time = idle + waiting * whole.served, idle + waiting * soon.served
    keep, lose = np.exp(-system.within_s / patience_s), -np.expm1(-system.within_s / patience_s)
    left_soon = waiting * (soon.left + late.every * lose)
    asa_all = patience_s * waiting * whole.left / total
    return {
        "p_wait": share(waiting * whole.every, total),
        "p_block": np.zeros_like(total),
        "p_abandon": share(waiting * whole.left, total),
        "asa_all": asa_all,
        "wait_served": patience_s * waiting * whole.wait_served / served,
        "wait_abandoned": patience_s * whole.wait_left / whole.left,
        "virtual_wait": patience_s * waiting * whole.wait / total,
        "mean_queue": system.calls_per_s * asa_all,
        "occupancy": np.minimum(system.load / system.agents * (served / total), 1.0),
        "sl_virtual": share(idle + waiting * soon.every, total),
        "sl_offered": share(in_time, total),
        "sl_answered": share(in_time, served),
        "sl_abandons_met": share(in_time + left_soon, total),
        "sl_abandons_excluded": share(in_time, in_time + waiting * late.every * keep),
        "p_abandon_within": share(left_soon, total),
    }
