"""Compiled twins of the searches of `climb` and `levels`. Imported by `fast` only, since numba is an optional dependency."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

from wfm.queueing.erlang_b import log_inverse_blocking
from wfm.queueing.special import Array

_CLOSE = 1e-6
"""Relative distance to a limit below which a row is handed back; some 100 times what a kernel can be wrong by."""


def _compiled(function: Callable[..., Any], fastmath: Any = frozenset({"contract"})) -> Any:
    """Compiled at the first call; kept on disk where there is a folder for it."""
    options: Any = {"fastmath": fastmath if fastmath is True else set(fastmath), "error_model": "numpy"}
    try:
        return njit(cache=True, **options)(function)
    except RuntimeError:  # numba finds no writable folder for its cache
        return njit(**options)(function)


def _lanes(function: Callable[..., Any]) -> Any:
    """The same, with sums in any order, which lets loops over lanes use wide registers."""
    return _compiled(function, fastmath=True)


def _lanes_within(function: Callable[..., Any]) -> Any:
    """A part of such a function, taken into it whole: called, its loops would not be made wide."""
    return njit(fastmath=True, error_model="numpy", inline="always")(function)


@_compiled
def inverse_blocking(lines: float, load: float) -> float:
    """1/B for whole lines, to 1e-8; see `recursion`, here from m − 5.5 √m on."""
    per_load, inverse, first, ratio = 1 / load, 1.0, 0.0, 0.0
    if lines > 40 and load > 40:
        last = min(lines, load)
        first = np.floor(last - 5.5 * np.sqrt(last))
        ratio = first * per_load
        inverse = 1 / (1 - ratio)
    for _ in range(int(lines - first)):
        ratio += per_load
        inverse = 1 + inverse * ratio
    return inverse


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


@_lanes
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


@_lanes_within
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


@_lanes_within
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


@_lanes_within
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


@_lanes_within
def _sum(agents: Array, per_load: Array, inverse: Array) -> None:
    """1/B = 1 + n/a + n(n−1)/a² + … where there are few lines."""
    for i in range(LANES):
        part, factor, total = 1.0, agents[i] * per_load[i], 1.0
        for _ in range(_FEW):
            part *= factor
            total += part
            factor = max(factor - per_load[i], 0.0)
        inverse[i] = total if agents[i] <= _FEW else inverse[i]


@_lanes_within
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


_SMALL = 1e-10
_MOST_STEPS = 4_000
_MOST_AGENTS = 1e6


@_compiled
def _steps(x: float, y: float) -> int:
    """Rungs of the ladder after which the start no longer matters to a kernel."""
    product, count = 1.0, 0
    while product > _SMALL and count < _MOST_STEPS:
        count += 1
        product *= y / (x + count)
    return count


@_compiled
def _level(agents: float, load: float, per_call: float, within: float, steps: int, definition: int) -> tuple[float, float]:
    """Service level by the definition's place in SL_DEFINITIONS, and occupancy; see `levels`."""
    x, y, keep = agents * per_call, load * per_call, np.exp(-within)
    y_late, rung = y * keep, x + steps
    whole = late = whole_next = late_next = 1 / rung
    for _ in range(steps):
        rung -= 1
        whole_next, late_next, per_rung = whole, late, 1 / rung
        whole, late = (1 + y * whole) * per_rung, (1 + y_late * late) * per_rung
    past = y * np.exp(y - y_late - x * within)
    idle, late, late_next = inverse_blocking(agents - 1, load), past * late, past * keep * late_next
    served, total = idle + y * whole_next, idle + y * whole
    in_time = served - late_next
    occupancy = load / agents * served / total
    if definition == 0:
        return in_time / total, occupancy
    if definition == 1:
        return in_time / served, occupancy
    if definition == 2:
        return (in_time + total - served - (late - late_next) + late * (1 - keep)) / total, occupancy
    if definition == 3:
        return in_time / (in_time + late * keep), occupancy
    return (total - late) / total, occupancy


@_compiled
def search(load: Array, per_call: Array, within: Array, target: Array, cap: Array, definition: int, answer: Array) -> None:
    """The least agents whose service level is at least `target` and whose occupancy is at most `cap`, into `answer`, (rows,) each.

    per_call: patience ÷ AHT. within: T ÷ patience. definition: place in SL_DEFINITIONS. Rows outside the ladder's reach stay as they are.
    """
    for row in range(len(load)):
        if target[row] > 0 and load[row] * per_call[row] < 2_000 and per_call[row] > 0.05:
            answer[row] = _searched(load[row], per_call[row], within[row], target[row], cap[row], definition)


@_compiled
def _searched(load: float, per_call: float, within: float, target: float, cap: float, definition: int) -> float:
    spread, wanted = np.sqrt(load), np.log(target / (1 - target))
    low, high, low_slack, high_slack = 0.0, np.inf, -1.0, 1.0
    agents, step, steps_for, steps = max(np.ceil(load + 0.35 * spread), 1.0), max(np.ceil(0.4 * spread), 1.0), np.inf, 0
    turn = 0
    while high - low > 1:
        if agents < steps_for:
            steps_for, steps = agents, _steps(agents * per_call, load * per_call)
        if agents < load / 2 or agents > _MOST_AGENTS or steps == _MOST_STEPS:
            return -1.0
        level, occupancy = _level(agents, load, per_call, within, steps, definition)
        late = max(1 - level, 1e-16)
        slack = min(np.log(max(level, 1e-16) / late) - wanted, np.log(cap / occupancy))
        # the nearer the target is to 1, the more of its digits the rounding of the level takes
        if not abs(slack) > _CLOSE * max(1.0, 1e-3 / (1 - target)):
            return -1.0
        if slack > 0:
            high, high_slack = agents, min(slack, 60.0)
        else:
            low, low_slack = agents, max(slack, -60.0)
        turn += 1
        agents = _next(low, high, low_slack, high_slack, step, turn)
        step *= 2
    return high


@_compiled
def _next(low: float, high: float, low_slack: float, high_slack: float, step: float, turn: int) -> float:
    """Where to ask next; as in `search`."""
    if high == np.inf:
        return float(low + np.ceil(step * min(max(-low_slack, 0.2), 2.0)))
    if low == 0:
        asked = high - np.ceil(step * min(max(high_slack, 0.2), 2.0))
    else:
        part = 0.5 if turn % 3 == 0 else -low_slack / (high_slack - low_slack)
        asked = np.ceil(low + (high - low) * part)
    return float(min(max(asked, low + 1), high - 1))
