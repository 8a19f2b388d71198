"""What in a history is not to be believed: outages, doubled days, lost mornings. Everything found is told, nothing is deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from wfm.forecasting.silence import lost_zeros
from wfm.forecasting.spikes import copied, filled_in, spikes
from wfm.forecasting.views import Flag, Past
from wfm.model.arrays import BoolArray, FloatArray

SILENT_CONTACTS = 20.0
"""A run of zeros in which more than this many contacts were due is a loss and not a quiet time."""
FAR_SHARE = 0.3
FAR_MADS = 5.0
WEEKS_BESIDE = 4
NOTHING_SHARE = 0.004
MOST_SPECIAL = 1.7


@dataclass(frozen=True, eq=False)
class Cleaned:
    """past: silent runs made unknown. weight (days,): 1 for days that teach, 0 for days left out."""

    past: Past
    weight: FloatArray
    flags: tuple[Flag, ...]


def clean(past: Past, special: BoolArray, kept: BoolArray | None = None) -> Cleaned:
    """Find what is off; `special` (days,) are days that may be off for a known reason, `kept` (days,) those the user stands for."""
    kept = np.zeros(past.days, bool) if kept is None else kept
    usual = _weekday_medians(past)
    counts, flags = _without_silence(past, usual, special | kept)
    past = Past(past.first, counts, past.is_open)
    counts, more = _without_inventions(past, usual, special | kept)
    past = Past(past.first, counts, past.is_open)
    weight = past.seen.astype(float)
    relative = _relative_totals(past, usual)
    days = [
        (day, f"{relative[day] - 1:+.0%} against its weekday, left out") for day in np.flatnonzero(_far(past, relative) & ~special & ~kept)
    ]
    days += [
        (day, f"{relative[day] - 1:+.0%} against its weekday, too much for any holiday, left out")
        for day in np.flatnonzero(special & ~kept & (relative > MOST_SPECIAL))
    ]
    nothing = special & ~kept & (relative < NOTHING_SHARE)
    days += [(day, "holiday or its neighbour with hardly a contact, left out") for day in np.flatnonzero(nothing)]
    days += [(day, "the same counts as a week before, left out") for day in np.flatnonzero(copied(past) & ~kept)]
    weight[[day for day, _ in days]] = 0.0
    flags += [*more, *(_flag(past, day, reason) for day, reason in days)]
    return Cleaned(past, weight, tuple(sorted(flags, key=lambda flag: flag.day)))


def _flag(past: Past, day: int, reason: str, weight: float = 0.0) -> Flag:
    return Flag(date.fromordinal(int(past.ordinals[day])), reason, weight)


def _without_inventions(past: Past, usual: FloatArray, spared: BoolArray) -> tuple[FloatArray, list[Flag]]:
    """Counts with single impossible intervals and filled-in averages unknown."""
    counts, flags = past.counts.copy(), []
    suspects = (
        (filled_in(past, usual), "with one number again and again"),
        (spikes(past, usual), "far from the rest of the day"),
        (lost_zeros(past, usual), "silent, as too many in this history are"),
    )
    for found, what in suspects:
        fresh = found & np.isfinite(counts)
        for day in np.flatnonzero(fresh.any(axis=1) & ~spared):
            counts[day, fresh[day]] = np.nan
            flags.append(_flag(past, day, f"{_intervals(int(fresh[day].sum()))} {what}, taken as lost", 1.0))
    return counts, flags


def nanmedian(values: FloatArray) -> FloatArray:
    """Median over the first axis, 0 where nothing is known."""
    unknown = ~np.isfinite(values).any(axis=0)
    return np.nanmedian(np.where(unknown, 0.0, values), axis=0)


def _weekday_medians(past: Past) -> FloatArray:
    """Median of each slot by weekday, (7, slots); of all days for a weekday with fewer than 3."""
    every = nanmedian(past.counts)
    rows = [past.counts[past.seen & (past.weekday == w)] for w in range(7)]
    return np.stack([nanmedian(row) if len(row) >= 3 else every for row in rows])


def _without_silence(past: Past, usual: FloatArray, special: BoolArray) -> tuple[FloatArray, list[Flag]]:
    """Counts with lost runs unknown. On special days silence may be real."""
    counts, flags = past.counts.copy(), []
    due = usual[past.weekday]
    for day in np.flatnonzero(((counts == 0) & (due > 0)).any(axis=1) & ~special):
        lost = _long_runs(counts[day] == 0, due[day])
        if lost.any():
            counts[day, lost] = np.nan
            reason = f"{_intervals(int(lost.sum()))} silent where {due[day, lost].sum():.0f} contacts were due, taken as lost"
            flags.append(_flag(past, day, reason, 1.0))
    return counts, flags


def _intervals(number: int) -> str:
    return "1 interval" if number == 1 else f"{number} intervals"


def _long_runs(silent: BoolArray, due: FloatArray) -> BoolArray:
    run = np.cumsum(np.diff(silent, prepend=False))
    return silent & (np.bincount(run, np.where(silent, due, 0.0))[run] > SILENT_CONTACTS)


def _relative_totals(past: Past, usual: FloatArray) -> FloatArray:
    """Each day's observed total ÷ the median of its weekday over nine weeks around, (days,), nan where unknown."""
    known = np.isfinite(past.counts)
    due = np.where(known, usual[past.weekday], 0.0).sum(axis=1)
    level = np.where(due > 0, np.where(known, past.counts, 0.0).sum(axis=1) / np.where(due > 0, due, 1.0), np.nan)
    relative = np.full(past.days, np.nan)
    for weekday in range(7):
        days = np.flatnonzero((past.weekday == weekday) & np.isfinite(level))
        for i, day in enumerate(days):
            around = np.median(level[days[max(0, i - WEEKS_BESIDE) : i + WEEKS_BESIDE + 1]])
            relative[day] = level[day] / around if around > 0 else np.nan
    return relative


def _far(past: Past, relative: FloatArray) -> BoolArray:
    """Off by more than 30 % and more than five median absolute deviations of the log; never on fewer than three weeks."""
    known = np.isfinite(relative)
    if known.sum() < 15:
        return np.zeros(past.days, bool)
    log = np.log(np.where(known, np.maximum(relative, 1e-3), 1.0))
    mad = np.median(np.abs(log[known]))
    return known & (np.abs(log) > FAR_MADS * mad) & (np.abs(relative - 1) > FAR_SHARE)
