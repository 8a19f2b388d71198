"""Single zeros that are losses: a history that drops intervals has more of them than its volume could bring about."""

from __future__ import annotations

import numpy as np

from wfm.forecasting.spikes import day_levels, spread_of
from wfm.forecasting.views import Past
from wfm.model.arrays import BoolArray, FloatArray

LEAST_DUE = 3.0
LEAST_SHARE = 0.005
"""A history that loses fewer of its intervals than this is not suspected at all."""
SURE = 0.95
ROUNDS = 20


def lost_zeros(past: Past, usual: FloatArray) -> BoolArray:
    """Zeros (days, slots) that are rather lost than quiet. usual (7, slots): what a weekday has.

    A mixture: an interval is lost with one probability for the whole history, learnt by EM, else its count is negative binomial with the
    spread of this history (zero inflation; Lambert, Technometrics 34, 1992).
    """
    due = usual[past.weekday] * day_levels(past, usual)[:, None]
    known = np.isfinite(past.counts) & np.isfinite(due) & (due >= LEAST_DUE)
    zero = known & (past.counts == 0)
    found = np.zeros(past.counts.shape, bool)
    if zero.sum() < LEAST_SHARE * known.sum() or not zero.any():
        return found
    quiet = _quiet(due[zero], spread_of(past.counts[known], due[known]))
    lost = zero.sum() / known.sum() / 2
    for _ in range(ROUNDS):
        sure = lost / (lost + (1 - lost) * quiet)
        lost = sure.sum() / known.sum()
    found[zero] = (sure > SURE) & (lost >= LEAST_SHARE)
    return found


def _quiet(due: FloatArray, spread: float) -> FloatArray:
    """Probability (n,) that nothing comes where `due` is: negative binomial with variance `spread` × mean."""
    return np.exp(-due if spread < 1 + 1e-6 else -due * np.log(spread) / (spread - 1))
