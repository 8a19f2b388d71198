"""Which method would have been best on this very history: rolling origins inside one task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from wfm.forecasting.grid import Grid
from wfm.forecasting.views import Horizon, Past, Prediction, Task
from wfm.model.arrays import FloatArray
from wfm.model.axis import DAY_MINUTES

ORIGINS = 6
DAYS = 7
LEAST_DAYS = 28
Candidate = Callable[[Task], Prediction]


@dataclass(frozen=True)
class Entry:
    """A method's WAPE over the origins; nan where the history is too short to tell. prediction: what it says about the task itself."""

    name: str
    wape: float
    prediction: Prediction


def contest(task: Task, candidates: dict[str, Candidate]) -> list[Entry]:
    """The candidates, the best first; in the order given where nothing can be measured."""
    trials = [_trial(task, start) for start in _starts(task.past)]
    entries = [_entry(name, method, task, trials) for name, method in candidates.items()]
    return sorted(entries, key=lambda entry: entry.wape) if trials else entries


def told(entries: list[Entry]) -> str:
    """The errors of all in words."""
    return ", ".join(f"{entry.name} {entry.wape:.1%}" for entry in entries)


def _starts(past: Past) -> list[int]:
    """Index of the first day of each origin, the earliest first."""
    seen = np.flatnonzero(past.seen)
    end = int(seen[-1]) + 1 if len(seen) else 0
    return [start for k in reversed(range(ORIGINS)) if (start := end - DAYS - 7 * k) >= LEAST_DAYS]


def _trial(task: Task, start: int) -> tuple[Task, FloatArray]:
    """The task as it stood on that day, and what came in then, (intervals,) with nan where it is not known."""
    past, slots = task.past, task.past.counts.shape[1]
    week = slice(start, start + DAYS)
    step = DAY_MINUTES // slots
    grid = Grid(past.ordinals[week], np.repeat(np.arange(DAYS), slots), np.tile(np.arange(slots) * step, DAYS), step)
    before = Past(past.first, past.counts[:start], past.is_open[:start])
    return replace(task, past=before, horizon=Horizon(grid, past.is_open[week].ravel()), imported=None), past.counts[week].ravel()


def _entry(name: str, method: Candidate, task: Task, trials: list[tuple[Task, FloatArray]]) -> Entry:
    errors, volume, learnt = 0.0, 0.0, task.start
    for earlier, actual in trials:
        predicted = method(replace(earlier, start=learnt))
        learnt = predicted.learnt
        known = np.isfinite(actual)
        mean = (predicted.mean * earlier.horizon.is_open)[known]
        errors, volume = errors + float(np.abs(mean - actual[known]).sum()), volume + float(actual[known].sum())
    return Entry(name, errors / volume if volume > 0 else float("nan"), method(replace(task, start=learnt)))
