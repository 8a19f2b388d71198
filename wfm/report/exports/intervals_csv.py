"""intervals.csv: what was required, rostered and simulated in each interval and queue, means over the replications."""

from __future__ import annotations

import numpy as np

from wfm.model import Outcome, Result
from wfm.model.arrays import FloatArray
from wfm.report.exports.text import csv_bytes, guard, number
from wfm.report.service import by_interval, own
from wfm.report.shortfall import missing_agents

PLANNED = ("required", "required_rostered", "present", "missing")
MEANS = ("offered", "answered", "abandoned", "unanswered")
SIMULATED = (*MEANS, "service_level", "asa_s", "mean_wait_s", "busy_agents")


def intervals_csv(result: Result) -> bytes:
    """Columns interval_start, queue, `PLANNED` (agents) and `SIMULATED`; the latter empty where there was no simulation.

    service_level: by the queue's own definition; ratios are sums over replications ÷ sums, empty where nothing came.
    """
    required = result.requirement
    axis, names = required.axis, [guard(queue) for queue in required.queues]
    planned = (required.present, required.rostered, result.solved.present, missing_agents(result.solved))
    measured = _measured(result.outcome, required.queues, axis.n_intervals)
    rows = (
        [axis.stamp(int(minute)), name, *(number(table[q, i]) for table in planned), *map(number, measured[q, :, i])]
        for i, minute in enumerate(axis.interval_minutes)
        for q, name in enumerate(names)
    )
    return csv_bytes(["interval_start", "queue", *PLANNED, *SIMULATED], rows)


def _measured(outcome: Outcome | None, queues: tuple[str, ...], intervals: int) -> FloatArray:
    """Simulated figures (queues, len(SIMULATED), intervals), nan where nobody knows them."""
    found = np.full((len(queues), len(SIMULATED), intervals), np.nan)
    if outcome is not None:
        for i, queue in enumerate(outcome.queues):
            found[queues.index(queue.name)] = _queue(outcome, i)
    return found


def _queue(outcome: Outcome, index: int) -> FloatArray:
    columns = by_interval(outcome, index)
    top, bottom = own(outcome.queues[index], columns)
    sums = {name: values.sum(axis=0) for name, values in columns.items()}
    came = sums["offered"] > 0
    ratios = (
        np.where(came, _ratio(top.sum(axis=0), bottom.sum(axis=0), 1.0), np.nan),
        _ratio(sums["wait_answered_s"], sums["answered"], np.nan),
        _ratio(sums["wait_s"], sums["offered"], np.nan),
    )
    busy = sums["busy_s"] / outcome.replications / (outcome.axis.step_minutes * 60)
    return np.stack([*(sums[name] / outcome.replications for name in MEANS), *ratios, busy])


def _ratio(top: FloatArray, bottom: FloatArray, empty: float) -> FloatArray:
    found = np.full(top.shape, empty)
    np.divide(top, bottom, out=found, where=bottom > 0)
    return found
