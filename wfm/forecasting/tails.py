"""How wide bands must be so that they would have held: a Student t round the model's own one-day-ahead errors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import gammaln, ndtr, stdtrit

from wfm.model.arrays import FloatArray

SCALE_SD = 0.25
"""How far, in log, the width of the fitted model may plausibly be off."""
LIGHT_PRIOR = 8.0
"""Heavy tails have to show: this ÷ freedom is taken off their log likelihood."""
FREEDOMS = (3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 30.0, 100.0)
SCALES = np.exp(np.linspace(-0.7, 0.7, 57))
FURTHEST_SD = 2.33
"""Beyond 99 days of a hundred the tail is not extrapolated."""


@dataclass(frozen=True)
class Tail:
    """scale: factor on the standard deviations. freedom: degrees of freedom of the t that the errors follow."""

    scale: float
    freedom: float


def fitted(scores: FloatArray) -> Tail:
    """Of greatest penalised likelihood for standardised errors (n,): without any, the normal as it stands."""
    best, found = -np.inf, Tail(1.0, FREEDOMS[-1])
    for freedom in FREEDOMS:
        constant = gammaln((freedom + 1) / 2) - gammaln(freedom / 2) - 0.5 * np.log(freedom * np.pi)
        bent = np.log1p((scores[:, None] / SCALES) ** 2 / freedom).sum(axis=0)
        likely = len(scores) * (constant - np.log(SCALES)) - (freedom + 1) / 2 * bent
        likely -= 0.5 * (np.log(SCALES) / SCALE_SD) ** 2 + LIGHT_PRIOR / freedom
        at = int(np.argmax(likely))
        if likely[at] > best:
            best, found = float(likely[at]), Tail(float(SCALES[at]), freedom)
    return found


@lru_cache(maxsize=64)
def _outermost(freedom: float) -> float:
    return float(stdtrit(freedom, ndtr(FURTHEST_SD)))


def bent(normal: FloatArray, freedom: float) -> FloatArray:
    """Standard normals → t of that many degrees of freedom, straight beyond the outermost percent."""
    inside = np.clip(normal, -FURTHEST_SD, FURTHEST_SD)
    return stdtrit(freedom, ndtr(inside)) + (normal - inside)
