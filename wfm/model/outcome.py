"""What the simulation measured, as sums per replication, queue and interval of arrival; ratios are made later, by the report."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.model.arrays import FloatArray, freeze
from wfm.model.axis import TimeAxis
from wfm.model.work import Queue

WAIT_EDGES_S = (20.0, 60.0, 120.0, 300.0, 600.0)


@dataclass(frozen=True, eq=False)
class Outcome:
    """Measured by simulating the roster. Arrays (replications, queues, intervals) unless said, by interval of arrival.

    offered = answered + abandoned + unanswered, always. *_in_target: within the queue's `within_s`, inclusive.
    wait_s: summed wait of all contacts; wait_answered_s: of the answered. busy_s (replications, queues, intervals): agent-seconds
    spent on contacts, by interval in which they were spent (for chat: the share of a concurrency slot). present_s (replications,
    intervals): agent-seconds on the queues. wait_counts (replications, queues, len(WAIT_EDGES_S) + 1): answered and abandoned
    contacts by wait, inclusive upper edges `WAIT_EDGES_S`. virtual_in_target: contacts that would have been served within T had
    they not hung up.
    """

    axis: TimeAxis
    queues: tuple[Queue, ...]
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

    def __post_init__(self) -> None:
        runs, queues, intervals = len(self.offered), len(self.queues), self.axis.n_intervals
        for name in self.__dataclass_fields__:
            if name not in ("axis", "queues", "present_s", "wait_counts"):
                freeze(self, np.float64, **{name: (runs, queues, intervals)})
        freeze(self, present_s=(runs, intervals), wait_counts=(runs, queues, len(WAIT_EDGES_S) + 1))

    @property
    def replications(self) -> int:
        return len(self.offered)
