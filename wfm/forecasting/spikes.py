"""Intervals that cannot be what came in: counted twice, filled in with one number, copied from the week before."""

from __future__ import annotations

import numpy as np

from wfm.forecasting.views import Past
from wfm.model.arrays import BoolArray, FloatArray

FAR_SHARE = 0.6
FAR_SD = 6.0
MOST_SHARE = 0.2
"""Where more of a day is off, the day has another shape, and that is for others to judge."""
LEAST_DUE = 5.0
LEAST_SLOTS = 6
LEAST_COPIED = 200.0
MEDIAN_CHI2 = 0.455


def spikes(past: Past, usual: FloatArray) -> BoolArray:
    """Single intervals (days, slots) far off while the rest of their day is not. usual (7, slots): what a weekday has."""
    due = usual[past.weekday]
    known = np.isfinite(past.counts) & (due >= LEAST_DUE)
    level = day_levels(past, usual)
    expected = np.where(known & (level[:, None] > 0), due * level[:, None], np.nan)
    pearson = (past.counts - expected) / np.sqrt(expected)
    if not np.isfinite(pearson).any():
        return np.zeros(past.counts.shape, bool)
    spread = np.sqrt(spread_of(past.counts, expected))
    far = (np.abs(pearson) > FAR_SD * spread) & (np.abs(past.counts / expected - 1) > FAR_SHARE)
    return far & (far.sum(axis=1) <= MOST_SHARE * known.sum(axis=1))[:, None]


def day_levels(past: Past, usual: FloatArray) -> FloatArray:
    """How busy each day was against its weekday's usual slots, (days,): the median over the slots, nan where too few are known."""
    due = usual[past.weekday]
    known = np.isfinite(past.counts) & (due >= LEAST_DUE)
    ratio = np.where(known, past.counts / np.where(known, due, 1.0), np.nan)
    enough = known.sum(axis=1) >= LEAST_SLOTS
    return np.where(enough, np.nanmedian(np.where(enough[:, None], ratio, 1.0), axis=1), np.nan)


def spread_of(counts: FloatArray, expected: FloatArray) -> float:
    """Variance ÷ mean of counts round what was expected, at least 1; by the median, so that what is far off does not count."""
    return max(float(np.nanmedian((counts - expected) ** 2 / expected)) / MEDIAN_CHI2, 1.0)


def filled_in(past: Past, usual: FloatArray) -> BoolArray:
    """Runs (days, slots) of at least six times the same count where the usual day moves by half: an average put into a gap."""
    found = np.zeros(past.counts.shape, bool)
    due = usual[past.weekday]
    same = np.zeros(past.counts.shape, bool)
    same[:, 1:] = (past.counts[:, 1:] == past.counts[:, :-1]) & (past.counts[:, 1:] >= LEAST_DUE)
    for day in np.flatnonzero(same.sum(axis=1) >= LEAST_SLOTS - 1):
        run = np.cumsum(~same[day])
        for number in np.flatnonzero(np.bincount(run) >= LEAST_SLOTS):
            slots = run == number
            if due[day, slots].max() > 1.5 * due[day, slots].min():
                found[day, slots] = True
    return found


def copied(past: Past) -> BoolArray:
    """Days (days,) that are, count by count, the day a week before; none where that is the rule, as in made-up histories."""
    found = np.zeros(past.days, bool)
    if past.days > 7:
        now, then = past.counts[7:], past.counts[:-7]
        equal = (now == then) | (np.isnan(now) & np.isnan(then))
        varied = np.nanmax(np.where(np.isnan(now), 0, now), axis=1) > np.nanmin(np.where(np.isnan(now), np.inf, now), axis=1)
        found[7:] = equal.all(axis=1) & varied & (np.nansum(now, axis=1) > LEAST_COPIED)
    return found & (found.mean() <= MOST_SHARE)
