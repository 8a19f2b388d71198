"""`handle_time_frame`: handle times in a data frame → mean handle time of the intervals asked."""

from __future__ import annotations

import numpy as np
import pandas as pd

from wfm.errors import Fault, HistoryError
from wfm.forecasting.frames.ahead import Ahead
from wfm.forecasting.frames.handle_types import handle_times_by_type
from wfm.forecasting.frames.reading import read_rows
from wfm.forecasting.handle import slot_handle_times
from wfm.model.axis import DAY_MINUTES


def handle_time_frame(history: pd.DataFrame, horizon: pd.DatetimeIndex, *, timezone: str | None = None) -> pd.Series:
    """Mean handle time in seconds on each interval of the horizon, from columns `interval_start, contacts, aht_s`.

    With a column `type` each type has its own level, and the mix that is expected is learnt as well. Naive stamps are the centre's local
    time. Intervals without contacts or handle time teach nothing. Raises HistoryError where none
    before the first day of the horizon teach.
    """
    asked = Ahead.of(horizon, None, timezone)
    if "type" in history.columns:
        by_type = handle_times_by_type(history, asked, timezone)
        return pd.Series(asked.restored(by_type), index=asked.index, name="aht_s")
    grid = asked.horizon.axis
    rows = read_rows(history, ("contacts", "aht_s"), timezone, asked.start)
    known = np.isfinite(rows.values).all(axis=1) & (rows.values > 0).all(axis=1)
    if not known.any():
        raise HistoryError(Fault("history", "aht_s", "no interval with contacts and a handle time", "one at least before the forecast"))
    age, slot = asked.start.toordinal() - rows.ordinal[known], rows.minute[known] // grid.step_minutes
    by_slot = slot_handle_times(age, slot, rows.values[known, 0], rows.values[known, 1], DAY_MINUTES // grid.step_minutes)
    return pd.Series(asked.restored(by_slot[asked.horizon.slot]), index=asked.index, name="aht_s")
