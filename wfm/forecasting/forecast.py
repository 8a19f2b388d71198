"""The verb: history → forecast, whatever the method."""

from __future__ import annotations

import numpy as np

from wfm.forecasting.backtest import Scores, scores
from wfm.forecasting.handle import handle_times
from wfm.forecasting.methods import Method, method_named
from wfm.forecasting.methods.given import given
from wfm.forecasting.rollup import checked
from wfm.forecasting.sampling import sample_paths
from wfm.forecasting.views import Horizon, Prediction, Task, horizon_of, past_of
from wfm.model import QUANTILES, Forecast, ForecastSettings, History, Progress, TimeAxis, part, silent
from wfm.model.arrays import FloatArray


def forecast(history: History | None, axis: TimeAxis, settings: ForecastSettings, progress: Progress = silent) -> Forecast:
    """Forecast every queue of the settings on the axis, from the history before it.

    A queue with contacts_per_hour needs no history. Closed intervals have no contacts. With settings.backtest_origins the
    accuracy of past forecasts stands beside, next to the planner's own. Raises HistoryError when the history cannot be used,
    ScenarioError for an unknown method or country; whatever `progress` raises passes through.
    """
    method = method_named(settings.method)
    needed = tuple(queue.name for queue in settings.queues if queue.contacts_per_hour is None)
    known = checked(history, axis, needed) if needed or history is not None else None
    measured = scores(known, settings, axis.start, part(progress, 0.0, 0.7)) if known else Scores()
    horizons = [horizon_of(queue, settings.calendar, axis) for queue in settings.queues]
    predictions = _predictions(known, horizons, settings, method, part(progress, 0.7, 0.95))
    names = tuple(queue.name for queue in settings.queues)
    paths = sample_paths(names, horizons, predictions, settings.paths, settings.seed)
    progress("forecast drawn", 1.0)
    mean = np.stack([p.mean * h.is_open for p, h in zip(predictions, horizons, strict=True)])
    notes = [*(known.notes if known else ()), *_queue_notes(names, predictions), *measured.notes]
    quantiles = np.quantile(paths, QUANTILES, axis=0)
    return Forecast(axis, names, mean, paths, quantiles, _handle(known, horizons, settings), QUANTILES, measured.rows, tuple(notes))


def _predictions(
    history: History | None, horizons: list[Horizon], settings: ForecastSettings, method: Method, progress: Progress
) -> list[Prediction]:
    predictions = []
    for done, (queue, horizon) in enumerate(zip(settings.queues, horizons, strict=True)):
        progress(f"forecasting {queue.name}", done / len(horizons))
        if queue.contacts_per_hour is not None:
            predictions.append(given(queue.contacts_per_hour, horizon))
        else:
            past = past_of(history, queue.name, horizon.axis.start)
            predictions.append(method(Task(queue, past, horizon, settings.calendar)))
    return predictions


def _queue_notes(names: tuple[str, ...], predictions: list[Prediction]) -> list[str]:
    return [f"{name}: {note}" for name, prediction in zip(names, predictions, strict=True) for note in prediction.notes]


def _handle(history: History | None, horizons: list[Horizon], settings: ForecastSettings) -> FloatArray:
    rows = []
    for queue, horizon in zip(settings.queues, horizons, strict=True):
        if history is not None and queue.name in history.queues:
            rows.append(handle_times(history, queue.name, horizon, queue.handle_s))
        else:
            rows.append(np.full(horizon.axis.n_intervals, queue.handle_s))
    return np.stack(rows)
