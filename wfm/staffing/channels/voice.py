"""Calls: one agent, one call."""

from __future__ import annotations

import numpy as np

from wfm.staffing.erlang import model_words, servers_needed, service_of
from wfm.staffing.workload import Staffed, Workload


def staff(work: Workload) -> Staffed:
    """The least agents by Erlang A or C, and the queue's own minimum."""
    present = np.maximum(servers_needed(work), work.queue.min_agents)
    return Staffed(present, service_of(work, present), model_words(work))
