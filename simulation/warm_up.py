"""The beginning that is lived through but not measured."""

from __future__ import annotations

from simulation.setting import Setting
from simulation.trace import Trace
from wfm.model.arrays import FloatArray

Sums = dict[str, FloatArray]


def warmed_up(setting: Setting, trace: Trace, sums: Sums, more: Sums) -> tuple[Sums, Sums]:
    """The sums without the intervals of the warm-up: what has intervals is zero there, wait_counts leave out who came then."""
    intervals = setting.axis.n_intervals
    cut = {name: _cut(values, setting.warm_up, intervals) for name, values in sums.items()}
    cut["wait_counts"] = cut["waits"][:, :, :2].sum(axis=(1, 2)).astype(float)
    return cut, {name: _cut(values, setting.warm_up, intervals) for name, values in more.items()}


def _cut(values: FloatArray, warm_up: int, intervals: int) -> FloatArray:
    """Axes are queue, interval, …; or interval alone."""
    axis = 0 if values.ndim == 1 else 1
    if values.shape[axis] != intervals:
        return values
    kept = values.copy()
    kept[(slice(None),) * axis + (slice(0, warm_up),)] = 0
    return kept
