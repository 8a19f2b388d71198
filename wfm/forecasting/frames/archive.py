"""Every forecast that was published, with its data cut-off: what accuracy by lead, bands and the intraday update are learnt from.

The archive is a plain frame, `cut_off, interval_start, mean`, one row an interval and version; it is only ever added to.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from wfm.errors import Fault, HistoryError
from wfm.forecasting.frames.forecast_frame import FrameForecast
from wfm.forecasting.frames.stamps import local_stamps
from wfm.model.arrays import FloatArray

COLUMNS = ["cut_off", "interval_start", "mean"]


def archived(archive: pd.DataFrame | None, published: Any, cut_off: Any) -> pd.DataFrame:
    """The archive with one more version. published: a FrameForecast, a series of means by interval, or a frame `interval_start, mean`.

    cut_off: the moment up to which the version knew the actuals. Nothing that stands in the archive is changed.
    """
    stamps, mean = means_of(published, None)
    version = pd.DataFrame({"cut_off": pd.Timestamp(cut_off), "interval_start": stamps, "mean": mean})
    return version if archive is None or archive.empty else pd.concat([archive[COLUMNS], version], ignore_index=True)


def day_ahead(archive: pd.DataFrame | None, timezone: str | None) -> pd.Series:
    """Per interval the mean of the last version that was cut off before the interval's day; without a cut_off column, the last row."""
    if archive is None or not len(archive):
        return pd.Series(dtype=float, index=pd.DatetimeIndex([]))
    stamps, mean = means_of(archive, timezone)
    table = pd.DataFrame({"at": stamps, "mean": mean})
    if isinstance(archive, pd.DataFrame) and "cut_off" in archive.columns:
        table["cut"] = local_stamps(archive["cut_off"], timezone, "archive cut_off").local
        table = table[table["cut"] <= table["at"].dt.normalize()].sort_values("cut", kind="stable")
    table = table[np.isfinite(table["mean"])]
    return table.groupby("at")["mean"].last()


def means_of(published: Any, timezone: str | None) -> tuple[np.ndarray, FloatArray]:
    """Local starts and means of a published forecast in any of its forms. Raises HistoryError for any other."""
    if isinstance(published, FrameForecast):
        published = published.mean
    if isinstance(published, pd.DataFrame) and {"interval_start", "mean"} <= set(published.columns):
        return local_stamps(published["interval_start"], timezone, "published interval_start").local, published["mean"].to_numpy(float)
    if isinstance(published, pd.Series):
        return local_stamps(published.index, timezone, "published").local, published.to_numpy(float)
    expected = "a FrameForecast, a series of means by interval, or a frame interval_start, mean"
    raise HistoryError(Fault("", "published", type(published).__name__, expected))
