"""`forecast_frame`: counts in a data frame → mean, quantiles and sample paths of the intervals asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from wfm.errors import Fault, HistoryError
from wfm.forecasting.daykinds import public_holidays
from wfm.forecasting.events import checked_events
from wfm.forecasting.frames.ahead import FURTHEST_DAYS, Ahead, checked_step, dates_of
from wfm.forecasting.frames.reading import read_rows
from wfm.forecasting.frames.slots import past_of_rows
from wfm.forecasting.methods import method_named
from wfm.forecasting.sampling import sample_paths
from wfm.forecasting.views import Event, Flag, Past, Task
from wfm.model import QUANTILES, Calendar, Queue
from wfm.model.arrays import FloatArray

NAME = "contacts"


@dataclass(frozen=True, eq=False)
class FrameForecast:
    """mean: expected contacts, a series over the intervals asked. quantiles: frame, a column per quantile.

    paths (paths, intervals): whole possible futures, counts. caveats: what the reader has to know.
    flags: every day of the history that was not taken as it stands, with reason and weight.
    """

    mean: pd.Series
    quantiles: pd.DataFrame
    paths: FloatArray
    caveats: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()


def forecast_frame(
    history: pd.DataFrame,
    horizon: pd.DatetimeIndex,
    *,
    step_minutes: int,
    timezone: str | None = None,
    country: str | None = None,
    region: str | None = None,
    closed: Iterable[Any] = (),
    kept: Iterable[Any] = (),
    events: Sequence[Event] = (),
    method: str = "profile",
    quantiles: Sequence[float] = QUANTILES,
    paths: int = 300,
    seed: int = 0,
) -> FrameForecast:
    """Forecast the open intervals of `horizon` from the rows before its first day.

    history: columns `interval_start, contacts`; naive stamps are the centre's local time, zoned ones are moved to `timezone`; an
    interval that is absent or nan was closed or lost. step_minutes: length of the horizon's intervals, up to 1440 (days); a finer
    history is summed. closed: the centre's own closures, past and known ahead. kept: days of the history that stand as they are, whatever
    the cleaning thinks of them (the undo of a flag; the other way is a history with nan). events: what
    happens on some days, its impact given or learnt. country, region: whose public holidays matter.
    Raises HistoryError with every fault where nothing can be forecast, ScenarioError for an unknown method or country.
    """
    step, shut = checked_step(step_minutes), dates_of(closed, "closed")
    asked = Ahead.of(horizon, step, timezone, shut)
    past, notes = past_of_rows(read_rows(history, (NAME,), timezone, asked.start), step, shut | _holidays(country, region, asked))
    _near_enough(past, asked)
    calendar = Calendar(shut | asked.idle_days(), country, region)
    task = Task(Queue(NAME), past, asked.horizon, calendar, kept=dates_of(kept, "kept"), events=checked_events(events))
    prediction = method_named(method)(task)
    drawn = sample_paths((NAME,), [asked.horizon], [prediction], checked_paths(paths), seed)[:, 0]
    mean = prediction.mean * asked.horizon.is_open
    return framed(asked, mean, drawn, quantiles, (*notes, *prediction.notes), prediction.flags)


def framed(
    asked: Ahead, mean: FloatArray, drawn: FloatArray, quantiles: Sequence[float], caveats: tuple[str, ...], flags: tuple[Flag, ...] = ()
) -> FrameForecast:
    """Mean and paths, in the order of the horizon's intervals, as the caller asked for them."""
    levels = checked_quantiles(quantiles)
    drawn = asked.restored(drawn)
    table = pd.DataFrame(np.quantile(drawn, sorted(levels), axis=0).T, index=asked.index, columns=sorted(levels))
    return FrameForecast(pd.Series(asked.restored(mean), index=asked.index, name="mean"), table[list(levels)], drawn, caveats, flags)


def checked_paths(paths: int) -> int:
    if not isinstance(paths, int | np.integer) or not 1 <= paths <= 100_000:
        raise HistoryError(Fault("", "paths", repr(paths), "a number of sample paths from 1 to 100000"))
    return int(paths)


def checked_quantiles(quantiles: Sequence[float]) -> tuple[float, ...]:
    levels = tuple(float(level) for level in quantiles)
    if any(not 0 < level < 1 for level in levels) or len(set(levels)) != len(levels):
        raise HistoryError(Fault("", "quantiles", repr(tuple(quantiles)), "different shares between 0 and 1"))
    return levels


def _holidays(country: str | None, region: str | None, asked: Ahead) -> frozenset[date]:
    """Public holidays of the years before: a day without rows was probably closed if it was one."""
    names, _ = public_holidays(Calendar(country=country, region=region), asked.start.year - 6, asked.start.year)
    return frozenset(date.fromordinal(day) for day in names)


def _near_enough(past: Past, asked: Ahead) -> None:
    last = date.fromordinal(int(past.ordinals[-1]))
    if (asked.start - last).days > FURTHEST_DAYS:
        found = f"{asked.start}, {(asked.start - last).days} days after the last row of the history"
        raise HistoryError(Fault("", "horizon", found, "a horizon within ten years of the history"))
