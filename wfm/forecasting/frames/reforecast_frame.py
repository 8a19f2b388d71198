"""`reforecast_frame`: the rest of a day from its actuals so far and from how earlier published forecasts went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from wfm.errors import Fault, HistoryError
from wfm.forecasting.frames.ahead import Ahead
from wfm.forecasting.frames.archive import day_ahead, means_of
from wfm.forecasting.frames.forecast_frame import FrameForecast, checked_paths, framed
from wfm.forecasting.frames.stamps import local_stamps
from wfm.forecasting.grid import day_and_minute
from wfm.forecasting.intraday import LEAST_DAYS, Day, Trust, conditional, learn, trust, usual_days
from wfm.forecasting.streams import stream
from wfm.model import QUANTILES
from wfm.model.arrays import FloatArray

DAYS = 60
BLOCK_MINUTES = 30
LEAST_MINUTES = 120
SILENT_CONTACTS = 20.0
NEVER_BELOW = 0.1


def reforecast_frame(
    history: pd.DataFrame,
    today: pd.DataFrame,
    published: Any,
    rest: pd.DatetimeIndex,
    *,
    archive: pd.DataFrame | pd.Series | None = None,
    timezone: str | None = None,
    quantiles: Sequence[float] = QUANTILES,
    paths: int = 300,
    seed: int = 0,
) -> FrameForecast:
    """Forecast the intervals `rest` of a day given `today`, its actuals so far.

    history, today: frames `interval_start, contacts`. published: the forecast of the whole day that stands (a FrameForecast, a series
    of means, or a frame `interval_start, mean`). archive: the forecasts published for earlier days, `interval_start, mean` and
    `cut_off` where there are several versions of an interval. With fewer than ten archived days half of the usual update is made, and
    none before two hours of the day are known. Raises HistoryError where `published` lacks an interval of `rest`.
    """
    asked = Ahead.of(rest, None, timezone)
    grid = asked.horizon.axis
    if grid.days > 1:
        raise HistoryError(Fault("", "rest", f"intervals of {grid.days} days", "the rest of one day"))
    standing, actual = _series(*means_of(published, timezone)), _actuals(today, timezone)
    start = rest_start(asked, timezone)
    means = _standing(standing, asked, timezone)
    earlier = _days(day_ahead(archive, timezone), _actuals(history, timezone), before=asked.start.toordinal())
    notes, so_far = _so_far(standing, actual, start)
    rest_day = Day(grid.wall_minute.astype(float), np.maximum(means, 1e-9), np.full(len(means), np.nan))
    theta, trusted = _learnt(earlier, so_far, float(grid.wall_minute[0]))
    if len(earlier) < LEAST_DAYS:
        notes.append(f"{len(earlier)} days in the archive; from {LEAST_DAYS} on the update is fitted to them")
    update, covariance = conditional(theta, so_far, rest_day)
    factor = np.maximum(1 + trusted.share * update, NEVER_BELOW)
    drawn = _drawn(means, factor, trusted.spread**2 * covariance, checked_paths(paths), seed)
    return framed(asked, means * factor, drawn, quantiles, tuple(notes))


def rest_start(asked: Ahead, timezone: str | None) -> np.datetime64:
    """Local start of the first interval asked."""
    return local_stamps(asked.index, timezone, "rest").local.min()


def _learnt(earlier: list[Day], so_far: Day, now: float) -> tuple[FloatArray, Trust]:
    theta = learn([_blocks(day) for day in earlier])
    if len(earlier) >= LEAST_DAYS:
        return theta, trust(theta, earlier, now)
    known = len(so_far.minute) and now - so_far.minute[0] >= LEAST_MINUTES
    return theta, Trust(0.5 if known else 0.0, 1.0)


def _series(stamps: np.ndarray, values: FloatArray) -> pd.Series:
    series = pd.Series(values, index=pd.DatetimeIndex(stamps))
    return series[np.isfinite(values) & series.index.notna()].groupby(level=0).mean()


def _actuals(frame: pd.DataFrame, timezone: str | None) -> pd.Series:
    if frame is None or not len(frame):
        return pd.Series(dtype=float, index=pd.DatetimeIndex([], dtype="datetime64[s]"))
    values = pd.to_numeric(frame["contacts"], errors="coerce").to_numpy(float)
    series = _series(local_stamps(frame["interval_start"], timezone, "interval_start").local, values)
    return series[series >= 0]


def _standing(standing: pd.Series, asked: Ahead, timezone: str | None) -> FloatArray:
    local = np.sort(local_stamps(asked.index, timezone, "rest").local)
    means = standing.reindex(pd.DatetimeIndex(local)).to_numpy(float)
    if np.isnan(means).any():
        missing = f"no forecast of {np.isnan(means).sum()} of {len(means)} intervals, the first {local[np.isnan(means)][0]}"
        raise HistoryError(Fault("", "published", missing, "a published forecast of every interval of the rest"))
    return np.maximum(means, 0.0)


def _days(forecasts: pd.Series, actual: pd.Series, before: int) -> list[Day]:
    """The last sixty days that have both a published forecast and actuals, without those that went quite differently."""
    both = pd.DataFrame({"forecast": forecasts, "actual": actual}).dropna()
    both = both[both["forecast"] > 0]
    ordinal, minute = day_and_minute(both.index.to_numpy().astype("datetime64[s]"))
    days = [ordinal == day for day in np.unique(ordinal[ordinal < before])[-DAYS:]]
    return usual_days([Day(minute[d].astype(float), both["forecast"].to_numpy()[d], both["actual"].to_numpy()[d]) for d in days])


def _so_far(standing: pd.Series, actual: pd.Series, start: np.datetime64) -> tuple[list[str], Day]:
    """Today before the rest, silent runs in which many contacts were due left out: an outage says nothing about the evening."""
    midnight = start.astype("datetime64[D]")
    both = pd.DataFrame({"forecast": standing, "actual": actual}).dropna()
    both = both[(both.index >= midnight) & (both.index < start) & (both["forecast"] > 0)]
    forecast, counts = both["forecast"].to_numpy(), both["actual"].to_numpy()
    run = np.cumsum(np.diff(counts == 0, prepend=False))
    silent = (counts == 0) & (np.bincount(run, forecast * (counts == 0), minlength=1)[run] > SILENT_CONTACTS)
    _, minute = day_and_minute(both.index.to_numpy().astype("datetime64[s]"))
    notes = [f"{silent.sum()} silent intervals of today were taken as lost"] if silent.any() else []
    return notes, Day(minute[~silent].astype(float), forecast[~silent], counts[~silent])


def _blocks(day: Day) -> Day:
    """Half hours: the parameters are the same, and a day of five-minute steps is learnt as fast as any other."""
    block, where = np.unique(day.minute // BLOCK_MINUTES, return_inverse=True)
    return Day(block * BLOCK_MINUTES, np.bincount(where, day.forecast), np.bincount(where, day.actual))


def _drawn(means: FloatArray, factor: FloatArray, covariance: FloatArray, paths: int, seed: int) -> FloatArray:
    values, vectors = np.linalg.eigh((covariance + covariance.T) / 2)
    normal = stream(seed, "rest of the day").standard_normal((paths, len(means)))
    errors = normal @ (vectors * np.sqrt(np.maximum(values, 0.0))).T
    return stream(seed, "rest poisson").poisson(means * np.maximum(factor + errors, 0.0)).astype(float)
