"""The least agents for patient callers (Erlang C): up from the first stable number, a few multiplications a step.

1/B(n+1) = 1 + (n+1)/load · 1/B(n), and e^(−(n−a)T/AHT) falls by e^(−T/AHT) with each agent; about √load steps, finished rows dropped.
Everything per load: with g = n/a and h = g − 1 the waiting share is g/(h/B + 1).
"""

from __future__ import annotations

from functools import cache

import numpy as np

from wfm.queueing.erlang_b import inverse
from wfm.queueing.fast import UNSURE, dense, kernels
from wfm.queueing.inputs import constant
from wfm.queueing.search import MOST_AGENTS
from wfm.queueing.special import Array
from wfm.queueing.system import System
from wfm.queueing.targets import ASA_MEASURES, Wanted

_BLOCK = 8_192
_ROUNDING = 1 + 1e-13
"""So that a target which `evaluate` says some agents reach exactly is met by these agents here too."""


def climb(system: System, wanted: tuple[Wanted, ...]) -> Array:
    """Least whole agents above the load of each row, (rows,); service level, ASA and occupancy targets count, the others always hold.

    inf where that would be more than MOST_AGENTS.
    """
    late, asa_s, least = asked(system, wanted)
    lowest = system.load if least is None else least
    if not lowest.max(initial=0.0) < MOST_AGENTS:
        answer, rows = np.full(len(system), np.inf), np.flatnonzero(lowest < MOST_AGENTS)
        if len(rows):
            answer[rows] = climb(system.take(rows), tuple(target.take(rows) for target in wanted))
        return answer
    compiled = kernels(len(system)) if asa_s is None else None
    if compiled is None:
        return _by_blocks(system, late, asa_s, least)
    answer = np.empty_like(system.load)
    compiled.climb(*dense(system.load, system.within_s / system.aht_s, late, _NONE if least is None else least), _table(), answer)
    if len(rows := np.flatnonzero(answer == UNSURE)):
        answer[rows] = _by_blocks(system.take(rows), late[rows], None, None if least is None else least[rows])
    return answer


_NONE = np.empty(0)


@cache
def _table() -> Array:
    from wfm.queueing.kernels import fitted

    return fitted()


def asked(system: System, wanted: tuple[Wanted, ...]) -> tuple[Array, Array | None, Array | None]:
    """The share that may wait beyond T, the mean wait allowed, and the agents an occupancy cap asks for; None for what is not asked."""
    late, asa_s, least = constant(1.0, len(system)), None, None
    for target in wanted:
        if target.at_least:
            late = (1 - target.value) * _ROUNDING
        elif target.measure in ASA_MEASURES.values():
            asa_s = target.value * _ROUNDING
        elif target.measure == "occupancy":
            with np.errstate(over="ignore"):
                least = np.ceil(system.load / target.value * (1 - 1e-14))
    return late, asa_s, least


def _by_blocks(system: System, late: Array, asa_s: Array | None, least: Array | None) -> Array:
    agents = np.floor(system.load) + 1
    if least is not None:
        agents = np.maximum(agents, least)
    for at in range(0, len(agents), _BLOCK):
        block = slice(at, at + _BLOCK)
        agents[block] += _extra(system.take(block), agents[block], late[block], None if asa_s is None else asa_s[block])
    return agents


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
