"""A factor on all contacts of a day, for volumes that are given and not forecast: one day is busier than the next."""

from __future__ import annotations

import numpy as np

from wfm.forecasting.streams import stream
from wfm.model.arrays import FloatArray, IntArray


def spread_days(paths: FloatArray, mean: FloatArray, day: IntArray, spread: float, seed: int) -> FloatArray:
    """Paths (paths, queues, intervals) with each day's contacts times a factor B of mean 1, the same for all queues; day (intervals,).

    B is gamma with standard deviation `spread` (Avramidis, Deslauriers & L'Ecuyer, Management Science 50, 2004). Where B is below 1 each
    contact stays with probability B, else Poisson contacts of mean (B − 1) × `mean` (queues, intervals) come on top: Poisson paths
    of that mean become Poisson of B times it, exactly.
    """
    if not spread:
        return paths
    dice = stream(seed, "day spread")
    factor = dice.gamma(spread**-2, spread**2, (len(paths), int(day.max()) + 1))[:, None, day]
    kept = dice.binomial(paths.astype(np.int64), np.minimum(factor, 1.0))
    return (kept + dice.poisson(np.maximum(factor - 1, 0.0) * mean)).astype(float)
