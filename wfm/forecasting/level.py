"""The level of each day: counts of whole days → joint Gaussian forecast of their logs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from wfm.forecasting.gaussian import START, Days, Solve, learn, left_out, noise_of, one_ahead, predict, solve
from wfm.forecasting.tails import fitted
from wfm.forecasting.threads import one_blas_thread
from wfm.model.arrays import BoolArray, FloatArray

LEARN_DAYS = 260
SOLVE_DAYS = 800
SMALL_COUNT = 200.0
ROUNDS = 3
FAR_SD = 3.0
FALSE_ALARM = 0.1
"""A day is far off at 3 standard deviations, or further where by chance one in ten histories of that length would have such a day."""
FAR_SPECIAL_SD = 6.0
FAR_SHARE = 0.1
WARM_STEPS = 8
OUT = 100.0
"""Variance by which a day that is left out teaches nothing."""
WARM_DAYS = 28
TAIL_DAYS = 365
HIGHEST = 1.0
"""No day is forecast above e times the highest day ever seen."""


@dataclass(frozen=True, eq=False)
class Observed:
    """Whole days as counts, each (n,). contacts: seen on the day. exposure: share of the day that was seen, 0 for days left out.

    base: rough log level of the day, round which the model works. special: days that may be far off for a known reason. kept: days that
    are never left out.
    """

    days: Days
    contacts: FloatArray
    exposure: FloatArray
    base: FloatArray
    special: BoolArray
    kept: BoolArray


@dataclass(frozen=True, eq=False)
class Level:
    """mean (h,), covariance (h, h): of the log levels ahead. used (n,): days that took part.

    considered (n,): those and the days left out as too far off.
    errors (n,): log error of each day when forecast from all others, 0 where not used. theta: the parameters learnt.
    freedom: degrees of freedom of the t that the forecast errors follow.
    """

    mean: FloatArray
    covariance: FloatArray
    used: BoolArray
    considered: BoolArray
    errors: FloatArray
    theta: FloatArray
    freedom: float


@one_blas_thread()
def fit_level(seen: Observed, ahead: Days, base_ahead: FloatArray, start: FloatArray | None = None) -> Level:
    """Forecast the log level of the days ahead, whose weekdays' rough levels are `base_ahead` (h,).

    start: parameters learnt from a similar history, which saves most of the search.
    """
    used = _recent_days(seen)
    learning = used & (np.cumsum(used[::-1])[::-1] <= LEARN_DAYS)
    z, variance = _log_levels(seen, used, START if start is None else start)
    steps = () if start is None else (WARM_STEPS,)
    theta = learn(seen.days.at(learning), z[learning], variance[learning], start, *steps)
    z, variance = _log_levels(seen, used, theta)
    considered = used
    used = used & ~_far(seen, used, solve(seen.days.at(used), z[used], variance[used], theta))
    solved = solve(seen.days.at(used), z[used], variance[used], theta)
    errors = np.zeros(len(used))
    errors[used], _ = left_out(solved)
    mean, covariance = predict(seen.days.at(used), solved, ahead, theta)
    tail = fitted(_ahead_errors(seen, considered, used, z, variance, theta))
    covariance = covariance * tail.scale**2
    highest = (z + seen.base)[used].max() + HIGHEST
    return Level(np.minimum(mean + base_ahead, highest), covariance, used, considered, errors, theta, tail.freedom)


def _ahead_errors(
    seen: Observed, considered: BoolArray, used: BoolArray, z: FloatArray, variance: FloatArray, theta: FloatArray
) -> FloatArray:
    """Standardised error of each considered usual day when forecast from the days before it."""
    days = seen.days.at(considered)
    left = ~used[considered]
    own = noise_of(days, theta) + variance[considered]
    error, var = one_ahead(days, z[considered], np.where(left, OUT, own), theta)
    scores = error / np.sqrt(np.maximum(var - np.where(left, OUT - own, 0.0), own))
    late = days.ordinals >= min(days.ordinals[0] + WARM_DAYS, days.ordinals[-1] - WARM_DAYS)
    late &= days.ordinals > days.ordinals[-1] - TAIL_DAYS
    return scores[late & ~seen.special[considered]]


def _recent_days(seen: Observed) -> BoolArray:
    """The days that can take part: seen, not left out, and among the last 800 of them."""
    used = seen.exposure > 0
    return used & (np.cumsum(used[::-1])[::-1] <= SOLVE_DAYS)


def _log_levels(seen: Observed, used: BoolArray, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Log levels above the base and their Poisson variances, each (n,).

    The Poisson likelihood of a count is replaced by the Gaussian that touches it at the day's own level (Laplace; Rasmussen and
    Williams ch. 3.4). For large counts that level is known at once, for small ones it is found in a few rounds.
    """
    due = np.where(used, seen.exposure * np.exp(seen.base), 1.0)
    level = np.log((seen.contacts + 0.5) / (due + 0.5))
    small = bool((seen.contacts[used] < SMALL_COUNT).any())
    for _ in range(ROUNDS if small else 1):
        z, variance = _working(seen.contacts, due, level)
        solved = solve(seen.days.at(used), z[used], variance[used], theta)
        level[used] = z[used] - variance[used] * solved.alpha
    return _working(seen.contacts, due, level)


def _working(contacts: FloatArray, due: FloatArray, level: FloatArray) -> tuple[FloatArray, FloatArray]:
    mean = due * np.exp(level)
    return level + (contacts - mean) / mean, 1 / mean


def _far(seen: Observed, used: BoolArray, solved: Solve) -> BoolArray:
    """Days further from what all others lead to expect than chance explains: at most a tenth of them, the worst."""
    error, sd = left_out(solved)
    usual_sd = max(FAR_SD, -float(ndtri(FALSE_ALARM / 2 / len(error))))
    excess = np.abs(error) / (sd * np.where(seen.special[used], FAR_SPECIAL_SD, usual_sd))
    most = int(FAR_SHARE * len(excess))
    worst = np.sort(excess)[-most - 1]
    far = np.zeros(len(used), bool)
    far[used] = (excess > 1) & (excess > worst)
    return far & ~seen.kept
