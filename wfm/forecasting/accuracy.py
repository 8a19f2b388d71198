"""Errors of a forecast in one row, with the floor that chance alone sets."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from wfm.model import Accuracy
from wfm.model.arrays import FloatArray


def poisson_floor(mean: FloatArray) -> float:
    """WAPE that a forecast of the true means has by Poisson noise alone: Σ E|N − m| ÷ Σ m, nan without volume.

    De Moivre: E|N − m| = 2 m^(k+1) e^(−m) ÷ k! with k = ⌊m⌋, which is √(2m/π) as m grows; so √(2/(πV)) at a constant volume V.
    """
    busy = mean[mean > 0]
    if not len(busy):
        return float("nan")
    whole = np.floor(busy)
    deviation = 2 * np.exp((whole + 1) * np.log(busy) - busy - gammaln(whole + 1))
    return float(deviation.sum() / busy.sum())


def accuracy(queue: str, method: str, trials: list[FloatArray]) -> Accuracy:
    """One row from the trials of all origins, each (5, intervals): actual, mean, low and high of the 80 % band, index of the day."""
    actual, mean, low, high = np.concatenate([trial[:4] for trial in trials], axis=1)
    day_errors = [np.abs(np.bincount(trial[4].astype(np.int64), trial[1] - trial[0])).sum() for trial in trials]
    volume = actual.sum()
    if volume <= 0:
        nan = float("nan")
        return Accuracy(queue, method, len(trials), nan, nan, nan, nan, nan)
    return Accuracy(
        queue,
        method,
        origins=len(trials),
        wape=float(np.abs(mean - actual).sum() / volume),
        wape_day=float(sum(day_errors) / volume),
        bias=float((mean - actual).sum() / volume),
        cover80=float(np.mean((low <= actual) & (actual <= high))),
        floor=poisson_floor(mean),
    )
