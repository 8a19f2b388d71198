"""Erlang C and A: nobody hangs up, or everybody has an exponential patience."""

from __future__ import annotations

from functools import partial

import numpy as np

from wfm.model.arrays import FloatArray
from wfm.queueing import Measures, agents_needed, evaluate
from wfm.staffing.models.immediate import staff
from wfm.staffing.workload import Staffed, Workload


def erlang_c(work: Workload) -> Staffed:
    return staff(work, partial(_needed, "C"), partial(_measured, "C"), "Erlang C, nobody hangs up")


def erlang_a(work: Workload) -> Staffed:
    words = f"Erlang A, mean patience {work.queue.patience_s:.4g} s"
    return staff(work, partial(_needed, "A"), partial(_measured, "A"), words)


def _needed(model: str, work: Workload, share: FloatArray | float) -> FloatArray:
    target = work.queue.target
    needed = agents_needed(
        model,
        **work.system,
        patience_s=work.queue.patience_s,
        sl_target=share,
        sl_definition=str(target.definition),
        asa_target=target.asa_s,
        abandon_target=target.abandonment,
        max_occupancy=target.max_occupancy if target.max_occupancy < 1 else None,
    )
    return np.asarray(needed, dtype=np.float64)


def _measured(model: str, work: Workload, servers: FloatArray) -> tuple[Measures, FloatArray]:
    return evaluate(model, **work.system, patience_s=work.queue.patience_s, agents=servers), work.contacts
