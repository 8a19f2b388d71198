"""From a trace to sums per queue and interval."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from simulation.presence import Stint
from simulation.setting import Setting
from simulation.trace import Fate, Trace
from wfm.model import WAIT_EDGES_S
from wfm.model.arrays import FloatArray, IntArray

EDGES_S = np.array(WAIT_EDGES_S)
ASKED = [Fate.ANSWERED, Fate.ABANDONED, Fate.UNANSWERED, Fate.PROMISED]
"""Whoever came to a queue, as those did not who found no line or place, or were done in the menu."""

HOPED = (int(Fate.ANSWERED), int(Fate.ABANDONED))
"""Whoever was served, or would have been."""


@dataclass(frozen=True, eq=False)
class Replication:
    """The sums of one replication, named and meant as in `Outcome`: (queues, intervals) unless said there.

    trace: only when asked for. more: see `simulation.tally`.
    """

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
    queue_s: FloatArray
    waits: IntArray
    trace: Trace | None = None
    more: dict[str, FloatArray] = field(default_factory=dict)


def measure(setting: Setting, stints: tuple[Stint, ...], trace: Trace) -> dict[str, FloatArray]:
    """The fields of a `Replication`, from the stints worked and the trace."""
    from simulation.summing import sum_up  # numba, only when it is needed

    shape = (len(setting.queues), setting.axis.n_intervals)
    counts, hoped, seconds = np.zeros((len(Fate), 2, *shape)), np.zeros(shape), np.zeros((4, *shape))
    waits, whole = np.zeros((*shape, 3, len(EDGES_S) + 1), np.uint32), np.zeros((2, shape[0], shape[1] + 1), np.int64)
    when, what = (trace.asked_s, trace.wait_s, trace.virtual_s, trace.service_s), (trace.queue, trace.interval, trace.fate)
    limits = EDGES_S, np.array([queue.target.within_s for queue in setting.queues], float), float(setting.step_s)
    sum_up(when, what, limits, HOPED, (counts, hoped, waits, seconds, whole))
    by_fate = counts.sum(axis=1)
    return {
        "offered": by_fate[ASKED].sum(axis=0),
        "answered": by_fate[Fate.ANSWERED],
        "answered_in_target": counts[Fate.ANSWERED, 0],
        "abandoned": by_fate[Fate.ABANDONED],
        "abandoned_in_target": counts[Fate.ABANDONED, 0],
        "unanswered": by_fate[Fate.UNANSWERED],
        "virtual_in_target": hoped,
        "wait_s": seconds[0],
        "wait_answered_s": seconds[1],
        "queue_s": seconds[2],
        "busy_s": seconds[3] / np.array([[queue.concurrency] for queue in setting.queues]),
        "present_s": present_s(setting, stints) + spread(trace.late[:, 1], trace.late[:, 2], setting.step_s, shape[1]),
        "waits": waits,
        "wait_counts": waits[:, :, :2].sum(axis=(1, 2)).astype(float),
    }


def present_s(setting: Setting, stints: tuple[Stint, ...]) -> FloatArray:
    """Agent-seconds on the queues by interval, (intervals,), the finishing of late contacts not included."""
    return _planned_s(setting) if stints is setting.stints else _in_stints(setting, stints)


@lru_cache(maxsize=2)
def _planned_s(setting: Setting) -> FloatArray:
    """Where everybody comes it is the same in every replication."""
    return _in_stints(setting, setting.stints)


def _in_stints(setting: Setting, stints: tuple[Stint, ...]) -> FloatArray:
    start_s, end_s = np.array([(stint.start_s, stint.end_s) for stint in stints], float).reshape(-1, 2).T
    return spread(start_s, end_s, setting.step_s, setting.axis.n_intervals)


def spread(start_s: FloatArray, end_s: FloatArray, step_s: float, intervals: int) -> FloatArray:
    """Seconds of the spans of time [start_s, end_s), (spans,), in each interval; what lies outside the intervals is left out."""
    from simulation.summing import spread as add

    total_s = np.zeros(intervals)
    add(np.array(start_s, float), np.array(end_s, float), float(step_s), total_s, np.zeros(intervals + 1, np.int64))
    return total_s
