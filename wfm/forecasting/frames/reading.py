"""The usable rows of a frame, with a caveat for everything that had to be put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from wfm.errors import Fault, HistoryError
from wfm.forecasting.frames.stamps import Stamps, local_stamps
from wfm.forecasting.grid import day_and_minute
from wfm.model.arrays import FloatArray, IntArray

LARGEST_COUNT = 1e9
UNKNOWN = ("", "nan")


@dataclass(frozen=True, eq=False)
class Rows:
    """Usable rows. ordinal, minute (rows,): date and minute of the day. values (rows, columns): nan where unknown."""

    ordinal: IntArray
    minute: IntArray
    values: FloatArray
    notes: tuple[str, ...]


def read_rows(history: pd.DataFrame, columns: tuple[str, ...], timezone: str | None, before: date) -> Rows:
    """The rows of a frame before a date, negative and absurd numbers unknown. Raises HistoryError with every fault."""
    missing = [name for name in ("interval_start", *columns) if name not in history.columns]
    if missing:
        raise HistoryError([_fault(f"column {name}", "columns " + ", ".join(map(str, history.columns)), "the column") for name in missing])
    values, notes = _numbers(history, columns)
    stamps = local_stamps(history["interval_start"], timezone, "history interval_start")
    usable = stamps.usable & (stamps.local < np.datetime64(before)) & np.isfinite(values).any(axis=1)
    notes += [*stamps.notes, *_left_out(stamps, before)]
    if not usable.any():
        raise HistoryError(_fault("rows", f"{len(history)} rows, none known before {before}", "observed intervals before the forecast"))
    return Rows(*day_and_minute(stamps.local[usable]), values[usable], tuple(notes))


def _fault(place: str, found: str, expected: str, hint: str = "") -> Fault:
    return Fault("history", place, found, expected, hint)


def _numbers(history: pd.DataFrame, columns: tuple[str, ...]) -> tuple[FloatArray, list[str]]:
    values, notes, faults = [], [], []
    for name in columns:
        numbers = pd.to_numeric(history[name], errors="coerce")
        for row in np.flatnonzero(numbers.isna() & history[name].notna()):
            found = history[name].iloc[row]
            if str(found).strip().lower() not in UNKNOWN:
                faults.append(_fault(f"row {row + 1}, column {name}", repr(found), "a number, or nothing where closed or lost"))
        column = numbers.to_numpy(float, na_value=np.nan).copy()
        wrong = ~np.isnan(column) & ~((column >= 0) & (column < LARGEST_COUNT))
        if wrong.any():
            notes.append(f"{wrong.sum()} values of {name} are negative or beyond belief and were taken as lost")
            column[wrong] = np.nan
        values.append(column)
    if faults:
        raise HistoryError(faults)
    return np.stack(values, axis=1), notes


def _left_out(stamps: Stamps, before: date) -> list[str]:
    notes = []
    impossible = int((~stamps.usable).sum())
    if impossible:
        notes.append(f"{impossible} rows without a possible time were left out")
    late = int((stamps.usable & (stamps.local >= np.datetime64(before))).sum())
    if late:
        notes.append(f"{late} rows from {before} on were left out: the forecast starts there")
    return notes
