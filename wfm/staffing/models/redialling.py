"""Erlang X: as Erlang A, but some of those who hang up call again, so that poor service makes its own load."""

from __future__ import annotations

from typing import Any

import numpy as np

from wfm.model.arrays import FloatArray
from wfm.queueing import Measures
from wfm.queueing.redials import agents_needed_redials, evaluate_redials
from wfm.staffing.models.immediate import staff
from wfm.staffing.workload import Staffed, Workload


def erlang_x(work: Workload) -> Staffed:
    queue = work.queue
    return staff(
        work, _needed, _measured, f"Erlang X, mean patience {queue.patience_s:.4g} s, {queue.redial_share:.0%} of abandoners redial"
    )


def _needed(work: Workload, share: FloatArray | float) -> FloatArray:
    target = work.queue.target
    asked = {
        f"sl_{target.definition}": share,
        "wait_served": target.asa_s,
        "p_abandon": target.abandonment,
        "occupancy": target.max_occupancy if target.max_occupancy < 1 else None,
    }
    given = {measure: value for measure, value in asked.items() if value is not None}
    needed = agents_needed_redials(**work.system, **_callers(work), targets=given)
    return np.asarray(needed, dtype=np.float64)


def _measured(work: Workload, servers: FloatArray) -> tuple[Measures, FloatArray]:
    found = evaluate_redials(**work.system, **_callers(work), agents=servers)
    return found.measures, found.total_calls


def _callers(work: Workload) -> dict[str, Any]:
    return {"patience_s": work.queue.patience_s, "redial_share": work.queue.redial_share}
