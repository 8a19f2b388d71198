"""Whoever has waited longest, whatever the queue's priority."""

from __future__ import annotations

from simulation.routing.registry import Levels, policy
from wfm.model import Queue


@policy
def longest_wait(served: tuple[int, ...], queues: tuple[Queue, ...]) -> Levels:
    """One level holds everything."""
    return (tuple(sorted(served)),)
