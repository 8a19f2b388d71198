"""Rolling origins: how the method would have done on the last weeks, beside the planner's own baseline and the noise floor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from wfm.errors import Fault, HistoryError
from wfm.forecasting.edits import left_out
from wfm.forecasting.methods import BASELINE, DEFAULT, GIVEN
from wfm.forecasting.overlay import checked_edits
from wfm.forecasting.rollup import checked
from wfm.forecasting.scoring import Trial, accuracy
from wfm.forecasting.units import Unit, drawn, groups_of, unit_of
from wfm.forecasting.views import Past, horizon_of, past_of
from wfm.model import Accuracy, ForecastSettings, History, Progress, Queue, State, TimeAxis, part, silent
from wfm.model.arrays import FloatArray

LEAST_DAYS = 28
"""Days of history that the earliest origin must have behind it: what the planner's baseline needs."""
WEEK = 7
LEADS = (1, 7, 28)
LEAST_ORIGINS = 6
DAYS_APART = {1: 3}
"""Days between the origins of a lead; a week for all others. Three days apart, the next day is every weekday in turn."""


@dataclass(frozen=True)
class Scores:
    """Accuracy of past forecasts: a row a queue and method, the same for each of `LEADS`, and what has to be said about it."""

    rows: tuple[Accuracy, ...] = ()
    leads: tuple[Accuracy, ...] = ()
    notes: tuple[str, ...] = ()


def backtest(history: History, settings: ForecastSettings, origins: int, days: int) -> tuple[Accuracy, ...]:
    """Accuracy over `origins` weekly origins at the end of the history, each forecasting `days` days at the history's own step.

    Two rows a queue: the settings' method and the planner's baseline. Fewer origins where the history is short, none where it has
    less than four weeks before the first origin. Raises HistoryError where a queue is absent or never observed.
    """
    after = TimeAxis(history.axis.start + timedelta(days=history.axis.days), 1, history.axis.step_minutes, history.axis.timezone)
    believed, _ = left_out(history, checked_edits(settings))
    known = checked(believed, after, tuple(queue.name for queue in settings.queues if queue.contacts_per_hour is None))
    return scores(known, replace(settings, backtest_origins=origins, backtest_days=days), after.start).rows


def backtest_by_lead(
    history: History | None,
    axis: TimeAxis,
    settings: ForecastSettings,
    leads: Sequence[int] = LEADS,
    origins: int | None = None,
    progress: Progress = silent,
) -> Scores:
    """`Scores.leads` of the settings' method and the baseline at the step of the axis, for other leads and origins than the forecast takes.

    Raises HistoryError where there is no history, or none that can be used.
    """
    if history is None:
        raise HistoryError(Fault("", "history", "no history", "one to measure forecasts on"))
    needed = tuple(queue.name for queue in settings.queues if queue.contacts_per_hour is None)
    believed, _ = left_out(history, checked_edits(settings))
    known = checked(believed, axis, needed)
    asked = replace(settings, backtest_origins=origins or settings.backtest_origins or LEAST_ORIGINS)
    mine, notes = _measurable(known, asked)
    rows, more = _by_lead(known, mine, axis.start, leads, progress)
    return Scores((), rows, (*notes, *more))


def scores(history: History, settings: ForecastSettings, before: date, progress: Progress = silent) -> Scores:
    """As `backtest`, on the checked history before a date, with a note where less than asked could be measured, and by lead beside it."""
    mine, notes = _measurable(history, settings)
    if not mine.queues:
        return Scores()
    rows, more = _rows(history, mine, before, part(progress, 0.0, 0.4))
    leads = _other_leads(history, mine, before, part(progress, 0.4, 1.0))
    order = {(row.queue, row.method): place for place, row in enumerate(rows)}
    known = [row for row in (*leads, *rows) if (row.queue, row.method) in order]
    told = sorted(known, key=lambda row: (order[row.queue, row.method], row.lead_days))
    return Scores(rows, tuple(told), (*notes, *more))


def _other_leads(history: History, settings: ForecastSettings, before: date, progress: Progress) -> tuple[Accuracy, ...]:
    """`LEADS` without the settings' own days; half the origins for longer ones, whose weeks overlap and each of which costs as much."""
    short, long = (
        [lead for lead in LEADS if (lead > settings.backtest_days) is longer and lead != settings.backtest_days] for longer in (False, True)
    )
    fewer = replace(settings, backtest_origins=(settings.backtest_origins + 1) // 2)
    near, _ = _by_lead(history, settings, before, short, part(progress, 0.0, 0.3))
    far, _ = _by_lead(history, fewer, before, long, part(progress, 0.3, 1.0))
    return (*near, *far)


def _by_lead(
    history: History, settings: ForecastSettings, before: date, leads: Sequence[int], progress: Progress
) -> tuple[tuple[Accuracy, ...], list[str]]:
    rows: list[Accuracy] = []
    notes: list[str] = []
    for done, lead in enumerate(leads):
        watched = part(progress, done / len(leads), (done + 1) / len(leads))
        found, more = _rows(history, replace(settings, backtest_days=lead), before, watched)
        rows, notes = [*rows, *found], [*notes, *(f"{lead} days ahead: {note}" for note in more)]
    place = {queue.name: number for number, queue in enumerate(settings.queues)}
    return tuple(sorted(rows, key=lambda row: (place[row.queue], row.lead_days))), notes


def _rows(history: History, settings: ForecastSettings, before: date, progress: Progress) -> tuple[tuple[Accuracy, ...], list[str]]:
    """A row for each queue and method that can be measured, and where fewer origins than asked could."""
    notes: list[str] = []
    rows: dict[tuple[str, str], Accuracy] = {}
    jobs = _jobs(history, settings, before)
    for done, (method, queues) in enumerate(jobs):
        origins = [_origins(history, queue, settings, before) for queue in queues]
        if method == settings.method:
            notes += [
                _short(queue, settings, len(o)) for queue, o in zip(queues, origins, strict=True) if len(o) < settings.backtest_origins
            ]
        watched = part(progress, done / len(jobs), (done + 1) / len(jobs))
        trials = _trials(history, queues, replace(settings, method=method), min(origins, key=len), watched)
        for queue, tried in zip(queues, trials, strict=False):
            rows[queue.name, method] = accuracy(queue, method, tried, history.axis.step_minutes, settings.backtest_days)
    order = [(queue.name, method) for queue in settings.queues for method in _methods(settings)]
    return tuple(rows[key] for key in order if key in rows), notes


def _measurable(history: History, settings: ForecastSettings) -> tuple[ForecastSettings, list[str]]:
    """The settings with only queues and a method that can be measured on the past, and a note where the method cannot."""
    wanted = settings.backtest_origins > 0
    queues = tuple(q for q in settings.queues if wanted and q.contacts_per_hour is None and q.name in history.queues)
    mine = replace(settings, queues=queues, imported=None)
    if settings.method not in GIVEN:
        return mine, []
    note = f"{settings.method} forecasts have no past to be measured on; the accuracy is that of {DEFAULT}"
    return replace(mine, method=DEFAULT), [note] if queues else []


def _methods(settings: ForecastSettings) -> tuple[str, ...]:
    return tuple(dict.fromkeys((settings.method, BASELINE)))


def _jobs(history: History, settings: ForecastSettings, before: date) -> list[tuple[str, tuple[Queue, ...]]]:
    """What is forecast together by the method, and each queue alone by the baseline, as a planner does."""
    groups = groups_of(history, settings, before)
    alone = [(BASELINE, (queue,)) for queue in settings.queues]
    return [(settings.method, queues) for queues in groups] + (alone if settings.method != BASELINE else [])


def _short(queue: Queue, settings: ForecastSettings, found: int) -> str:
    needed = LEAST_DAYS + settings.backtest_days + DAYS_APART.get(settings.backtest_days, WEEK) * (settings.backtest_origins - 1)
    return f"{queue.name}: accuracy measured from {found} of {settings.backtest_origins} origins; all of them need {needed} days of history"


def _origins(history: History, queue: Queue, settings: ForecastSettings, before: date) -> list[date]:
    past = past_of(history, queue.name, before)
    if not past.days:
        return []
    end = past.first + timedelta(days=int(np.flatnonzero(past.seen)[-1]) + 1)
    apart = DAYS_APART.get(settings.backtest_days, WEEK)
    starts = [end - timedelta(days=settings.backtest_days + apart * k) for k in reversed(range(settings.backtest_origins))]
    return [start for start in starts if (start - past.first).days >= LEAST_DAYS]


def _trials(
    history: History, queues: tuple[Queue, ...], settings: ForecastSettings, starts: list[date], progress: Progress
) -> list[list[Trial]]:
    """Per queue the trials of all origins."""
    trials, learnt = [], None
    for done, start in enumerate(starts):
        progress(f"checking the {settings.method} forecast of {queues[0].name} from {start}", done / len(starts))
        axis = TimeAxis(start, settings.backtest_days, history.axis.step_minutes, history.axis.timezone)
        horizons = tuple(horizon_of(queue, settings.calendar, axis) for queue in queues)
        unit = unit_of(history, queues, settings, horizons, learnt)
        learnt = unit.prediction.learnt
        trials.append(_scored(history, unit, drawn([unit], settings)))
    return [list(of_queue) for of_queue in zip(*trials, strict=True)]


def _scored(history: History, unit: Unit, paths: FloatArray) -> list[Trial]:
    """The trial of each queue of the unit, on its open intervals that were observed."""
    axis, means, trials = unit.horizon.axis, unit.means(), []
    begin = int(history.axis.day_starts[history.axis.day_index(axis.start)]) // history.axis.step_minutes
    span = slice(begin, begin + axis.n_intervals)
    for row, (queue, horizon) in enumerate(zip(unit.queues, unit.horizons, strict=True)):
        here = history.queues.index(queue.name)
        scored = (history.state[here, span] == State.OBSERVED) & horizon.is_open
        actual, scale = history.contacts[here, span], _scale(past_of(history, queue.name, axis.start))
        trials.append(Trial(actual[scored], means[row, scored], paths[:, row, scored], axis.day[scored], scale))
    return trials


def _scale(past: Past) -> float:
    """Mean absolute difference between an interval and the one a week before, nan where there is none."""
    apart = np.abs(past.counts[WEEK:] - past.counts[:-WEEK])
    known = np.isfinite(apart)
    return float(apart[known].mean()) if known.any() else float("nan")
