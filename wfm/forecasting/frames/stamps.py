"""Stamps of any spelling → local wall-clock times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from wfm.errors import Fault, HistoryError
from wfm.model.arrays import BoolArray

FIRST, LAST = np.datetime64("1950-01-01"), np.datetime64("2150-01-01")
"""Outside of these years a stamp is a mistake."""


@dataclass(frozen=True, eq=False)
class Stamps:
    """local (rows,): datetime64[s] on the centre's clock, NaT where there is none. notes: what had to be assumed."""

    local: np.ndarray
    notes: tuple[str, ...] = ()

    @property
    def usable(self) -> BoolArray:
        return (self.local >= FIRST) & (self.local < LAST)


def local_stamps(values: Any, timezone: str | None, place: str) -> Stamps:
    """Local times of naive (local already), zoned, or text stamps. Raises HistoryError for what is no time, and for zones that differ."""
    zone = _zone(timezone)
    index = _parsed(values, place)
    if isinstance(index, pd.DatetimeIndex) and index.tz is not None:
        moved = index if zone is None else index.tz_convert(zone)
        return Stamps(_seconds(moved.tz_localize(None)))
    if isinstance(index, pd.DatetimeIndex):
        return Stamps(_seconds(index))
    return _mixed(index, zone, place)


def _zone(timezone: str | None) -> ZoneInfo | None:
    if timezone is None:
        return None
    try:
        return ZoneInfo(timezone)
    except (KeyError, ValueError, OSError) as error:  # zoneinfo raises any of them, by the spelling
        raise HistoryError(Fault("", "timezone", repr(timezone), "an IANA name such as Europe/Berlin")) from error


def _seconds(index: pd.DatetimeIndex) -> np.ndarray:
    return index.to_numpy().astype("datetime64[s]")


def _parsed(values: Any, place: str) -> pd.DatetimeIndex | pd.Index:
    """A DatetimeIndex where all stamps are alike, else an index of Timestamps of their own."""
    index = values if isinstance(values, pd.Index) else pd.Index(values)
    if isinstance(index, pd.DatetimeIndex):
        return index
    if pd.api.types.is_numeric_dtype(index.dtype) and len(index):
        raise HistoryError(Fault("", place, f"numbers such as {index[0]}", "dates with times"))
    try:
        return pd.DatetimeIndex(pd.to_datetime(index, format="ISO8601"))
    except (ValueError, TypeError, OverflowError):  # no times, mixed zones, or beyond the calendar: looked at one by one
        return pd.Index([_one(value, f"{place}, row {row}") for row, value in enumerate(index)], dtype=object)


def _one(value: Any, place: str) -> pd.Timestamp:
    try:
        return pd.Timestamp(value)
    except (ValueError, TypeError, OverflowError) as error:
        raise HistoryError(Fault("", place, repr(value), "a date with time such as 2025-03-31 09:30")) from error


def _mixed(index: pd.Index, zone: ZoneInfo | None, place: str) -> Stamps:
    """Stamps that each have a zone of their own or none: only a named time zone makes one clock of them."""
    zoned = sum(stamp.tzinfo is not None for stamp in index if stamp is not pd.NaT)
    if zoned and zone is None:
        raise HistoryError(Fault("", place, "stamps with and without zone, or of different zones", "timezone, the clock of the centre"))
    local = [_local(stamp, zone) for stamp in index]
    note = f"{place}: {zoned} stamps with a zone were moved to {zone}, the others taken as local"
    return Stamps(np.array(local, "datetime64[s]"), (note,) if zoned else ())


def _local(stamp: pd.Timestamp, zone: ZoneInfo | None) -> np.datetime64:
    if stamp is pd.NaT:
        return np.datetime64("NaT", "s")
    moved: datetime = stamp.tz_convert(zone) if stamp.tzinfo is not None else stamp
    return np.datetime64(moved.replace(tzinfo=None), "s")
