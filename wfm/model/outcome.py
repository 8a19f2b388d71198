"""What the simulation measured, as sums per replication, queue and interval of arrival; ratios are made later, by the report."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.model.arrays import FloatArray, IntArray, freeze
from wfm.model.axis import TimeAxis
from wfm.model.work import Queue

WAIT_EDGES_S = (20.0, 60.0, 120.0, 300.0, 600.0)
CLASSES = len(WAIT_EDGES_S) + 1
JOURNEYS = ("blocked", "contained", "promised", "redialled", "repeated", "transferred", "called_back", "line_s", "given_up")
GROUPS = ("group_busy_s", "group_present_s")
LATER = ("queue_s", "waits", "volume", "segments", "warm_up", "groups", *JOURNEYS, *GROUPS)


@dataclass(frozen=True, eq=False)
class Outcome:
    """Measured by simulating the roster. Arrays (replications, queues, intervals) unless said, by interval of arrival.

    offered = answered + abandoned + unanswered (+ promised), always. *_in_target: within the queue's `within_s`, inclusive.
    wait_s: summed wait of all contacts; wait_answered_s: of the answered. busy_s (replications, queues, intervals): agent-seconds
    spent on contacts, by interval in which they were spent (for chat: the share of a concurrency slot). present_s (replications,
    intervals): agent-seconds on the queues. wait_counts (replications, queues, len(WAIT_EDGES_S) + 1): answered and abandoned
    contacts by wait, inclusive upper edges `WAIT_EDGES_S`. virtual_in_target: contacts that would have been served within T had
    they not hung up.

    What older outcomes lack is None. queue_s: contact-seconds spent waiting, by interval in which they were spent (÷ the interval: mean
    length of the queue). waits (replications, queues, intervals, 3, len(WAIT_EDGES_S) + 1): contacts by wait, of the answered, of the
    abandoned, and of both by the wait until they were or would have been served. volume (replications,): contacts that the sample path of a
    replication holds; paths are spread evenly over light and heavy ones.

    groups: of agents, by the queues they serve; group_busy_s, group_present_s (replications, groups, intervals): their seconds spent on
    contacts and on the queues.

    Where contacts may do more than wait and be served, also (else None): blocked: found no line or no place to wait; contained: were done
    in the menu; given_up: hung up there; none of them is offered. promised: took a call back or left a message instead of waiting.
    redialled, repeated, transferred, called_back: so many of all these attempts followed another. line_s: seconds for which they held a
    line, by interval in which it was.
    segments: the same outcome with each queue's segments as its queues. warm_up: intervals from the start that are not measured.
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
    queue_s: FloatArray | None = None
    waits: IntArray | None = None
    volume: FloatArray | None = None
    blocked: FloatArray | None = None
    contained: FloatArray | None = None
    promised: FloatArray | None = None
    redialled: FloatArray | None = None
    repeated: FloatArray | None = None
    transferred: FloatArray | None = None
    called_back: FloatArray | None = None
    line_s: FloatArray | None = None
    segments: Outcome | None = None
    warm_up: int = 0
    groups: tuple[str, ...] = ()
    group_busy_s: FloatArray | None = None
    group_present_s: FloatArray | None = None
    given_up: FloatArray | None = None

    def __post_init__(self) -> None:
        runs, queues, intervals = len(self.offered), len(self.queues), self.axis.n_intervals
        for name in self.__dataclass_fields__:
            if name not in ("axis", "queues", "present_s", "wait_counts", *LATER):
                freeze(self, np.float64, **{name: (runs, queues, intervals)})
        freeze(self, present_s=(runs, intervals), wait_counts=(runs, queues, CLASSES))
        later: dict[str, tuple[int, ...]] = dict.fromkeys(("queue_s", *JOURNEYS), (runs, queues, intervals)) | {"volume": (runs,)}
        later |= dict.fromkeys(GROUPS, (runs, len(self.groups), intervals))
        for name, shape in later.items():
            if getattr(self, name) is not None:
                freeze(self, np.float64, **{name: shape})
        if self.waits is not None:
            freeze(self, np.uint32, waits=(runs, queues, intervals, 3, CLASSES))

    @property
    def replications(self) -> int:
        return len(self.offered)
