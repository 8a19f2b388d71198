"""What the waits say about patience without any law: the Kaplan–Meier curve and the hazard in bins.

The answered count as censored. The curve ends where the waits end, with many callers still patient: report the curve, its quantiles and
the hazard, and no mean (Kaplan & Meier 1958; Brown et al. 2005 for call centres).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from wfm.queueing.empirical import Empirical
from wfm.queueing.patience.estimate import LEVEL, Estimate, check_level, events_between
from wfm.queueing.patience.waits import Waits
from wfm.queueing.special import Array

BINS_S = (0.0, 5.0, 15.0, 30.0, 60.0, 120.0, 300.0)


@dataclass(frozen=True, eq=False)
class SurvivalCurve:
    """P(R > time_s), given R > seen_after_s, just after each time anybody left; all (times,). low, high: pointwise interval."""

    time_s: Array
    survival: Array
    low: Array
    high: Array
    at_risk: Array
    level: float

    def at(self, t: Sequence[float] | Array) -> Array:
        """P(R > t); past the last wait the last value."""
        return np.append(1.0, self.survival)[np.searchsorted(self.time_s, np.asarray(t, np.float64), side="right")]

    def quantile(self, gone: float) -> Estimate:
        """The time by which the share `gone` (0–1) has left; inf where the curve ends before, for the value or an end of the interval."""
        value, low, high = (self._first(curve, 1 - gone) for curve in (self.survival, self.low, self.high))
        return Estimate(value, low, high, self.level)

    def _first(self, curve: Array, level: float) -> float:
        below = np.flatnonzero(curve <= level + 1e-12)
        return float(self.time_s[below[0]]) if len(below) else float("inf")

    def law(self, edges_s: Sequence[float], tail_s: float) -> Empirical:
        """The curve at a few rising times as a law for `evaluate_patience`: straight in between, past them exponential, mean tail_s."""
        return Empirical(edges_s, self.at(edges_s).tolist(), tail_s)


def kaplan_meier(seen: Waits, level: float = LEVEL) -> SurvivalCurve:
    """The product-limit curve; who left in a second goes before who was answered in it.

    With a grain this is the life table: the fall shows at the end of the grain, those answered within it count half. Intervals: Greenwood
    on the log(−log) scale, which stays within 0–1. No abandons give an empty curve, which is 1 everywhere.
    """
    check_level(level)
    times = np.unique(seen.wait_s[seen.abandoned])
    left = np.array([seen.count[seen.abandoned & (seen.wait_s == t)].sum() for t in times])
    risk = np.array([seen.count[seen.wait_s >= t].sum() for t in times])
    if seen.grain_s:
        risk = risk - np.array([seen.count[~seen.abandoned & (seen.wait_s == t)].sum() for t in times]) / 2
    survival = np.cumprod(1 - left / risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.cumsum(left / (risk * (risk - left)))) / np.abs(np.log(survival))
        z = float(ndtri((1 + level) / 2))
        low, high = survival ** np.exp(z * spread), survival ** np.exp(-z * spread)
    gone = survival <= 0
    return SurvivalCurve(times + seen.grain_s, survival, np.where(gone, 0.0, low), np.where(gone, 0.0, high), risk, level)


@dataclass(frozen=True, eq=False)
class Hazard:
    """Per bin, (bins,): abandons per second of waiting in it, with the exact interval; what stands behind it. nan where nobody waited."""

    start_s: Array
    end_s: Array
    per_second: Array
    low: Array
    high: Array
    abandons: Array
    waited_s: Array
    level: float


def hazard_in_bins(seen: Waits, edges_s: Sequence[float] = BINS_S, level: float = LEVEL) -> Hazard:
    """Abandons ÷ time waited, per bin from edge to edge and past the last. edges_s rise from 0 (or above), in whole grains.

    Balkers sit in the first bin. Raises ValueError for edges that do not rise.
    """
    check_level(level)
    edges = np.asarray(edges_s, np.float64)
    if len(edges) < 1 or edges[0] < 0 or (np.diff(edges) <= 0).any():
        raise ValueError("edges_s must rise from 0 or above")
    start, end = edges, np.append(edges[1:], np.inf)
    lived = np.clip(seen.middle_s[:, None], start, end) - np.clip(seen.seen_after_s, start, end)
    waited = seen.count @ lived
    inside = (seen.wait_s[:, None] >= start) & (seen.wait_s[:, None] < end) & seen.abandoned[:, None]
    left = seen.count @ inside
    ends = np.array([events_between(float(events), level) for events in left])
    with np.errstate(divide="ignore", invalid="ignore"):
        low, value, high = (np.where(waited > 0, count / waited, np.nan) for count in (ends[:, 0], left, ends[:, 1]))
    return Hazard(start, end, value, low, high, left, waited, level)
