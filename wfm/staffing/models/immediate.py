"""Somebody waits: the least servers by a queueing model, an agent being as many servers as contacts held at once."""

from __future__ import annotations

import numpy as np

from wfm.model.arrays import FloatArray
from wfm.queueing import Measures
from wfm.staffing.models.base import Measured, Needed
from wfm.staffing.whole_day import agents_for_day
from wfm.staffing.workload import Staffed, Workload


def staff(work: Workload, needed: Needed, measured: Measured, words: str, *, servers: int | None = None) -> Staffed:
    """Whole agents; the queue's own minimum holds too. servers: that an agent is, None for as many as contacts held at once."""
    slots, held = servers or work.queue.concurrency, work.queue.concurrency

    def agents(share: FloatArray | float) -> FloatArray:
        return np.maximum(np.ceil(needed(work, share) / slots), work.queue.min_agents)

    def expected(present: FloatArray) -> tuple[Measures, FloatArray]:
        return measured(work, present * slots)

    target = work.queue.target
    present = agents_for_day(work, agents, expected) if work.whole_day else agents(target.share)
    level = expected(present)[0][f"sl_{target.definition}"]
    return Staffed(present, np.asarray(level), words if held == 1 else f"{words}, {held} chats at once per agent")
