"""A day that is busier or quieter as a whole: one gamma factor for all its intervals. The chance that the day meets its target.

Forecast errors of one day go together (Whitt 1999, "Dynamic staffing in a telephone call center aiming to immediately answer all calls";
Steckley, Henderson & Mehrotra 2009), so that the day's doubt does not average out over its intervals. What callers see on average is
`day_figures` of `evaluate_random`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wfm.queueing.day import day_figures
from wfm.queueing.inputs import numbers
from wfm.queueing.measures import evaluate
from wfm.queueing.random_load import chance_below
from wfm.queueing.rows import wanted
from wfm.queueing.special import Array
from wfm.queueing.targets import Wanted

_ROUNDS = 60


def day_chance_met(
    model: str,
    *,
    calls: ArrayLike,
    cv: ArrayLike,
    agents: ArrayLike,
    targets: Mapping[str, ArrayLike],
    **queue: Any,
) -> Any:
    """P(the day's figures meet all targets), 0–1, where all calls of a day are its forecast times one random factor of variation cv.

    calls, agents: (…, intervals), broadcast with each other. cv, targets: one per day, (…). queue: interval_s, aht_s, patience_s, within_s
    of `evaluate`; occupancy and loads weigh every interval alike. 1 for a day without calls. Raises ValueError as `evaluate`, and for
    targets unknown or out of reach.
    """
    calls, agents = np.broadcast_arrays(numbers("calls", calls), numbers("agents", agents))
    days = calls.shape[:-1]
    cv = np.broadcast_to(numbers("cv", cv), days)
    aims = [Wanted(name, value, name.startswith("sl_")) for name, value in wanted(targets).items()]

    def met(factor: Array) -> Array:
        scaled = calls * factor[..., None]
        figures = day_figures(evaluate(model, calls=scaled, agents=agents, **queue), calls=scaled, agents=agents)
        values = {aim.measure: np.asarray(figures[aim.measure]) for aim in aims}
        return np.asarray(np.logical_and.reduce([np.broadcast_to(aim.met(values), days) for aim in aims]))

    chance = chance_below(np.where(calls.sum(axis=-1) > 0, _limit(met, days), np.inf), cv)
    chance = np.where(np.isnan(calls.sum(axis=-1) + agents.sum(axis=-1)), np.nan, chance)
    return chance if days else chance.item()


def _limit(met: Any, days: tuple[int, ...]) -> Array:
    """The largest factor that meets the targets, by bisection: a busier day is never a better one."""
    low, high = np.zeros(days), np.ones(days)
    for _ in range(_ROUNDS):
        more = met(high)
        if not more.any():
            break
        low, high = np.where(more, high, low), np.where(more, 2 * high, high)
    for _ in range(_ROUNDS):
        middle = np.where(low > 0, (low + high) / 2, high / 16)
        good = met(middle)
        low, high = np.where(good, middle, low), np.where(good, high, middle)
    return low
