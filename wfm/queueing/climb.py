"""The least agents for patient callers (Erlang C): up from the first stable number, one multiplication and one division a step.

1/B(n+1) = 1 + (n+1)/load · 1/B(n), and e^(−(n−a)T/AHT) falls by e^(−T/AHT) with each agent; about √load steps, finished rows dropped.
"""

from __future__ import annotations

import numpy as np

from wfm.queueing.erlang_b import log_inverse_blocking
from wfm.queueing.special import Array
from wfm.queueing.system import System
from wfm.queueing.targets import ASA_MEASURES, Wanted


def climb(system: System, wanted: tuple[Wanted, ...]) -> Array:
    """Least whole agents above the load of each row, (rows,); service level, ASA and occupancy targets count, the others always hold."""
    late, asa_s, cap = _limits(len(system), wanted)
    load, aht_s = system.load, system.aht_s
    agents = np.maximum(np.floor(load) + 1, np.ceil(load / cap * (1 - 1e-14)))
    result, rows = np.empty_like(load), np.arange(len(load))
    with np.errstate(over="ignore"):
        inverse = np.exp(log_inverse_blocking(agents, load))
        tail, decay = np.exp(-(agents - load) * system.within_s / aht_s), np.exp(-system.within_s / aht_s)
        while len(rows):
            spare = agents - load
            waits = agents / (spare * inverse + load)
            met = (waits * tail <= late) & (waits * aht_s <= asa_s * spare)
            result[rows[met]] = agents[met]
            agents, inverse, tail = agents + 1, 1 + (agents + 1) / load * inverse, tail * decay
            left = (rows, agents, inverse, tail, decay, late, asa_s, load, aht_s)
            rows, agents, inverse, tail, decay, late, asa_s, load, aht_s = (values[~met] for values in left)
    return result


def _limits(count: int, wanted: tuple[Wanted, ...]) -> tuple[Array, Array, Array]:
    """Share that may wait beyond T, mean wait and occupancy that are allowed; where not asked they bind nobody."""
    late, asa_s, cap = np.ones(count), np.full(count, np.inf), np.ones(count)
    for target in wanted:
        if target.at_least:
            late = 1 - target.value
        elif target.measure in ASA_MEASURES.values():
            asa_s = target.value
        elif target.measure == "occupancy":
            cap = target.value
    return late, asa_s, cap
