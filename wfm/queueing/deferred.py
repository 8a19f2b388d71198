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


def whole_agents(arrived: Array, due: Array, per_agent: float, at_least: int = 0) -> NDArray[np.int64]:
    """Agents per interval, (intervals,), whose work covers every due time; whole numbers that carry their surplus on.

    per_agent: work one agent does in an interval. Along each straight piece of the taut string the higher whole number comes first
    and the lower as soon as it suffices, so that a piece costs at most one agent-interval more than its work.
    """
    agents = np.zeros(len(arrived), np.int64)
    done = 0.0
    for (start, begun), (stop, finished) in pairwise(taut_string(arrived, due)):
        pace = (finished - begun) / (stop - start) / per_agent
        few, many = int(np.floor(pace + _ROUNDING)), int(np.ceil(pace - _ROUNDING))
        for i in range(start, stop):
            enough = done + few * per_agent * (stop - i) >= finished - _ROUNDING * per_agent * (stop - i)
            agents[i] = max(few if enough else many, at_least)
            done = min(float(arrived[i]), done + int(agents[i]) * per_agent)
    return agents


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
