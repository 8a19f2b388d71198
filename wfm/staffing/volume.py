"""The contacts to staff for: the mean, a quantile, or the rate that is exceeded no more often than the risk allows."""

from __future__ import annotations

import numpy as np

from wfm.model import Forecast, StaffingSettings
from wfm.model.arrays import FloatArray
from wfm.queueing.random_load import calls_at_risk


def staffed_for(predicted: Forecast, index: int, settings: StaffingSettings, *, whole_days: bool) -> FloatArray:
    """Contacts per interval, (intervals,). whole_days: work that may wait, where only the doubt of the day's total counts."""
    if settings.risk is None:
        return np.asarray(predicted.mean[index])
    if settings.risk_of != "volume":
        return _at_risk(predicted, index, settings.risk)
    return _by_day(predicted, index, settings.risk) if whole_days else _quantile(predicted, index, settings.risk)


def _quantile(predicted: Forecast, index: int, risk: float) -> FloatArray:
    return np.asarray(np.quantile(predicted.paths[:, index], risk, axis=0))


def _by_day(predicted: Forecast, index: int, risk: float) -> FloatArray:
    """Scaled to the quantile of the day's total, since intervals make up for each other."""
    mean, axis = predicted.mean[index], predicted.axis
    day_mean, day_paths = axis.by_day(mean), axis.by_day(predicted.paths[:, index])
    factor = np.divide(np.quantile(day_paths, risk, axis=0), day_mean, out=np.ones_like(day_mean), where=day_mean > 0)
    return np.asarray(mean * factor[axis.day])


def _at_risk(predicted: Forecast, index: int, risk: float) -> FloatArray:
    """The rate below which each day stays with probability `risk`: service falls with every call, so that its target is met as often."""
    factor = np.asarray(calls_at_risk(1.0, day_variation(predicted, index), risk))
    return np.asarray(predicted.mean[index] * factor[predicted.axis.day])


def day_variation(predicted: Forecast, index: int) -> FloatArray:
    """Deviation ÷ mean of each day's rate, (days,): variance of the paths' totals less the Poisson noise, which the queueing model adds.

    The paths are counts. Counted with their own noise, single intervals would look far more doubtful than their rates are.
    """
    mean = predicted.axis.by_day(predicted.mean[index])
    totals = predicted.axis.by_day(predicted.paths[:, index])
    doubt = np.mean((totals - totals.mean(axis=0)) ** 2, axis=0) * len(totals) / max(len(totals) - 1, 1)
    return np.asarray(np.sqrt(np.divide(np.maximum(doubt - mean, 0.0), mean * mean, out=np.zeros_like(mean), where=mean > 0)))
