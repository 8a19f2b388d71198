"""Each agent's own order of queues first: specialists keep to what they do best while there is any of it."""

from __future__ import annotations

from simulation.routing.registry import Levels, policy
from wfm.model import Queue


@policy
def skill_order(served: tuple[int, ...], queues: tuple[Queue, ...]) -> Levels:
    """One level for each queue, in the agent's own order."""
    return tuple((queue,) for queue in served)
