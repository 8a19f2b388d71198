"""Who is busy and who is there, by group: agents who serve the same queues."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from simulation.presence import Stint
from simulation.setting import Setting
from simulation.trace import Trace
from wfm.model.arrays import FloatArray, IntArray

NAMES = ", "


@lru_cache(maxsize=4)
def groups_of(setting: Setting) -> tuple[tuple[str, ...], IntArray]:
    """Names of the groups, the queues they serve, and each agent's number among them."""
    served: list[dict[str, None]] = [{} for _ in setting.agents]
    for stint in setting.stints:
        served[stint.agent].update(dict.fromkeys(setting.base[setting.base_of[line]].name for line in stint.queues))
    names = [NAMES.join(queues) for queues in served]
    known = tuple(sorted(set(names)))
    return known, np.array([known.index(name) for name in names], np.int64)


def by_group(setting: Setting, stints: tuple[Stint, ...], trace: Trace) -> dict[str, FloatArray]:
    """group_busy_s, group_present_s (groups, intervals): seconds in service and on the queues, as in `Outcome`."""
    from simulation.summing import spread_service  # numba, only when it is needed

    names, group_of = groups_of(setting)
    busy_s = np.zeros((len(names), setting.axis.n_intervals))
    share = np.array([1 / queue.concurrency for queue in setting.queues])
    when = trace.asked_s, trace.wait_s, trace.service_s
    spread_service((trace.agent, trace.queue), when, group_of, share, float(setting.step_s), busy_s)
    if trace.further is not None and len(trace.further):  # work that was laid aside and taken up again
        busy_s += _of_spans(setting, trace.further[:, 1:])
    present_s = _planned_s(setting) if stints is setting.stints else _on_duty_s(setting, stints)
    present_s = present_s + _of_spans(setting, trace.late)
    return {"group_busy_s": busy_s, "group_present_s": present_s - _of_spans(setting, trace.absent)}


def _of_spans(setting: Setting, spans: FloatArray | None) -> FloatArray:
    """Seconds of rows of agent, from, to; by group and interval."""
    from simulation.summing import spread_rows  # numba, only when it is needed

    names, group_of = groups_of(setting)
    total_s = np.zeros((len(names), setting.axis.n_intervals))
    if spans is not None and len(spans):
        columns = (np.ascontiguousarray(spans[:, place]) for place in (1, 2))
        spread_rows(group_of[spans[:, 0].astype(int)], *columns, float(setting.step_s), total_s)
    return total_s


@lru_cache(maxsize=2)
def _planned_s(setting: Setting) -> FloatArray:
    return _on_duty_s(setting, setting.stints)


def _on_duty_s(setting: Setting, stints: tuple[Stint, ...]) -> FloatArray:
    return _of_spans(setting, np.array([(stint.agent, stint.start_s, stint.end_s) for stint in stints], float).reshape(-1, 3))
