"""The default policy: the most urgent queue first, then whoever has waited longest."""

from __future__ import annotations

from simulation.routing.registry import Levels, policy
from wfm.model import Queue


@policy
def priority_longest_wait(served: tuple[int, ...], queues: tuple[Queue, ...]) -> Levels:
    """One level for each priority, lowest number first."""
    priorities = sorted({queues[queue].priority for queue in served})
    return tuple(tuple(sorted(queue for queue in served if queues[queue].priority == priority)) for priority in priorities)
