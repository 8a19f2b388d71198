"""Agents to whom the queue comes first in their own order, then those to whom it comes second: overflow from group to group."""

from __future__ import annotations

from simulation.preferences.registry import preference


@preference
def own_order(served: tuple[int, ...], queue: int) -> int:
    """The queue's place among the agent's own."""
    return served.index(queue)
