"""Specialists first: whoever serves few queues, so that those who can do more are kept for what only they can do."""

from __future__ import annotations

from simulation.preferences.registry import preference


@preference
def fewest_skills(served: tuple[int, ...], _queue: int) -> int:
    """How many queues the agent serves now."""
    return len(served)
