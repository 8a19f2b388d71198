"""Whole past days as donors of the shape of a day: how each slot stood round the day's own level."""

from __future__ import annotations

import numpy as np

from wfm.forecasting.views import Past
from wfm.model.arrays import BoolArray, FloatArray, IntArray

LONGEST_DAYS = 210
LEAST_SEEN = 0.8


def pearson(past: Past, expected: FloatArray, usable: BoolArray) -> tuple[FloatArray, IntArray]:
    """Pearson residuals (y − m) ÷ √m of the usable recent days, with m the expected slots (days, slots) scaled to the day's own total.

    Returns (donors, slots) residuals, 0 where unknown, and the donors' ordinals. Days observed to less than 80 % are left out.
    """
    known = np.isfinite(past.counts) & np.isfinite(expected) & (expected > 0)
    counts, shape = np.where(known, past.counts, 0.0), np.where(known, expected, 0.0)
    due = shape.sum(axis=1)
    whole = due >= LEAST_SEEN * np.where(np.isfinite(expected) & past.is_open, expected, 0.0).sum(axis=1)
    days = np.flatnonzero(usable & whole & (due > 0) & (past.ordinals >= past.ordinals[-1] - LONGEST_DAYS))
    mean = shape[days] * (counts[days].sum(axis=1) / due[days])[:, None]
    residuals = np.where(mean > 0, (counts[days] - mean) / np.sqrt(np.where(mean > 0, mean, 1.0)), 0.0)
    return residuals, past.ordinals[days]
