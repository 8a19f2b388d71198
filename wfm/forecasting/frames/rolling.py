"""`backtest_frame`: how the same call would have done on the last weeks, by lead time, beside the planner's averages and the floor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from wfm.errors import Fault, HistoryError
from wfm.forecasting.backtest import DAYS_APART, LEADS, LEAST_DAYS, WEEK
from wfm.forecasting.frames.ahead import checked_step
from wfm.forecasting.frames.forecast_frame import forecast_frame
from wfm.forecasting.frames.opening import LAST
from wfm.forecasting.frames.reading import read_rows
from wfm.forecasting.frames.slots import past_of_rows
from wfm.forecasting.methods import BASELINE
from wfm.forecasting.scoring import Trial, measured
from wfm.model import QUANTILES, Progress, silent


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
            rows.append({"method": method, "lead_days": lead, "origins": len(trials), **measured(trials, step_minutes, handle_s)})
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
    scale = float(np.nanmean(np.abs(before.to_numpy() - week_before)))
    return Trial(asked.to_numpy(), predicted.mean.to_numpy(), predicted.paths, day, scale)
