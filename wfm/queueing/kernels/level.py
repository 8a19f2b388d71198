"""The compiled search for the least agents who meet a service level where customers hang up (Erlang A), row by row."""

from __future__ import annotations

import numpy as np

from wfm.queueing.kernels.compiling import compiled
from wfm.queueing.special import Array

_CLOSE = 1e-6
"""Relative distance to a limit below which a row is handed back; some 100 times what this kernel can be wrong by."""
_SMALL = 1e-10
_MOST_STEPS = 4_000
_MOST_AGENTS = 1e6


@compiled
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


@compiled
def _steps(x: float, y: float) -> int:
    """Rungs of the ladder after which the start no longer matters to a kernel."""
    product, count = 1.0, 0
    while product > _SMALL and count < _MOST_STEPS:
        count += 1
        product *= y / (x + count)
    return count


@compiled
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


@compiled
def search(load: Array, per_call: Array, within: Array, target: Array, cap: Array, definition: int, answer: Array) -> None:
    """The least agents whose service level is at least `target` and whose occupancy is at most `cap`, into `answer`, (rows,) each.

    per_call: patience ÷ AHT. within: T ÷ patience. definition: place in SL_DEFINITIONS. Rows outside the ladder's reach stay as they are.
    """
    for row in range(len(load)):
        if target[row] > 0 and load[row] * per_call[row] < 2_000 and per_call[row] > 0.05:
            answer[row] = _searched(load[row], per_call[row], within[row], target[row], cap[row], definition)


@compiled
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


@compiled
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
