"""The covariance of log day levels and its penalised likelihood: numbers in, numbers out.

log level = weekday + calendar effects + slow level + fast level + weekday drift + noise, all Gaussian; so the effects are not fitted
one after the other but weighed against each other in one linear solve (Rasmussen and Williams, Gaussian Processes, 2006, ch. 2 and 5).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_triangular
from scipy.linalg.lapack import dpotrf, dpotri
from scipy.optimize import minimize

from wfm.model.arrays import BoolArray, FloatArray

NAMES = (
    *("slow_sd", "slow_days", "fast_sd", "fast_days", "drift_sd", "noise_sd", "effect_scale"),
    *("off_scale", "beside_scale", "near_scale", "quiet_scale"),
)
START = np.log([0.06, 70.0, 0.04, 2.5, 0.03, 0.04, 1.0, 1.0, 1.0, 1.0, 1.0])
PRIOR_SD = np.array([0.7, 0.5, 0.7, 0.5, 0.7, 0.7, 0.4, 0.7, 0.7, 0.7, 0.7])
FURTHEST_SD = 6.0
"""Wild counts must not lead the search where exponentials overflow."""
DRIFT_DAYS = 120.0
MEAN_SD = 0.5
STEPS = 25


@dataclass(frozen=True, eq=False)
class Days:
    """What the covariance needs of some days.

    ordinals (n,); weekdays (n, 7), effects (n, effects) and holidays (n, effects): columns in units of their prior size, of which only
    `effects` are scaled by what is learnt; extra (n, kinds): variance beyond the noise of the kinds of special days and of quiet weekdays,
    each scaled by what is learnt: in one centre no two holidays are alike, in another they hardly show.
    """

    ordinals: FloatArray
    weekdays: FloatArray
    effects: FloatArray
    extra: FloatArray
    holidays: FloatArray

    def at(self, which: BoolArray) -> Days:
        return Days(self.ordinals[which], self.weekdays[which], self.effects[which], self.extra[which], self.holidays[which])


class Parts:
    """Pieces of the covariance between two sets of days that do not depend on the parameters."""

    def __init__(self, a: Days, b: Days):
        self.apart = np.abs(a.ordinals[:, None] - b.ordinals[None, :]).astype(float)
        self.fixed = MEAN_SD**2 + a.weekdays @ b.weekdays.T + a.holidays @ b.holidays.T
        self.effects = a.effects @ b.effects.T
        self.drift = np.exp(-self.apart / DRIFT_DAYS) * ((a.weekdays @ b.weekdays.T) > 0)

    def blocks(self, theta: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Slow, fast, drift and effect covariances for log parameters `theta`."""
        slow_sd, slow_days, fast_sd, fast_days, drift_sd, _, scale = np.exp(theta[:7])
        slow = slow_sd**2 * np.exp(-self.apart / slow_days)
        fast = fast_sd**2 * np.exp(-self.apart / fast_days)
        return slow, fast, drift_sd**2 * self.drift, scale**2 * self.effects

    def latent(self, theta: FloatArray) -> FloatArray:
        """Covariance of the log levels without noise."""
        return self.fixed + sum(self.blocks(theta))


def learn(days: Days, z: FloatArray, variance: FloatArray, start: FloatArray | None = None, steps: int = STEPS) -> FloatArray:
    """Log parameters (11,) of greatest penalised likelihood of log levels `z` observed with `variance` each, all (n,)."""
    parts = Parts(days, days)
    begin = START if start is None else start
    bounds = list(zip(START - FURTHEST_SD * PRIOR_SD, START + FURTHEST_SD * PRIOR_SD, strict=True))
    options = {"maxiter": steps, "maxfun": 2 * steps}
    return minimize(loss_of, begin, (parts, z, variance, days.extra), jac=True, method="L-BFGS-B", bounds=bounds, options=options).x


def loss_of(theta: FloatArray, parts: Parts, z: FloatArray, variance: FloatArray, extra: FloatArray) -> tuple[float, FloatArray]:
    """Negative log posterior of the parameters and its gradient."""
    slow_days, fast_days = np.exp(theta[1]), np.exp(theta[3])
    noise, odd = np.exp(2 * theta[5]), np.exp(2 * theta[7:]) * extra
    slow, fast, drift, effects = parts.blocks(theta)
    covariance = parts.fixed + slow + fast + drift + effects
    covariance[np.diag_indices_from(covariance)] += noise + odd.sum(axis=1) + variance
    inverse, half_log_det = _inverse(covariance)
    alpha = inverse @ z
    pull = inverse - np.outer(alpha, alpha)
    slopes = (2 * slow, slow * (parts.apart / slow_days), 2 * fast, fast * (parts.apart / fast_days), 2 * drift)
    gradient = [np.sum(pull * slope) for slope in slopes] + [
        2 * noise * np.trace(pull),
        2 * np.sum(pull * effects),
        *(2 * np.diag(pull) @ odd),
    ]
    off = (theta - START) / PRIOR_SD
    loss = 0.5 * (z @ alpha) + half_log_det + 0.5 * (off @ off)
    return float(loss), 0.5 * np.array(gradient) + off / PRIOR_SD


@dataclass(frozen=True, eq=False)
class Solve:
    """The linear solve for given parameters: alpha = K⁻¹z and K⁻¹ itself."""

    alpha: FloatArray
    inverse: FloatArray


def solve(days: Days, z: FloatArray, variance: FloatArray, theta: FloatArray) -> Solve:
    """Weigh all parts of the model against each other on the observed days."""
    covariance = Parts(days, days).latent(theta)
    covariance[np.diag_indices_from(covariance)] += noise_of(days, theta) + variance
    inverse, _ = _inverse(covariance)
    return Solve(inverse @ z, inverse)


def noise_of(days: Days, theta: FloatArray) -> FloatArray:
    """Variance (n,) of each day that no other day shares, Poisson noise not included."""
    return np.exp(2 * theta[5]) + days.extra @ np.exp(2 * theta[7:])


def one_ahead(days: Days, z: FloatArray, own: FloatArray, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Error (n,) of each day when forecast from all days before it, and its variance: the pivots of the Cholesky factor."""
    covariance = Parts(days, days).latent(theta)
    covariance[np.diag_indices_from(covariance)] += own
    factor, failed = dpotrf(covariance, lower=1, clean=1)
    if failed:
        raise np.linalg.LinAlgError(f"covariance of the day levels is not positive definite at row {failed}")
    pivots = np.diag(factor)
    return solve_triangular(factor, z, lower=True) * pivots, pivots**2


def _inverse(covariance: FloatArray) -> tuple[FloatArray, float]:
    """Inverse of a positive definite matrix and half the log of its determinant."""
    factor, failed = dpotrf(covariance, lower=1)
    if failed:
        raise np.linalg.LinAlgError(f"covariance of the day levels is not positive definite at row {failed}")
    inverse, _ = dpotri(factor, lower=1)
    inverse = np.tril(inverse) + np.tril(inverse, -1).T
    return inverse, float(np.log(np.diag(factor)).sum())


def predict(days: Days, solved: Solve, ahead: Days, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean (h,) and covariance (h, h) of the log levels of days ahead, noise included."""
    across = Parts(ahead, days).latent(theta)
    covariance = Parts(ahead, ahead).latent(theta) - across @ solved.inverse @ across.T
    covariance[np.diag_indices_from(covariance)] += noise_of(ahead, theta)
    return across @ solved.alpha, (covariance + covariance.T) / 2


def left_out(solved: Solve) -> tuple[FloatArray, FloatArray]:
    """Error of each day when forecast from all others, and its standard deviation, each (n,) (R&W eq. 5.12)."""
    precision = np.diag(solved.inverse)
    return solved.alpha / precision, 1 / np.sqrt(precision)
