"""The default preference: whoever has been idle longest."""

from __future__ import annotations

from simulation.preferences.registry import preference


@preference
def longest_idle(_served: tuple[int, ...], _queue: int) -> int:
    """All the same."""
    return 0
