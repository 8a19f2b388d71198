"""What a routing policy is, and where policies are found by name."""

from __future__ import annotations

from collections.abc import Callable

from wfm.model import Queue

Levels = tuple[tuple[int, ...], ...]
"""Queue numbers in levels: any contact of an earlier level goes first; inside a level the longest waiting."""

Policy = Callable[[tuple[int, ...], tuple[Queue, ...]], Levels]
"""Turns the queues an agent serves (numbers, in the agent's own order) and all queues into the levels the agent works by.

A policy is a table, not a decision at run time, so that every engine can read it and none can disagree about it.
"""

POLICIES: dict[str, Policy] = {}


def policy(function: Policy) -> Policy:
    """Enter a policy under its function's name."""
    POLICIES[function.__name__] = function
    return function
