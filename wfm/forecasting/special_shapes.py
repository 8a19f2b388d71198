"""Holidays and their eves have a shape of their own: how their slots stood against the usual weekday, learnt with shrinkage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wfm.forecasting.shape import day_totals
from wfm.forecasting.views import Past
from wfm.model.arrays import BoolArray, FloatArray, IntArray

PRIOR_DAYS = 1.0
PRIOR_CONTACTS = 20.0
"""A slot is believed to be as usual until a day of its contacts, and these, say otherwise."""
LEAST_SEEN = 0.25
STRANGE_SHARE = 0.25
ALIKE = 0.9
"""A day of which more than a quarter lies elsewhere than usual is believed if others of its kind explain a tenth of that."""


def shape_factors(past: Past, shares: FloatArray, kinds: Sequence[BoolArray], usable: BoolArray) -> FloatArray:
    """Factor on the usual share of each slot for each kind of day, (kinds, slots), 1 where nothing is known.

    shares (7, slots): the usual shape. kinds: for each the past days (days,) of that kind. usable (days,): days that teach.
    """
    contacts, exposure = day_totals(past, shares)
    known = np.isfinite(past.counts)
    level = np.where(exposure >= LEAST_SEEN, contacts / np.maximum(exposure, LEAST_SEEN), 0.0)
    due = np.where(known, shares[past.weekday] * level[:, None], 0.0)
    counts = np.where(known, past.counts, 0.0)
    return np.stack([_factor(counts[kind & usable], due[kind & usable]) for kind in kinds])


def _factor(counts: FloatArray, due: FloatArray) -> FloatArray:
    """Factor (slots,) from days of one kind (days, slots). A lost morning of a holiday looks like a shape, so no day is believed alone."""
    days = np.flatnonzero(due.sum(axis=1) > 0)
    believed = [day for day in days if _believed(counts[day], due[day], _pooled(counts, due, days[days != day]))]
    return _pooled(counts, due, np.array(believed, np.int64))


def _believed(counts: FloatArray, due: FloatArray, by_others: FloatArray) -> bool:
    off = float(np.abs(counts - due).sum())
    expected = due * by_others
    expected *= due.sum() / max(expected.sum(), 1e-9)
    return off <= STRANGE_SHARE * due.sum() or float(np.abs(counts - expected).sum()) <= ALIKE * off


def _pooled(counts: FloatArray, due: FloatArray, days: IntArray) -> FloatArray:
    due_of_slot = due[days].sum(axis=0)
    prior = PRIOR_DAYS * due_of_slot / max(len(days), 1) + PRIOR_CONTACTS
    return (counts[days].sum(axis=0) + prior) / (due_of_slot + prior)


def reshaped(shares: FloatArray, factor: FloatArray) -> FloatArray:
    """Shares (7, slots) times the factor (slots,), each row again with the sum it had."""
    bent = shares * factor
    total = bent.sum(axis=1, keepdims=True)
    return np.where(total > 0, bent * shares.sum(axis=1, keepdims=True) / np.where(total > 0, total, 1.0), shares)
