"""Chats: an agent holds several at once, so that the servers of the Erlang model are slots.

handle_s is the time of a chat while its agent holds `concurrency` of them: exact while agents are full, slightly safe below (against
the exact concurrency chain 13 agents where both say 13; see the research page).
"""

from __future__ import annotations

import numpy as np

from wfm.staffing.erlang import model_words, servers_needed, service_of
from wfm.staffing.workload import Staffed, Workload


def staff(work: Workload) -> Staffed:
    """Whole agents, `concurrency` slots each."""
    slots = work.queue.concurrency
    present = np.maximum(np.ceil(servers_needed(work) / slots), work.queue.min_agents)
    return Staffed(present, service_of(work, present * slots), f"{model_words(work)}, {slots} chats at once per agent")
