"""The intervals that will be open, by what the history shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from wfm.errors import Fault, HistoryError
from wfm.forecasting.daykinds import public_holidays
from wfm.forecasting.frames.ahead import checked_step, dates_of
from wfm.forecasting.frames.reading import read_rows
from wfm.forecasting.frames.slots import past_of_rows
from wfm.forecasting.grid import day_and_minute
from wfm.forecasting.views import Past
from wfm.model import Calendar

LAST = date(2150, 1, 1)


def open_intervals(
    history: pd.DataFrame,
    days: int,
    *,
    step_minutes: int,
    timezone: str | None = None,
    country: str | None = None,
    region: str | None = None,
    closed: Iterable[Any] = (),
) -> pd.DatetimeIndex:
    """The intervals of the `days` days behind the history on which its weekdays are usually open.

    Closures are left out, and public holidays when the history was closed on all of its own. Zoned where a time zone is given, so that a
    day of 23 or 25 hours has as many. Raises HistoryError where nothing would be open.
    """
    if days < 1:
        raise HistoryError(Fault("", "days", str(days), "one day ahead at least"))
    step, shut = checked_step(step_minutes), dates_of(closed, "closed")
    past, _ = past_of_rows(read_rows(history, ("contacts",), timezone, LAST), step, shut)
    start = pd.Timestamp(date.fromordinal(int(past.ordinals[-1]) + 1))
    index = pd.date_range(
        start.tz_localize(timezone), (start + pd.Timedelta(days=days)).tz_localize(timezone), freq=f"{step}min", inclusive="left"
    )
    ordinal, minute = day_and_minute(index.tz_localize(None).to_numpy().astype("datetime64[s]"))
    is_open = _usual(past)[(ordinal - 1) % 7, minute // step]
    idle = {day.toordinal() for day in shut} | _idle_holidays(past, Calendar(country=country, region=region), start.year + days // 365 + 1)
    index = index[is_open & ~np.isin(ordinal, list(idle))]
    if not len(index):
        raise HistoryError(Fault("history", "opening", "no weekday that is usually open and not closed ahead", "one at least"))
    return index


def _usual(past: Past) -> np.ndarray:
    """(7, slots): known on at least half of the days on which the weekday was seen."""
    known = np.isfinite(past.counts)
    rows = [known[past.seen & (past.weekday == weekday)] for weekday in range(7)]
    return np.stack([2 * row.sum(axis=0) >= max(1, len(row)) for row in rows])


def _idle_holidays(past: Past, calendar: Calendar, last_year: int) -> set[int]:
    names, _ = public_holidays(calendar, past.first.year, last_year)
    own = [day for day in names if past.first.toordinal() <= day <= past.ordinals[-1]]
    worked = [day for day in own if past.seen[day - past.first.toordinal()]]
    return set(names) if own and not worked else set()
