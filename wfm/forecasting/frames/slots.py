"""Rows → days × slots at the step of the forecast."""

from __future__ import annotations

from datetime import date

import numpy as np

from wfm.errors import Fault, HistoryError
from wfm.forecasting.frames.reading import Rows
from wfm.forecasting.views import Past
from wfm.model.arrays import BoolArray, FloatArray, IntArray
from wfm.model.axis import DAY_MINUTES

LONGEST_DAYS = 1500
LEAST_PARTS = 0.5
"""Share of an interval's parts that must be known for it to count as known; it is then scaled up to the whole."""
GRID_SHARE = 0.95
LEAST_ROWS = 20


def past_of_rows(rows: Rows, step_minutes: int, shut: frozenset[date]) -> tuple[Past, tuple[str, ...]]:
    """Contacts (the first column) as days × slots, and caveats. shut: days without rows that were closed; all others count as lost.

    Raises HistoryError when the history is coarser than the step.
    """
    part = part_minutes(rows, step_minutes)
    last = int(rows.ordinal.max())
    first = max(int(rows.ordinal.min()), last - LONGEST_DAYS + 1)
    days, notes = last - first + 1, list(rows.notes)
    recent = rows.ordinal >= first
    if not recent.all():
        notes.append(f"only the last {LONGEST_DAYS} days of the history are used")
    per_day = DAY_MINUTES // (part or step_minutes)
    where = (rows.ordinal[recent] - first) * per_day + rows.minute[recent] // (part or step_minutes)
    total, number = _laid(where, rows.values[recent, 0], days * per_day)
    if part is None:
        notes.append(f"the stamps follow no grid: each row was added to the {step_minutes} minutes it falls in")
    elif (number > 1).any():
        notes.append(f"{(number > 1).sum()} intervals stand there more than once and were averaged")
    parts = np.where(number > 0, total / np.maximum(number if part else 1, 1), np.nan)
    counts = rolled(parts.reshape(days, DAY_MINUTES // step_minutes, -1))
    return Past(date.fromordinal(first), counts, _open(counts, first, shut)), tuple(notes)


def part_minutes(rows: Rows, step_minutes: int) -> int | None:
    """Length of the history's own interval, a divisor of the step; None where the stamps follow no grid at all."""
    moments = np.unique(rows.ordinal * DAY_MINUTES + rows.minute)
    lengths, times = np.unique(np.diff(moments), return_counts=True)
    own = int(lengths[np.argmax(times)]) if len(lengths) else step_minutes
    aligned = DAY_MINUTES % own == 0 and np.mean(rows.minute % own == 0) >= GRID_SHARE
    unfit = own % step_minutes and step_minutes % own
    if aligned and (unfit or (own > step_minutes and len(moments) >= LEAST_ROWS)):
        raise HistoryError(Fault("history", "step", f"intervals of {own} minutes", f"intervals that divide {step_minutes} minutes"))
    if own <= step_minutes:
        return own if aligned else None
    return step_minutes if np.mean(rows.minute % step_minutes == 0) >= GRID_SHARE else None


def _laid(where: IntArray, values: FloatArray, size: int) -> tuple[FloatArray, IntArray]:
    known = np.isfinite(values)
    return np.bincount(where[known], values[known], minlength=size), np.bincount(where[known], minlength=size)


def rolled(parts: FloatArray) -> FloatArray:
    """Sum of the parts (days, slots, parts) of each slot, (days, slots), scaled up where some are lost; nan where more than half are.

    Parts that the slot usually lacks, like the last 25 minutes of a day that ends at five past, are not missed.
    """
    known = np.isfinite(parts)
    if parts.shape[2] == 1:
        return parts[:, :, 0]
    ever = known.any(axis=2).sum(axis=0)
    usual = np.maximum((2 * known.sum(axis=0) > ever[:, None]).sum(axis=1), 1)
    number = known.sum(axis=2)
    total = np.where(known, parts, 0.0).sum(axis=2)
    enough = (number > 0) & (number >= LEAST_PARTS * usual)
    return np.where(enough, total * np.maximum(usual / np.maximum(number, 1), 1.0), np.nan)


def _open(counts: FloatArray, first: int, shut: frozenset[date]) -> BoolArray:
    """Open as the weekday usually is; days without a row that are known to be shut are closed."""
    known = np.isfinite(counts)
    seen = known.any(axis=1)
    ordinals = first + np.arange(len(counts))
    weekday = (ordinals - 1) % 7
    is_open = known.copy()
    for day in range(7):
        same = weekday == day
        usually = 2 * known[same & seen].sum(axis=0) >= max(1, (same & seen).sum())
        is_open[same] |= usually & (2 * (same & seen).sum() >= same.sum())
    closed = ~seen & np.isin(ordinals, [day.toordinal() for day in shut])
    return is_open & ~closed[:, None]
