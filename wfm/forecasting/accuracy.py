"""The floor that chance alone sets to the error of a forecast."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

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
