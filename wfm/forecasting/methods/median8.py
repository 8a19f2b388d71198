"""The median of the last eight same weekdays."""

from __future__ import annotations

from wfm.forecasting.cleaning import nanmedian
from wfm.forecasting.methods.same_weekdays import same_weekdays
from wfm.forecasting.views import Prediction, Task


def median8(task: Task) -> Prediction:
    """Each interval is the median of the same slot on the last eight same weekdays that have data: one bad day does not count."""
    return same_weekdays(task, 8, nanmedian)
