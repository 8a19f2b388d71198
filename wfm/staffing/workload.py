"""What a channel is given for one queue, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.model import Forecast, Queue, StaffingSettings
from wfm.model.arrays import BoolArray, FloatArray


@dataclass(frozen=True, eq=False)
class Workload:
    """One queue's work. contacts, handle_s (intervals,): finite; contacts 0 while closed unless the channel defers work.

    is_open (intervals,). step_s: length of an interval. model: "A" or "C".
    """

    queue: Queue
    contacts: FloatArray
    handle_s: FloatArray
    is_open: BoolArray
    step_s: float
    model: str

    @property
    def max_occupancy(self) -> float | None:
        """The cap, None where there is none."""
        cap = self.queue.target.max_occupancy
        return cap if cap < 1 else None


@dataclass(frozen=True, eq=False)
class Staffed:
    """present (intervals,): whole agents. service (intervals,): expected share by the queue's definition. words: the model used."""

    present: FloatArray
    service: FloatArray
    words: str


def expected(predicted: Forecast, index: int, settings: StaffingSettings) -> FloatArray:
    """Contacts to staff for, (intervals,): the mean, or the quantile of each interval over the paths."""
    if settings.risk is None:
        return np.asarray(predicted.mean[index])
    return np.asarray(np.quantile(predicted.paths[:, index], settings.risk, axis=0))


def expected_by_day(predicted: Forecast, index: int, settings: StaffingSettings) -> FloatArray:
    """The same for work that may wait: the doubt of the day's total, since intervals make up for each other; (intervals,)."""
    mean: FloatArray = predicted.mean[index]
    if settings.risk is None:
        return mean
    axis = predicted.axis
    day_mean, day_paths = axis.by_day(mean), axis.by_day(predicted.paths[:, index])
    day_quantile = np.quantile(day_paths, settings.risk, axis=0)
    factor = np.divide(day_quantile, day_mean, out=np.ones_like(day_mean), where=day_mean > 0)
    return np.asarray(mean * factor[axis.day])
