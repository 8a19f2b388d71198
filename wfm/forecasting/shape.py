"""How a day's total spreads over its slots: recent days of the weekday, shrunk to the shape of all days."""

from __future__ import annotations

import numpy as np

from wfm.forecasting.views import Past
from wfm.model.arrays import BoolArray, FloatArray, IntArray

HALF_LIFE_DAYS = 56.0
PRIOR_DAYS = 0.1
PRIOR_CONTACTS = 30.0
ROUNDS = 3
LEAST_DAYS = 3
LEAST_LEVEL = 0.02


def day_totals(past: Past, shares: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Observed contacts of each day, and the share of a whole day that was observed, each (days,)."""
    known = np.isfinite(past.counts)
    observed = np.where(known, past.counts, 0.0).sum(axis=1)
    return observed, np.where(known, shares[past.weekday], 0.0).sum(axis=1)


def weekday_bases(weekday: IntArray, contacts: FloatArray, exposure: FloatArray) -> FloatArray:
    """Rough log level by weekday, (7,): its median, its mean where the median is tiny; of all days where it has fewer than 3."""
    used = exposure > 0
    if not used.any():
        return np.zeros(7)
    totals = contacts[used] / exposure[used]
    rows = [totals[weekday[used] == w] for w in range(7)]
    rows = [row if len(row) >= LEAST_DAYS else totals for row in rows]
    middle = [np.median(row) if np.median(row) > 5 else row.mean() for row in rows]
    return np.log(np.maximum(middle, LEAST_LEVEL))


def weekday_shares(past: Past, weight: FloatArray, half_life_days: float = HALF_LIFE_DAYS) -> FloatArray:
    """Share of a usual day's total in each slot, (7, slots); rows sum to 1 over the slots that the weekday usually has.

    weight (days,): 0–1, what each day may teach. A day with gaps teaches its observed slots. A slot without history gets the value of
    the pooled shape, or of the nearest slot that has one. All zero where nothing was ever observed.
    """
    known = np.isfinite(past.counts)
    counts = np.where(known, past.counts, 0.0)
    age = past.ordinals[-1] - past.ordinals
    weight = weight * 0.5 ** (age / half_life_days)
    if not (weight[:, None] * counts).any():
        weight = known.any(axis=1).astype(float)
    level = counts.sum(axis=1)
    for _ in range(ROUNDS):
        pooled, common = _pooled(counts, known, weight, level)
        shares = np.stack([_one_weekday(counts, known, weight * (past.weekday == w), level, pooled, common) for w in range(7)])
        seen = np.where(known, shares[past.weekday], 0.0).sum(axis=1)
        level = np.where(seen > 0, counts.sum(axis=1) / np.where(seen > 0, seen, 1.0), 0.0)
    return shares


def _pooled(counts: FloatArray, known: BoolArray, weight: FloatArray, level: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Shape of all days, filled from the nearest slot where nothing is known, and where something is, each (slots,)."""
    due = (weight * level) @ known
    slots = np.flatnonzero(due > 0)
    if not len(slots):
        return np.zeros(counts.shape[1]), due > 0
    rate = np.where(due > 0, (weight @ counts) / np.where(due > 0, due, 1.0), 0.0)
    nearest = slots[np.argmin(np.abs(np.arange(counts.shape[1])[:, None] - slots), axis=1)]
    return rate[nearest], due > 0


def _one_weekday(
    counts: FloatArray, known: BoolArray, weight: FloatArray, level: FloatArray, pooled: FloatArray, common: BoolArray
) -> FloatArray:
    """Shares of the days that have weight, (slots,), drawn to the pooled shape; a weekday without data has the `common` slots."""
    due = (weight * level) @ known
    usual = due > 0 if due.any() else common
    total = pooled[usual].sum()
    if total <= 0:
        return np.zeros(len(pooled))
    prior = PRIOR_DAYS * (weight @ level) / max(weight.sum(), 1e-9) + PRIOR_CONTACTS
    rate = (weight @ counts + prior * pooled / total) / (due + prior)
    rate = np.where(usual, rate, np.minimum(pooled / total, rate[usual].max()))
    return rate / rate[usual].sum()
