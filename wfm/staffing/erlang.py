"""Servers for a queue in which somebody waits: exact Erlang A or C, by interval."""

from __future__ import annotations

from typing import Any

import numpy as np

from wfm.model.arrays import FloatArray
from wfm.queueing import agents_needed, evaluate
from wfm.staffing.workload import Workload


def servers_needed(work: Workload) -> FloatArray:
    """The least servers per interval, (intervals,), that meet the queue's share, definition and occupancy cap."""
    target = work.queue.target
    needed = agents_needed(
        work.model,
        **_system(work),
        sl_target=target.share,
        within_s=target.within_s,
        sl_definition=str(target.definition),
        max_occupancy=work.max_occupancy,
    )
    return np.asarray(needed, dtype=np.float64)


def service_of(work: Workload, servers: FloatArray) -> FloatArray:
    """The share expected with `servers`, by the queue's definition, (intervals,)."""
    target = work.queue.target
    measures = evaluate(work.model, **_system(work), agents=servers, within_s=target.within_s)
    return np.asarray(measures[f"sl_{target.definition}"])


def _system(work: Workload) -> dict[str, Any]:
    return {"calls": work.contacts, "interval_s": work.step_s, "aht_s": work.handle_s, "patience_s": work.queue.patience_s}


def model_words(work: Workload) -> str:
    """The model in words."""
    return f"Erlang A, mean patience {work.queue.patience_s:g} s" if work.model == "A" else "Erlang C, nobody hangs up"
