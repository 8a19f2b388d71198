"""The mean of the last four same weekdays."""

from __future__ import annotations

from wfm.forecasting.methods.same_weekdays import same_weekdays
from wfm.forecasting.views import Prediction, Task


def mean4(task: Task) -> Prediction:
    """Each interval is the mean of the same slot on the last four same weekdays that have data."""
    return same_weekdays(task, 4)
