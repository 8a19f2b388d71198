"""How past forecasts did: trials in, one row of measures out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypedDict

import numpy as np

from wfm.forecasting.accuracy import poisson_floor
from wfm.model import QUANTILES, Accuracy, Queue
from wfm.model.arrays import FloatArray, IntArray
from wfm.queueing import agents_needed


@dataclass(frozen=True, eq=False)
class Trial:
    """One origin of one queue, of its n intervals with data.

    actual, mean (n,): contacts. paths (paths, n): the futures seen then. day (n,): days after the origin, 0 for the first. scale: mean
    absolute difference between an interval and the one a week earlier, before the origin.
    """

    actual: FloatArray
    mean: FloatArray
    paths: FloatArray
    day: IntArray
    scale: float


class Measures(TypedDict):
    """All shares 0–1, but mase: error ÷ that of last week's same interval.

    pinball: twice the mean pinball loss over the quantiles ÷ mean volume. cover80, cover95: share of intervals inside the band, with _day
    of day totals. agents: too many and too few by Erlang C, 80 % in 20 s, ÷ those needed.
    """

    wape: float
    wape_day: float
    bias: float
    mase: float
    pinball: float
    cover80: float
    cover95: float
    cover80_day: float
    cover95_day: float
    agents_over: float
    agents_under: float
    floor: float


def measured(trials: list[Trial], step_minutes: int, handle_s: float) -> Measures:
    """The measures over all trials together; at least one must have an interval."""
    trials = [trial for trial in trials if len(trial.actual)]
    actual, mean = (np.concatenate([getattr(trial, name) for trial in trials]) for name in ("actual", "mean"))
    bands = np.concatenate([np.quantile(trial.paths, QUANTILES, axis=0).T for trial in trials])
    days = [_days(trial) for trial in trials]
    day_actual, day_mean, day_bands = (np.concatenate([day[i] for day in days]) for i in range(3))
    volume = max(float(actual.sum()), 1e-9)
    needed, planned = (_agents(counts, step_minutes, handle_s) for counts in (actual, mean))
    return {
        "wape": float(np.abs(mean - actual).sum() / volume),
        "wape_day": float(np.abs(day_mean - day_actual).sum() / volume),
        "bias": float((mean - actual).sum() / volume),
        "mase": float(np.mean([np.abs(trial.mean - trial.actual).mean() / max(trial.scale, 1e-9) for trial in trials])),
        "pinball": _pinball(actual, bands) * len(actual) / volume,
        "cover80": _inside(actual, bands, 80),
        "cover95": _inside(actual, bands, 95),
        "cover80_day": _inside(day_actual, day_bands, 80),
        "cover95_day": _inside(day_actual, day_bands, 95),
        "agents_over": float(np.maximum(planned - needed, 0).sum() / max(needed.sum(), 1)),
        "agents_under": float(np.maximum(needed - planned, 0).sum() / max(needed.sum(), 1)),
        "floor": poisson_floor(mean),
    }


def accuracy(queue: Queue, method: str, trials: list[Trial], step_minutes: int, days: int) -> Accuracy:
    """The row of trials that looked that many days ahead; all nan where nothing came in."""
    told = {"queue": queue.name, "method": method, "origins": len(trials), "lead_days": days}
    if not sum(float(trial.actual.sum()) for trial in trials) > 0:
        return Accuracy(**told, wape=math.nan, wape_day=math.nan, bias=math.nan, cover80=math.nan, floor=math.nan)
    return Accuracy(**told, **measured(trials, step_minutes, queue.handle_s))


def _days(trial: Trial) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Actual (days,), mean (days,) and quantiles (days, levels) of the day totals."""
    which, day = np.unique(trial.day, return_inverse=True)
    totals = np.zeros((len(which), len(trial.paths)))
    np.add.at(totals, day, trial.paths.T)
    bands = np.quantile(totals, QUANTILES, axis=1).T
    return np.bincount(day, trial.actual), np.bincount(day, trial.mean), bands


def _inside(actual: FloatArray, bands: FloatArray, level: int) -> float:
    low, high = (QUANTILES.index(q) for q in ((0.1, 0.9) if level == 80 else (0.025, 0.975)))
    return float(np.mean((bands[:, low] <= actual) & (actual <= bands[:, high])))


def _pinball(actual: FloatArray, bands: FloatArray) -> float:
    short, levels = actual[:, None] - bands, np.array(QUANTILES)
    return float(2 * np.mean(np.maximum(levels * short, (levels - 1) * short)))


def _agents(counts: FloatArray, step_minutes: int, handle_s: float) -> FloatArray:
    """Erlang C, 80 % in 20 s; on days and other long steps as if the contacts came evenly."""
    return np.asarray(agents_needed("C", calls=counts, interval_s=60 * step_minutes, aht_s=handle_s, sl_target=0.8), float)
