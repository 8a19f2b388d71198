"""What planners do by hand: average the last few same weekdays. Nothing is cleaned, no calendar is known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wfm.forecasting.caveats import history_caveats
from wfm.forecasting.residuals import pearson
from wfm.forecasting.views import Past, Prediction, Task
from wfm.model.arrays import BoolArray, FloatArray

Average = Callable[[FloatArray], FloatArray]
NOTE = "bands of the weekday averages come from how the same average would have done on each past day"
LARGEST_ERROR = 1.0
"""A past day further off than this, in log, is an accident and not the method's error."""


def nanmean(rows: FloatArray) -> FloatArray:
    """Mean over the first axis of what is known, 0 where nothing is."""
    number = np.isfinite(rows).sum(axis=0)
    return np.nansum(rows, axis=0) / np.maximum(number, 1)


def same_weekdays(task: Task, weeks: int, average: Average = nanmean) -> Prediction:
    """Average of the last `weeks` same weekdays with data, by slot; a weekday never seen gets that of all days."""
    past = task.past
    profile = np.stack([_latest(past, past.weekday == w, weeks, average) for w in range(7)])
    expected = _as_it_would_have_been(past, weeks, average)
    errors = _log_errors(past, expected)
    spread = [(error**2, 1 / max(total, 1.0)) for _, error, total in errors if abs(error) <= LARGEST_ERROR]
    variance = max(0.0, float(np.mean([square - poisson for square, poisson in spread]))) if spread else 0.0
    residuals, donors = pearson(past, expected, np.isfinite(expected).any(axis=1))
    cov = variance * np.eye(task.horizon.axis.days)
    day_errors = {day: error for day, error, _ in errors}
    return Prediction(task.horizon.spread(profile), cov, residuals, donors, day_errors, (NOTE, *history_caveats(task)))


def _latest(past: Past, which: BoolArray, weeks: int, average: Average) -> FloatArray:
    rows = past.counts[which & past.seen][-weeks:]
    return average(rows if len(rows) else past.counts)


def _as_it_would_have_been(past: Past, weeks: int, average: Average) -> FloatArray:
    """(days, slots): the average standing before each past day, nan where there was none yet."""
    expected = np.full(past.counts.shape, np.nan)
    for weekday in range(7):
        days = np.flatnonzero((past.weekday == weekday) & past.seen)
        for i in range(1, len(days)):
            expected[days[i]] = average(past.counts[days[max(0, i - weeks) : i]])
    return expected


def _log_errors(past: Past, expected: FloatArray) -> list[tuple[int, float, float]]:
    """(ordinal, log of actual ÷ expected, expected total) of every past day that had an average before it."""
    both = np.isfinite(past.counts) & np.isfinite(expected)
    actual, due = np.where(both, past.counts, 0).sum(axis=1), np.where(both, expected, 0).sum(axis=1)
    usable = np.flatnonzero((actual > 0) & (due > 0))
    return [(int(past.ordinals[d]), float(np.log(actual[d] / due[d])), float(due[d])) for d in usable]
