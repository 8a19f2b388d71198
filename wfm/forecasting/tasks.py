"""What a method is asked for one queue of the settings, and which method is asked."""

from __future__ import annotations

import numpy as np

from wfm.forecasting.edits import kept_days
from wfm.forecasting.methods import DEFAULT, GIVEN, method_named
from wfm.forecasting.methods.given import given
from wfm.forecasting.views import Horizon, Past, Prediction, Task, past_of
from wfm.model import ForecastSettings, History, Queue
from wfm.model.arrays import FloatArray
from wfm.model.axis import DAY_MINUTES


def task_of(history: History | None, queue: Queue, settings: ForecastSettings, horizon: Horizon, learnt: FloatArray | None = None) -> Task:
    """The queue's past before the horizon, with the days that stand and the events that concern it."""
    events = tuple(event for event in settings.events if not event.queues or queue.name in event.queues)
    kept = kept_days(settings.edits, queue.name)
    return Task(queue, _past(history, queue, horizon), horizon, settings.calendar, learnt, kept, events, _theirs(settings, queue))


def prediction_of(
    history: History | None, queue: Queue, settings: ForecastSettings, horizon: Horizon, learnt: FloatArray | None = None
) -> Prediction:
    """By means that somebody gave where the method asks for them, else by the constant volume, else by the method.

    The default method stands in for a queue of which nobody gave the means.
    """
    theirs = settings.method in GIVEN and _theirs(settings, queue) is not None
    if queue.contacts_per_hour is not None and not theirs:
        return given(queue, horizon)
    name = settings.method if theirs or settings.method not in GIVEN else DEFAULT
    return method_named(name)(task_of(history, queue, settings, horizon, learnt))


def needs_history(settings: ForecastSettings, queue: Queue) -> bool:
    """Whether nothing can be said about the queue without a history."""
    return queue.contacts_per_hour is None and not (settings.method in GIVEN and _theirs(settings, queue) is not None)


def _past(history: History | None, queue: Queue, horizon: Horizon) -> Past:
    if history is not None and queue.name in history.queues:
        return past_of(history, queue.name, horizon.axis.start)
    nothing = np.zeros((0, DAY_MINUTES // horizon.axis.step_minutes))
    return Past(horizon.axis.start, nothing, nothing > 0)


def _theirs(settings: ForecastSettings, queue: Queue) -> FloatArray | None:
    given = settings.imported
    return None if given is None or queue.name not in given.queues else given.contacts[given.queues.index(queue.name)]
