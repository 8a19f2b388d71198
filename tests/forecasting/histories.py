"""Histories to forecast from: tiny made ones, and the real series brought to intervals with pandas."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from wfm.model import Calendar, ForecastSettings, History, OpeningHours, Queue, State, TimeAxis

MONDAY = date(2025, 1, 6)
CALLS = Queue("calls")
OFFICE = OpeningHours((((540, 1020),),) * 5 + ((), ()))


def axis_of(weeks: int, start: date = MONDAY, step_minutes: int = 60, timezone: str = "UTC") -> TimeAxis:
    return TimeAxis(start, 7 * weeks, step_minutes, timezone)


def after(history: History, days: int = 7) -> TimeAxis:
    """The axis right behind a history."""
    axis = history.axis
    return TimeAxis(axis.start + timedelta(days=axis.days), days, axis.step_minutes, axis.timezone)


def history_of(axis: TimeAxis, contacts, queues=("calls",), handle_s=np.nan) -> History:
    """Observed where a number stands, closed where none does. contacts: broadcast to (queues, intervals)."""
    counts = np.broadcast_to(np.asarray(contacts, float), (len(queues), axis.n_intervals))
    state = np.where(np.isfinite(counts), State.OBSERVED, State.CLOSED)
    return History(axis, queues, counts, state, np.broadcast_to(handle_s, counts.shape))


def settings_of(*queues: Queue, **changes) -> ForecastSettings:
    return ForecastSettings(queues or (CALLS,), **{"backtest_origins": 0, "paths": 50, **changes})


def busy(axis: TimeAxis, per_hour: float = 60, day_sd: float = 0.06, seed: int = 1) -> np.ndarray:
    """Poisson counts with a weekday pattern, a daily hump and a random day factor, (intervals,)."""
    rng = np.random.default_rng(seed)
    week = np.array([1.3, 1.1, 1.0, 1.0, 0.9, 0.5, 0.4])[axis.weekday]
    hump = 0.2 + np.exp(-(((axis.wall_minute - 720) / 240) ** 2))
    factor = np.exp(day_sd * rng.standard_normal(axis.days))
    return rng.poisson(per_hour * axis.step_minutes / 60 * hump * (week * factor)[axis.day]).astype(float)


def bank(folder: Path) -> tuple[History, ForecastSettings]:
    """Twenty weeks of a North American bank, weekdays 7:00–21:05, 5 minutes."""
    frame = pd.read_csv(folder / "bank_calls" / "bank_calls_5min.csv", parse_dates=["interval_start"])
    queue = Queue("calls", hours=OpeningHours((((420, 1265),),) * 5 + ((), ())))
    closed = frozenset({date(2003, 5, 26), date(2003, 7, 4)})
    history = _on_axis(frame.set_index("interval_start")["calls"], TimeAxis(date(2003, 3, 3), 138, 5, "America/New_York"))
    return history, ForecastSettings((queue,), Calendar(closed, "US"))


def technion(folder: Path) -> tuple[History, ForecastSettings]:
    """An Israeli bank, round the clock, Sunday–Thursday week, 6 minutes, with the zone's clock changes."""
    frame = pd.read_csv(folder / "technion_bank" / "arrivals_6min.csv.gz", parse_dates=["interval_start"])
    series = frame.groupby("interval_start")["calls"].mean()
    first, last = series.index[0].date(), series.index[-1].date()
    history = _on_axis(series, TimeAxis(first, (last - first).days + 1, 6, "Asia/Jerusalem"))
    return history, ForecastSettings((CALLS,), Calendar(country="IL"))


def _on_axis(series: pd.Series, axis: TimeAxis) -> History:
    midnights = pd.DatetimeIndex(axis.dates)[axis.day]
    return history_of(axis, series.reindex(midnights + pd.to_timedelta(axis.wall_minute, unit="min")).to_numpy())
