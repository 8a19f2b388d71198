"""`backtest_frame`: how the same call would have done on the last weeks, by lead time, beside the planner's averages and the floor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from wfm.errors import Fault, HistoryError
from wfm.forecasting.accuracy import poisson_floor
from wfm.forecasting.frames.ahead import checked_step
from wfm.forecasting.frames.forecast_frame import FrameForecast, forecast_frame
from wfm.forecasting.frames.opening import LAST
from wfm.forecasting.frames.reading import read_rows
from wfm.forecasting.frames.slots import past_of_rows
from wfm.forecasting.methods import BASELINE
from wfm.model import QUANTILES, Progress, silent
from wfm.model.arrays import FloatArray, IntArray
from wfm.queueing import agents_needed

LEADS = (1, 7, 28)
LEAST_DAYS = 28
DAYS_APART = {1: 3}
"""Days between the origins of a lead; a week for all others. Three days apart, the next day is every weekday in turn."""
WEEK = 7


@dataclass(frozen=True, eq=False)
class Trial:
    """One origin. actual (n,), day (n,): day after the origin of each interval; scale: mean absolute weekly difference before it."""

    actual: FloatArray
    day: IntArray
    predicted: FrameForecast
    scale: float


def backtest_frame(
    history: pd.DataFrame,
    *,
    step_minutes: int,
    methods: Sequence[str] = ("profile", BASELINE),
    leads: Sequence[int] = LEADS,
    origins: int = 8,
    handle_s: float = 300.0,
    timezone: str | None = None,
    country: str | None = None,
    region: str | None = None,
    closed: Iterable[Any] = (),
    paths: int = 200,
    seed: int = 0,
    progress: Progress = silent,
) -> pd.DataFrame:
    """Accuracy over rolling origins at the end of the history: one row a method and lead (days ahead).

    Each origin knows the history up to its midnight, the intervals that were open, the calendar, and nothing else. Columns: `method,
    lead_days, origins, wape, wape_day, bias, mase, pinball, cover80, cover95, cover80_day, cover95_day, agents_over, agents_under, floor`,
    all shares 0–1 except mase (error ÷ that of last week's same interval within the history). pinball: twice the mean pinball loss over
    the quantiles ÷ mean volume. agents: Erlang C, 80 % in 20 s, at handle_s. Raises HistoryError where no origin has four weeks behind it.
    """
    counts = _counts(history, step_minutes, timezone)
    how = {"step_minutes": step_minutes, "country": country, "region": region, "closed": tuple(closed), "paths": paths, "seed": seed}
    jobs = [(method, lead) for method in methods for lead in leads]
    rows = []
    for done, (method, lead) in enumerate(jobs):
        starts = _starts(counts, lead, origins)
        trials = []
        for k, start in enumerate(starts):
            progress(f"{method}, {lead} days ahead, from {start:%Y-%m-%d}", (done + k / len(starts)) / len(jobs))
            trials.append(_trial(counts, start, lead, {**how, "method": method}))
        if trials:
            rows.append({"method": method, "lead_days": lead, "origins": len(trials), **_scores(trials, step_minutes, handle_s)})
    if not rows:
        found = f"{counts.index[0]} to {counts.index[-1]}"
        raise HistoryError(Fault("history", "length", found, f"{LEAST_DAYS} days and the shortest lead, {min(leads)} days, at least"))
    return pd.DataFrame(rows)


def _counts(history: pd.DataFrame, step_minutes: int, timezone: str | None) -> pd.Series:
    """Known contacts by local start at the step of the forecast."""
    past, _ = past_of_rows(read_rows(history, ("contacts",), timezone, LAST), checked_step(step_minutes), frozenset())
    index = pd.date_range(past.first, periods=past.counts.size, freq=f"{step_minutes}min")
    return pd.Series(past.counts.ravel(), index=index).dropna()


def _starts(counts: pd.Series, lead: int, origins: int) -> list[pd.Timestamp]:
    """The last origins before which four weeks are known and after which the first day is."""
    apart = pd.Timedelta(days=DAYS_APART.get(lead, WEEK))
    start = counts.index[-1].normalize() + pd.Timedelta(days=1 - lead)
    first, found = counts.index[0].normalize() + pd.Timedelta(days=LEAST_DAYS), []
    while start >= first and len(found) < origins:
        if len(_between(counts, start, lead)):
            found.append(start)
        start -= apart
    return found[::-1]


def _between(counts: pd.Series, start: pd.Timestamp, days: int) -> pd.Series:
    return counts[(counts.index >= start) & (counts.index < start + pd.Timedelta(days=days))]


def _trial(counts: pd.Series, start: pd.Timestamp, lead: int, how: dict[str, Any]) -> Trial:
    before, asked = counts[counts.index < start], _between(counts, start, lead)
    known = pd.DataFrame({"interval_start": before.index, "contacts": before.to_numpy()})
    predicted = forecast_frame(known, pd.DatetimeIndex(asked.index), quantiles=QUANTILES, **how)
    week_before = before.reindex(before.index - pd.Timedelta(days=WEEK)).to_numpy()
    day = ((asked.index - start) // pd.Timedelta(days=1)).to_numpy()
    return Trial(asked.to_numpy(), day, predicted, float(np.nanmean(np.abs(before.to_numpy() - week_before))))


def _scores(trials: list[Trial], step_minutes: int, handle_s: float) -> dict[str, float]:
    actual = np.concatenate([t.actual for t in trials])
    mean = np.concatenate([t.predicted.mean.to_numpy() for t in trials])
    bands = np.concatenate([t.predicted.quantiles.to_numpy() for t in trials])
    days = [_days(t) for t in trials]
    day_actual, day_mean = (np.concatenate([d[i] for d in days]) for i in (0, 1))
    day_bands = np.concatenate([d[2] for d in days])
    volume = max(float(actual.sum()), 1e-9)
    needed, planned = (_agents(counts, step_minutes, handle_s) for counts in (actual, mean))
    return {
        "wape": float(np.abs(mean - actual).sum() / volume),
        "wape_day": float(np.abs(day_mean - day_actual).sum() / volume),
        "bias": float((mean - actual).sum() / volume),
        "mase": float(np.mean([np.abs(t.predicted.mean.to_numpy() - t.actual).mean() / max(t.scale, 1e-9) for t in trials])),
        "pinball": _pinball(actual, bands) * len(actual) / volume,
        **{f"cover{level}": _inside(actual, bands, level) for level in (80, 95)},
        **{f"cover{level}_day": _inside(day_actual, day_bands, level) for level in (80, 95)},
        "agents_over": float(np.maximum(planned - needed, 0).sum() / max(needed.sum(), 1)),
        "agents_under": float(np.maximum(needed - planned, 0).sum() / max(needed.sum(), 1)),
        "floor": poisson_floor(mean),
    }


def _days(trial: Trial) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Actual (days,), mean (days,) and quantiles (days, levels) of the day totals."""
    which, day = np.unique(trial.day, return_inverse=True)
    totals = np.zeros((len(which), len(trial.predicted.paths)))
    np.add.at(totals, day, trial.predicted.paths.T)
    bands = np.quantile(totals, QUANTILES, axis=1).T
    return np.bincount(day, trial.actual), np.bincount(day, trial.predicted.mean.to_numpy()), bands


def _inside(actual: FloatArray, bands: FloatArray, level: int) -> float:
    low, high = (QUANTILES.index(q) for q in ((0.1, 0.9) if level == 80 else (0.025, 0.975)))
    return float(np.mean((bands[:, low] <= actual) & (actual <= bands[:, high])))


def _pinball(actual: FloatArray, bands: FloatArray) -> float:
    short, levels = actual[:, None] - bands, np.array(QUANTILES)
    return float(2 * np.mean(np.maximum(levels * short, (levels - 1) * short)))


def _agents(counts: FloatArray, step_minutes: int, handle_s: float) -> FloatArray:
    """Erlang C, 80 % in 20 s; on days and other long steps as if the contacts came evenly."""
    return np.asarray(agents_needed("C", calls=counts, interval_s=60 * step_minutes, aht_s=handle_s, sl_target=0.8), float)
