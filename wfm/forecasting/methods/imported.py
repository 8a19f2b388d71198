"""Somebody else's forecast: its means as they stand, with the doubt of our own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from wfm.errors import Fault, ScenarioError
from wfm.forecasting.methods.profile import profile
from wfm.forecasting.views import Prediction, Task

NOTE = "the mean is the imported forecast; its bands are as wide as those of the default method on the same history"


def imported(task: Task) -> Prediction:
    """The means of `task.imported`, 0 where it has none. Without any history there is no doubt but chance: the paths are Poisson.

    Raises ScenarioError where nothing was imported for the queue.
    """
    if task.imported is None:
        fault = Fault("", f"queue {task.queue.name}", "no imported forecast", "one for the queue", "name its CSV under [forecast] imported")
        raise ScenarioError(fault)
    mean = np.nan_to_num(task.imported)
    if not task.past.days:
        days, slots = task.horizon.axis.days, int(task.horizon.slot.max()) + 1
        return Prediction(mean, np.zeros((days, days)), np.zeros((0, slots)), np.zeros(0, np.int64))
    own = profile(task)
    return replace(own, mean=mean, notes=(NOTE, *own.notes))
