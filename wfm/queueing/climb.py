"""The least agents for patient callers (Erlang C): up from the first stable number, a few multiplications a step.

1/B(n+1) = 1 + (n+1)/load · 1/B(n), and e^(−(n−a)T/AHT) falls by e^(−T/AHT) with each agent; about √load steps, finished rows dropped.
Everything per load: with g = n/a and h = g − 1 the waiting share is g/(h/B + 1).
"""

from __future__ import annotations

import numpy as np

from wfm.queueing.erlang_b import inverse
from wfm.queueing.fast import UNSURE, dense, kernels
from wfm.queueing.inputs import constant
from wfm.queueing.special import Array
from wfm.queueing.system import System
from wfm.queueing.targets import ASA_MEASURES, Wanted

_BLOCK = 8_192
_ROUNDING = 1 + 1e-13
"""So that a target which `evaluate` says some agents reach exactly is met by these agents here too."""


def climb(system: System, wanted: tuple[Wanted, ...]) -> Array:
    """Least whole agents above the load of each row, (rows,); service level, ASA and occupancy targets count, the others always hold."""
    agents, late, asa_s = start(system, wanted)
    compiled = kernels(len(agents)) if asa_s is None else None
    if compiled is not None:
        decay, tail, answer = system.within_s / system.aht_s, system.load - agents, np.empty_like(agents)
        tail *= decay
        np.exp(tail, out=tail)
        np.exp(np.negative(decay, out=decay), out=decay)
        compiled.climb(*dense(system.load, agents, tail, decay, late), answer)
        if len(rows := np.flatnonzero(answer == UNSURE)):
            answer[rows] = agents[rows] + _extra(system.take(rows), agents[rows], late[rows], None)
        return answer
    for at in range(0, len(agents), _BLOCK):
        block = slice(at, at + _BLOCK)
        agents[block] += _extra(system.take(block), agents[block], late[block], None if asa_s is None else asa_s[block])
    return agents


def start(system: System, wanted: tuple[Wanted, ...]) -> tuple[Array, Array, Array | None]:
    """The first number of agents that may do, the share that may wait beyond T, and the mean wait allowed, None where not asked."""
    late, asa_s, agents = constant(1.0, len(system)), None, np.floor(system.load) + 1
    for target in wanted:
        if target.at_least:
            late = (1 - target.value) * _ROUNDING
        elif target.measure in ASA_MEASURES.values():
            asa_s = target.value * _ROUNDING
        elif target.measure == "occupancy":
            agents = np.maximum(agents, np.ceil(system.load / target.value * (1 - 1e-14)))
    return agents, late, asa_s


def _extra(system: System, agents: Array, late: Array, asa_s: Array | None) -> Array:
    """Agents needed beyond those; rows are dropped when half of them are done, which costs less than at every step."""
    extra, rows = np.zeros_like(agents), np.arange(len(agents))
    per_load, relative = 1 / system.load, agents / system.load
    spare, pace = (agents - system.load) * per_load, -system.within_s / system.aht_s
    tail, decay = np.exp((agents - system.load) * pace), np.exp(pace)
    wait_s = np.inf if asa_s is None else asa_s * system.load / system.aht_s
    state = [inverse(agents, system.load), relative, spare, tail, decay, late, per_load, wait_s + 0 * per_load]
    with np.errstate(over="ignore", invalid="ignore"):
        while len(rows):
            inv, relative, spare, tail, decay, late, per_load, wait_s = state
            full = spare * inv + 1
            short = relative * tail > late * full
            if asa_s is not None:
                short |= relative > wait_s * (spare * full)
            extra[rows] += short  # a row that is done stays done: each agent more only shortens the wait
            if (left := np.count_nonzero(short)) < len(rows) / 2 or left == 0:
                kept = np.flatnonzero(short)
                rows, state = rows[kept], [values[kept] for values in state]
                inv, relative, spare, tail, decay, late, per_load, wait_s = state
            relative += per_load
            spare += per_load
            inv *= relative
            inv += 1
            tail *= decay
    return extra
