"""Patience as it was measured, without any formula behind it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wfm.queueing.law import positive
from wfm.queueing.laws import Exponential
from wfm.queueing.special import Array


class Empirical:
    """A measured curve: P(R > times_s[i]) = survival[i], straight in between, P(R > 0) = 1 unless times_s starts at 0.

    Who is still there at the last time goes on with exponential patience of mean tail_s (> 0; needed where survival ends above 0).
    Raises ValueError unless the times rise and the survival falls within 0–1.
    """

    def __init__(self, times_s: Sequence[float], survival: Sequence[float], tail_s: float | None = None) -> None:
        times, curve = np.asarray(times_s, np.float64), np.asarray(survival, np.float64)
        if not len(times) or times[0] > 0:
            times, curve = np.append(0.0, times), np.append(1.0, curve)
        if (np.diff(times) <= 0).any() or times[0] < 0 or not np.isfinite(times).all():
            raise ValueError("times_s must rise from 0 or above, all finite")
        if times.shape != curve.shape or (np.diff(curve) > 0).any() or not ((curve >= 0) & (curve <= 1)).all():
            raise ValueError("survival must have one value per time, fall, and lie between 0 and 1")
        self._rest = float(curve[-1])
        if self._rest > 0:
            positive("tail_s, needed where survival ends above 0,", np.nan if tail_s is None else tail_s)
        self._tail = Exponential(tail_s) if tail_s is not None else Exponential(1.0)
        self._times, self._curve = times, curve
        middles = (times[1:] + times[:-1]) / 2
        self._gone = np.append(0.0, np.cumsum(middles * (curve[:-1] - curve[1:])))

    @property
    def mean_s(self) -> float:
        return float(self._gone[-1] + self._rest * (self._times[-1] + self._tail.mean_s))

    @property
    def knots_s(self) -> Array:
        return np.append(self._times, self._times[-1] + self._tail.knots_s) if self._rest > 0 else self._times

    def survival(self, t: Array) -> Array:
        return np.interp(t, self._times, self._curve) * self._tail.survival(self._beyond(t))

    def left(self, t: Array) -> Array:
        return np.interp(t, self._times, 1 - self._curve) + self._rest * self._tail.left(self._beyond(t))

    def left_wait(self, t: Array) -> Array:
        knot = np.clip(np.searchsorted(self._times, t, side="right") - 1, 0, len(self._times) - 1)
        since = np.minimum(t, self._times[-1]) - self._times[knot]
        fall = np.append((self._curve[:-1] - self._curve[1:]) / np.diff(self._times), 0.0)[knot]
        within = self._gone[knot] + fall * since * (self._times[knot] + since / 2)
        beyond = self._beyond(t)
        return np.asarray(within + self._rest * (self._times[-1] * self._tail.left(beyond) + self._tail.left_wait(beyond)))

    def _beyond(self, t: Array) -> Array:
        return np.asarray(np.maximum(t - self._times[-1], 0.0))
