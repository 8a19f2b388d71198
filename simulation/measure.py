"""From a trace to sums per queue and interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.presence import Stint
from simulation.setting import Setting
from simulation.trace import Fate, Trace
from wfm.model import WAIT_EDGES_S
from wfm.model.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Replication:
    """The sums of one replication, named and meant as in `Outcome`: (queues, intervals) unless said there. trace: only when asked for."""

    offered: FloatArray
    answered: FloatArray
    answered_in_target: FloatArray
    abandoned: FloatArray
    abandoned_in_target: FloatArray
    unanswered: FloatArray
    virtual_in_target: FloatArray
    wait_s: FloatArray
    wait_answered_s: FloatArray
    busy_s: FloatArray
    present_s: FloatArray
    wait_counts: FloatArray
    trace: Trace | None = None


def measure(setting: Setting, stints: tuple[Stint, ...], trace: Trace) -> dict[str, FloatArray]:
    """The fields of a `Replication`, from the stints worked and the trace."""
    within_s = np.array([queue.target.within_s for queue in setting.queues])[trace.queue]
    answered, abandoned = trace.fate == Fate.ANSWERED, trace.fate == Fate.ABANDONED
    in_target = trace.wait_s <= within_s
    cell = trace.queue * setting.axis.n_intervals + trace.interval
    everyone = slice(None)
    hoped = (answered | abandoned) & (trace.virtual_s <= within_s)
    counted = {
        "offered": everyone,
        "answered": answered,
        "answered_in_target": answered & in_target,
        "abandoned": abandoned,
        "abandoned_in_target": abandoned & in_target,
        "unanswered": trace.fate == Fate.UNANSWERED,
        "virtual_in_target": hoped,
    }
    sums = {name: _by_arrival(setting, cell[who]) for name, who in counted.items()}
    sums["wait_s"] = _by_arrival(setting, cell, trace.wait_s)
    sums["wait_answered_s"] = _by_arrival(setting, cell[answered], trace.wait_s[answered])
    sums["busy_s"] = _busy_s(setting, trace, answered)
    sums["present_s"] = _present_s(setting, stints, trace)
    sums["wait_counts"] = _wait_counts(len(setting.queues), trace, answered | abandoned)
    return sums


def _by_arrival(setting: Setting, cells: IntArray, weight: FloatArray | None = None) -> FloatArray:
    shape = (len(setting.queues), setting.axis.n_intervals)
    return np.bincount(cells, weight, shape[0] * shape[1]).astype(np.float64).reshape(shape)


def _wait_counts(queues: int, trace: Trace, who: BoolArray) -> FloatArray:
    classes = len(WAIT_EDGES_S) + 1
    cells = trace.queue[who] * classes + np.searchsorted(WAIT_EDGES_S, trace.wait_s[who], side="left")
    return np.bincount(cells, minlength=queues * classes).astype(np.float64).reshape(queues, classes)


def _busy_s(setting: Setting, trace: Trace, answered: BoolArray) -> FloatArray:
    """Agent-seconds by queue and interval in which they were spent; a chat is its share of the agent."""
    share = 1 / np.array([queue.concurrency for queue in setting.queues], float)
    start_s = trace.answer_s[answered]
    row = trace.queue[answered]
    shape = (len(setting.queues), setting.axis.n_intervals)
    return spread(start_s, start_s + trace.service_s[answered], row, share[row], setting.step_s, shape)


def _present_s(setting: Setting, stints: tuple[Stint, ...], trace: Trace) -> FloatArray:
    """Agent-seconds on the queues, the finishing of late contacts included."""
    start_s = np.concatenate([[stint.start_s for stint in stints], trace.late[:, 1]])
    end_s = np.concatenate([[stint.end_s for stint in stints], trace.late[:, 2]])
    once = np.zeros(len(start_s), np.int64)
    return spread(start_s, end_s, once, np.ones(len(start_s)), setting.step_s, (1, setting.axis.n_intervals))[0]


def spread(start_s: FloatArray, end_s: FloatArray, row: IntArray, weight: FloatArray, step_s: int, shape: tuple[int, int]) -> FloatArray:
    """Cut spans of time [start_s, end_s) at the borders of intervals and sum their weighted lengths.

    row, weight: for each span, the row of the result it belongs to and what a second of it counts. shape: (rows, intervals) of the
    result; what lies outside the intervals is left out.
    """
    total = np.zeros(shape[0] * shape[1])
    interval = np.floor(start_s / step_s).astype(np.int64)
    left = np.flatnonzero((interval < shape[1]) & (end_s > start_s))
    while len(left):
        first = interval[left]
        inside = np.minimum(end_s[left], (first + 1) * step_s) - np.maximum(start_s[left], first * step_s)
        total += np.bincount(row[left] * shape[1] + first, weight[left] * inside, len(total))
        interval[left] += 1
        left = left[(interval[left] < shape[1]) & (end_s[left] > interval[left] * step_s)]
    return total.reshape(shape)
