"""The same weekday of the week before (seasonal naive)."""

from __future__ import annotations

from wfm.forecasting.methods.same_weekdays import same_weekdays
from wfm.forecasting.views import Prediction, Task


def last_week(task: Task) -> Prediction:
    """Each interval is the same slot on the last same weekday that has data."""
    return same_weekdays(task, 1)
