"""Erlang X: Erlang A whose abandoners call again. The total rate L solves L = λ + r·L·P_ab(L), with r the share that redials.

Redials are taken as fresh arrivals spread evenly, which holds where callers wait long between two tries (Ding, Remerova, van der Mei &
Zwart 2015, "Fluid approximation of a call center model with redials and reconnects"). L(1 − r·P_ab(L)) rises with L, so that the
solution is the only one for r < 1, and lies between λ and λ/(1 − r).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wfm.queueing.inputs import flat, numbers
from wfm.queueing.measures import Measures, figures_of
from wfm.queueing.rows import Rows, fewest, measures, shaped, wanted, whole_answer
from wfm.queueing.special import Array
from wfm.queueing.system import Figures, System

_ROUNDING = 2e-14


@dataclass(frozen=True, eq=False)
class Redialled:
    """Erlang X. Shapes as in `evaluate`.

    measures: per attempt, redials included, at the total rate. total_calls: attempts per interval. attempts_per_caller: total ÷ first
    calls, 1 without calls. lost_share: callers who give up for good ÷ callers.
    """

    measures: Measures
    total_calls: Array
    attempts_per_caller: Array
    lost_share: Array


def evaluate_redials(
    *,
    calls: ArrayLike,
    interval_s: ArrayLike,
    aht_s: ArrayLike,
    agents: ArrayLike,
    patience_s: ArrayLike,
    redial_share: ArrayLike,
    within_s: ArrayLike = 20.0,
) -> Redialled:
    """Erlang A with `calls` first attempts per interval, where the share redial_share (0 ≤ r < 1) of the abandoners tries again.

    Arguments broadcast. Raises ValueError naming the argument and the first bad index.
    """
    shape, system, redial = _system(calls, interval_s, aht_s, agents, patience_s, redial_share, within_s)
    total = total_load(system, redial)
    figures = figures_of("A", replace(system, load=total))
    scale = np.divide(total, system.load, out=np.where(np.isnan(total), np.nan, 1.0), where=system.load > 0)
    lost = (1 - redial) * scale * figures["p_abandon"]
    calls = np.broadcast_to(np.asarray(calls, np.float64), shape).ravel()
    return Redialled(measures(figures, shape), shaped(calls * scale, shape), shaped(scale, shape), shaped(lost, shape))


def agents_needed_redials(
    *,
    calls: ArrayLike,
    interval_s: ArrayLike,
    aht_s: ArrayLike,
    patience_s: ArrayLike,
    redial_share: ArrayLike,
    targets: Mapping[str, ArrayLike],
    within_s: ArrayLike = 20.0,
) -> Any:
    """The least whole number of agents meeting all targets per attempt, such as {"sl_offered": 0.8}; see `rows.wanted`.

    Errors as in `evaluate_redials`, and for targets unknown or out of reach.
    """
    aims = wanted(targets)
    shape, system, redial = _system(calls, interval_s, aht_s, 0.0, patience_s, redial_share, within_s, *aims.values())
    values = [np.broadcast_to(value, shape).ravel() for value in aims.values()]

    def figures(rows: Rows, agents: Array) -> Figures:
        asked = replace(system.take(rows), agents=agents)
        return figures_of("A", replace(asked, load=total_load(asked, redial[rows])))

    known = np.where(np.isnan(system.patience_s + system.within_s + redial), np.nan, system.load)
    return whole_answer(fewest(figures, known, dict(zip(aims, values, strict=True))), shape)


def _system(*arguments: ArrayLike) -> Any:
    calls, interval_s, aht_s, agents, patience_s, redial_share, within_s, *more = arguments
    shape, rows = flat(
        numbers("calls", calls),
        numbers("interval_s", interval_s, open_low=True),
        numbers("aht_s", aht_s),
        numbers("agents", agents),
        numbers("patience_s", patience_s, endless=True),
        numbers("redial_share", redial_share, high=float(np.nextafter(1.0, 0.0))),
        numbers("within_s", within_s),
        *(np.asarray(value, np.float64) for value in more),
    )
    load = rows[0] * rows[2] / rows[1]
    return shape, System(load, rows[3], rows[2], rows[4], np.full_like(load, np.inf), rows[6]), rows[5]


def total_load(system: System, redial: Array) -> Array:
    """The load of all attempts, (rows,), where system.load holds the first ones."""

    def lost(rows: Rows, load: Array) -> Array:
        return figures_of("A", replace(system.take(rows), load=load))["p_abandon"]

    return all_attempts(np.where(np.isnan(system.agents + system.patience_s), np.nan, system.load), redial, lost)


def all_attempts(first: Array, redial: Array, lost: Callable[[Rows, Array], Array]) -> Array:
    """L of L(1 − r·P_ab(L)) = first, (rows,), for any P_ab(L) that rises; nan where first or redial is. Bracketed secant steps (Illinois).

    lost: (rows, L of those rows) → P_ab.
    """

    def excess(rows: Rows, total: Array) -> Array:
        return total * (1 - redial[rows] * lost(rows, total)) - first[rows]

    low, high = first.copy(), first / (1 - redial)
    total, everybody = np.where(np.isnan(first + redial), np.nan, high), np.arange(len(first))
    below, above = excess(everybody, low), excess(everybody, high)
    rows, was_up = np.flatnonzero((high > low) & (above > 0)), np.zeros(len(first), bool)
    turn = 0
    while len(rows):
        guess = _between(low[rows], high[rows], below[rows], above[rows])
        found = excess(rows, guess)
        total[rows], up = guess, found > 0
        # an end that stays put twice running counts half, so that both ends move
        part = np.where((up == was_up[rows]) & (turn > 0), 0.5, 1.0)
        below[rows], above[rows] = np.where(up, part * below[rows], found), np.where(up, found, part * above[rows])
        was_up[rows], turn = up, turn + 1
        low[rows], high[rows] = np.where(up, low[rows], guess), np.where(up, guess, high[rows])
        rows = rows[(np.abs(found) > _ROUNDING * guess) & (high[rows] - low[rows] > _ROUNDING * high[rows])]
    return total


def _between(low: Array, high: Array, below: Array, above: Array) -> Array:
    """The secant through (low, below ≤ 0) and (high, above > 0); the middle where rounding puts it outside."""
    guess = high - above * (high - low) / (above - below)
    return np.where((guess >= low) & (guess < high), guess, (low + high) / 2)
