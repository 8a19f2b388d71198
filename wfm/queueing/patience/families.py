"""The families of laws that are fitted to waits; a new one is one more entry of FAMILIES."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from wfm.queueing.law import Law
from wfm.queueing.laws import Exponential, Gamma, HyperExponential, LogNormal, Weibull
from wfm.queueing.special import Array

Vector = Sequence[float] | Array
Transform = Callable[[float], float]


def logistic(score: float) -> float:
    """(−inf, inf) → (0, 1)."""
    return float(1 / (1 + np.exp(-np.clip(score, -200, 200))))


def growth(score: float) -> float:
    """(−inf, inf) → (0, inf)."""
    return float(np.exp(np.clip(score, -200, 200)))


@dataclass(frozen=True)
class Family:
    """parameters: names in the order of a vector of free scores, each with the way from its score to its value (rising).

    law: scores → law. log_density: (law, t > 0) → ln f(t). starts: a typical time → scores to begin the search from.
    """

    parameters: dict[str, Transform]
    law: Callable[[Vector], Law]
    log_density: Callable[[Law, Array], Array]
    starts: Callable[[float], list[list[float]]]


def _exponential(law: Law, t: Array) -> Array:
    assert isinstance(law, Exponential)
    return np.asarray(-t / law.mean_s - np.log(law.mean_s))


def _weibull(law: Law, t: Array) -> Array:
    assert isinstance(law, Weibull)
    log_t = np.log(t / law.scale_s)
    return np.asarray(np.log(law.shape / law.scale_s) + (law.shape - 1) * log_t - np.exp(law.shape * log_t))


def _gamma(law: Law, t: Array) -> Array:
    assert isinstance(law, Gamma)
    u = t / law.scale_s
    return np.asarray((law.shape - 1) * np.log(u) - u - gammaln(law.shape) - np.log(law.scale_s))


def _lognormal(law: Law, t: Array) -> Array:
    assert isinstance(law, LogNormal)
    score = np.log(t / law.median_s) / law.sigma
    return np.asarray(-score * score / 2 - np.log(t * law.sigma) - np.log(2 * np.pi) / 2)


def _hyper(law: Law, t: Array) -> Array:
    assert isinstance(law, HyperExponential)
    parts = [np.log(share / mean) - t / mean for share, mean in zip(law.shares, law.means_s, strict=True)]
    return np.asarray(np.logaddexp(*parts))


def _two_means(scores: Vector) -> Law:
    """The share of the first part, its mean, and by how much more than 1 the second mean is a multiple of it."""
    short = min(max(logistic(scores[0]), 1e-12), 1 - 1e-12)
    mean = growth(scores[1])
    return HyperExponential((short, 1 - short), (mean, mean * (1 + growth(scores[2]))))


FAMILIES: dict[str, Family] = {
    "exponential": Family({"mean_s": growth}, lambda s: Exponential(growth(s[0])), _exponential, lambda t: [[np.log(t)]]),
    "weibull": Family(
        {"scale_s": growth, "shape": growth}, lambda s: Weibull(growth(s[0]), growth(s[1])), _weibull, lambda t: [[np.log(t), 0.0]]
    ),
    "gamma": Family(
        {"scale_s": growth, "shape": growth}, lambda s: Gamma(growth(s[0]), growth(s[1])), _gamma, lambda t: [[np.log(t), 0.0]]
    ),
    "lognormal": Family(
        {"median_s": growth, "sigma": growth}, lambda s: LogNormal(growth(s[0]), growth(s[1])), _lognormal, lambda t: [[np.log(t), 0.0]]
    ),
    "hyperexponential": Family(
        {"short_share": logistic, "short_mean_s": growth, "long_over_short_less_1": growth},
        _two_means,
        _hyper,
        lambda t: [[score, np.log(t / part), np.log(2 * part)] for score in (-2.0, 0.0) for part in (3.0, 30.0)],
    ),
}
