"""Estimates with their doubt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri

LEVEL = 0.95


@dataclass(frozen=True)
class Estimate:
    """value with the interval low–high that covers the truth with the probability `level`; inf or nan where the data cannot bound it."""

    value: float
    low: float
    high: float
    level: float = LEVEL


def events_between(events: float, level: float) -> tuple[float, float]:
    """The exact interval of a Poisson mean of which `events` were seen (Garwood 1936): (low, high), low 0 for none."""
    outside = (1 - level) / 2
    low = float(chdtri(2 * events, 1 - outside)) / 2 if events > 0 else 0.0
    return low, float(chdtri(2 * events + 2, outside)) / 2


def mean_until(events: float, exposure: float, level: float = LEVEL) -> Estimate:
    """Mean time per event, exposure ÷ events, for a constant hazard; without events the value is inf and only the low end is known."""
    low, high = events_between(events, level)
    with np.errstate(divide="ignore"):
        ends = np.float64(exposure) / np.array([events, high, low])
    return Estimate(float(ends[0]), float(ends[1]), float(ends[2]), level)


def check_level(level: float) -> None:
    """Raises ValueError unless 0 < level < 1."""
    if not 0 < level < 1:
        raise ValueError(f"level is {level}, expected between 0 and 1")
