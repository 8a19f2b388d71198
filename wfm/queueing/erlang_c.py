"""Erlang C, M/M/n: callers wait for ever. P(wait) = 1/((1 − a/n)/B + a/n), ASA = P(wait)·AHT/(n − a); the wait is exponential past 0.

Worked number: 360 calls in 30 minutes, AHT 240 s, 55 agents: P(wait) 0.239, ASA 8.18 s, 84.6 % within 15 s.
"""

from __future__ import annotations

import numpy as np

from wfm.queueing.erlang_b import inverse
from wfm.queueing.special import Array
from wfm.queueing.system import Figures, System


def waiting_share(agents: Array, load: Array) -> Array:
    """P(wait), (rows,); 1 where the load is not below the agents. Any real agents > 0."""
    stable = load < agents
    spare = np.where(stable, (agents - load) / agents, 0.0)
    with np.errstate(invalid="ignore"):
        return np.where(stable, 1 / (spare * inverse(agents, load) + load / agents), 1.0)


def patient(system: System) -> Figures:
    """Every measure of Erlang C; infinite waits and service level 0 where the load is not below the agents."""
    zero, spare = np.zeros(len(system)), system.agents - system.load
    stable = spare > 0
    drain = np.where(stable, spare, 1.0) / system.aht_s
    waits = waiting_share(system.agents, system.load)
    asa = np.where(stable, waits / drain, np.inf)
    level = np.where(stable, 1 - waits * np.exp(-drain * system.within_s), 0.0)
    names = ("sl_virtual", "sl_offered", "sl_answered", "sl_abandons_met", "sl_abandons_excluded")
    return {
        "p_wait": waits,
        "p_block": zero,
        "p_abandon": zero,
        "asa_all": asa,
        "wait_served": asa,
        "wait_abandoned": np.full_like(zero, np.nan),
        "virtual_wait": asa,
        "mean_queue": system.calls_per_s * asa,
        "occupancy": np.minimum(system.load / system.agents, 1.0),
        "p_abandon_within": zero,
        **dict.fromkeys(names, level),
    }
