"""Handle time where contacts are of several types: the level of each type × the mix that is expected."""

from __future__ import annotations

import numpy as np
import pandas as pd

from wfm.errors import Fault, HistoryError
from wfm.forecasting.frames.ahead import Ahead
from wfm.forecasting.frames.reading import Rows, read_rows
from wfm.forecasting.frames.slots import past_of_rows
from wfm.forecasting.handle import slot_handle_times
from wfm.forecasting.shares import learnt_shares, together
from wfm.model.arrays import FloatArray
from wfm.model.axis import DAY_MINUTES

COLUMNS = ("contacts", "aht_s")


def handle_times_by_type(history: pd.DataFrame, asked: Ahead, timezone: str | None) -> FloatArray:
    """Seconds on each interval of the horizon, (intervals,), from columns `interval_start, contacts, aht_s, type`.

    A mean over all types follows the mix of the past; where the mix moves, by the hour, the weekday or over weeks, it is wrong. Raises
    HistoryError where no type has a handle time.
    """
    rows = {str(name): read_rows(part, COLUMNS, timezone, asked.start) for name, part in history.groupby("type", sort=True)}
    taught = {name: part for name, part in rows.items() if (np.nan_to_num(part.values) > 0).all(axis=1).any()}
    if not taught:
        raise HistoryError(Fault("history", "aht_s", "no interval with contacts and a handle time", "one at least before the forecast"))
    grid = asked.horizon.axis
    pasts = [past_of_rows(part, grid.step_minutes, frozenset())[0] for part in taught.values()]
    mix = learnt_shares(*together(pasts)).on([asked.horizon] * len(pasts))
    levels = np.stack([_levels(part, asked)[asked.horizon.slot] for part in taught.values()])
    return (mix * levels).sum(axis=0)


def _levels(rows: Rows, asked: Ahead) -> FloatArray:
    known = np.isfinite(rows.values).all(axis=1) & (rows.values > 0).all(axis=1)
    step = asked.horizon.axis.step_minutes
    age, slot = asked.start.toordinal() - rows.ordinal[known], rows.minute[known] // step
    return slot_handle_times(age, slot, rows.values[known, 0], rows.values[known, 1], DAY_MINUTES // step)
