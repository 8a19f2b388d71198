"""Ratios of sums over replications, with their doubt. Numbers in, numbers out."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.stats import beta
from scipy.stats import t as student

from wfm.model.arrays import FloatArray

LEVEL = 0.95
PRIOR_EVENTS = 4.0
"""Weight, in trials of the rarer kind, of the supposed design effect against the one seen."""


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % interval; low and high are nan where one replication alone cannot tell."""

    value: float
    low: float
    high: float


def exact(value: float) -> Estimate:
    """A figure that is known, not measured."""
    return Estimate(float(value), float(value), float(value))


def ratio_value(top: FloatArray, bottom: FloatArray, empty: float) -> float:
    """Sum of tops ÷ sum of bottoms, `empty` where there is nothing to divide by."""
    total = float(bottom.sum())
    return float(top.sum()) / total if total > 0 else empty


def influence(top: FloatArray, bottom: FloatArray, empty: float) -> FloatArray:
    """What each replication adds to the error of the ratio of sums, (replications,): (topᵣ − ratio × bottomᵣ) ÷ mean bottom.

    The delta method for a ratio of means (Law, Simulation Modeling and Analysis, section 9.4; the infinitesimal jackknife): the standard
    error of the ratio is the standard deviation of these ÷ √replications. Zero where there is nothing to divide by.
    """
    mean = float(bottom.mean())
    if mean <= 0:
        return np.zeros(len(bottom))
    return (top - ratio_value(top, bottom, empty) * bottom) / mean


def interval(
    value: float, errors: FloatArray, low: float = -math.inf, high: float = math.inf, volume: FloatArray | None = None
) -> Estimate:
    """Student's t interval of a value whose per-replication errors are given, cut to [low, high] (never inside the value).

    volume (replications,): see `error`.
    """
    if len(errors) < 2:
        return Estimate(value, math.nan, math.nan)
    spread, freedom = error(errors, volume)
    half = float(student.ppf((1 + LEVEL) / 2, freedom)) * spread
    return Estimate(value, max(value - half, min(low, value)), min(value + half, max(high, value)))


def error(errors: FloatArray, volume: FloatArray | None = None) -> tuple[float, float]:
    """Standard error of the mean of errors of at least two replications, and its degrees of freedom.

    volume (replications,): of the sample paths, where they are spread evenly over light and heavy ones. What volume explains then does not
    vary from one set of replications to the next, and the variance is that of neighbours by volume, Σ (eᵢ₊₁ − eᵢ)² ÷ 2 (n − 1) (successive
    differences: Wolter, Introduction to Variance Estimation, chapter 8), with 2 (n − 1)² ÷ (3n − 4) degrees of freedom (von Neumann 1941).
    None, or the same for all: replications are independent.
    """
    runs = len(errors)
    if volume is None or not np.ptp(volume) > 0:
        return float(errors.std(ddof=1)) / math.sqrt(runs), runs - 1
    steps = np.diff(errors[np.argsort(volume, kind="stable")])
    return math.sqrt(float(steps @ steps) / 2 / (runs - 1) / runs), 2 * (runs - 1) ** 2 / (3 * runs - 4)


def ratio(
    top: FloatArray,
    bottom: FloatArray,
    empty: float = 0.0,
    low: float = 0.0,
    high: float = math.inf,
    volume: FloatArray | None = None,
) -> Estimate:
    """Sum ÷ sum over replications with its t interval; an exact `empty` where all bottoms are 0. volume: see `error`."""
    if not bottom.sum() > 0:
        return exact(empty)
    return interval(ratio_value(top, bottom, empty), influence(top, bottom, empty), low, high, volume)


def proportion(hits: FloatArray, trials: FloatArray, empty: float = 1.0) -> Estimate:
    """Share of yes-or-no trials that come in clusters (the days of a replication), with an interval that is honest near 0 and 1.

    Korn and Graubard (1998): the exact binomial interval at the effective number of trials, trials ÷ design effect: see `design_effect`.
    """
    if not trials.sum() > 0:
        return exact(empty)
    share = ratio_value(hits, trials, empty)
    if len(trials) < 2:
        return Estimate(share, math.nan, math.nan)
    effective = float(trials.sum()) / design_effect(hits, trials)
    yes, tail = share * effective, (1 - LEVEL) / 2
    low = float(beta.ppf(tail, yes, effective - yes + 1)) if yes > 0 else 0.0
    high = float(beta.ppf(1 - tail, yes + 1, effective - yes)) if yes < effective else 1.0
    return Estimate(share, low, high)


def design_effect(hits: FloatArray, trials: FloatArray) -> float:
    """How many trials of a cluster tell as much as one that stands alone, at least 1: variance of the share ÷ that of lone trials.

    The clusters show it only as far as trials of the rarer kind stand in them: with one miss it always looks like 1, with none it cannot
    be seen. So the effect seen is averaged with a supposed one, √(trials of a cluster), half-way on a log scale between trials that fail
    alone (1) and those that all fail together; the supposed one weighs as much as `PRIOR_EVENTS` misses (or hits, if these are rarer).
    Hence the interval does not jump between one miss and none, and many misses speak for themselves.
    """
    share, total, runs = float(hits.sum() / trials.sum()), float(trials.sum()), len(trials)
    events = min(float(hits.sum()), total - float(hits.sum()))
    supposed = max(math.sqrt(total / runs), 1.0)
    if events <= 0:
        return supposed
    variance = float(influence(hits, trials, 0.0).var(ddof=1)) / runs
    seen = max(variance * total / (share * (1 - share)), 1.0)
    return (events * seen + PRIOR_EVENTS * supposed) / (events + PRIOR_EVENTS)
