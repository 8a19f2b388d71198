"""The rest of a day, given how it has gone so far: numbers in, numbers out.

Relative errors of a published forecast = day factor + slot errors that fade with their distance + Poisson noise 1 ÷ forecast, jointly
Gaussian; three parameters by penalised likelihood on earlier days. The plain ratio (actual so far ÷ forecast so far) believes the
morning too much; the conditional mean of this model does not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

from wfm.forecasting.threads import one_blas_thread
from wfm.model.arrays import BoolArray, FloatArray

START = np.log([0.05, 0.06, 120.0])
"""Standard deviations of the day factor and of the slot errors, and minutes in which a slot error fades: what is believed without days."""
PRIOR_SD = np.array([0.7, 0.7, 0.7])
LEAST_DUE = 0.5
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
BAND, BAND_SD = 0.8, 1.2816
SPREADS = (0.6, 1.5)
LEAST_DAYS = 10
EVALUATIONS = 120
FAR_MADS, FAR_LOG = 5.0, 0.26


@dataclass(frozen=True, eq=False)
class Day:
    """Intervals of one day with a forecast: minute (n,) of the day, forecast (n,) above 0, actual (n,), nan where not known."""

    minute: FloatArray
    forecast: FloatArray
    actual: FloatArray

    @property
    def error(self) -> FloatArray:
        """Actual ÷ forecast − 1, nan where not known."""
        return self.actual / self.forecast - 1

    def at(self, which: BoolArray) -> Day:
        return Day(self.minute[which], self.forecast[which], self.actual[which])

    def usable(self) -> Day:
        """Without intervals in which next to nothing is due: their relative error says nothing."""
        return self.at((self.forecast >= LEAST_DUE) & np.isfinite(self.actual))


def usual_days(days: list[Day]) -> list[Day]:
    """The days whose total was near its forecast: one with an outage teaches nothing about usual days."""
    days = [day for day in (d.usable() for d in days) if len(day.minute)]
    if not days:
        return []
    log = np.array([np.log(max(day.actual.sum(), 0.5) / day.forecast.sum()) for day in days])
    off = np.abs(log - np.median(log))
    limit = max(FAR_MADS * float(np.median(off)), FAR_LOG)
    return [day for day, distance in zip(days, off, strict=True) if distance <= limit]


@one_blas_thread()
def learn(days: list[Day]) -> FloatArray:
    """Log parameters (3,) from usable days."""
    if len(days) < LEAST_DAYS:
        return START
    options = {"maxfev": EVALUATIONS, "xatol": 0.02, "fatol": 0.05}
    return minimize(_loss, START, (days,), method="Nelder-Mead", options=options).x


def _loss(theta: FloatArray, days: list[Day]) -> float:
    loss = 0.5 * float((((theta - START) / PRIOR_SD) ** 2).sum())
    for day in days:
        factor = cho_factor(_covariance(theta, day.minute, day.minute) + np.diag(1 / day.forecast), lower=True)
        loss += 0.5 * day.error @ cho_solve(factor, day.error) + np.log(np.diag(factor[0])).sum()
    return loss


def _covariance(theta: FloatArray, a: FloatArray, b: FloatArray) -> FloatArray:
    day_sd, slot_sd, fade = np.exp(theta)
    return day_sd**2 + slot_sd**2 * np.exp(-np.abs(a[:, None] - b[None, :]) / fade)


@one_blas_thread()
def conditional(theta: FloatArray, so_far: Day, rest: Day) -> tuple[FloatArray, FloatArray]:
    """Mean (n,) and covariance (n, n) of the relative errors of the rest, Poisson noise not included."""
    so_far = so_far.usable()
    prior = _covariance(theta, rest.minute, rest.minute)
    if not len(so_far.minute):
        return np.zeros(len(rest.minute)), prior
    factor = cho_factor(_covariance(theta, so_far.minute, so_far.minute) + np.diag(1 / so_far.forecast), lower=True)
    across = _covariance(theta, rest.minute, so_far.minute)
    gain = cho_solve(factor, across.T).T
    return gain @ so_far.error, prior - gain @ across.T


@dataclass(frozen=True)
class Trust:
    """share: of the conditional update to be made, 0–1. spread: factor on the standard deviations that it gives."""

    share: float
    spread: float


def trust(theta: FloatArray, days: list[Day], now: float) -> Trust:
    """What would have been best at this minute of the earlier days; half the update where they are too few to say."""
    cuts = [(day.at(day.minute < now), day.at(day.minute >= now)) for day in days]
    cuts = [(past, rest) for past, rest in cuts if len(past.minute) and len(rest.minute)]
    if len(cuts) < LEAST_DAYS:
        return Trust(0.5, 1.0)
    errors, scores = np.zeros(len(SHARES)), []
    for past, rest in cuts:
        update, covariance = conditional(theta, past, rest)
        errors += [np.abs(rest.forecast * np.maximum(1 + share * update, 0) - rest.actual).sum() for share in SHARES]
        scores.append((rest.error - update) / np.sqrt(np.diag(covariance) + 1 / rest.forecast))
    spread = np.sqrt(np.quantile(np.abs(np.concatenate(scores)), BAND) / BAND_SD)  # half way: few days, and the middle of the day counts
    return Trust(SHARES[int(np.argmin(errors))], float(np.clip(spread, *SPREADS)))
