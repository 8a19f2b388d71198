"""The open intervals that a forecast is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from wfm.errors import Fault, HistoryError
from wfm.forecasting.frames.stamps import local_stamps
from wfm.forecasting.grid import Grid
from wfm.forecasting.views import Horizon
from wfm.model.arrays import FloatArray, IntArray
from wfm.model.axis import DAY_MINUTES

LONGEST_DAYS = 1100
FURTHEST_DAYS = 3660


@dataclass(frozen=True, eq=False)
class Ahead:
    """index: as asked. order (intervals,): the index sorted by local time, which is the order of the horizon's intervals."""

    index: pd.DatetimeIndex
    order: IntArray
    horizon: Horizon

    @classmethod
    def of(cls, index: pd.DatetimeIndex, step_minutes: int | None, timezone: str | None, shut: frozenset[date] = frozenset()) -> Ahead:
        """step_minutes None: the most common distance of the intervals. Raises HistoryError where nothing, or no time, is asked."""
        stamps = local_stamps(index, timezone, "horizon")
        if not len(stamps.local) or not stamps.usable.all():
            found = f"{(~stamps.usable).sum()} of {len(stamps.local)} intervals without a possible time"
            raise HistoryError(Fault("", "horizon", found, "the open intervals to forecast, one at least"))
        order = np.argsort(stamps.local, kind="stable")
        grid = Grid.at(stamps.local[order], _step(stamps.local[order]) if step_minutes is None else step_minutes)
        if int(grid.ordinals[-1] - grid.ordinals[0]) >= LONGEST_DAYS:
            found = f"{date.fromordinal(int(grid.ordinals[0]))} to {date.fromordinal(int(grid.ordinals[-1]))}"
            raise HistoryError(Fault("", "horizon", found, f"at most {LONGEST_DAYS} days"))
        is_open = ~np.isin(grid.ordinals, [day.toordinal() for day in shut])[grid.day]
        return cls(pd.DatetimeIndex(index), order, Horizon(grid, is_open))

    @property
    def start(self) -> date:
        return self.horizon.axis.start

    def idle_days(self) -> frozenset[date]:
        """Days between the first and the last of which no interval is asked."""
        asked = self.horizon.ordinals
        between = np.setdiff1d(np.arange(asked[0], asked[-1] + 1), asked)
        return frozenset(date.fromordinal(int(day)) for day in between)

    def restored(self, values: FloatArray) -> FloatArray:
        """Values in the order of the horizon's intervals (last axis) → in the order asked."""
        out = np.empty_like(values)
        out[..., self.order] = values
        return out


def checked_step(step_minutes: Any) -> int:
    """Raises HistoryError unless the step is a whole number of minutes that divides a day."""
    if not isinstance(step_minutes, int | np.integer) or step_minutes < 1 or DAY_MINUTES % step_minutes:
        raise HistoryError(Fault("", "step_minutes", repr(step_minutes), "whole minutes that divide a day, such as 15, 30, 60 or 1440"))
    return int(step_minutes)


def dates_of(days: Iterable[Any], place: str) -> frozenset[date]:
    """Dates of any spelling. Raises HistoryError with every one that is none."""
    found, faults = set(), []
    for day in days:
        try:
            found.add(pd.Timestamp(day).date())
        except (ValueError, TypeError, OverflowError):
            faults.append(Fault("", place, repr(day), "a date such as 2025-12-24"))
    if faults:
        raise HistoryError(faults)
    return frozenset(found)


def _step(local: np.ndarray) -> int:
    gaps = np.diff(local).astype(np.int64) // 60
    gaps = gaps[(gaps > 0) & (DAY_MINUTES % np.maximum(gaps, 1) == 0)]
    lengths, times = np.unique(gaps, return_counts=True)
    return int(lengths[np.argmax(times)]) if len(lengths) else 30
