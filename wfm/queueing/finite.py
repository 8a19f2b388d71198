"""Erlang C and A with a finite room, M/M/n/K and M/M/n/K+M, summed over the places in the queue.

r_j = ∏ y/(x + i) weighs j waiting (ρ^j without abandonment). Somebody with j ahead waits V with e^−V ~ Beta(x, j + 1) in units of the
patience, is served with probability x/(x + j + 1), and abandons within T with probability
(j + 1)/(x + j + 1)·P(V_{j+1} ≤ T) + (1 − e^−T)·P(V_j > T). Without abandonment V is gamma with j + 1 phases. All terms are positive.
For a fractional number of agents the room holds ⌊capacity − agents⌋ waiting.
"""

from __future__ import annotations

import numpy as np
from scipy.special import betainc, betaincc, gammainc, gammaincc

from wfm.queueing.erlang_b import log_inverse_blocking
from wfm.queueing.loss import blocked
from wfm.queueing.special import DROP, Array
from wfm.queueing.system import Figures, System

_MOST_PLACES = 20_000_000
_LARGE = 1e4
_LEAST_LOG = 760.0
_LONGEST = 1_000_000


def roomy(system: System) -> Figures:
    """Every measure with a finite capacity; patience_s > 0, inf for Erlang C.

    Raises ValueError where more than 20 million places in the queue matter.
    """
    figures = {name: values.copy() for name, values in blocked(system).items()}
    places = np.floor(system.capacity - system.agents)
    # weight of the states with an agent free, in units of r_0: 1/B(n) − 1, without the cancellation
    log_idle = log_inverse_blocking(system.agents - 1, system.load) + np.log(system.agents / system.load)
    for row in np.flatnonzero(places > 0):
        for name, value in _row(system.take(slice(row, row + 1)), int(places[row]), min(float(log_idle[row]), _LARGE)).items():
            figures[name][row] = value
    return figures


def _row(system: System, places: int, log_idle: float) -> dict[str, float]:
    """One system. In the sums the most likely number waiting weighs 1; `idle` is the weight of the states with an agent free."""
    load, agents, aht, patience, _, within = (float(values[0]) for values in vars(system).values())
    first, log_room = _window(load, agents, patience / aht, places)
    log_top = float(log_room.max())
    log_idle = log_idle + float(log_room[0]) - log_top if first == 0 else -np.inf
    room = np.exp(log_room - log_top)
    last = first + len(room) - 1
    weight = room[:-1] if last == places else room
    block = float(np.exp(log_room[-1] + _log_rest(load, agents, patience / aht, last, places) - log_top))
    ahead = first + np.arange(float(len(weight)))
    if np.isinf(patience):
        parts = _patient_parts(ahead, agents / aht, within)
    else:
        parts = _impatient_parts(ahead, agents * patience / aht, patience, within)
    sums = {name: float(weight @ values) for name, values in parts.items()} | {"every": float(weight.sum()), "block": block}
    return _combine(system, log_idle, sums)


def _window(load: float, agents: float, patience: float, places: int) -> tuple[int, Array]:
    """First number waiting that matters, and ln r_j from there on, in units of the most likely."""
    x, y = agents * patience, load * patience
    mode = min(int(max(y - x, 0.0)), places) if np.isfinite(patience) else (places if load > agents else 0)
    up = _log_steps(load, agents, patience, np.arange(mode + 1.0, _end(load, agents, patience, mode, places, 1) + 1))
    low = _end(load, agents, patience, mode, places, -1)
    down = -_log_steps(load, agents, patience, np.arange(float(mode), low, -1))
    return low, np.concatenate([np.cumsum(down)[::-1], [0.0], np.cumsum(up)])


def _log_steps(load: float, agents: float, patience: float, j: Array) -> Array:
    """ln(r_j / r_{j−1}) = ln(load/(agents + j/patience))."""
    extra = j / patience
    ratio = load / (agents + extra)
    return np.where(ratio < 0.5, np.log(ratio), np.log1p(np.maximum((load - agents - extra) / (agents + extra), -0.5)))


def _end(load: float, agents: float, patience: float, mode: int, places: int, way: int) -> int:
    """How far from the mode the states matter: doubled until the logs, which bend down, must have dropped by DROP."""
    limit, reach = (places if way > 0 else 0), 16
    while abs(limit - mode) > reach:
        step = float(_log_steps(load, agents, patience, np.array([mode + way * (reach // 2)], dtype=np.float64))[0])
        if -way * step * (reach // 2) > DROP:
            return mode + way * reach
        reach *= 2
        if reach > _MOST_PLACES:
            raise ValueError(f"capacity: more than {_MOST_PLACES} places in the queue matter for load {load:g} on {agents:g} agents")
    return limit


def _log_rest(load: float, agents: float, patience: float, last: int, places: int) -> float:
    """ln(r_places / r_last): a share blocked keeps its digits however small. −inf past the smallest float."""
    if np.isinf(patience):
        return (places - last) * float(_log_steps(load, agents, patience, np.array([1.0]))[0])
    rest, length = 0.0, 64
    while last < places and rest > -_LEAST_LOG:
        end = min(last + length, places)
        rest += float(_log_steps(load, agents, patience, np.arange(last + 1.0, end + 1)).sum())
        last, length = end, min(2 * length, _LONGEST)
    return rest if last == places else -np.inf


def _patient_parts(ahead: Array, rate: float, within: float) -> dict[str, Array]:
    """Per number ahead, without abandonment: `rate` is the speed of the full house, per second."""
    zero, wait = np.zeros_like(ahead), (ahead + 1) / rate
    in_time = gammainc(ahead + 1, rate * within)
    return {
        "left": zero,
        "served": np.ones_like(ahead),
        "wait": wait,
        "wait_served": wait,
        "wait_left": zero,
        "soon": in_time,
        "served_soon": in_time,
        "left_soon": zero,
        "stay": gammaincc(ahead + 1, rate * within),
    }


def _impatient_parts(ahead: Array, x: float, patience: float, within: float) -> dict[str, Array]:
    """Per number ahead, with x = agents·patience/AHT; waits in seconds. `stay`: neither served nor gone at T."""
    z = -np.expm1(-within / patience)
    served = x / (x + ahead + 1)
    left = (ahead + 1) / (x + ahead + 1)
    start = np.arange(float(ahead[0]) + 1)
    before = (np.sum(1 / (x + start[:-1])), np.sum(1 / (x + 1 + start[:-1])), np.sum((1 + start[:-1]) / (x + 1 + start[:-1])))
    time = within / patience
    late = _beyond(ahead + 1, x, time)
    return {
        "left": left,
        "served": served,
        "wait": patience * (before[0] + np.cumsum(1 / (x + ahead))),
        "wait_served": patience * served * (before[1] + np.cumsum(1 / (x + 1 + ahead))),
        "wait_left": patience * (before[2] + np.cumsum((1 + ahead) / (x + 1 + ahead))) / (x + ahead + 1),
        "soon": _within(ahead + 1, x, time),
        "served_soon": served * _within(ahead + 1, x + 1, time),
        "left_soon": left * _within(ahead + 2, x, time) + z * late,
        "stay": np.exp(-time) * late,
    }


def _within(phases: Array, x: float, time: float) -> Array:
    """P(V ≤ time) for e^−V ~ Beta(x, phases), by whichever of e^−time and its complement is the smaller."""
    return np.asarray(betainc(phases, x, -np.expm1(-time)) if time < 0.5 else betaincc(x, phases, np.exp(-time)))


def _beyond(phases: Array, x: float, time: float) -> Array:
    """P(V > time)."""
    return np.asarray(betaincc(phases, x, -np.expm1(-time)) if time < 0.5 else betainc(x, phases, np.exp(-time)))


def _combine(system: System, log_idle: float, sums: dict[str, float]) -> dict[str, float]:
    top = max(log_idle, 0.0)
    idle, scale = np.exp(log_idle - top), np.exp(-top)
    part = {name: scale * value for name, value in sums.items()}
    served, in_time, admitted = idle + part["served"], idle + part["served_soon"], idle + part["every"]
    total = admitted + part["block"]
    waited = part["wait_served"] + part["wait_left"]
    known = in_time + part["stay"]
    return {
        "p_wait": part["every"] / total,
        "p_block": part["block"] / total,
        "p_abandon": part["left"] / total,
        "asa_all": waited / admitted,
        "wait_served": part["wait_served"] / served,
        "wait_abandoned": sums["wait_left"] / sums["left"] if sums["left"] > 0 else np.nan,
        "virtual_wait": part["wait"] / admitted,
        "mean_queue": float(system.calls_per_s[0]) * waited / total,
        "occupancy": min(float(system.load[0] / system.agents[0]) * served / total, 1.0),
        "sl_virtual": min((idle + part["soon"]) / total, 1.0),
        "sl_offered": min(in_time / total, 1.0),
        "sl_answered": min(in_time / served, 1.0),
        "sl_abandons_met": min((in_time + part["left_soon"]) / total, 1.0),
        "sl_abandons_excluded": min(in_time / known, 1.0) if known > 0 else 0.0,
        "p_abandon_within": part["left_soon"] / total,
    }
