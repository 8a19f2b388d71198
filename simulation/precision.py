"""How many replications: until the interval of a named measure is as narrow as asked for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from simulation.measure import Replication
from wfm.model import Experiment
from wfm.model.arrays import FloatArray

LEVEL = 0.95
FIRST_LOOK = 64
GROWTH = 1.3
"""Looks are few and the first is late: testing after each replication from ten on would hold 85 times in a hundred, not 95."""

MEASURES = {
    "service_level": ("answered_in_target", "offered"),
    "abandonment": ("abandoned", "offered"),
    "mean_wait_s": ("wait_s", "offered"),
    "occupancy": ("busy_s", "present_s"),
}
"""Measures of the whole centre: sums of a `Replication`, over ÷ under."""


def looks(experiment: Experiment) -> Iterator[range]:
    """Replications to do before each look at the precision; `experiment.replications` is the most there may be."""
    start, most = 0, experiment.replications
    end = most if experiment.precision is None else min(FIRST_LOOK, most)
    while start < end:
        yield range(start, end)
        start, end = end, min(math.ceil(end * GROWTH), most)


def narrow_enough(done: Sequence[Replication], experiment: Experiment) -> bool:
    """Whether the measure's 95 % half-width is at most `experiment.precision`."""
    if experiment.precision is None:
        return False
    over, under = (np.array([getattr(one, name).sum() for one in done]) for name in MEASURES[experiment.precision_of])
    volume = np.array([one.offered.sum() for one in done])
    return half_width(over, under, volume) <= experiment.precision


def half_width(over: FloatArray, under: FloatArray, volume: FloatArray) -> float:
    """Half of the 95 % interval of Σ over ÷ Σ under, arrays (replications,), where volumes were spread evenly (`simulation.strata`).

    Delta method for the ratio; the variance is that of neighbours by volume, Σ (eᵢ₊₁ − eᵢ)² ÷ 2 (n − 1) (successive differences: Wolter,
    Introduction to Variance Estimation, chapter 8), since what volume explains does not vary from one set of replications to the next.
    Infinite where fewer than two replications or nothing under the line can tell.
    """
    from scipy.special import stdtrit  # only where a precision is asked for

    if len(over) < 2 or not under.sum() > 0:
        return math.inf
    error = (over - over.sum() / under.sum() * under) / under.mean()
    steps, runs = np.diff(error[np.argsort(volume, kind="stable")]), len(error)
    variance, freedom = float(steps @ steps) / 2 / (runs - 1), 2 * (runs - 1) ** 2 / (3 * runs - 4)
    return float(stdtrit(freedom, (1 + LEVEL) / 2)) * math.sqrt(variance / runs)
