"""Deferred work: each interval's work may wait, but not beyond its due interval. Capacity as even as the due times allow.

The done work must lie between what is due and what has arrived, both cumulated. The taut string between the two curves does all the
work and has the least cost for every convex price of capacity at once, the lowest peak among them (Dantzig 1971, "A control problem
of Bellman"; the critical-interval rule max arrivals(s..t)/(t + D − s + 1) is its steepest piece).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from wfm.queueing.special import Array

_ROUNDING = 1e-9


def taut_string(arrived: Array, due: Array) -> list[tuple[int, float]]:
    """Corners (intervals passed, work done) of the smoothest plan.

    arrived, due: cumulated work at the end of each interval, (intervals,), due ≤ arrived and equal at the end.
    """
    low, high = np.concatenate([[0.0], due]), np.concatenate([[0.0], arrived])
    corners = [(0, 0.0)]
    while corners[-1][0] < len(arrived):
        corners.append(_next_corner(*corners[-1], low, high))
    return corners


def _next_corner(start: int, done: float, low: Array, high: Array) -> tuple[int, float]:
    """Follow one straight line as far as the corridor lets it; look at a doubling stretch of the corridor."""
    reach, end = 64, len(low) - 1
    while True:
        stop = min(start + reach, end)
        steps = np.arange(1.0, stop - start + 1)
        rise, fall = (low[start + 1 : stop + 1] - done) / steps, (high[start + 1 : stop + 1] - done) / steps
        need, may = np.maximum.accumulate(rise), np.minimum.accumulate(fall)
        crossed = np.flatnonzero(need > may)
        if len(crossed):
            return _bend(start, int(crossed[0]), rise, fall, low, high)
        if stop == end:
            return end, float(high[end])
        reach *= 2


def _bend(start: int, at: int, rise: Array, fall: Array, low: Array, high: Array) -> tuple[int, float]:
    """Where the need crosses what may be: turn up at the tightest arrival, or down at the tightest due time, whichever stood before."""
    before_may = fall[:at].min(initial=np.inf)
    if rise[at] > before_may:
        corner = int(np.flatnonzero(fall[:at] == before_may)[-1]) + start + 1
        return corner, float(high[corner])
    corner = int(np.flatnonzero(rise[: at + 1] == rise[: at + 1].max())[-1]) + start + 1
    return corner, float(low[corner])


def whole_agents(arrived: Array, due: Array, per_agent: float, at_least: int = 0, spell: int = 1) -> NDArray[np.int64]:
    """Agents per interval, (intervals,), whose work covers every due time; whole numbers that carry their surplus on.

    per_agent: work one agent does in an interval. The agents are the pace of the taut string rounded up or down: up where a due time
    would else be missed, or where the string would fall behind and there is work for the extra agent for `spell` intervals; so nobody
    stands idle whom the due times do not ask for.
    """
    pace, end, finished = _pieces(arrived, due)
    few, many = np.floor(pace / per_agent + _ROUNDING), np.ceil(pace / per_agent - _ROUNDING)
    must = _least_done(due, many * per_agent) - _ROUNDING * per_agent
    agents = np.zeros(len(arrived), np.int64)
    done, extra = 0.0, False
    for i in range(len(arrived)):
        ahead = min(1 if extra else spell, len(arrived) - i)
        behind = done + few[i] * per_agent * (end[i] - i) < finished[i] - _ROUNDING * per_agent
        useful = arrived[i] >= done + many[i] * per_agent and arrived[i + ahead - 1] >= done + ahead * many[i] * per_agent
        extra = bool(done + few[i] * per_agent < must[i] or (behind and useful))
        agents[i] = max(_busy(many[i] if extra else few[i], (arrived[i] - done) / per_agent, (must[i] - done) / per_agent), at_least)
        done = min(float(arrived[i]), done + int(agents[i]) * per_agent)
    return agents


def _busy(wanted: float, there: float, must: float) -> int:
    """`wanted` agents, or as many as there is work for: whole agents' work `there`, rounded up only where it `must` be done."""
    full = np.floor(there + _ROUNDING)
    if wanted <= full:
        return int(wanted)
    return int(full) if full >= must else int(min(wanted, full + 1))


def _pieces(arrived: Array, due: Array) -> tuple[Array, Array, Array]:
    """Per interval, of the straight piece of the taut string it lies on: the slope, where the piece ends, the work done by then."""
    pieces = list(pairwise(taut_string(arrived, due)))
    lengths = [stop - start for (start, _), (stop, _) in pieces]
    values = [((finished - begun) / (stop - start), float(stop), finished) for (start, begun), (stop, finished) in pieces]
    pace, end, finished_by = np.repeat(np.array(values), lengths, axis=0).T
    return pace, end, finished_by


def _least_done(due: Array, most: Array) -> Array:
    """Work that must be done by the end of each interval so that at most `most` in each later one still meets every due time."""
    must = due.copy()
    for i in range(len(due) - 2, -1, -1):
        must[i] = max(due[i], must[i + 1] - most[i + 1])
    return must


def done_in_time(arrived: Array, due_interval: NDArray[np.int64], capacity: Array) -> Array:
    """Share of each interval's work that is done, first come first served, by the end of its due interval; 1 where there is none.

    arrived: cumulated. due_interval: last interval in which the work of each interval may be done. capacity: work that can be done in
    each interval. All (intervals,).
    """
    done = np.zeros(len(arrived))
    total = 0.0
    for i in range(len(arrived)):
        total = min(float(arrived[i]), total + float(capacity[i]))
        done[i] = total
    before = np.concatenate([[0.0], arrived[:-1]])
    work = arrived - before
    finished = np.clip(done[due_interval] - before, 0.0, work)
    short = work - finished <= _ROUNDING * np.maximum(capacity, work)
    return np.where(short, 1.0, finished / np.where(work > 0, work, 1.0))
