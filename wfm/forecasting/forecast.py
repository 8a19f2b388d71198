"""The verb: history → forecast, whatever the method."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from wfm.forecasting.backtest import Scores, scores
from wfm.forecasting.day_spread import spread_days
from wfm.forecasting.edits import left_out
from wfm.forecasting.events import checked_events
from wfm.forecasting.handle import handle_times
from wfm.forecasting.methods import method_named
from wfm.forecasting.methods.given import by_time
from wfm.forecasting.overlay import checked_edits, laid_over
from wfm.forecasting.rollup import checked
from wfm.forecasting.tasks import needs_history
from wfm.forecasting.units import Unit, drawn, groups_of, unit_of
from wfm.forecasting.views import Horizon, horizon_of
from wfm.model import QUANTILES, Flag, Forecast, ForecastSettings, History, Progress, State, TimeAxis, part, silent
from wfm.model.arrays import FloatArray


def forecast(history: History | None, axis: TimeAxis, settings: ForecastSettings, progress: Progress = silent) -> Forecast:
    """Forecast every queue of the settings on the axis, from the history before it.

    A queue with contacts_per_hour needs no history. Closed intervals have no contacts. With settings.backtest_origins the
    accuracy of past forecasts stands beside, next to the planner's own. The settings' edits lie over the result, but never move the
    backtest. Raises HistoryError when the history cannot be used, ScenarioError for an unknown method or country and for edits that
    cannot be carried out; whatever `progress` raises passes through.
    """
    method_named(settings.method)
    checked_events(settings.events)
    checked_edits(settings)
    needed = tuple(queue.name for queue in settings.queues if needs_history(settings, queue))
    believed, decided = left_out(history, settings.edits) if history is not None else (None, ())
    known = checked(believed, axis, needed) if needed or history is not None else None
    measured = scores(known, settings, axis.start, part(progress, 0.0, 0.7)) if known else Scores()
    units = _units(known, axis, settings, part(progress, 0.7, 0.95))
    mean, paths, horizons = _laid_out(units, settings)
    paths = spread_days(paths, mean, axis.day, settings.day_spread, settings.seed)
    mean, paths, edits = laid_over(settings, axis, horizons, mean, paths)
    progress("forecast drawn", 1.0)
    notes = [*(known.notes if known else ()), *_notes(units), *measured.notes, *edits]
    names, quantiles = tuple(queue.name for queue in settings.queues), np.quantile(paths, QUANTILES, axis=0)
    handle_s, flags = _handle(known, horizons, settings), _flags(names, units, decided)
    told = {"accuracy": measured.rows, "leads": measured.leads, "notes": tuple(notes), "flags": flags}
    return Forecast(axis, names, mean, paths, quantiles, handle_s, QUANTILES, **told, known_until=_known_until(known, axis))


def _units(history: History | None, axis: TimeAxis, settings: ForecastSettings, progress: Progress) -> list[Unit]:
    groups, units = groups_of(history, settings, axis.start), []
    for done, queues in enumerate(groups):
        progress(f"forecasting {queues[0].name}", done / len(groups))
        units.append(unit_of(history, queues, settings, tuple(horizon_of(queue, settings.calendar, axis) for queue in queues)))
    return units


def _laid_out(units: list[Unit], settings: ForecastSettings) -> tuple[FloatArray, FloatArray, list[Horizon]]:
    """Means, paths and horizons in the order of the settings' queues."""
    where = {queue.name: row for row, queue in enumerate(queue for unit in units for queue in unit.queues)}
    order = [where[queue.name] for queue in settings.queues]
    horizons = [horizon for unit in units for horizon in unit.horizons]
    return np.concatenate([unit.means() for unit in units])[order], drawn(units, settings)[:, order], [horizons[row] for row in order]


def _notes(units: list[Unit]) -> list[str]:
    return [f"{unit.name}: {note}" for unit in units for note in unit.prediction.notes]


def _flags(names: tuple[str, ...], units: list[Unit], decided: tuple[Flag, ...]) -> tuple[Flag, ...]:
    """What the methods found and what people left out, by queue and date."""
    found = [replace(flag, queue=queue.name) for unit in units for queue in unit.queues for flag in unit.prediction.flags]
    order = {name: place for place, name in enumerate(names)}
    mine = [flag for flag in decided if flag.queue in order]
    return tuple(sorted([*found, *mine], key=lambda flag: (order[flag.queue], flag.day)))


def _known_until(history: History | None, axis: TimeAxis) -> datetime | None:
    """End of the last observed interval before the axis."""
    if history is None:
        return None
    ends = history.axis.interval_minutes[(history.state == State.OBSERVED).any(axis=0)] + history.axis.step_minutes
    moments = [history.axis.origin + timedelta(minutes=int(end)) for end in ends[-1:]]
    return min([*moments, axis.origin])


def _handle(history: History | None, horizons: list[Horizon], settings: ForecastSettings) -> FloatArray:
    rows = []
    for queue, horizon in zip(settings.queues, horizons, strict=True):
        if history is not None and queue.name in history.queues:
            rows.append(handle_times(history, queue.name, horizon, queue.handle_s))
        else:
            rows.append(by_time(horizon.axis, queue.handle_by_time, queue.handle_s))
    return np.stack(rows)
