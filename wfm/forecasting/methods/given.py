"""A queue without history: a given volume while it is open."""

from __future__ import annotations

import numpy as np

from wfm.forecasting.views import Horizon, Prediction
from wfm.model import Queue, TimeAxis
from wfm.model.arrays import FloatArray


def by_time(axis: TimeAxis, spans: tuple[tuple[int, int, float], ...], usual: float) -> FloatArray:
    """A number for each interval: of the span (from, to, number; wall-clock minutes) in which it starts, else the usual one."""
    found = np.full(axis.n_intervals, float(usual))
    for begin, end, number in spans:
        found[(axis.wall_minute >= begin) & (axis.wall_minute < end)] = number
    return found


def given(queue: Queue, horizon: Horizon) -> Prediction:
    """The mean that is stated, constant or by time of day, and no doubt but chance itself: the paths are Poisson."""
    axis = horizon.axis
    usual = 0.0 if queue.contacts_by_time else queue.contacts_per_hour
    mean = by_time(axis, queue.contacts_by_time, usual) * axis.step_minutes / 60
    slots = int(horizon.slot.max()) + 1
    return Prediction(mean, np.zeros((axis.days, axis.days)), np.zeros((0, slots)), np.zeros(0, np.int64))
