"""Rolling origins: how the method would have done on the last weeks, beside the planner's own baseline and the noise floor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from wfm.forecasting.accuracy import accuracy
from wfm.forecasting.methods import BASELINE, method_named
from wfm.forecasting.rollup import checked
from wfm.forecasting.sampling import sample_paths
from wfm.forecasting.views import Horizon, Prediction, Task, horizon_of, past_of
from wfm.model import Accuracy, ForecastSettings, History, Progress, Queue, State, TimeAxis, part, silent
from wfm.model.arrays import FloatArray

LEAST_DAYS = 28
"""Days of history that the earliest origin must have behind it: what the planner's baseline needs."""


@dataclass(frozen=True)
class Scores:
    """Accuracy of past forecasts, and what has to be said about it."""

    rows: tuple[Accuracy, ...] = ()
    notes: tuple[str, ...] = ()


def backtest(history: History, settings: ForecastSettings, origins: int, days: int) -> tuple[Accuracy, ...]:
    """Accuracy over `origins` weekly origins at the end of the history, each forecasting `days` days at the history's own step.

    Two rows a queue: the settings' method and the planner's baseline. Fewer origins where the history is short, none where it has
    less than four weeks before the first origin. Raises HistoryError where a queue is absent or never observed.
    """
    after = TimeAxis(history.axis.start + timedelta(days=history.axis.days), 1, history.axis.step_minutes, history.axis.timezone)
    known = checked(history, after, tuple(queue.name for queue in _measurable(settings)))
    return scores(known, replace(settings, backtest_origins=origins, backtest_days=days), after.start).rows


def scores(history: History, settings: ForecastSettings, before: date, progress: Progress = silent) -> Scores:
    """As `backtest`, on the checked history before a date, with a note where less than asked could be measured."""
    rows: list[Accuracy] = []
    notes: list[str] = []
    queues = _measurable(settings) if settings.backtest_origins > 0 else ()
    methods = tuple(dict.fromkeys((settings.method, BASELINE)))
    for q, queue in enumerate(queues):
        starts = _origins(history, queue, settings, before)
        if len(starts) < settings.backtest_origins:
            notes.append(_short(queue, settings, len(starts)))
        for m, method in enumerate(methods if starts else ()):
            step = q * len(methods) + m
            watched = part(progress, step / len(queues) / len(methods), (step + 1) / len(queues) / len(methods))
            rows.append(accuracy(queue.name, method, _trials(history, queue, replace(settings, method=method), starts, watched)))
    return Scores(tuple(rows), tuple(notes))


def _measurable(settings: ForecastSettings) -> tuple[Queue, ...]:
    return tuple(queue for queue in settings.queues if queue.contacts_per_hour is None)


def _short(queue: Queue, settings: ForecastSettings, found: int) -> str:
    needed = LEAST_DAYS + settings.backtest_days + 7 * (settings.backtest_origins - 1)
    return f"{queue.name}: accuracy measured from {found} of {settings.backtest_origins} origins; all of them need {needed} days of history"


def _origins(history: History, queue: Queue, settings: ForecastSettings, before: date) -> list[date]:
    past = past_of(history, queue.name, before)
    end = past.first + timedelta(days=int(np.flatnonzero(past.seen)[-1]) + 1)
    starts = [end - timedelta(days=settings.backtest_days + 7 * k) for k in reversed(range(settings.backtest_origins))]
    return [start for start in starts if (start - past.first).days >= LEAST_DAYS]


def _trials(history: History, queue: Queue, settings: ForecastSettings, starts: list[date], progress: Progress) -> list[FloatArray]:
    """Per origin (5, scored intervals): actual, mean, low, high, index of the day."""
    trials, learnt = [], None
    for done, start in enumerate(starts):
        progress(f"checking the {settings.method} forecast of {queue.name} from {start}", done / len(starts))
        axis = TimeAxis(start, settings.backtest_days, history.axis.step_minutes, history.axis.timezone)
        horizon = horizon_of(queue, settings.calendar, axis)
        prediction = method_named(settings.method)(Task(queue, past_of(history, queue.name, start), horizon, settings.calendar, learnt))
        learnt = prediction.learnt
        trials.append(_scored(history, queue, horizon, prediction, settings))
    return trials


def _scored(history: History, queue: Queue, horizon: Horizon, prediction: Prediction, settings: ForecastSettings) -> FloatArray:
    begin = int(history.axis.day_starts[history.axis.day_index(horizon.axis.start)]) // history.axis.step_minutes
    row, span = history.queues.index(queue.name), slice(begin, begin + horizon.axis.n_intervals)
    scored = (history.state[row, span] == State.OBSERVED) & horizon.is_open
    paths = sample_paths((queue.name,), [horizon], [prediction], settings.paths, settings.seed)[:, 0]
    low, high = np.quantile(paths, (0.1, 0.9), axis=0)
    return np.stack([history.contacts[row, span], prediction.mean, low, high, horizon.axis.day])[:, scored]
