"""Counts of a trace in which contacts do more than wait and be served."""

from __future__ import annotations

import numpy as np

from simulation.measure import spread
from simulation.setting import Setting
from simulation.trace import Cause, Fate, Trace
from wfm.model.arrays import BoolArray, FloatArray

FATES = {"blocked": Fate.BLOCKED, "contained": Fate.CONTAINED, "promised": Fate.PROMISED, "given_up": Fate.GIVEN_UP}
CAUSES = {"redialled": Cause.REDIAL, "repeated": Cause.REPEAT, "transferred": Cause.TRANSFER, "called_back": Cause.PROMISE}


def tally(setting: Setting, trace: Trace) -> dict[str, FloatArray]:
    """The fields of `Outcome` beyond those of `simulation.measure`, each (queues, intervals) of the scenario; none for a plain trace."""
    if trace.entered_s is None:
        return {}
    counts = {name: _count(setting, trace, trace.fate == fate) for name, fate in FATES.items()}
    counts |= {name: _count(setting, trace, trace.cause == cause) for name, cause in CAUSES.items()}
    return counts | {"line_s": _line_s(setting, trace)}


def _count(setting: Setting, trace: Trace, who: BoolArray) -> FloatArray:
    shape = (len(setting.queues), setting.axis.n_intervals)
    cells = trace.queue[who] * shape[1] + trace.interval[who]
    return np.bincount(cells, minlength=shape[0] * shape[1]).astype(np.float64).reshape(shape)


def _line_s(setting: Setting, trace: Trace) -> FloatArray:
    """Seconds for which contacts of each queue hold a line into the centre, by interval in which they were spent."""
    gone_s = trace.answer_s + trace.service_s - trace.wrap_s
    held_s = np.zeros((len(setting.queues), setting.axis.n_intervals))
    for queue in range(len(held_s)):
        mine = (trace.queue == queue) & (trace.trunks >= 0)
        held_s[queue] = spread(trace.arrival_s[mine], gone_s[mine], setting.step_s, held_s.shape[1])
    return held_s


def with_further_work(setting: Setting, trace: Trace, busy_s: FloatArray) -> FloatArray:
    """busy_s (queues, intervals) with the work that was laid aside and taken up again."""
    if trace.further is None or not len(trace.further):
        return busy_s
    whole_s = busy_s.copy()
    for queue in range(len(whole_s)):
        mine = trace.further[trace.further[:, 0] == queue]
        whole_s[queue] += spread(mine[:, 2], mine[:, 3], setting.step_s, whole_s.shape[1])
    return whole_s


def without_the_absent(setting: Setting, trace: Trace, present_s: FloatArray) -> FloatArray:
    """present_s (intervals,) less what breaks that began late took of it."""
    if trace.absent is None or not len(trace.absent):
        return present_s
    return present_s - spread(trace.absent[:, 1], trace.absent[:, 2], setting.step_s, len(present_s))


def by_queue(setting: Setting, values: np.ndarray) -> np.ndarray:
    """Sums over the segments of each queue of the scenario; values (replications, lines, …)."""
    return np.add.reduceat(values, setting.first_line[:-1], axis=1)
