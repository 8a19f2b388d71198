"""Known events: days that differ by a factor, given or learnt from the past days of the same event."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wfm.errors import Fault, HistoryError
from wfm.forecasting.views import Event
from wfm.model.arrays import BoolArray, FloatArray, IntArray

EVENT_SD = 0.3
"""How far, in log, an event of which nothing is known may move a day."""


def checked_events(events: Sequence[Event]) -> tuple[Event, ...]:
    """Raises HistoryError for impacts that are no factor."""
    wrong = [event for event in events if event.impact is not None and not 0 < event.impact < 100]
    if wrong:
        raise HistoryError([Fault("", f"event {e.name}", f"impact {e.impact}", "a factor above 0, such as 1.2") for e in wrong])
    return tuple(events)


def event_days(events: Sequence[Event], ordinals: IntArray) -> BoolArray:
    """Days (days,) on which anything happens."""
    return np.isin(ordinals, [day.toordinal() for event in events for day in event.days])


def event_columns(events: Sequence[Event], ordinals: IntArray) -> FloatArray:
    """(days, events): a column in units of its prior size for every event name whose impact is to be learnt."""
    names = dict.fromkeys(event.name for event in events if event.impact is None)
    columns = [event_days([e for e in events if e.name == name and e.impact is None], ordinals) for name in names]
    return EVENT_SD * np.array(columns, float).reshape(len(columns), len(ordinals)).T


def event_shift(events: Sequence[Event], ordinals: IntArray) -> FloatArray:
    """Log level (days,) that the given impacts add: the history is freed of it, the forecast gets it."""
    shift = np.zeros(len(ordinals))
    for event in events:
        if event.impact is not None:
            shift += np.log(event.impact) * event_days([event], ordinals)
    return shift
