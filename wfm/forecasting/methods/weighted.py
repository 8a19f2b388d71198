"""Several methods together, each weighted by how it did on the last weeks of the very queue."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from wfm.forecasting.contest import contest, told
from wfm.forecasting.methods.candidates import CANDIDATES, UNTRIED
from wfm.forecasting.views import Prediction, Task

POWER = 4.0
"""Weights are WAPE to the minus this: half the error, sixteen times the weight."""
LEAST_WAPE = 1e-3


def weighted(task: Task) -> Prediction:
    """Weighted mean of the candidates, with the doubt of the best of them; the default method where nothing can be measured."""
    entries = contest(task, CANDIDATES)
    first = entries[0].prediction
    if not np.isfinite(entries[0].wape):
        return replace(first, notes=(UNTRIED, *first.notes))
    weights = np.maximum([entry.wape for entry in entries], LEAST_WAPE) ** -POWER
    weights /= weights.sum()
    mean = weights @ np.stack([entry.prediction.mean for entry in entries])
    shares = ", ".join(f"{entry.name} {weight:.0%}" for entry, weight in zip(entries, weights, strict=True))
    return replace(first, mean=mean, notes=(f"weighted {shares}, by backtest: {told(entries)}", *first.notes))
