"""The mean of the last eight same weekdays."""

from __future__ import annotations

from wfm.forecasting.methods.same_weekdays import same_weekdays
from wfm.forecasting.views import Prediction, Task


def mean8(task: Task) -> Prediction:
    """Each interval is the mean of the same slot on the last eight same weekdays that have data."""
    return same_weekdays(task, 8)
