"""The figures of a day (or any stretch) from those of its intervals: always sums over sums, never the mean of ratios.

A service level of 80 % with 10 calls and one of 40 % with 90 make 44 %, not 60 %.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wfm.queueing.inputs import numbers
from wfm.queueing.measures import Measures
from wfm.queueing.special import Array

_OFFERED = ("p_wait", "p_block", "p_abandon", "sl_virtual", "sl_offered", "sl_abandons_met", "p_abandon_within")


def day_figures(measures: Measures, *, calls: ArrayLike, agents: ArrayLike = 1.0, interval_s: ArrayLike = 1.0, axis: int = -1) -> Measures:
    """The intervals along `axis` taken together; the other axes stay.

    calls: offered per interval. Shares of the offered weigh by calls, sl_answered and wait_served by those answered, wait_abandoned by
    those who abandoned, asa_all and virtual_wait by those admitted, occupancy by agents × interval_s, load and mean_queue by interval_s.
    Only the ratios of interval_s and agents matter. All broadcast with the measures. A stretch without calls has service level 1 and
    waits 0, like an interval without. Raises ValueError naming the argument and the first bad index.
    """
    given = {field.name: np.asarray(getattr(measures, field.name), np.float64) for field in fields(Measures)}
    weights = numbers("calls", calls), numbers("agents", agents), numbers("interval_s", interval_s)
    calls, agents, interval_s, *values = np.broadcast_arrays(*weights, *given.values())
    figure = dict(zip(given, values, strict=True))
    served = calls * np.maximum(1 - figure["p_abandon"] - figure["p_block"], 0.0)
    admitted, left = calls * (1 - figure["p_block"]), calls * figure["p_abandon"]
    excluded = admitted - calls * figure["p_abandon_within"]
    weighed: dict[str, tuple[Array, Array]] = {
        **{name: (calls, figure[name]) for name in _OFFERED},
        "load": (interval_s, figure["load"]),
        "mean_queue": (interval_s, figure["mean_queue"]),
        "occupancy": (agents * interval_s, figure["occupancy"]),
        "asa_all": (admitted, figure["asa_all"]),
        "virtual_wait": (admitted, figure["virtual_wait"]),
        "wait_served": (served, figure["wait_served"]),
        "wait_abandoned": (left, figure["wait_abandoned"]),
        "sl_answered": (served, figure["sl_answered"]),
        "sl_abandons_excluded": (excluded, figure["sl_abandons_excluded"]),
    }
    return Measures(**{name: _mean(weight, value, calls, axis) for name, (weight, value) in weighed.items()})


def _mean(weight: Array, value: Array, calls: Array, axis: int) -> Any:
    """Σ weight·value ÷ Σ weight; what weighs nothing does not count, even where it is inf or nan.

    Where nothing weighs (everybody blocked, nobody on duty) the calls weigh instead, and without calls every interval alike.
    """
    for instead in (calls, np.ones_like(calls)):
        weight = np.where(weight.sum(axis=axis, keepdims=True) == 0, instead, weight)
    counted = np.where(weight == 0, 0.0, value)
    result = (weight * counted).sum(axis=axis) / weight.sum(axis=axis)
    return result if result.ndim else result.item()
