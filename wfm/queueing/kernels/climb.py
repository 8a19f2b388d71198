"""The compiled climb to the least agents with whom few enough wait too long (Erlang C), many rows at a time."""

from __future__ import annotations

import numpy as np

from wfm.queueing.erlang_b import log_inverse_blocking
from wfm.queueing.kernels.compiling import lanes, lanes_within
from wfm.queueing.special import Array

_CLOSE = 1e-6
"""Relative distance to a limit below which a row is handed back; some 100 times what this kernel can be wrong by."""

LANES = 16
"""Rows that `climb` takes through each step together, so that the processor's wide units are used."""

_FEW = 12
"""Lines up to which 1/B is summed up; above, it is the polynomial of `fitted`."""
_DEGREE = 7


def fitted() -> Array:
    """Coefficients (degree, degree) of 1/B(n, n − d)/√n in √(_FEW/n) and d, for n > _FEW and 0 ≤ d ≤ 1, to 4e-9.

    The power i of the first goes with a polynomial of degree i in d, as in the expansion for large n (Jagerman 1974).
    """
    half_turn = np.pi * (np.arange(24) + 0.5) / 24
    s, d = (each.ravel() for each in np.meshgrid(np.maximum((1 - np.cos(half_turn)) / 2, 1e-3), (1 - np.cos(half_turn)) / 2))
    n = _FEW / (s * s)
    exact = np.exp(log_inverse_blocking(n, n - d)) / np.sqrt(n)
    powers = [(i, j) for i in range(_DEGREE + 1) for j in range(i + 1)]
    columns = np.stack([s**i * d**j for i, j in powers], axis=1)
    found = np.linalg.lstsq(columns / exact[:, None], np.ones(len(exact)), rcond=None)[0]
    table = np.zeros((_DEGREE + 1, _DEGREE + 1))
    table[tuple(np.array(powers).T)] = found
    return table


@lanes
def climb(load: Array, pace: Array, late: Array, least: Array, table: Array, answer: Array) -> None:
    """The least agents above the load whose waiting share beyond T is at most `late`, none below `least`, into `answer`.

    pace: T ÷ AHT. least: empty where there is no such number. table: of `fitted`. All others (rows,); −1 for a row that is handed back.
    """
    per_load, inverse, first_agents, gap = np.empty(LANES), np.empty(LANES), np.empty(LANES), np.empty(LANES)
    close, extra, state = np.empty(LANES), np.empty(LANES), np.empty((6, LANES))
    last = len(load) - 1
    for first in range(0, len(load), LANES):
        few, many = 1e300, 0.0
        for i in range(LANES):
            row = min(first + i, last)
            number = np.floor(load[row]) + 1
            first_agents[i], gap[i], per_load[i] = number, number - load[row], 1 / load[row]
            state[2, i], state[3, i], state[4, i] = -gap[i] * pace[row], -pace[row], late[row]
            few, many = min(few, number), max(many, number)
        _begin(least, first, first_agents, gap, per_load, state, close, extra)
        if many > _FEW:
            _near(first_agents, gap, table, inverse)
        if few <= _FEW:
            _sum(first_agents, per_load, inverse)
        _rise(per_load, inverse, close, extra, state)
        for i in range(min(LANES, len(load) - first)):
            answer[first + i] = -1.0 if close[i] > 0 else first_agents[i] + extra[i]


@lanes_within
def _begin(least: Array, first: int, agents: Array, gap: Array, per_load: Array, state: Array, close: Array, extra: Array) -> None:
    for i in range(LANES):
        state[0, i], state[1, i], state[5, i] = 1 + gap[i] * per_load[i], gap[i] * per_load[i], 0.0
        state[2, i], state[3, i] = _fading(state[2, i]), _fading(state[3, i])
        close[i], extra[i] = 0.0, 0.0
    if len(least):
        for i in range(LANES):
            state[5, i] = least[min(first + i, len(least) - 1)] - agents[i]
            # so far above the load that 1/B would grow out of all bounds
            close[i] = 1.0 if state[5, i] > 50 and state[5, i] * per_load[i] > 0.5 else 0.0
            state[5, i] = 0.0 if close[i] > 0 else state[5, i]


@lanes_within
def _fading(x: float) -> float:
    """e^x for x ≤ 0 as (e^(x/1024))^1024: to 1e-9 while that is above 1e-17, and as good as nothing later."""
    r = max(x, -740.0) * (1 / 1024)
    power = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r / 120))))
    power *= power
    power *= power
    power *= power
    power *= power
    power *= power
    power *= power
    power *= power
    power *= power
    power *= power
    power *= power
    return power


@lanes_within
def _near(agents: Array, gap: Array, table: Array, inverse: Array) -> None:
    """1/B for `agents` = load + gap by the polynomial."""
    for i in range(LANES):
        s, total = np.sqrt(_FEW / max(agents[i], float(_FEW))), 0.0
        for power in range(_DEGREE, -1, -1):
            part = 0.0
            for each in range(power, -1, -1):
                part = part * gap[i] + table[power, each]
            total = total * s + part
        inverse[i] = total * s * agents[i] * (1 / np.sqrt(float(_FEW)))


@lanes_within
def _sum(agents: Array, per_load: Array, inverse: Array) -> None:
    """1/B = 1 + n/a + n(n−1)/a² + … where there are few lines."""
    for i in range(LANES):
        part, factor, total = 1.0, agents[i] * per_load[i], 1.0
        for _ in range(_FEW):
            part *= factor
            total += part
            factor = max(factor - per_load[i], 0.0)
        inverse[i] = total if agents[i] <= _FEW else inverse[i]


@lanes_within
def _rise(per_load: Array, inverse: Array, close: Array, extra: Array, state: Array) -> None:
    """Count into `extra` the agents until no lane waits too long.

    state, of each lane: agents ÷ load, spare ÷ load, tail, its decay with each agent, late, the least that are extra.
    """
    waiting = 1.0
    while waiting > 0:
        waiting = 0.0
        for i in range(LANES):
            found, limit = state[0, i] * state[2, i], state[4, i] * (state[1, i] * inverse[i] + 1)
            more = 1.0 if found > limit or state[5, i] > extra[i] else 0.0
            close[i] += 1.0 if abs(found - limit) < _CLOSE * limit else 0.0
            extra[i] += more
            waiting += more
            relative = state[0, i] + per_load[i]
            state[0, i] = relative
            state[1, i] += per_load[i]
            inverse[i] = 1 + inverse[i] * relative
            state[2, i] *= state[3, i]
