"""Which of the free agents an arriving contact takes, and where such preferences are found by name."""

from __future__ import annotations

from collections.abc import Callable

Preference = Callable[[tuple[int, ...], int], int]
"""Rank, from the queues an agent serves (numbers, in the agent's own order) and the contact's queue. The lowest rank is taken first, in it
whoever has been idle longest. A table like a routing policy, so that every engine can read it.
"""

PREFERENCES: dict[str, Preference] = {}


def preference(function: Preference) -> Preference:
    """Enter a preference under its function's name."""
    PREFERENCES[function.__name__] = function
    return function
