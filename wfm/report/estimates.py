"""Ratios of sums over replications, with their doubt. Numbers in, numbers out."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.stats import beta
from scipy.stats import t as student

from wfm.model.arrays import FloatArray

LEVEL = 0.95


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


def interval(value: float, errors: FloatArray, low: float = -math.inf, high: float = math.inf) -> Estimate:
    """Student's t interval of a value whose per-replication errors are given, cut to [low, high] (never inside the value)."""
    runs = len(errors)
    if runs < 2:
        return Estimate(value, math.nan, math.nan)
    half = float(student.ppf((1 + LEVEL) / 2, runs - 1)) * float(errors.std(ddof=1)) / math.sqrt(runs)
    return Estimate(value, max(value - half, min(low, value)), min(value + half, max(high, value)))


def ratio(top: FloatArray, bottom: FloatArray, empty: float = 0.0, low: float = 0.0, high: float = math.inf) -> Estimate:
    """Sum ÷ sum over replications with its t interval; an exact `empty` where all bottoms are 0."""
    if not bottom.sum() > 0:
        return exact(empty)
    return interval(ratio_value(top, bottom, empty), influence(top, bottom, empty), low, high)


def proportion(hits: FloatArray, trials: FloatArray, empty: float = 1.0) -> Estimate:
    """Share of yes-or-no trials that come in clusters (the days of a replication), with an interval that is honest near 0 and 1.

    Korn and Graubard (1998): the exact binomial interval at the effective number of trials, p(1 − p) ÷ variance. Where every trial
    agrees the clusters tell nothing of the variance, and each counts as one trial only.
    """
    if not trials.sum() > 0:
        return exact(empty)
    share, runs = ratio_value(hits, trials, empty), len(trials)
    if runs < 2:
        return Estimate(share, math.nan, math.nan)
    variance = float(influence(hits, trials, empty).var(ddof=1)) / runs
    effective = min(share * (1 - share) / variance, float(trials.sum())) if variance > 0 and 0 < share < 1 else float(runs)
    yes, tail = share * effective, (1 - LEVEL) / 2
    low = float(beta.ppf(tail, yes, effective - yes + 1)) if yes > 0 else 0.0
    high = float(beta.ppf(1 - tail, yes + 1, effective - yes)) if yes < effective else 1.0
    return Estimate(share, low, high)
