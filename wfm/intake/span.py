"""The days that a history covers: whole local days of the centre, half-covered first and last days cut off."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from wfm.intake.findings import Findings
from wfm.intake.records import Records
from wfm.intake.zones import Placed
from wfm.model import TimeAxis
from wfm.model.arrays import FloatArray, IntArray

DAY_S = 86400
MAX_DAYS = 30 * 366
MAX_HOLE_DAYS = 2 * 366
LATE_MINUTES = 60
ALIKE_DAYS = 3


def cover(placed: Placed, own: int, timezone: str, findings: Findings) -> TimeAxis:
    """An axis at the step of the rows over all local days that have one. Raises HistoryError for absurd spans."""
    order = np.argsort(placed.start)
    days = pd.Series(placed.start[order]).dt.tz_localize("UTC").dt.tz_convert(timezone).dt.date
    first, last = days.iloc[0], days.iloc[-1]
    hole = int(np.diff(placed.start[order]).astype("timedelta64[s]").astype(np.int64).max(initial=0)) // DAY_S
    if (last - first).days > MAX_DAYS or hole > MAX_HOLE_DAYS:
        found = f"rows from {first} to {last} with {hole:,} days without any"
        raise findings.stop("", found, f"at most {MAX_HOLE_DAYS} days without a row", "a mistyped year?")
    return axis_of(first, (last - first).days + 1, own, timezone, findings)


def axis_of(first: date, days: int, step: int, timezone: str, findings: Findings) -> TimeAxis:
    try:
        return TimeAxis(first, days, step, timezone)
    except ValueError as error:
        raise findings.stop("[history] step_minutes", str(error), "a step that the clock change falls on") from error


def elapsed_minutes(placed: Placed, axis: TimeAxis) -> FloatArray:
    """Minutes since the axis begins, (placed,), fractions included."""
    origin = np.datetime64(axis.origin.replace(tzinfo=None), "s")
    return (placed.start - origin).astype(np.int64) / 60.0


def without_ragged_days(axis: TimeAxis, minute: FloatArray, records: Records, placed: Placed, findings: Findings) -> TimeAxis:
    """Cut off a first day that begins, or a last day that ends, well inside what is usual for its weekday."""
    index = (minute // axis.step_minutes).astype(np.int64)
    day = axis.day[index]
    frame = pd.DataFrame({"day": day, "at": axis.wall_minute[index]}).groupby("day")["at"]
    begins, ends = frame.min(), frame.max()
    cut_first, cut_last = _odd(axis, begins, axis.dates[0]), _odd(axis, -ends, axis.dates[-1])
    if axis.days - cut_first - cut_last < 1:
        return axis
    for cut, edge, word in ((cut_first, 0, "begins"), (cut_last, axis.days - 1, "ends")):
        if cut:
            contacts = float((records.contacts[placed.row] * placed.share)[day == edge].sum())
            findings.note(f"The file {word} in the middle of {axis.dates[edge]}; that day, with {contacts:,.0f} contacts, was left out.")
    return TimeAxis(axis.start + timedelta(days=cut_first), axis.days - cut_first - cut_last, axis.step_minutes, axis.timezone)


def _odd(axis: TimeAxis, at: pd.Series, day: date) -> bool:
    """Whether the day begins later than all like it. at: wall-clock begin (or minus the end) of each day with rows."""
    index = axis.day_index(day)
    others = at.drop(index)
    alike = others[[axis.weekday[i] == day.weekday() for i in others.index]]
    usual = alike if len(alike) >= ALIKE_DAYS else others
    if len(usual) < 2:
        return False
    margin = max(LATE_MINUTES, float(usual.max() - usual.min()))
    return bool(at[index] - usual.max() >= margin)


def index_on(axis: TimeAxis, placed: Placed) -> IntArray:
    """Interval of every placed row, −1 outside the axis."""
    index = np.floor(elapsed_minutes(placed, axis) / axis.step_minutes).astype(np.int64)
    return np.where((index >= 0) & (index < axis.n_intervals), index, -1)
