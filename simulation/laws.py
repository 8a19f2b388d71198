"""Times by their law: the inverse of each distribution function, applied to numbers between 0 and 1. Each is of mean 1, or takes points."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import exp, lgamma, log, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import gammaincinv, ndtri

from simulation.streams import exponential
from wfm.model import Law
from wfm.model.arrays import FloatArray


def times_s(law: Law, uniform: FloatArray) -> FloatArray:
    """Times in seconds, one for each number in (0, 1). All rise with it, but those of `hyperexponential`, which are of two kinds."""
    if law.points:
        return BY_POINTS[law.kind](uniform, np.array(law.points))
    return law.mean_s * BY_SPREAD[law.kind](uniform, law.cv)


def factors(law: Law, uniform: FloatArray) -> FloatArray:
    """The same in units of the law's mean."""
    if not law.points:
        return BY_SPREAD[law.kind](uniform, law.cv)
    return times_s(law, uniform) / law.mean if law.mean > 0 else np.ones_like(uniform)


def _lognormal(uniform: FloatArray, cv: float) -> FloatArray:
    variance = log(1 + cv**2)
    return np.exp(sqrt(variance) * ndtri(uniform) - variance / 2)


def _gamma(uniform: FloatArray, cv: float) -> FloatArray:
    """Shape 1 ÷ cv²; Erlang's where that is a whole number."""
    shape = cv**-2
    return gammaincinv(shape, uniform) / shape


def _weibull(uniform: FloatArray, cv: float) -> FloatArray:
    shape = weibull_shape(cv)
    return exponential(uniform) ** (1 / shape) * exp(-lgamma(1 + 1 / shape))


@cache
def weibull_shape(cv: float) -> float:
    """The shape k with Γ(1 + 2/k) ÷ Γ(1 + 1/k)² = 1 + cv²."""
    return float(brentq(lambda k: lgamma(1 + 2 / k) - 2 * lgamma(1 + 1 / k) - log(1 + cv**2), 0.05, 500))


def _hyperexponential(uniform: FloatArray, cv: float) -> FloatArray:
    """Two kinds of exponential, each making half of the mean (balanced means); the number says which, and what is left of it how long."""
    share = (1 + sqrt((cv**2 - 1) / (cv**2 + 1))) / 2
    short = uniform < share
    left = np.where(short, uniform / share, (uniform - share) / (1 - share))
    return exponential(left) / np.where(short, 2 * share, 2 * (1 - share))


def _triangular(uniform: FloatArray, points: FloatArray) -> FloatArray:
    least, likeliest, greatest = points
    width = greatest - least
    if width == 0:
        return np.full_like(uniform, least)
    rising = least + np.sqrt(uniform * width * (likeliest - least))
    falling = greatest - np.sqrt((1 - uniform) * width * (greatest - likeliest))
    return np.where(uniform < (likeliest - least) / width, rising, falling)


def _empirical(uniform: FloatArray, points: FloatArray) -> FloatArray:
    return np.interp(uniform, np.linspace(0, 1, len(points)), points)


BY_SPREAD: dict[str, Callable[[FloatArray, float], FloatArray]] = {
    "exponential": lambda uniform, _cv: exponential(uniform),
    "constant": lambda uniform, _cv: np.ones_like(uniform),
    "lognormal": _lognormal,
    "gamma": _gamma,
    "weibull": _weibull,
    "hyperexponential": _hyperexponential,
}
BY_POINTS: dict[str, Callable[[FloatArray, FloatArray], FloatArray]] = {
    "uniform": _empirical,
    "triangular": _triangular,
    "empirical": _empirical,
}
