"""Where nobody waits: Erlang B (the blocked are turned away), and Erlang A with no patience at all (they leave at once)."""

from __future__ import annotations

import numpy as np

from wfm.queueing.erlang_b import blocking
from wfm.queueing.system import Figures, System


def blocked(system: System) -> Figures:
    """Every measure of Erlang B; the lines are the agents, or the capacity where that is less."""
    lost = blocking(np.minimum(system.agents, system.capacity), system.load)
    zero, one = np.zeros_like(lost), np.ones_like(lost)
    return {
        "p_wait": zero,
        "p_block": lost,
        "p_abandon": zero,
        "asa_all": zero,
        "wait_served": zero,
        "wait_abandoned": np.full_like(lost, np.nan),
        "virtual_wait": zero,
        "mean_queue": zero,
        "occupancy": np.minimum(system.load * (1 - lost) / system.agents, 1.0),
        "sl_virtual": 1 - lost,
        "sl_offered": 1 - lost,
        "sl_answered": one,
        "sl_abandons_met": 1 - lost,
        "sl_abandons_excluded": one,
        "p_abandon_within": zero,
    }


def impatient_at_once(system: System) -> Figures:
    """Erlang A as the patience goes to 0: those who would wait abandon at time 0. `virtual` still waits for the next free agent."""
    lost = blocking(system.agents, system.load)
    next_free = system.aht_s / system.agents
    return blocked(system) | {
        "p_wait": lost,
        "p_block": np.zeros_like(lost),
        "p_abandon": lost,
        "wait_abandoned": np.zeros_like(lost),
        "virtual_wait": lost * next_free,
        "sl_virtual": 1 - lost * np.exp(-system.within_s / next_free),
        "sl_abandons_met": np.ones_like(lost),
        "p_abandon_within": lost,
    }
