"""Modified offered load: how busy infinitely many agents would be, and so what load the staff of each interval really meets.

With arrivals λ(t) and exponential handle times, m′ = λ − µm: calls of the interval before are still being served in this one. For a rate
that is constant within each interval both m and its mean over the interval are exact. Erlang formulas then take that mean (Jennings,
Mandelbaum, Massey & Whitt 1996, "Server staffing to meet time-varying demand"; Green, Kolesar & Whitt 2007). The longer a call against
the interval, the more it matters: with calls of half an hour in half hours the plain method staffs the peak too early.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wfm.queueing.inputs import numbers
from wfm.queueing.special import Array, exp_gap


@dataclass(frozen=True, eq=False)
class OfferedLoad:
    """Erlang, the last axis is time. mean: over each interval (…, intervals). edge: at the edges of the intervals (…, intervals + 1)."""

    mean: Array
    edge: Array


def modified_offered_load(*, calls: ArrayLike, interval_s: ArrayLike, aht_s: ArrayLike, start: ArrayLike | None = 0.0) -> OfferedLoad:
    """The load of each interval, calls still being served from earlier ones included.

    calls: per interval, (…, intervals), at least one interval. interval_s, aht_s: broadcast to it; aht_s 0 makes no load. start: load at
    the first edge, broadcast to (…); 0 for a centre that opens; None for a profile that repeats for ever, such as a day around the clock.
    To use `evaluate` give it calls = mean·interval_s/aht_s. Raises ValueError naming the argument and the first bad index.
    """
    checked = numbers("calls", calls), numbers("interval_s", interval_s, open_low=True), numbers("aht_s", aht_s)
    calls, interval_s, aht_s = np.broadcast_arrays(*(np.atleast_1d(values) for values in checked))
    if not calls.shape[-1]:
        raise ValueError("calls has no interval, expected at least one")
    steady = calls * aht_s / interval_s
    with np.errstate(divide="ignore"):
        passed = interval_s / aht_s
    if start is None:
        from_nothing = _edges(steady, passed, np.zeros(calls.shape[:-1]))[..., -1]
        first = from_nothing / -np.expm1(-passed.sum(axis=-1))
    else:
        first = np.broadcast_to(numbers("start", start), calls.shape[:-1])
    edge = _edges(steady, passed, first)
    return OfferedLoad(steady + (edge[..., :-1] - steady) * _mean_left(passed), edge)


def _edges(steady: Array, passed: Array, first: Array) -> Array:
    """m at the edges: m_end = steady + (m_start − steady) e^−Δµ, in positive terms."""
    edge = np.empty((*steady.shape[:-1], steady.shape[-1] + 1))
    edge[..., 0] = first
    for i in range(steady.shape[-1]):
        edge[..., i + 1] = edge[..., i] * np.exp(-passed[..., i]) - steady[..., i] * np.expm1(-passed[..., i])
    return edge


def _mean_left(passed: Array) -> Array:
    """(1 − e^−x)/x = 1 − (e^−x − 1 + x)/x, the mean over an interval of what fades."""
    finite = np.where(np.isinf(passed), 1.0, passed)
    return np.where(np.isinf(passed), 0.0, 1 - exp_gap(finite) / finite)
