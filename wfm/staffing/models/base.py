"""What a staffing model is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wfm.model import Channel, Queue
from wfm.model.arrays import FloatArray
from wfm.queueing import Measures
from wfm.staffing.workload import Staffed, Workload

Needed = Callable[[Workload, FloatArray | float], FloatArray]
"""(work, share) → least whole servers per interval, (intervals,), for that share and the queue's other targets."""

Measured = Callable[[Workload, FloatArray], tuple[Measures, FloatArray]]
"""(work, servers) → what is expected, and the contacts or attempts per interval it is weighed by."""


@dataclass(frozen=True)
class Model:
    """A way to turn work into agents. staff: the agents of a workload.

    defers: what comes while the queue is closed waits, and volumes are those of whole days. needs_patience: whether the queue must name
    one. channels: where it can be used, empty for everywhere.
    """

    staff: Callable[[Workload], Staffed]
    defers: bool = False
    needs_patience: bool = False
    channels: tuple[Channel, ...] = ()

    def fits(self, queue: Queue) -> bool:
        """Whether it can be used for the queue's channel."""
        return not self.channels or queue.channel in self.channels
